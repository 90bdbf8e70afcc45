/** Approval pull requests: what is opened and closed, whom the bot asks, and what stays stopped. Here against plain facts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../core/transitions/decide.ts';
import { pathOf } from '../../core/paths.ts';
import {
  ACCOUNTS,
  BOT_ACCOUNT,
  MINUTE,
  pullOf,
  REVIEWERS,
  snapshotOf,
  SUBMITTED,
  type SnapshotOptions,
} from '../../fixtures/snapshot.ts';
import { fixtureFiles, NOW, SMART } from '../../fixtures/workspace.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { approvalPulls, filesOf, pendingOf } from './pull-requests.ts';
import { reviewBranch } from '../branch-names.ts';
import type { Action } from '../types.ts';
import { leastLoaded, reviewersOf } from './reviewers.ts';

const BRANCH = `review/${SMART}/1.2.0`;
const VERSION = pathOf.version(SMART, '1.2.0');
const edited = (from: string, to: string, file = VERSION) => {
  const text = fixtureFiles()[file]!;
  expect(text).toContain(from);
  return { [file]: text.replace(from, to) };
};
const DEVELOPMENT = edited('review: { status: pending, submittedBy: bob }\n', '');
const kinds = (actions: readonly Action[]) => actions.map(({ kind }) => kind);
const wanted = (said: SnapshotOptions = {}) => approvalPulls(snapshotOf(said));

function opened(said: SnapshotOptions = {}) {
  const [action] = wanted(said).actions.filter(({ kind }) => kind === 'open-pull');
  if (action?.kind !== 'open-pull') throw new Error('nothing is opened');
  return action;
}

test('a version under review gets a pull request with the approval, the description and a reviewer', () => {
  const { branch, from, files, title, reviewers, body } = opened();
  expect({ branch, from, title, reviewers }).toEqual({
    branch: BRANCH,
    from: '1'.repeat(40),
    title: `Approve ${SMART} 1.2.0`,
    reviewers: ['rita'],
  });
  expect(body).toContain('asks to be approved');
  expect(files).toHaveLength(1);
  // The one line changes, and nothing else of the file.
  const before = fixtureFiles()[VERSION]!.split('\n');
  const after = String(files[0]!.content).split('\n');
  expect(files[0]!.path).toBe(`config/${VERSION}`);
  expect(after.filter((line, i) => line !== before[i])).toEqual([
    'review: { status: approved, submittedBy: bob, reviewedBy: rita }',
  ]);
});

test('with the pull request there, nothing is to be done; a second run does nothing', () => {
  expect(wanted({ open: [pullOf(7, BRANCH)] })).toEqual({ actions: [], notes: [] });
});

test('nothing waits, nothing is opened', () => {
  expect(wanted({ files: DEVELOPMENT })).toEqual({ actions: [], notes: [] });
});

test.each([
  ['withdrawn', DEVELOPMENT, 'withdrawn'],
  ['approved', edited('status: pending', 'status: approved, reviewedBy: rita'), 'approved by `rita`'],
  ['rejected', edited('status: pending', 'status: rejected, reviewedBy: rita, reason: No'), 'rejected by `rita`'],
])('%s meanwhile: closed with the reason, and the branch goes', (_, files, reason) => {
  const { actions } = wanted({ files, open: [pullOf(7, BRANCH)] });
  expect(kinds(actions)).toEqual(['close', 'delete-branch']);
  expect(actions[0]).toMatchObject({ number: 7, why: expect.stringContaining(reason) });
  expect(actions[1]).toMatchObject({ branch: BRANCH, head: '7'.repeat(40) });
});

test('deleted meanwhile: closed', () => {
  const { actions } = wanted({ without: [VERSION], open: [pullOf(7, BRANCH)] });
  expect(actions[0]).toMatchObject({ kind: 'close', why: expect.stringContaining('not there any more') });
});

test('submitted again: the one of the earlier submission is closed and another opened', () => {
  const earlier = pullOf(7, BRANCH, { createdAt: SUBMITTED - 1000 });
  expect(kinds(wanted({ open: [earlier] }).actions)).toEqual(['close', 'delete-branch', 'open-pull']);
  // A crash after closing: that closing was nobody's wish.
  const closed = { ...earlier, state: 'closed' as const, closedAt: SUBMITTED + MINUTE };
  expect(kinds(wanted({ closed: [closed] }).actions)).toEqual(['open-pull']);
});

test('in the very second of the submission: it is for this one', () => {
  expect(wanted({ open: [pullOf(7, BRANCH, { createdAt: SUBMITTED })] }).actions).toEqual([]);
});

test('a clock of the future closes nothing, and opens nothing that somebody stopped', () => {
  const submittedAt = NOW + 90 * MINUTE;
  expect(wanted({ submittedAt, open: [pullOf(7, BRANCH)] }).actions).toEqual([]);
  const closed = pullOf(7, BRANCH, { state: 'closed', closedAt: NOW });
  expect(wanted({ submittedAt, closed: [closed] })).toMatchObject({ actions: [], notes: [{ kind: 'stopped' }] });
});

test('submitted again while this very run goes on: what was closed before was for the earlier submission', () => {
  const closed = pullOf(7, BRANCH, { state: 'closed', closedAt: NOW });
  expect(kinds(wanted({ submittedAt: NOW + 1000, closed: [closed] }).actions)).toEqual(['open-pull']);
});

test('what somebody closed is not opened again, and the run says so', () => {
  const closed = pullOf(7, BRANCH, { state: 'closed', closedAt: NOW });
  expect(wanted({ closed: [closed] })).toEqual({
    actions: [],
    notes: [{ kind: 'stopped', miniapp: SMART, version: '1.2.0', number: 7 }],
  });
});

test.each([
  ['merged', { isMerged: true }],
  ['of somebody else', { author: ACCOUNTS.bob }],
  ['from a fork', { head: { ref: BRANCH, sha: '7'.repeat(40), isOwn: false } }],
  ['of an account that calls itself the bot', { author: { id: 999, login: BOT_ACCOUNT.login } }],
])('a closed one that was %s stops nothing', (_, said) => {
  const closed = pullOf(7, BRANCH, { state: 'closed', closedAt: NOW, ...said });
  expect(kinds(wanted({ closed: [closed] }).actions)).toEqual(['open-pull']);
});

test('a pull request of somebody else from a branch of that name is left alone', () => {
  const theirs = pullOf(7, BRANCH, { author: ACCOUNTS.bob });
  expect(kinds(wanted({ files: DEVELOPMENT, open: [theirs] }).actions)).toEqual([]);
  expect(kinds(wanted({ open: [theirs] }).actions)).toEqual(['open-pull']);
});

test.each([
  'review/..%2f..%2f/1.2.0',
  `review/${SMART}/01.2.0`,
  `review/${SMART}/1.2.0/x`,
  'review/con/1.0.0',
  `x/${SMART}/1.2.0`,
])('a branch %s is for no version', (branch) => {
  expect(reviewBranch.parse(branch)).toBeUndefined();
  expect(wanted({ files: DEVELOPMENT, open: [pullOf(7, branch)] }).actions).toEqual([]);
});

test('of those who may, who is asked for least; of several the first by login', () => {
  const busy = (...asked: (keyof typeof ACCOUNTS)[]) =>
    pullOf(8, 'review/typanel0000000001/1.0.0', { asked: asked.map((name) => ACCOUNTS[name]) });
  const pending = edited(
    'version: 1.0.0',
    'review: { status: pending, submittedBy: bob }\nversion: 1.0.0',
    pathOf.version('typanel0000000001', '1.0.0'),
  );
  const files = { ...REVIEWERS, ...pending };
  expect(opened({ files, open: [busy()] }).reviewers).toEqual(['rick']);
  expect(opened({ files, open: [busy('rick')] }).reviewers).toEqual(['rita']);
  expect(opened({ files, open: [busy('rick', 'rita')] }).reviewers).toEqual(['rosa']);
  expect(opened({ files, open: [busy('rick', 'rita', 'rosa')] }).reviewers).toEqual(['rick']);
  // What others ask for in pull requests of their own says nothing of the bot's.
  const theirs = pullOf(9, 'x', { author: ACCOUNTS.bob, asked: [ACCOUNTS.rick] });
  expect(opened({ files, open: [busy(), theirs] }).reviewers).toEqual(['rick']);
});

test('two that wait are given to two', () => {
  const pending = edited(
    'version: 1.0.0',
    'review: { status: pending, submittedBy: bob }\nversion: 1.0.0',
    pathOf.version('typanel0000000001', '1.0.0'),
  );
  const asked = wanted({ files: { ...REVIEWERS, ...pending } }).actions.map((action) =>
    action.kind === 'open-pull' ? action.reviewers : action.kind,
  );
  expect(asked).toEqual([['rick'], ['rita']]);
});

test('nobody may approve it: no pull request, and the run says so', () => {
  const files = { 'people/rita.yaml': fixtureFiles()['people/rita.yaml']! + 'left: 2026-11-01\n' };
  expect(wanted({ files })).toEqual({ actions: [], notes: [{ kind: 'nobody', miniapp: SMART, version: '1.2.0' }] });
});

test('nobody may, but the platform itself: stamped so from the beginning, and nobody is asked', () => {
  const internal = (login: string) => ({
    [`people/${login}.yaml`]: `${fixtureFiles()[`people/${login}.yaml`]!}internal: true\n`,
  });
  const files = {
    ...internal('alice'),
    ...internal('bob'),
    'people/rita.yaml': fixtureFiles()['people/rita.yaml']! + 'left: 2026-11-01\n',
  };
  const { files: written, reviewers } = opened({ files });
  expect(String(written[0]!.content)).toContain('reviewedBy: policy:internal');
  expect(reviewers).toEqual([]);
});

test('who may review is exactly who the decision lets approve', () => {
  const person = fc.record({
    roles: fc.uniqueArray(fc.constantFrom('owner', 'reviewer'), { maxLength: 2 }),
    hasLeft: fc.boolean(),
    isMember: fc.boolean(),
  });
  const logins = ['ann', 'bea', 'cem'];
  fc.assert(
    fc.property(
      fc.tuple(person, person, person),
      fc.constantFrom(...logins),
      fc.constantFrom(...logins),
      fc.boolean(),
      (people, uploader, submitter, isByMembers) => {
        const files = { ...fixtureFiles() };
        for (const [i, { roles, hasLeft }] of people.entries()) {
          const login = logins[i]!;
          const role = roles.length > 0 ? `platformRoles: [${roles.join(', ')}]\n` : '';
          files[`people/${login}.yaml`] =
            `login: ${login}\ngithubId: ${500 + i}\nname: N\n${role}${hasLeft ? 'left: 2026-11-01\n' : ''}`;
        }
        const members = logins
          .filter((_, i) => people[i]!.isMember)
          .map((login) => `  - { login: ${login}, role: tester }\n`);
        files[pathOf.file(SMART, 'members')] += members.join('');
        if (isByMembers) files['policy.yaml'] = 'transitions:\n  approve: { by: [tester, bot] }\n';
        files[VERSION] = files[VERSION]!.replace('uploadedBy: alice', `uploadedBy: ${uploader}`).replace(
          'submittedBy: bob',
          `submittedBy: ${submitter}`,
        );
        const snapshot = snapshotOf({ files });
        const base = snapshot.given.workspace;
        const [subject] = pendingOf(snapshot);
        const may = reviewersOf(base, 'approve', subject!.miniapp, subject!.version);
        const allowed = [...base.people.keys()].filter((login) => {
          const [file] = filesOf(snapshot, subject!, { status: 'approved', reviewedBy: login });
          const merged = load(memorySource({ ...files, [VERSION]: String(file!.content) })).workspace;
          const { ok } = decide({
            base,
            merged,
            differences: [{ path: VERSION, isInBase: true, isInMerged: true }],
            fileProblems: [],
            pullRequest: { author: '<nobody>', otherFiles: [] },
            reviews: [{ login, state: 'approved' }],
            history: snapshot.history,
            now: NOW,
          });
          return ok;
        });
        expect(may).toEqual(allowed.sort());
      },
    ),
    { numRuns: 25 },
  );
});

test('whatever the loads, somebody who has least is asked', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(4)), (loads) => {
      const logins = ['d', 'b', 'a', 'c'];
      const load = new Map(Object.entries(loads));
      const found = leastLoaded(logins, load)!;
      const least = Math.min(...logins.map((login) => load.get(login) ?? 0));
      expect(load.get(found) ?? 0).toBe(least);
      expect(logins.filter((login) => (load.get(login) ?? 0) === least).sort()[0]).toBe(found);
    }),
  );
});
