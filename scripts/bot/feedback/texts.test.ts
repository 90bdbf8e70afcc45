/**
 * What needs no GitHub: events, evaluations, statuses, annotations, names of runs, forms, failures in words. Longer than most files,
 * because it is tables of what is read and what is said.
 */
import { describe, expect, test } from 'vitest';
import type { InvalidReason } from '../../core/policy/approval-validity.ts';
import type { TransitionKind } from '../../core/transitions/lifecycle.ts';
import type { LocatedProblem } from '../../read/positions.ts';
import { transitionBranch } from '../branch-names.ts';
import { resolveActor } from '../evaluate/actor.ts';
import { isTransitionRequested } from '../manual-transition/requested-transition.ts';
import type { WorkflowRun } from '../manual-transition/workflow-run.ts';
import { annotations, logLine, summary } from '../../github/workflow-commands.ts';
import { ask, listAll } from '../../github/request.ts';
import { commentBody, linkTo } from './comment.ts';
import { MARK, ownComments } from './comment-mark.ts';
import { eventTarget } from '../../github/webhook-event.ts';
import { mergeWords } from '../merge/commit-message.ts';
import type { Action, EvaluatedPullRequest } from '../types.ts';
import type { Account, PullRequestDetails } from '../../github/types.ts';
import { evaluationStatus, blockingReviewers } from '../evaluate/status.ts';
import { statusOf } from './commit-status.ts';
import { nextMerge, feedbackActions, desiredState } from './desired-state.ts';
import { runNameOf, settingOf, wordsOf, type TransitionForm } from '../manual-transition/command-line.ts';
import { fixtureWorkspace, SMART } from '../../fixtures/workspace.ts';

const BOT: Account = { id: 41898282, login: 'github-actions[bot]' };
const SHA = 'a'.repeat(40);

const pull = (more: Partial<PullRequestDetails> = {}): PullRequestDetails => ({
  number: 7,
  title: 'words',
  body: '',
  state: 'open',
  isMerged: false,
  isDraft: false,
  author: { id: 103, login: 'alice' },
  base: 'main',
  head: { ref: 'words', sha: SHA, isOwn: true },
  labels: [],
  asked: [],
  createdAt: 0,
  updatedAt: '',
  reviews: [],
  comments: [],
  statuses: [],
  mayBePushed: false,
  ...more,
});

type Kind = 'submit' | 'disable' | 'reject';
const workspace = fixtureWorkspace();
/** A pull request of one transition that is allowed, unless it is said otherwise. */
function evaluated(kind: Kind = 'submit', more: Partial<EvaluatedPullRequest> = {}, missing = 0): EvaluatedPullRequest {
  const transition = { kind, miniapp: SMART, version: '1.2.0', at: { file: 'x' } };
  const approvals = { required: missing, given: [], missing, from: ['rita'], by: 'reviewer' };
  const decision = {
    ok: missing === 0,
    transitions: [transition],
    problems: [],
    approvals,
    effects: [],
    compatibility: [],
  };
  const changed = { path: 'config/x', isInBase: true, isInMerged: true, before: `100644 ${SHA}`, after: undefined };
  const merge = { tree: SHA, conflicts: [], differences: [changed], moves: [] };
  const evaluation = { decision, problems: [], texts: new Map<string, string>(), before: workspace, workspace, merge };
  return { pull: pull(), actor: 'alice', evaluation, reviews: [], changesRequestedBy: [], isUpToDate: true, ...more };
}

