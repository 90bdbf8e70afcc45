/** Every action against everything that GitHub may say no with: told once, tried twice at most, and nobody else's trouble. */
import { describe, expect, test } from 'vitest';
import { EnvironmentError } from '../../core/errors.ts';
import type { GitHubWriter } from '../../github/client.ts';
import { executeActions } from './execute-actions.ts';
import type { Action } from '../types.ts';
import { readPull } from '../../github/pull-requests.ts';
import { restReader } from '../../github/rest-reader.ts';
import { evaluated } from '../../fixtures/evaluated-pull-request.ts';
import { reconcileRun } from '../../fixtures/reconcile-run.ts';
import type { WritingRun } from '../state/reconcile-context.ts';

const [HEAD, TIP, MADE] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];
const repository = { owner: 'acme', repo: 'miniapps' };
const files = [{ path: 'config/x.yaml', content: 'a: 1\n' }];

/** Each kind, with the call in which GitHub refuses it. */
const ACTIONS: Readonly<Record<Action['kind'], { readonly call: string; readonly action: Action }>> = {
  'open-pull': {
    call: 'pulls.create',
    action: {
      kind: 'open-pull',
      branch: 'review/x/1.0.0',
      from: TIP,
      files,
      message: '',
      title: '',
      body: '',
      reviewers: [],
    },
  },
  push: {
    call: 'git.updateRef',
    action: { kind: 'push', number: 5, branch: 'review/x/1.0.0', parent: HEAD, files, message: '' },
  },
  restart: {
    call: 'git.updateRef',
    action: { kind: 'restart', number: 5, branch: 'clean-up/x', head: HEAD, from: TIP, files, message: '' },
  },
  'edit-pull': { call: 'pulls.update', action: { kind: 'edit-pull', number: 5, title: 'x' } },
  close: { call: 'pulls.update', action: { kind: 'close', number: 5, why: 'done' } },
  'delete-branch': { call: 'git.deleteRef', action: { kind: 'delete-branch', branch: 'review/x/1.0.0', head: HEAD } },
  'ask-review': { call: 'pulls.requestReviewers', action: { kind: 'ask-review', number: 5, logins: ['rita'] } },
  'unask-review': {
    call: 'pulls.removeRequestedReviewers',
    action: { kind: 'unask-review', number: 5, logins: ['rita'] },
  },
  'dismiss-review': { call: 'pulls.dismissReview', action: { kind: 'dismiss-review', number: 5, id: 1, message: 'x' } },
  'set-status': {
    call: 'repos.createCommitStatus',
    action: {
      kind: 'set-status',
      number: 5,
      sha: HEAD,
      status: { state: 'success', context: 'miniapp/check', description: '' },
    },
  },
  comment: { call: 'issues.createComment', action: { kind: 'comment', number: 5, body: 'x' } },
  'edit-comment': { call: 'issues.updateComment', action: { kind: 'edit-comment', number: 5, id: 1, body: 'x' } },
  'delete-comment': { call: 'issues.deleteComment', action: { kind: 'delete-comment', number: 5, id: 1 } },
  'add-label': { call: 'issues.addLabels', action: { kind: 'add-label', number: 5, label: 'miniapp: ready' } },
  'remove-label': { call: 'issues.removeLabel', action: { kind: 'remove-label', number: 5, label: 'miniapp: ready' } },
  'update-branch': { call: 'pulls.updateBranch', action: { kind: 'update-branch', number: 5, head: HEAD } },
  merge: { call: 'pulls.merge', action: { kind: 'merge', number: 5, head: HEAD, tip: TIP, title: '', message: '' } },
  dispatch: { call: 'actions.createWorkflowDispatch', action: { kind: 'dispatch', workflow: 'portal.yml', sha: TIP } },
};

/** Another's, in the same round; by a call that none of the above is refused in. */
const OTHER = { kind: 'add-label', number: 9, label: 'miniapp: refused' } as const satisfies Action;

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A GitHub that does everything but one call, and counts that. */
function refusing(call: string, answer: Answer): { client: GitHubWriter; count: () => number } {
  let count = 0;
  const pull = {
    number: 5,
    title: '',
    body: '',
    state: 'open',
    draft: false,
    user: { id: 1, login: 'bob' },
    comments: 0,
    head: { ref: 'x', sha: HEAD, repo: { id: 1, owner: {} } },
    base: { ref: 'main', repo: { id: 1 } },
    labels: [],
    created_at: '2026-11-20T12:00:00Z',
    updated_at: '2026-11-20T12:00:00Z',
  };
  const ANSWERS: Readonly<Record<string, unknown>> = {
    'pulls.get': pull,
    'pulls.create': { number: 6 },
    'repos.get': { default_branch: 'main' },
  };
  const asked = (name: string) => async (given: { ref?: string; issue_number?: number }) => {
    if (name === call && given.issue_number !== OTHER.number) {
      count++;
      const { status, message, headers = {} } = answer;
      throw Object.assign(new Error(message), { status, response: { headers, data: { message } } });
    }
    if (/\.list/.test(name)) return { data: [], headers: {} };
    const ref = { object: { sha: given.ref === 'heads/main' ? TIP : HEAD } };
    return {
      data: name === 'git.getRef' ? ref : (ANSWERS[name] ?? { sha: MADE, id: 1, user: null, tree: { sha: MADE } }),
      headers: {},
    };
  };
  const group = (name: string) => new Proxy({}, { get: (_, method) => asked(`${name}.${String(method)}`) });
  const rest = new Proxy({}, { get: (_, name) => group(String(name)) });
  return { client: { rest } as GitHubWriter, count: () => count };
}

