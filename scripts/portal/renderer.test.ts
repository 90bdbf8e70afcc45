/** How many processes render, and which miniapps each takes. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ofShards } from '../core/shard.ts';
import { renderersFor, shardsOf } from './renderer.ts';

test.each([
  { part: 1, parts: 1 },
  { part: 2, parts: 3 },
  { part: 3, parts: 3 },
])('renderers of %o take each of its miniapps once, the first one less, as it makes the rest', (shard) => {
  const all = Array.from({ length: 360 }, (_, index) => index);
  const own = ofShards(all, [shard]);
  for (const renderers of [1, 2, 3]) {
    const taken = shardsOf(shard, renderers).map((shards) => ofShards(all, shards));
    expect(taken).toHaveLength(renderers);
    expect(taken.flat().toSorted((one, other) => one - other)).toEqual(own);
    const [first, ...others] = taken.map(({ length }) => length / own.length);
    const share = 1 / (3 * renderers - 1);
    if (renderers > 1) expect(first).toBeCloseTo(2 * share);
    for (const other of others) expect(other).toBeCloseTo(3 * share);
  }
});

test('a second renderer is started where its shard has three thousand miniapps, and there are processors for two', () => {
  const config = mkdtempSync(join(tmpdir(), 'miniapp-renderers-'));
  onTestFinished(() => rmSync(config, { recursive: true, force: true }));
  const whole = { part: 1, parts: 1 };
  expect(renderersFor(config, whole)).toBe(1);
  for (let n = 0; n < 3000; n += 1) mkdirSync(join(config, 'miniapps', String(n)), { recursive: true });
  const several = availableParallelism() > 1 ? 2 : 1;
  expect(renderersFor(config, whole)).toBe(several);
  expect(renderersFor(config, { part: 1, parts: 2 })).toBe(1);
  rmSync(join(config, 'miniapps/0'), { recursive: true });
  expect(renderersFor(config, whole)).toBe(1);
});
