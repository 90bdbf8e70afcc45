/** How many processes render, and which miniapps each takes. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ofShard } from '../core/shard.ts';
import { renderersFor, shardsOf } from './renderer.ts';

test.each([
  { part: 1, parts: 1 },
  { part: 2, parts: 3 },
  { part: 3, parts: 3 },
])('two renderers of %o take each of its miniapps once, and about as many each', (shard) => {
  const all = Array.from({ length: 50 }, (_, index) => index);
  const taken = shardsOf(shard, 2).map((half) => ofShard(all, half));
  expect(taken.flat().toSorted((one, other) => one - other)).toEqual(ofShard(all, shard));
  expect(Math.abs(taken[0]!.length - taken[1]!.length)).toBeLessThan(2);
  expect(shardsOf(shard, 1)).toEqual([shard]);
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
