/** Generated histories with a way past the check in them: the audit finds each, and names nothing else. More: npm run histories. */
import { afterAll, expect, test } from 'vitest';
import { EDITS_OF } from '../../core/transitions/editing.ts';
import { BYPASSES } from '../../fixtures/histories/bypasses.ts';
import { randomFrom } from '../../checks/random.ts';
import { play } from '../../fixtures/histories/play.ts';
import { removeRepositories } from '../../fixtures/repository.ts';

afterAll(removeRepositories);

test('each way past the check is found, and nothing else is named', async () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const played = new Set<string>();
  const files = new Set<string>();
  const wrong: unknown[] = [];
  const kinds = Object.keys(BYPASSES).length;
  // One in eleven is without, so that this many hold each kind once.
  for await (const one of play(Math.ceil(kinds * 1.1) + 1, seed)) {
    if (one.bypass !== undefined) played.add(one.bypass);
    for (const kind of one.kinds) files.add(kind);
    if (one.missed.length + one.cried.length > 0) wrong.push(one);
  }
  expect(wrong, `SEED=${seed} makes this run again`).toEqual([]);
  expect(played.size).toBe(kinds);
  expect(files, 'every kind of file is changed by one of them').toEqual(new Set(Object.keys(EDITS_OF)));
}, 300_000);

test('a seed makes the same history again', () => {
  const numbers = (seed: number) => Array.from({ length: 5 }, randomFrom(seed));
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
});