describe('an event only says where to look', () => {
  test.each<[string, unknown, unknown]>([
    ['pull_request_target', { pull_request: { number: 3 } }, { numbers: [3], heads: [] }],
    ['pull_request_target', { pull_request: { number: '3; rm' } }, { numbers: [], heads: [] }],
    ['pull_request_target', null, { numbers: [], heads: [] }],
    [
      'workflow_run',
      { workflow_run: { head_sha: SHA, pull_requests: [{ number: 4 }] } },
      { numbers: [4], heads: [SHA] },
    ],
    ['workflow_run', { workflow_run: { head_sha: '--upload-pack=x', pull_requests: 'x' } }, { numbers: [], heads: [] }],
    [
      'workflow_run',
      {
        workflow_run: {
          head_sha: SHA,
          head_branch: 'main',
          head_repository: { full_name: 'eve/x' },
          pull_requests: [],
        },
      },
      { numbers: [], heads: [SHA], branches: [{ repository: 'eve/x', ref: 'main' }] },
    ],
    ['workflow_run', { workflow_run: { head_branch: 7, head_repository: null } }, { numbers: [], heads: [] }],
    [
      'pull_request',
      { pull_request: { number: 3, head: { ref: 'change', repo: { full_name: 'eve/x' } } } },
      { numbers: [3], heads: [], branches: [{ repository: 'eve/x', ref: 'change' }] },
    ],
    ['pull_request', { pull_request: { number: 3, head: { ref: 'change', repo: null } } }, { numbers: [3], heads: [] }],
    ['workflow_dispatch', { inputs: { pull_request: '12' } }, { numbers: [12], heads: [] }],
    ['workflow_dispatch', { inputs: { pull_request: '12 ' } }, { numbers: [], heads: [] }],
    ['schedule', {}, { numbers: [], heads: [] }],
    ['push', { pull_request: { number: 3 } }, { numbers: [], heads: [] }],
  ])('%s %j', (name, payload, hint) => expect(eventTarget(name, payload)).toEqual(hint));
});

describe('where a pull request stands', () => {
  const review = { id: 1, account: { id: 102, login: 'rita' }, state: 'changes-requested', body: 'no', at: 0 } as const;
  const objected = {
    changesRequestedBy: ['rita'],
    reviews: [{ review, login: 'rita', state: 'changes-requested' as const }],
  };
  test.each<[string, EvaluatedPullRequest, string, string]>([
    ['allowed', evaluated(), 'ready', 'success'],
    ['an approval is missing', evaluated('submit', {}, 1), 'waiting', 'pending'],
    ['a draft', evaluated('submit', { pull: pull({ isDraft: true }) }), 'waiting', 'pending'],
    ['held', evaluated('submit', { pull: pull({ labels: ['hold'] }) }), 'waiting', 'pending'],
    [
      'a look-alike of the label',
      evaluated('submit', { pull: pull({ labels: ['hоld', 'ho1d', 'on hold'] }) }),
      'ready',
      'success',
    ],
    ['changes requested', evaluated('submit', objected), 'waiting', 'pending'],
    ['changes requested of an emergency stop', evaluated('disable', objected), 'ready', 'success'],
    ['changes requested that became the rejection', evaluated('reject', objected), 'ready', 'success'],
    [
      'a no of somebody else',
      evaluated('reject', { ...objected, changesRequestedBy: ['rita', 'olga'] }),
      'waiting',
      'pending',
    ],
    ['another base', evaluated('submit', { refusal: 'another branch' }), 'refused', 'failure'],
    ['GitHub failed', evaluated('submit', { refusal: 'no answer', isOutside: true }), 'unknown', 'error'],
  ])('%s', (_, evaluated, state, commitState) => {
    const status = evaluationStatus(evaluated);
    expect([status.state, statusOf(status).state]).toEqual([state, commitState]);
    expect(status.isToMerge).toBe(state === 'ready');
  });

  test('a status has at most 140 characters and no control characters', () => {
    const { description } = statusOf({ state: 'refused', sentence: `\u202E${'x\n'.repeat(300)}`, isToMerge: false });
    expect([...description].length).toBeLessThanOrEqual(140);
    expect(description).not.toMatch(/\n|\u202E/);
  });

  test('a no that was taken over by nobody stops everything else', () =>
    expect(blockingReviewers(evaluated('submit', objected))).toEqual(['rita']));
});

