/** Clean-up pull requests: which rows, when they are opened, left, begun again and merged. */
import { expect, test } from 'vitest';
import { pathOf } from '../../core/paths.ts';
import { ACCOUNTS, pullOf, REVIEWERS, snapshotOf, type SnapshotOptions } from '../../fixtures/snapshot.ts';
import { fixtureFiles, NOW, PANEL, problemsIn, SMART, type ConfigFiles } from '../../fixtures/workspace.ts';
import { evaluated as judgedFixture } from '../../fixtures/evaluated-pull-request.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { cleanUpBranch } from '../branch-names.ts';
import { cleanUpAnswer, cleanUpPulls, dueRows } from './whitelist-expiry.ts';
import type { Action, EvaluatedPullRequest } from '../types.ts';
import type { PullRequestSummary } from '../../github/types.ts';

const FILE = pathOf.file(SMART, 'whitelist');
const BRANCH = `clean-up/whitelist/${SMART}`;
const DAY = 86_400_000;
/** Three rows: one without an end, one that ended, one that ends in three days; with comments to keep. */
const ROWS = [
  'whitelist:',
  '  # the lab',
  '  - { app: smart-life, account: qa@example.com, note: QA phone 3 }',
  '  - { app: oem-home, account: "+491701234567", expires: 2026-11-18 }',
  '  - { app: oem-home, account: guest@example.com, expires: 2026-11-23 } # a guest',
  '',
].join('\n');
const DUE: ConfigFiles = { [FILE]: ROWS };
const END = Date.parse('2026-11-24T00:00:00Z');

const kinds = (actions: readonly Action[]) => actions.map(({ kind }) => kind);
const wanted = (said: SnapshotOptions = {}) => cleanUpPulls(snapshotOf({ files: DUE, ...said }));
function opened(said: SnapshotOptions = {}) {
  const [action] = wanted(said);
  if (action?.kind !== 'open-pull') throw new Error('nothing is opened');
  return action;
}

test('the rows that ended or end within seven days go, the others and their comments stay', () => {
  const { branch, files, reviewers, body } = opened();
  expect(branch).toBe(BRANCH);
  expect(files).toEqual([
    {
      path: `config/${FILE}`,
      content: 'whitelist:\n  # the lab\n  - { app: smart-life, account: qa@example.com, note: QA phone 3 }\n',
    },
  ]);
  expect(reviewers).toEqual(['alice']);
  expect(
    problemsIn({ ...fixtureFiles(), [FILE]: String(files[0]!.content) }, NOW).map(({ code }) => code),
  ).not.toContain('whitelist-expired');
  expect(body).toContain('| OEM Home | `+49•••` | `2026-11-18` | has ended |');
  expect(body).toContain('| OEM Home | `g•••@•••` | `2026-11-23` | ends soon |');
  expect(body).toContain('merged when the last of them has ended, 2026-11-24 00:00 UTC');
});

test('no account is told in full', () => {
  const { body, title } = opened();
  for (const account of ['guest@example.com', '+491701234567']) expect(body + title).not.toContain(account);
});

test.each([
  [END - 7 * DAY - 1, []],
  [END - 7 * DAY, ['2026-11-23']],
  [END + 99 * DAY, ['2026-11-23']],
])('at %i due are %j', (now, dates) => {
  const snapshot = snapshotOf({ files: { [FILE]: ROWS.replace(/^.*11-18.*\n/m, '') } });
  expect(dueRows(snapshot.given.workspace.miniapps.get(SMART)!, now).map(({ expires }) => expires)).toEqual(dates);
});

test('nothing is due, nothing is opened; one that is there is closed', () => {
  expect(wanted({ files: {} })).toEqual([]);
  expect(kinds(wanted({ files: {}, open: [pullOf(7, BRANCH)] }))).toEqual(['close', 'delete-branch']);
});

test('a second run does nothing', () => {
  expect(wanted({ open: [pullOf(7, BRANCH)] })).toEqual([]);
});

