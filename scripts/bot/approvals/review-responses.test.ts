/** What an approval pull request is made to say by its reviews; that it comes to rest; and that nothing else is merged. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
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
import { fixtureFiles, SMART, type ConfigFiles } from '../../fixtures/workspace.ts';
import type { InvalidReason } from '../../core/policy/approval-validity.ts';
import { evaluated as judgedFixture } from '../../fixtures/evaluated-pull-request.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { answerTo, type CommitAuthors } from './review-responses.ts';
import { approvalPulls } from './pull-requests.ts';
import type { EvaluatedPullRequest, Snapshot, WeighedReview } from '../types.ts';
import type { PullRequestSummary } from '../../github/types.ts';
import { signerOf } from './signer.ts';

const FILE = pathOf.version(SMART, '1.2.0');
const BRANCH = `review/${SMART}/1.2.0`;
const NOBODY: CommitAuthors = { pushers: [], outsiders: [] };
type Login = keyof typeof ACCOUNTS;

const stamped = (review: string) => fixtureFiles()[FILE]!.replace(/^review: .*$/m, () => `review: ${review}`);
const APPROVED_BY = (login: string) => stamped(`{ status: approved, submittedBy: bob, reviewedBy: ${login} }`);

let count = 0;
const review = (login: Login, state: WeighedReview['state'], body = '', invalid?: InvalidReason): WeighedReview => ({
  review: {
    id: (count += 1),
    account: ACCOUNTS[login],
    state,
    body,
    commit: '7'.repeat(40),
    at: SUBMITTED + count * 1000,
  },
  login,
  state,
  ...(invalid === undefined ? {} : { invalid }),
});

interface ResponseCase {
  readonly text?: string;
  readonly reviews?: readonly WeighedReview[];
  readonly pull?: Partial<PullRequestSummary>;
  readonly other?: ConfigFiles;
}

/** The pull request with this text of the version's file, evaluated. */
function evaluated(
  files: ConfigFiles,
  { text = APPROVED_BY('rita'), reviews = [], pull: said = {}, other = {} }: ResponseCase,
): EvaluatedPullRequest {
  const facts = { title: `Approve ${SMART} 1.2.0`, asked: [ACCOUNTS.rita], ...said };
  const pull = {
    ...pullOf(7, BRANCH, facts),
    reviews: reviews.map((one) => one.review),
    comments: [],
    statuses: [],
    mayBePushed: true,
  };
  const { workspace, texts } = load(memorySource({ ...fixtureFiles(), ...files, ...other, [FILE]: text }));
  const differences = [FILE, ...Object.keys(other)].map((path) => ({
    path: `config/${path}`,
    isInBase: true,
    isInMerged: true,
    before: undefined,
    after: undefined,
  }));
  const merge = { tree: 'x', conflicts: [], differences, moves: [] };
  const evaluation = { ...judgedFixture().evaluation!, workspace, texts, merge };
  const changesRequestedBy = reviews.flatMap(({ login, state }) =>
    state === 'changes-requested' && login ? [login] : [],
  );
  return { pull, actor: BOT_ACCOUNT.login, evaluation, reviews, changesRequestedBy, isUpToDate: true, isForBot: true };
}

function answer(told: ResponseCase = {}, said: SnapshotOptions = {}, writers = NOBODY) {
  const snapshot = snapshotOf(said);
  const found = answerTo(snapshot, evaluated(said.files ?? {}, told), writers);
  if (!found) throw new Error('not an approval pull request');
  const push = found.actions.find(({ kind }) => kind === 'push');
  const pushed = push?.kind === 'push' ? /^review: (.*)$/m.exec(String(push.files[0]!.content))?.[1] : undefined;
  return { ...found, pushed };
}

test('nobody has answered: it stays, and is not merged before anybody does', () => {
  expect(answer()).toMatchObject({ pushed: undefined, mayMerge: true, actions: [{ kind: 'edit-pull' }] });
});

test('approved by the one who was asked, and by another', () => {
  const files = REVIEWERS;
  expect(answer({ reviews: [review('rita', 'approved')] }, { files }).pushed).toBeUndefined();
  const other = answer({ reviews: [review('rosa', 'approved')] }, { files });
  expect(other).toMatchObject({ pushed: '{ status: approved, submittedBy: bob, reviewedBy: rosa }', mayMerge: false });
  const both = answer(
    { text: APPROVED_BY('rosa'), reviews: [review('rick', 'approved'), review('rosa', 'approved')] },
    { files },
  );
  expect(both).toMatchObject({ pushed: undefined, mayMerge: true });
});

test.each([
  ['of who may not', review('olga', 'approved')],
  ['of who submitted it', review('bob', 'approved')],
  ['of an earlier content', review('rosa', 'approved', '', 'changed')],
])('an approval %s stamps nothing', (_, one) => {
  expect(answer({ reviews: [one] }, { files: REVIEWERS }).pushed).toBeUndefined();
});