describe('wanted minus actual', () => {
  const around = {
    repository: { owner: 'o', repo: 'r' },
    branch: 'main',
    tip: SHA,
    serverUrl: 'https://github.com',
    bot: BOT,
  };
  const actionsFor = (one: EvaluatedPullRequest) => feedbackActions(one, desiredState(one, around), around);
  const kinds = (actions: readonly Action[]) => actions.map(({ kind }) => kind);

  test('everything is said once, and then nothing', () => {
    const first = evaluated('submit', {}, 1);
    const { comment = '', commitStatus: status, label = '' } = desiredState(first, around);
    expect(kinds(actionsFor(first))).toEqual(['set-status', 'comment', 'add-label']);
    const said = pull({
      statuses: [{ ...status, by: BOT }],
      comments: [{ id: 1, account: BOT, body: comment }],
      labels: [label],
    });
    expect(actionsFor({ ...first, pull: said })).toEqual([]);
  });

  test('what others set or wrote counts for nothing; doubles go', () => {
    const first = evaluated('submit', {}, 1);
    const { comment = '', commitStatus: status, label = '' } = desiredState(first, around);
    const mallory = { id: 900, login: 'github-actions[bot]' };
    const forged = pull({
      statuses: [{ ...status, by: mallory }],
      comments: [
        { id: 1, account: mallory, body: comment },
        { id: 2, account: BOT, body: `> ${comment}` },
        { id: 3, account: BOT, body: comment },
        { id: 4, account: BOT, body: comment },
      ],
      labels: [label, 'miniapp: ready'],
    });
    expect(actionsFor({ ...first, pull: forged })).toEqual([
      { kind: 'set-status', number: 7, sha: SHA, status },
      { kind: 'delete-comment', number: 7, id: 4 },
      { kind: 'remove-label', number: 7, label: 'miniapp: ready' },
    ]);
    expect(ownComments([{ id: 1, account: null, body: MARK }], BOT)).toEqual([]);
  });

  test('one step towards a merge at a time: a stop first, then what is up to date, then the oldest', () => {
    const all = (...all: EvaluatedPullRequest[]) =>
      all.map((one) => ({ evaluated: one, status: evaluationStatus(one) }));
    const numbered = (number: number, isUpToDate = true, kind: Kind = 'submit') =>
      evaluated(kind, { pull: pull({ number }), isUpToDate });
    const next = (...some: EvaluatedPullRequest[]) =>
      nextMerge(all(...some), { tip: SHA, bot: BOT }).map((action) =>
        'number' in action ? `${action.kind} ${action.number}` : '',
      );
    expect(next(numbered(3), numbered(2), numbered(1, false))).toEqual(['merge 2']);
    expect(next(numbered(3), numbered(9, true, 'disable'))).toEqual(['merge 9']);
    expect(next(numbered(3), numbered(9, false, 'disable'))).toEqual(['update-branch 9']);
    expect(next(numbered(1, false))).toEqual(['update-branch 1']);
    const foreign = evaluated('submit', {
      pull: pull({ head: { ref: 'x', sha: SHA, isOwn: false } }),
      isUpToDate: false,
    });
    expect(next(foreign)).toEqual([]);
    expect(next(evaluated('submit', {}, 1))).toEqual([]);
  });

  test('a fork that the bot may not push to is asked to bring itself up to date', () => {
    const behind = evaluated('submit', {
      pull: pull({ head: { ref: 'x', sha: SHA, isOwn: false } }),
      isUpToDate: false,
    });
    expect(desiredState(behind, around).comment).toContain('press **Update branch**, or allow edits by maintainers');
    // A fork of an organization has no such switch.
    const head = { ref: 'x', sha: SHA, isOwn: false, isOfOrganization: true } as const;
    const theirs = evaluated('submit', { pull: pull({ head }), isUpToDate: false });
    expect(desiredState(theirs, around).comment).toContain('press **Update branch**.');
    const mine = evaluated('submit', { pull: pull({ mayBePushed: true }), isUpToDate: false });
    expect(desiredState(mine, around).comment).toContain('The bot merges it.');
  });

  test('what people wrote is text in the comment', () => {
    const refusal = '<img src=x> @olga [x](javascript:y) `z` ${{ a }}\n::error::b';
    const { comment = '' } = desiredState(evaluated('submit', { refusal, actor: "';id" }), around);
    expect(comment).not.toMatch(/<img|@olga|\]\(javascript|^::error/m);
    expect(comment).not.toContain('--actor');
  });

  test('a merge says what history reads', () => {
    const given = (login: string, invalid?: InvalidReason) => ({
      review: { id: 1, account: { id: 1, login }, state: 'approved' as const, body: '', at: 0 },
      login,
      state: 'approved' as const,
      ...(invalid === undefined ? {} : { invalid }),
    });
    const { title, message } = mergeWords(
      evaluated('submit', { reviews: [given('rita'), given('olga', 'changed')], actor: '<x\ny>' }),
    );
    expect(title).toBe(`Merge pull request #7: submit ${SMART} 1.2.0`);
    expect(message.split('\n')).toEqual([
      'Transition: submit',
      `Miniapp: ${SMART}`,
      'Version: 1.2.0',
      'Actor: <x y>',
      'Approved-by: rita',
      'Pull-request: #7',
    ]);
  });
});

