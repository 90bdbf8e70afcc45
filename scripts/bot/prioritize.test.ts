/** Whose pull requests are looked at first, and whose a status is. */
import { expect, test } from 'vitest';
import { ACCOUNTS, MINUTE, pullOf, snapshotOf } from '../fixtures/snapshot.ts';
import { batches } from './state/load-pull-requests.ts';
import { prioritize, statusOwner, rotated } from './prioritize.ts';

const STRANGER = { id: 900, login: 'alice' };
const strangers = Array.from({ length: 60 }, (_, i) => pullOf(i + 1, 'mine', { author: STRANGER }));
const numbers = (pulls: readonly { number: number }[]) => pulls.map(({ number }) => number);

test('people and the bot first, and with the time every stranger first among the others', () => {
  const own = [pullOf(61, 'words', { author: ACCOUNTS.alice }), pullOf(62, 'review/x/1.0.0')];
  const { now } = snapshotOf();
  const firsts = [0, 1, 2, 3, 4].map((slot) => {
    const turn = prioritize([...strangers, ...own], { ...snapshotOf(), now: now + slot * 5 * MINUTE });
    expect(numbers(turn.own)).toEqual([61, 62]);
    expect(numbers(turn.strangers.flat()).toSorted((a, b) => a - b)).toEqual(numbers(strangers));
    return numbers(turn.strangers[0]!);
  });
  expect(new Set(firsts.flat()).size).toBe(60);
});

test.each([
  ['at once', undefined, [45, 50, 10], [true, true, true]],
  ['in parts where each is dear', 'by REST', [20, 20, 5, 50, 10], [false, false, true, true, true]],
])('ours are read %s, and it is known when all of them are', (_, degraded, sizes, isOwnRead) => {
  const own = Array.from({ length: 45 }, (__, i) => pullOf(i + 61, 'words', { author: ACCOUNTS.alice }));
  const hint = { numbers: numbers([...own, ...strangers]), heads: [], branches: [] };
  const run = {
    options: { hint },
    touched: new Set<number>(),
    lastLook: undefined,
    reader: { degraded: () => degraded },
  };
  const found = batches(run, { ...snapshotOf(), open: [...strangers, ...own] });
  expect(found.map(({ pulls }) => pulls.length)).toEqual(sizes);
  expect(found.map((batch) => batch.isOwnRead)).toEqual(isOwnRead);
});

test('of one commit the oldest of somebody speaks, for the default branch before any other', () => {
  const head = { ref: 'words', sha: 'a'.repeat(40), isOwn: true };
  const copy = pullOf(1, 'words', { author: STRANGER, head });
  const aside = pullOf(2, 'words', { author: ACCOUNTS.alice, head, base: 'aside' });
  const [first, second] = [3, 4].map((number) => pullOf(number, 'words', { author: ACCOUNTS.alice, head }));
  const speaks = (...open: (typeof copy)[]) => statusOwner(open, head.sha, snapshotOf())?.number;
  expect(speaks(copy, aside, second!, first!)).toBe(3);
  expect(speaks(copy, aside)).toBe(1);
  expect(speaks(pullOf(5, 'other'))).toBeUndefined();
});

test.each([1, 3, 5, 7, 14, 21, 50, 100])(
  'what a run may not come to begins elsewhere the next time, until each of %s was first',
  (count) => {
    const all = Array.from({ length: count }, (_, i) => i);
    // GitHub starts each run, or each second or third.
    for (const every of [1, 2, 3]) {
      const firsts = new Set(Array.from({ length: 4 * count }, (_, run) => rotated(all, run * every * 5 * 60_000)[0]));
      expect([every, firsts.size]).toEqual([every, count]);
    }
    expect(rotated(all, 5 * 60_000).toSorted((a, b) => a - b)).toEqual(all);
    expect(rotated([], 0)).toEqual([]);
  },
);
