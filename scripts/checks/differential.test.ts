/**
 * Reader and editor take generated texts for the same; `npm run differential` looks at more of them. One seed is new in each run: its title
 * names it, and `npm run differential -- --seed N --texts 3000` plays it again.
 */
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { differential } from './differential.ts';

test.each([11, 12, randomInt(100, 2 ** 31)])('seed %i', (seed) => {
  const { taken, plain, edits, differences } = differential(seed, 3000);
  expect(differences).toEqual([]);
  expect(taken).toBeGreaterThan(400);
  expect(plain).toBeGreaterThan(300);
  expect(edits).toBeGreaterThan(400);
});
