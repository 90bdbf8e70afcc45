/** Which pull requests a run of the schedule looks at again, and how much it says. */
import { describe, expect, test } from 'vitest';
import { ACCOUNTS, BOT_ACCOUNT, MINUTE, pullOf, snapshotOf, SUBMITTED } from '../../fixtures/snapshot.ts';
import { NOW, SMART } from '../../fixtures/workspace.ts';
import { isDue } from './due.ts';
import type { Action } from '../types.ts';
import { paced } from '../actions/write-budget.ts';
import type { ListedPullRequest } from '../../github/reader-types.ts';

const TOLD = { context: 'miniapp/check', state: 'pending', description: '', by: BOT_ACCOUNT } as const;
const SINCE = NOW - 5 * MINUTE;
const at = (time: number) => new Date(time).toISOString().replace('.000', '');
/** Nothing moved, the bot told of it, and its moment of the hour is another. */
const quiet = (said: Partial<ListedPullRequest> = {}): ListedPullRequest => ({
  ...pullOf(12, 'words', { author: ACCOUNTS.alice, labels: ['miniapp: waiting'], updatedAt: at(NOW - 60 * MINUTE) }),
  statuses: [TOLD],
  ...said,
});
const due = (said: Partial<ListedPullRequest> = {}, now = NOW) => isDue(quiet(said), snapshotOf({ now }), SINCE);

describe('is looked at again', () => {
  test('not what nothing happened to', () => expect(due()).toBe(false));
  test.each<[string, Partial<ListedPullRequest>]>([
    ['what moved', { updatedAt: at(NOW - MINUTE) }],
    ['what moved while the run before began', { updatedAt: at(SINCE - MINUTE) }],
    ['what nobody told of', { statuses: [] }],
    ['what somebody else told of', { statuses: [{ ...TOLD, by: ACCOUNTS.bob }] }],
    ['what an account that is gone told of', { statuses: [{ ...TOLD, by: null }] }],
    ['what could not be judged', { statuses: [{ ...TOLD, state: 'error' }] }],
    ['what may be merged and is not', { statuses: [{ ...TOLD, state: 'success' }] }],
  ])('%s', (_, said) => expect(due(said)).toBe(true));

  test('by labels, where statuses are not told', () => {
    const { statuses: _, ...listed } = quiet();
    const one = (labels: string[]) => isDue({ ...listed, labels }, snapshotOf(), SINCE);
    expect([one(['miniapp: waiting']), one(['miniapp: ready']), one(['ours']), one([])]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  test('each once an hour, and never most of them at once', () => {
    const all = Array.from({ length: 500 }, (_, i) => ({ ...quiet(), number: i + 1 }));
    const seen = Array.from({ length: 12 }, (_, slot) => {
      const now = NOW + slot * 5 * MINUTE;
      const old = { updatedAt: at(NOW - 300 * MINUTE) };
      return all
        .filter((one) => isDue({ ...one, ...old }, snapshotOf({ now }), now - 5 * MINUTE))
        .map((one) => one.number);
    });
    expect(new Set(seen.flat()).size).toBe(500);
    for (const part of seen) expect(part.length).toBeLessThan(80);
  });

  test('everything, after an hour without a run', () => {
    const all = Array.from({ length: 50 }, (_, i) => ({ ...quiet(), number: i + 1 }));
    const later = snapshotOf({ now: SINCE + 61 * MINUTE });
    expect(all.every((one) => isDue(one, later, SINCE))).toBe(true);
  });

  test('an automatic approval as long as it waits', () => {
    const approval = { ...quiet(), ...pullOf(12, `review/${SMART}/1.2.0`, { updatedAt: at(SUBMITTED - MINUTE) }) };
    const people = Object.fromEntries(
      Object.entries({ alice: 103, bob: 104 }).map(([login, id]) => [
        `people/${login}.yaml`,
        `login: ${login}\ngithubId: ${id}\nname: ${login}\ninternal: true\n`,
      ]),
    );
    expect(isDue(approval, snapshotOf({ files: people }), SINCE)).toBe(true);
    expect(isDue(approval, snapshotOf(), SINCE)).toBe(false);
  });
});

describe('a run says', () => {
  const feedback = (number: number): Action[] => [
    {
      kind: 'set-status',
      number,
      sha: 'a'.repeat(40),
      status: { context: 'miniapp/check', state: 'pending', description: '' },
    },
    { kind: 'comment', number, body: '' },
    { kind: 'add-label', number, label: 'miniapp: waiting' },
  ];
  const opening = (i: number): Action => ({
    kind: 'open-pull',
    branch: `review/x/${i}`,
    from: '',
    files: [],
    message: '',
    title: '',
    body: '',
    reviewers: [],
  });
  const all = (count: number) => Array.from({ length: count }, (_, i) => feedback(i + 1)).flat();

  test('what there is, when that is little', () => {
    expect(paced(all(5), [], () => true)).toEqual({ now: all(5), later: 0 });
  });

  test('no more than the hour allows, of each all or nothing, and five hundred in as many runs as that takes', () => {
    const told = new Set<number>();
    let runs = 0;
    for (let rest = all(500); rest.length > 0; runs++) {
      const { now, later } = paced(rest, [], () => true);
      expect(now.length).toBeLessThanOrEqual(43);
      for (const action of now) if ('number' in action) told.add(action.number);
      rest = rest.filter((action) => !('number' in action) || !told.has(action.number));
      expect(later).toBe(rest.length / 3);
    }
    expect([told.size, runs]).toEqual([500, 36]);
  });

  test('first to those who heard nothing yet', () => {
    const { now } = paced(all(30), [], (number) => number > 20);
    expect(new Set(now.map((action) => 'number' in action && action.number > 20))).toContain(true);
    expect(now.slice(-3)).toEqual(feedback(30));
  });

  test('before that, what answers somebody', () => {
    const push: Action = { kind: 'push', number: 99, branch: 'review/x/1.0.0', parent: '', files: [], message: '' };
    expect(paced([...all(30), push], [], () => true).now).toContain(push);
  });

  test('while it opens pull requests, and nothing more once it said enough', () => {
    const opened = Array.from({ length: 30 }, (_, i) => opening(i));
    const { now } = paced([...opened, ...all(30)], [], () => true);
    const kinds = now.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'open-pull')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'comment').length).toBeGreaterThan(5);
    expect(paced(all(3), all(20), () => true)).toEqual({ now: [], later: 3 });
  });
});