describe('for whom it acts', () => {
  const run: WorkflowRun = {
    id: 5,
    path: '.github/workflows/transition.yml@refs/heads/main',
    event: 'workflow_dispatch',
    branch: 'main',
    isOwn: true,
    title: `publish ${SMART} 1.2.0`,
    by: { id: 103, login: 'renamed' },
    isUntouched: true,
    isFirst: true,
    commit: SHA,
    from: 0,
    until: Infinity,
  };
  const bots = (ref: string, isOwn = true) => pull({ author: BOT, head: { ref, sha: SHA, isOwn } });
  const acts = (one: PullRequestDetails, fact?: WorkflowRun) =>
    resolveActor(one, { base: workspace, bot: BOT, branch: 'main', past: [{ commit: SHA }], run: fact }).actor;
  test('people by their number, strangers by a name that is no login', () => {
    expect(acts(pull({ author: { id: 103, login: 'anything' } }))).toBe('alice');
    expect(acts(pull({ author: { id: 900, login: 'alice' } }))).toBe('<alice>');
    expect(acts(pull({ author: null }))).toBe('<ghost>');
    expect(acts(pull({ author: { id: 900, login: BOT.login } }))).toBe(`<${BOT.login}>`);
  });
  test('the bot for nobody, or for who started the run', () => {
    expect(acts(bots(`review/${SMART}/1.2.0`))).toBe(BOT.login);
    expect(acts(bots('transition/5', false), run)).toBe('<bot>');
    expect(acts(bots('transition/5'), run)).toBe('alice');
    const others: Partial<WorkflowRun>[] = [
      { path: '.github/workflows/mine.yml' },
      { event: 'push' },
      { branch: 'mine' },
      { isOwn: false },
      { isUntouched: false },
      { isFirst: false },
      { commit: 'f'.repeat(40) },
      { from: Infinity },
      { until: -1 },
      { id: 6 },
    ];
    for (const other of others) expect(acts(bots('transition/5'), { ...run, ...other })).toBe(BOT.login);
    expect(acts(bots('transition/5'))).toBe(BOT.login);
  });
  test.each(['transition/05', 'transition/5/x', 'transition/-5', 'transition/99999999999999999', 'x/transition/5'])(
    '%s names no run',
    (ref) => expect(transitionBranch.parse(ref)).toBeUndefined(),
  );
  test('the run’s name and what was found', () => {
    const found = (kind: TransitionKind, version?: string) => [
      { kind, miniapp: SMART, ...(version === undefined ? {} : { version }) },
    ];
    expect(isTransitionRequested(`publish ${SMART} 1.2.0`, found('publish', '1.2.0'))).toBe(true);
    expect(isTransitionRequested(`publish ${SMART} 1.2.0`, found('publish', '1.3.0'))).toBe(false);
    expect(isTransitionRequested(`publish ${SMART} `, found('publish', '1.3.0'))).toBe(false);
    expect(isTransitionRequested(`disable ${SMART} `, found('disable', '1.1.0'))).toBe(true);
    expect(isTransitionRequested(`member ${SMART} `, found('edit-members'))).toBe(true);
    expect(isTransitionRequested(`disable ${SMART}`, [...found('disable'), ...found('edit-members')])).toBe(false);
    const both = [...found('publish', '1.2.0'), ...found('edit-scenarios')];
    expect(isTransitionRequested(`publish ${SMART} 1.2.0 --update-scenarios`, both)).toBe(true);
    expect(isTransitionRequested(`publish ${SMART} 1.2.0 --update-scenarios`, both.slice(0, 1))).toBe(true);
    expect(isTransitionRequested(`publish ${SMART} 1.2.0 --update-scenarios`, both.slice(1))).toBe(false);
    expect(isTransitionRequested(`publish ${SMART} 1.2.0`, both)).toBe(false);
    expect(isTransitionRequested(`scenario ${SMART} add --name x --update-scenarios`, found('edit-scenarios'))).toBe(
      true,
    );
    const started = [...found('start-rollout', '1.3.0'), ...found('edit-scenarios')];
    expect(isTransitionRequested(`start-rollout ${SMART} 1.3.0 --percent 10 --update-scenarios`, started)).toBe(true);
    expect(isTransitionRequested(`start-rollout ${SMART} 1.3.0 --percent 10`, started)).toBe(false);
    expect(isTransitionRequested(`start-rollout ${SMART} 1.2.0 --percent 10`, found('start-rollout', '1.3.0'))).toBe(
      false,
    );
    expect(isTransitionRequested(`widen-rollout ${SMART} --percent 50`, found('widen-rollout', '1.3.0'))).toBe(true);
    expect(isTransitionRequested(`widen-rollout ${SMART} 1.3.0 --percent 50`, found('widen-rollout', '1.3.0'))).toBe(
      true,
    );
    expect(isTransitionRequested(`widen-rollout ${SMART} 1.2.0 --percent 50`, found('widen-rollout', '1.3.0'))).toBe(
      false,
    );
    expect(isTransitionRequested(`stop-rollout ${SMART}`, found('stop-rollout', '1.3.0'))).toBe(true);
    expect(isTransitionRequested(`stop-rollout ${SMART}`, found('publish', '1.3.0'))).toBe(false);
    expect(isTransitionRequested(`archive ${SMART}`, found('edit-basics'))).toBe(true);
    expect(isTransitionRequested('', [])).toBe(false);
  });
});