test('what somebody closed comes again only when another row is about to end', () => {
  const closedAt = (time: number) => [pullOf(7, BRANCH, { state: 'closed', closedAt: time })];
  expect(wanted({ closed: closedAt(NOW - DAY) })).toEqual([]);
  expect(kinds(wanted({ closed: closedAt(END - 8 * DAY) }))).toEqual(['open-pull']);
  expect(kinds(wanted({ closed: [{ ...closedAt(NOW - DAY)[0]!, isMerged: true }] }))).toEqual(['open-pull']);
  expect(kinds(wanted({ closed: [{ ...closedAt(NOW - DAY)[0]!, author: ACCOUNTS.bob }] }))).toEqual(['open-pull']);
});

test('of several miniapps each has its own, and different people are asked', () => {
  const panel = {
    [pathOf.file(PANEL, 'whitelist')]:
      'whitelist:\n  - { app: smart-life, account: eu1623847561029abcde, expires: 2026-11-01 }\n',
  };
  const actions = wanted({ files: { ...DUE, ...panel, ...REVIEWERS } });
  expect(actions.map((action) => action.kind === 'open-pull' && [action.branch, ...action.reviewers])).toEqual([
    [`clean-up/whitelist/${PANEL}`, 'alice'],
    [BRANCH, 'bob'],
  ]);
});

test.each([
  'clean-up/whitelist/x',
  'clean-up/whitelist/../..',
  `clean-up/whitelist/${SMART}/x`,
  `x/clean-up/whitelist/${SMART}`,
])('a branch %s cleans nothing', (branch) => {
  expect(cleanUpBranch.parse(branch)).toBeUndefined();
  expect(wanted({ files: {}, open: [pullOf(7, branch)] })).toEqual([]);
});

/** A pull request that leaves these rows. */
function evaluated(
  text: string,
  said: Partial<PullRequestSummary> = {},
  conflicts: string[] = [],
): EvaluatedPullRequest {
  const pull = { ...pullOf(7, BRANCH, said), reviews: [], comments: [], statuses: [], mayBePushed: true };
  const { workspace, texts } = load(memorySource({ ...fixtureFiles(), [FILE]: text }));
  const merge = { conflicts, differences: [], moves: [] };
  const evaluation = { ...judgedFixture().evaluation!, workspace, texts, merge };
  return { pull, actor: 'github-actions[bot]', evaluation, reviews: [], changesRequestedBy: [], isUpToDate: true };
}
const AFTER = 'whitelist:\n  - { app: smart-life, account: qa@example.com, note: QA phone 3 }\n';
const NOBODY = { pushers: [] };

test('it is merged when the last row has ended, and not a moment earlier', () => {
  const at = (now: number) => cleanUpAnswer(snapshotOf({ files: DUE, now }), evaluated(AFTER), NOBODY);
  expect(at(END - 1)).toMatchObject({ actions: [], mayMerge: false, wakeAt: END });
  expect(at(END)).toEqual({ actions: [], mayMerge: true });
});

test.each([
  ['conflicts', evaluated(ROWS, {}, [`config/${FILE}`])],
  ['takes away nothing any more', evaluated(ROWS)],
  ['takes away a row that goes on', evaluated('whitelist: []\n')],
])('begun again from main when it %s, unless others pushed to it', (_, evaluated) => {
  const snapshot = snapshotOf({ files: DUE });
  const answer = cleanUpAnswer(snapshot, evaluated, NOBODY)!;
  expect(answer.mayMerge).toBe(false);
  expect(kinds(answer.actions)).toEqual(['restart', 'edit-pull']);
  expect(answer.actions[0]).toMatchObject({ branch: BRANCH, head: '7'.repeat(40), from: snapshot.tip });
  expect(cleanUpAnswer(snapshot, evaluated, { pushers: ['bob'] })).toEqual({ actions: [], mayMerge: false });
});

test('any other pull request is none of its business', () => {
  const snapshot = snapshotOf({ files: DUE });
  expect(cleanUpAnswer(snapshot, evaluated(AFTER, { author: ACCOUNTS.bob }), NOBODY)).toBeUndefined();
  expect(cleanUpAnswer(snapshot, evaluated(AFTER, { base: 'other' }), NOBODY)).toBeUndefined();
  expect(
    cleanUpAnswer(snapshot, evaluated(AFTER, { head: { ref: BRANCH, sha: '7'.repeat(40), isOwn: false } }), NOBODY),
  ).toBeUndefined();
});
