/** What is worked out of a miniapp for its files, of which a build makes one after the other. */
import { expect, test } from 'vitest';
import { ownIds } from '../src/data.ts';
import { pastOf } from '../src/miniapp-data.ts';

test('what a miniapp answered in the past is worked out once for all its files, and is that of no other', () => {
  const [one, other] = ownIds;
  const parts = pastOf(one!);
  expect(pastOf(one!)).toBe(parts);
  expect(pastOf(other!)).not.toBe(parts);
  expect(pastOf(one!)).toEqual(parts);
});
