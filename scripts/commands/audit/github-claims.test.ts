/** In which order GitHub is asked about changes, and where what it says stands. */
import { expect, test } from 'vitest';
import { contradicted, inTurns } from './github-claims.ts';

const DAY = 24 * 3_600_000;

test('the newest first, and each of the others within days where a night ends early', () => {
  const all = Array.from({ length: 300 }, (_, i) => i);
  const night = (n: number) => inTurns(all, n * DAY).slice(0, 100);
  expect(night(3).slice(0, 50)).toEqual(all.slice(250).toReversed());
  expect(new Set([0, 1, 2, 3, 4].flatMap(night)).size).toBe(300);
});

test('none is left out and none comes twice', () => {
  for (const count of [0, 1, 2, 49, 50, 51, 99, 300])
    for (const night of [0, 1, 20_000]) {
      const all = Array.from({ length: count }, (_, i) => i);
      expect(inTurns(all, night * DAY).toSorted((a, b) => a - b)).toEqual(all);
    }
});

test('what GitHub contradicts takes no other finding of that commit away', () => {
  const finding = (commit: string, subject: string): any => ({ commit, subject });
  const claim = (id: string): any => ({
    commit: id,
    told: { step: { commit: { id, time: 0, subject: 'Asked' } }, claims: { actor: 'bob' } },
  });
  const findings = [finding('a', 'Refused'), finding('a', 'Apart'), finding('b', 'Refused')];
  const wrong = new Map([
    ['a', ['A']],
    ['c', ['C']],
  ]);
  expect(contradicted(findings, ['a', 'b', 'c'].map(claim), wrong)).toMatchObject([
    { commit: 'a', subject: 'Refused', github: ['A'] },
    { commit: 'a', subject: 'Apart' },
    { commit: 'b', subject: 'Refused' },
    { commit: 'c', subject: 'Asked', actor: 'bob', github: ['C'] },
  ]);
});