/** Some rounds, each with the same wish for what is not done yet. */
async function rounds(kind: Action['kind'], answer: Answer) {
  const { call, action } = ACTIONS[kind];
  const { client, count } = refusing(call, answer);
  const run = runOf(client);
  const pull = (await readPull(client, repository, 5))!;
  const evaluatedPulls = new Map([[5, evaluated('submit', { pull })]]);
  for (let round = 0; round < 4; round++) {
    const wanted = [action, OTHER].filter((one) => !run.done.includes(one));
    await executeActions(run, wanted, evaluatedPulls);
  }
  return { run, action, count: count() };
}

/** A run on the tip that the actions expect, which reads GitHub by REST. */
function runOf(client: GitHubWriter): WritingRun {
  const { last, ...run } = reconcileRun(client, {
    reader: { ...restReader(client, repository), degraded: () => undefined },
  });
  return { ...run, last: { ...last!, tip: TIP } };
}

const KINDS = Object.keys(ACTIONS) as Action['kind'][];
const SAID: readonly Answer[] = [
  { status: 403, message: 'Unable to create comment because issue is locked.' },
  { status: 403, message: 'You do not have permission to create labels on this repository.' },
  { status: 404, message: 'Not Found' },
  { status: 405, message: 'Merge commits are not allowed on this repository.' },
  { status: 409, message: 'Head branch was modified. Review and try the merge again.' },
  { status: 410, message: 'Gone' },
  { status: 422, message: 'This SHA and context has reached the maximum number of statuses.' },
];

describe.each(SAID)('$status $message', (answer) => {
  test.each(KINDS)('%s', async (kind) => {
    const { run, action, count } = await rounds(kind, answer);
    expect([...run.failures]).toEqual([]);
    // What another needs is done in the same run.
    expect(run.done).toContain(OTHER);
    if (kind === 'ask-review' && answer.status === 422) {
      expect([run.done.includes(action), run.unasked.get(5), run.refusals]).toEqual([true, ['rita'], []]);
      return;
    }
    expect(run.done).not.toContain(action);
    expect(run.refusals).toMatchObject([{ action: kind, status: answer.status, words: answer.message }]);
    expect(count).toBeLessThanOrEqual(2);
  });
});

test.each(KINDS)(
  'a token that may not: %s is a fault of the installation, but what one fork forbids is not',
  async (kind) => {
    const { run } = await rounds(kind, { status: 403, message: 'Resource not accessible by integration' });
    const isMergeStep = kind === 'merge' || kind === 'update-branch';
    expect([run.failures.size, run.refusals.length]).toEqual(isMergeStep ? [0, 1] : [1, 0]);
    expect(run.done).toContain(OTHER);
  },
);

test.each(KINDS)('a fault of GitHub’s own, or no requests left: %s is left to the next run', async (kind) => {
  await expect(rounds(kind, { status: 502, message: 'Bad Gateway' })).rejects.toMatchObject({ code: 'github-fault' });
  const headers = { 'x-ratelimit-remaining': '0' };
  await expect(rounds(kind, { status: 403, message: 'limit', headers })).rejects.toMatchObject({
    code: 'github-limited',
  });
});

test('a merge whose bytes cannot be kept is not done, and keeps no other action from being done', async () => {
  const { client, count } = refusing('pulls.merge', SAID[3]!);
  const run = runOf(client);
  const pull = (await readPull(client, repository, 5))!;
  const keepBytes = () => Promise.reject(new EnvironmentError('the store is full'));
  const evaluatedPulls = new Map([[5, evaluated('submit', { pull, keepBytes })]]);
  await executeActions(run, [ACTIONS.merge.action], evaluatedPulls);
  await executeActions(run, [ACTIONS.merge.action, OTHER], evaluatedPulls);
  expect([...run.failures]).toEqual([expect.stringMatching(/#5 is not merged.*the store is full/)]);
  expect([count(), run.done]).toEqual([0, [OTHER]]);
});

test('nothing long stands between the last look and the merge: bytes are kept before it', async () => {
  const { client, count } = refusing('pulls.merge', SAID[3]!);
  const pull = (await readPull(client, repository, 5))!;
  const order: string[] = [];
  const run = runOf(client);
  const fresh = async () => {
    order.push('looked at');
    return { tip: TIP, pull: { ...pull, labels: [...pull.labels, 'hold'] } };
  };
  const keepBytes = async () => void order.push('kept');
  const evaluatedPulls = new Map([[5, evaluated('submit', { pull, keepBytes })]]);
  const reader = { ...run.reader, fresh } as typeof run.reader;
  await executeActions({ ...run, reader }, [ACTIONS.merge.action], evaluatedPulls);
  expect([order, count()]).toEqual([['kept', 'looked at'], 0]);
});

test('many refusals of one kind are known after two rounds, and are no movement', async () => {
  const { client, count } = refusing('issues.addLabels', SAID[2]!);
  const run = runOf(client);
  const actions = Array.from({ length: 20 }, (_, i): Action => ({ kind: 'add-label', number: 10 + i, label: 'x' }));
  expect([await executeActions(run, actions, new Map()), await executeActions(run, actions, new Map())]).toEqual([
    'moved',
    'done',
  ]);
  expect([run.refusals.length, count(), run.failures.size]).toEqual([20, 40, 0]);
});

test('what is closed is closed, also where nobody may comment on it', async () => {
  const { client } = refusing('issues.createComment', SAID[0]!);
  const execution = { client, repository, branch: 'main', log: () => {}, sleep: async () => {} };
  const { executeAction: act } = await import('../actions/action-executors.ts');
  expect(await act(execution, ACTIONS.close.action)).toEqual({});
});