describe('the form of the workflow', () => {
  const form = (more: Partial<TransitionForm>): TransitionForm => ({
    transition: '',
    miniapp: SMART,
    version: '',
    reason: '',
    arguments: '',
    ...more,
  });
  test.each<[Partial<TransitionForm>, string[]]>([
    [{ transition: 'publish', version: '1.2.0' }, ['publish', SMART, '1.2.0']],
    [
      { transition: 'reject', version: '1.2.0', reason: ' "no"; $(id) ' },
      ['reject', SMART, '1.2.0', '--reason="no"; $(id)'],
    ],
    [{ transition: 'clear-experience' }, ['experience', 'clear', SMART]],
    [
      { transition: 'rollback', version: '1.0.0', arguments: ' --update-scenarios ' },
      ['rollback', SMART, '1.0.0', '--update-scenarios'],
    ],
    [
      { transition: 'start-rollout', version: '1.3.0', arguments: '--percent 10 --app smart-life' },
      ['rollout', 'start', SMART, '1.3.0', '--percent', '10', '--app', 'smart-life'],
    ],
    [
      { transition: 'widen-rollout', arguments: '--percent=50 --update-scenarios' },
      ['rollout', 'widen', SMART, '--percent=50', '--update-scenarios'],
    ],
    [{ transition: 'stop-rollout' }, ['rollout', 'stop', SMART]],
    [{ transition: 'archive' }, ['edit', SMART, '--archive']],
    [
      { transition: 'scenario', arguments: 'add --name "All of it" --app smart-life --region EU --opens online' },
      ['scenario', 'add', SMART, '--name', 'All of it', '--app', 'smart-life', '--region', 'EU', '--opens', 'online'],
    ],
    [
      { transition: 'whitelist', arguments: `add --app smart-life --account 'a b' --note "x $(id)"` },
      ['whitelist', 'add', SMART, '--app', 'smart-life', '--account', 'a b', '--note', 'x $(id)'],
    ],
  ])('%j', (more, words) => expect(wordsOf(form(more))).toEqual(words));
  test.each<Partial<TransitionForm>>([
    { transition: 'publish', version: '1.2.0', miniapp: '--config' },
    { transition: 'publish', version: '--actor=olga' },
    { transition: 'validate', version: '1.2.0' },
    { transition: 'reject', version: '1.2.0' },
    { transition: 'whitelist', arguments: 'add --actor olga' },
    { transition: 'whitelist', arguments: 'add --file=/etc/passwd' },
    { transition: 'language', arguments: 'import /proc/self/environ' },
    { transition: 'disable', arguments: '--actor olga' },
    { transition: 'disable', arguments: '--update-scenarios' },
    { transition: 'revoke', version: '1.2.0', reason: 'why', arguments: '--update-scenarios' },
    { transition: 'publish', version: '1.2.0', arguments: '--update-scenarios --actor olga' },
    { transition: 'start-rollout', arguments: '--percent 10' },
    { transition: 'start-rollout', version: '1.3.0', arguments: '--percent 10 --actor olga' },
    { transition: 'start-rollout', version: '1.3.0', arguments: '--percent 10 --config=/etc' },
    { transition: 'widen-rollout', version: '--actor=olga', arguments: '--percent 50' },
    { transition: 'stop-rollout', arguments: '--percent 5' },
    { transition: 'archive', arguments: '--name X' },
    { transition: 'scenario', arguments: 'add --file /etc/passwd' },
  ])('refused: %j', (more) => expect(() => wordsOf(form(more))).toThrow(/./));

  test.each<Partial<TransitionForm>>([
    { transition: 'start-rollout', version: '1.3.0', arguments: '--percent 10 --app smart-life' },
    { transition: 'widen-rollout', arguments: '--percent 50 --update-scenarios' },
    { transition: 'widen-rollout', version: '1.3.0', arguments: '--percent 50' },
    { transition: 'publish', version: '1.2.0', arguments: '--update-scenarios' },
  ])('is known again by the name of its run: %j', (more) =>
    expect(settingOf(runNameOf(form(more)))).toEqual(form(more)),
  );
});