test('a no with a reason comes before a yes, and is written in its words', () => {
  const reviews = [review('rick', 'approved'), review('rosa', 'changes-requested', 'No:\n{no}')];
  const { pushed, actions } = answer({ reviews }, { files: REVIEWERS });
  expect(pushed).toMatch(/^\{ status: rejected, submittedBy: bob, reviewedBy: rosa, reason: .*No: \{no\}.* \}$/);
  expect(actions).toContainEqual(expect.objectContaining({ kind: 'edit-pull', title: `Reject ${SMART} 1.2.0` }));
});

test('of two who say no it is the first with a reason, and then it stays theirs', () => {
  const [silent, first, second] = [
    review('rick', 'changes-requested', ' '),
    review('rita', 'changes-requested', 'First'),
    review('rosa', 'changes-requested', 'Second'),
  ];
  const told = { files: REVIEWERS };
  expect(answer({ reviews: [silent, first, second] }, told).pushed).toContain('reviewedBy: rita, reason: First');
  const text = stamped('{ status: rejected, submittedBy: bob, reviewedBy: rosa, reason: Second }');
  expect(answer({ text, reviews: [silent, first, second] }, told).pushed).toBeUndefined();
});

test('a no without a reason asks for one; a no of who may not reject only stops', () => {
  expect(answer({ reviews: [review('rita', 'changes-requested')] })).toMatchObject({
    pushed: undefined,
    next: expect.stringContaining('without a reason'),
  });
  expect(answer({ reviews: [review('olga', 'changes-requested', 'Wait')] })).toMatchObject({ pushed: undefined });
  expect(answer({ reviews: [review('rita', 'changes-requested', 'No', 'changed')] })).toMatchObject({
    pushed: undefined,
    next: expect.stringContaining('the content changed since'),
  });
});

test('a no that is taken back: the approval is back', () => {
  const text = stamped('{ status: rejected, submittedBy: bob, reviewedBy: rita, reason: Wrong }');
  expect(answer({ text }).pushed).toBe('{ status: approved, submittedBy: bob, reviewedBy: rita }');
});

test('a rejection in other words than the review has is set right before it could be merged', () => {
  const text = stamped('{ status: rejected, submittedBy: bob, reviewedBy: rita, reason: Forged }');
  const { pushed, mayMerge } = answer({ text, reviews: [review('rita', 'changes-requested', 'Real')] });
  expect(pushed).toContain('reason: Real');
  expect(mayMerge).toBe(false);
});

test('who was asked may not approve any more: somebody else is named and asked', () => {
  const files = { ...REVIEWERS, 'people/rita.yaml': `${fixtureFiles()['people/rita.yaml']!}left: 2026-11-20\n` };
  const found = answer({ pull: { asked: [] } }, { files });
  expect(found.pushed).toContain('reviewedBy: rick');
  expect(found.actions).toContainEqual({ kind: 'ask-review', number: 7, logins: ['rick'] });
});

test('a run ended before it asked: asked now; whom people ask instead, and an answer, are left alone', () => {
  const asks = (told: ResponseCase) => answer(told).actions.some(({ kind }) => kind === 'ask-review');
  expect(asks({ pull: { asked: [] } })).toBe(true);
  expect(asks({ pull: { asked: [ACCOUNTS.olga] } })).toBe(false);
  expect(asks({ pull: { asked: [] }, reviews: [review('rita', 'approved')] })).toBe(false);
});

test.each<[string, ResponseCase]>([
  ['another file too', { other: { [pathOf.file(SMART, 'whitelist')]: 'whitelist: []\n' } }],
  ['a comment', { text: `# mine\n${APPROVED_BY('rita')}` }],
  ['what was uploaded', { text: APPROVED_BY('rita').replace('description: Version', 'description: My') }],
  ['no review at all', { text: fixtureFiles()[FILE]!.replace(/^review: .*\n/m, '') }],
])('somebody pushed %s: refused, and left alone', (_, told) => {
  for (const reviews of [[], [review('rita', 'approved')], [review('rita', 'changes-requested', 'No')]]) {
    expect(answer({ ...told, reviews })).toMatchObject({
      actions: [],
      mayMerge: false,
      refusal: expect.stringContaining('something else'),
    });
  }
});

test.each<[string, Partial<PullRequestSummary>]>([
  ['held', { labels: ['hold'] }],
  ['a draft', { isDraft: true }],
])('%s: nothing of it is written', (_, pull) => {
  expect(answer({ pull, reviews: [review('rosa', 'approved')] }, { files: REVIEWERS })).toMatchObject({
    actions: [],
    mayMerge: false,
  });
});

test('of an earlier submission: an approval of then is not carried out', () => {
  const pull = { createdAt: SUBMITTED - 1000 };
  expect(answer({ pull, reviews: [review('rita', 'approved')] })).toMatchObject({ actions: [], mayMerge: false });
});

