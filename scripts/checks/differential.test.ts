/** Reader and editor take generated texts for the same; `npm run differential` looks at more of them. */
import { expect, test } from 'vitest';
import { differential } from './differential.ts';

test.each([11, 12])('seed %i', (seed) => {
  const { taken, plain, edits, differences } = differential(seed, 3000);
  expect(differences).toEqual([]);
  expect(taken).toBeGreaterThan(400);
  expect(plain).toBeGreaterThan(300);
  expect(edits).toBeGreaterThan(400);
});