describe('annotations, log and summary', () => {
  const problem = (more: Partial<LocatedProblem> = {}): LocatedProblem => ({
    code: 'file-unknown',
    severity: 'error',
    file: 'config/a,b:c%\n.yaml',
    line: 1,
    column: 2,
    message: '100% ::error::\r\nx',
    hint: '',
    ...more,
  });
  test('nothing in them ends the command or begins another', () => {
    const [line = '', ...others] = annotations([problem()]);
    expect(others).toEqual([]);
    expect(line).toBe(
      '::error file=config/a%2Cb%3Ac%25%0A.yaml,line=1,col=2,title=file-unknown::100%25 ::error::%0D%0Ax',
    );
  });
  test('ten of a kind at most, and how many are left out', () => {
    const many = [...Array(500).fill(problem()), ...Array(11).fill(problem({ severity: 'warning' })), ...Array(0)];
    const lines = annotations(many);
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    expect(lines[9]).toContain('491 more errors');
  });
  test.each(['::set-output name=x::y', '  ::error::x', 'a\n::error::x', 'x ##[error]y', '\u001B[31m'])(
    '%j in the log',
    (text) => expect(logLine(text)).not.toMatch(/^\s*::|\n|##\[/),
  );
  test('a summary below 1 MiB, whole parts, the rest counted', () => {
    const text = summary(Array.from({ length: 300 }, () => 'é'.repeat(5000)));
    expect(Buffer.byteLength(text)).toBeLessThan(1024 ** 2);
    expect(text).toMatch(/… and 20\d more/);
  });
  test('a link ends where it should', () => {
    const link = linkTo({ owner: 'o', repo: 'r' }, 'https://github.com', SHA);
    expect(link('config/a) [x](y)#?.yaml', 3)).toBe(
      `https://github.com/o/r/blob/${SHA}/config/a%29%20%5Bx%5D%28y%29%23%3F.yaml#L3`,
    );
  });
});

describe('failures in words, lists to their end', () => {
  const failing = async (error: object): Promise<string> => {
    const call = async () => {
      throw error;
    };
    try {
      return await ask('read it', call);
    } catch (reason) {
      return (reason as Error).message;
    }
  };
  test.each<[object, RegExp]>([
    [{ message: 'getaddrinfo ENOTFOUND' }, /cannot be reached.*not the fault of any change/],
    [{ status: 401, response: { data: {} } }, /does not accept the token/],
    [{ status: 503, response: { data: {} } }, /a fault of its own \(503/],
    [
      {
        status: 403,
        response: { headers: { 'x-accepted-github-permissions': 'contents=write' }, data: { message: 'no' } },
      },
      /permission contents: write/,
    ],
    [
      {
        status: 403,
        response: { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795176005' }, data: {} },
      },
      /until 2026-11-20T/,
    ],
    [{ status: 422, response: { data: { message: 'a\u001B[31m\nb' } } }, /GitHub says 422: a \[31m b/],
  ])('%j', async (error, words) => expect(await failing({ ...error })).toMatch(words));

  const pages = (...all: { data: unknown; link?: string }[]) =>
    listAll('list', async ({ page }) => ({
      data: all[page - 1]!.data as number[],
      headers: { link: all[page - 1]!.link },
    }));
  const full = Array.from({ length: 100 }, (_, i) => i);
  const next = '<https://x?page=2>; rel="next"';
  test('all pages, a lost link, an empty page in between, no list', async () => {
    expect(await pages({ data: full, link: next }, { data: [1] })).toHaveLength(101);
    expect(await pages({ data: full }, { data: [1] })).toHaveLength(101);
    await expect(pages({ data: [], link: next })).rejects.toThrow(/page in the middle/);
    await expect(pages({ data: { message: 'x' } })).rejects.toThrow(/no list/);
  });
});

test('a comment says how many versions it does not compare', () => {
  const one = { id: { miniapp: SMART, version: '1.2.0' }, markdown: 'The same bytes.', calls: 'none', fit: '' };
  const body = (more: Partial<EvaluatedPullRequest>): string => {
    const own = evaluated('submit', more);
    const status = evaluationStatus(own);
    const repository = { owner: 'acme', repo: 'miniapps' };
    return commentBody({ evaluated: own, status, repository, serverUrl: 'https://github.com', branch: 'main' });
  };
  expect(body({ compared: [one] })).not.toContain('not compared here');
  expect(body({ compared: [one], uncompared: 45 })).toContain('The bytes of 45 more versions are not compared here');
  // Where many leave no room, fewer are shown.
  const long = { ...one, markdown: 'x'.repeat(20_000) };
  expect(body({ compared: [long, long, long, long, long] })).toContain(
    'The bytes of 4 more versions are not compared here',
  );
});