test('any other pull request is none of its business', () => {
  const told = (pull: Partial<PullRequestSummary>) => answerTo(snapshotOf(), evaluated({}, { pull }), NOBODY);
  expect(told({ author: ACCOUNTS.bob })).toBeUndefined();
  expect(told({ base: 'other' })).toBeUndefined();
  expect(told({ head: { ref: BRANCH, sha: '7'.repeat(40), isOwn: false } })).toBeUndefined();
  expect(told({ head: { ref: `review/${SMART}/1.3.0`, sha: '7'.repeat(40), isOwn: true } })).toBeUndefined();
});

test('who signs', () => {
  expect(signerOf('a', ['b', 'a'], ['a', 'b'])).toEqual({ login: 'a', hasApproved: true });
  expect(signerOf('c', ['b', 'a'], ['a', 'b'])).toEqual({ login: 'b', hasApproved: true });
  expect(signerOf('a', ['x'], ['a', 'b'])).toEqual({ login: 'a', hasApproved: false });
  expect(signerOf('c', ['x'], ['a', 'b'])).toBeUndefined();
  expect(signerOf(undefined, [], ['a'])).toBeUndefined();
});

test('whatever is answered, it comes to rest after one push, and only what somebody who may said is merged', () => {
  const internal = Object.fromEntries(
    ['alice', 'bob'].map((login) => [
      `people/${login}.yaml`,
      `${fixtureFiles()[`people/${login}.yaml`]!}internal: true\n`,
    ]),
  );
  const said = fc.record({
    login: fc.constantFrom<Login>('rita', 'rick', 'rosa', 'olga', 'bob', 'alice'),
    state: fc.constantFrom('approved' as const, 'changes-requested' as const),
    body: fc.constantFrom('', 'No', 'Not: yet'),
    isVoid: fc.boolean(),
  });
  const begin = fc.constantFrom('rita', 'rosa', 'olga', 'policy:internal');
  fc.assert(
    fc.property(
      fc.uniqueArray(said, { selector: ({ login }) => login, maxLength: 4 }),
      begin,
      fc.boolean(),
      fc.integer({ min: -2, max: 9 }),
      fc.boolean(),
      (all, login, isInternal, minutes, isPushed) => {
        const files = { ...REVIEWERS, ...(isInternal ? internal : {}) };
        const reviews = all.map((one) => review(one.login, one.state, one.body, one.isVoid ? 'changed' : undefined));
        const snapshot: Snapshot = snapshotOf({ files, now: SUBMITTED + minutes * MINUTE });
        const writers = { pushers: isPushed ? ['bob'] : [], outsiders: [] };
        let text = APPROVED_BY(login);
        const pull = { createdAt: SUBMITTED };
        const first = answerTo(snapshot, evaluated(files, { text, reviews, pull }), writers)!;
        const push = first.actions.find(({ kind }) => kind === 'push');
        if (push?.kind === 'push') text = String(push.files[0]!.content);
        const second = answerTo(snapshot, evaluated(files, { text, reviews, pull }), writers)!;
        expect(second.actions.filter(({ kind }) => kind === 'push')).toEqual([]);
        if (push) expect(first.mayMerge).toBe(false);
        const may = ['rita', 'rick', 'rosa'];
        const yes = all
          .filter((one) => may.includes(one.login) && one.state === 'approved' && !one.isVoid)
          .map((one) => one.login as string);
        const no = all.filter(
          (one) => may.includes(one.login) && one.state === 'changes-requested' && !one.isVoid && one.body !== '',
        );
        const objects = all.some(({ state }) => state === 'changes-requested');
        const {
          status,
          reviewedBy = '',
          reason,
        } = load(memorySource({ ...fixtureFiles(), ...files, [FILE]: text }))
          .workspace.miniapps.get(SMART)!
          .versions.get('1.2.0')!.review!;
        if (no.length > 0) {
          expect(no.map((one) => [one.login, one.body])).toContainEqual([reviewedBy, reason]);
        } else {
          expect(status).toBe('approved');
          if (yes.length > 0) expect(yes).toContain(reviewedBy);
          else if (reviewedBy === 'policy:internal')
            expect([isInternal, minutes >= 2, objects, isPushed]).toEqual([true, true, false, false]);
          else expect(may).toContain(reviewedBy);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('what is opened needs no push of its own', () => {
  const [opening] = approvalPulls(snapshotOf()).actions;
  if (opening?.kind !== 'open-pull') throw new Error('nothing is opened');
  const { title, body } = opening;
  const told = answer({
    text: String(opening.files[0]!.content),
    pull: { title, body: body.replaceAll('\n', '\r\n') },
  });
  expect(told).toEqual({ actions: [], mayMerge: true, pushed: undefined });
});
