/** What GraphQL tells and what REST tells is the same; and whatever GraphQL does instead of telling, no judgement rests on a part. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { registry, actionLines, type Registry } from '../fixtures/bot-harness.ts';
import { removeRepositories } from '../fixtures/repository.ts';
import type { Failure } from '../fixtures/forge/faults.ts';
import { BOT_ACCOUNT } from '../fixtures/snapshot.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';
import { connect, requestsLeft } from './client.ts';
import { graphqlReader } from './graphql/reader.ts';
import type { PullRequestDetails } from './types.ts';
import type { ListedPullRequest } from './reader-types.ts';
import { restReader } from './rest-reader.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let own: Registry;
const numbers: Record<'reviewed' | 'fork' | 'retargeted' | 'waiting', number> = {
  reviewed: 0,
  fork: 0,
  retargeted: 0,
  waiting: 0,
};
const words = (miniapp: string, word: string) => ({
  [`miniapps/${miniapp}/languages.yaml`]: `strings: { en: { hello: ${word} } }\n`,
});

beforeAll(async () => {
  own = await registry();
  const { repo } = own;
  numbers.waiting = 1;
  // The bot's own, which it told of; closed ones of a branch of its own.
  await own.run();
  numbers.reviewed = await own.open('alice', { branch: 'reviewed', files: words(PANEL, 'Hello'), body: 'a\r\nb' });
  await own.as('bob').issues.createComment({ ...repo, issue_number: numbers.reviewed, body: '<!-- miniapp/check -->' });
  await own.review('rita', numbers.reviewed, 'APPROVE');
  await own.push('bob', 'reviewed', words(PANEL, 'Bye'));
  await own.review('bob', numbers.reviewed, 'REQUEST_CHANGES', 'no');
  await own.review('mallory', numbers.reviewed, 'COMMENT', 'hm');
  await own.as('olga').issues.addLabels({ ...repo, issue_number: numbers.reviewed, labels: ['Hold', 'ours'] });
  await own.as('alice').pulls.requestReviewers({ ...repo, pull_number: numbers.reviewed, reviewers: ['olga'] });
  numbers.fork = await own.open('alice', {
    branch: 'fork',
    files: words(SMART, 'Hello'),
    fork: 'alice',
    isDraft: true,
  });
  await own.as('alice').pulls.update({ ...repo, pull_number: numbers.fork, maintainer_can_modify: true });
  numbers.retargeted = await own.open('bob', { branch: 'retargeted', files: words(SMART, 'Bye') });
  await own.as('bob').git.createRef({ ...repo, ref: 'refs/heads/aside', sha: own.main() });
  await own.review('alice', numbers.retargeted, 'APPROVE');
  await own.as('bob').pulls.update({ ...repo, pull_number: numbers.retargeted, base: 'aside' });
  await own.as('bob').pulls.update({ ...repo, pull_number: numbers.retargeted, base: 'main' });
  const { sha } = (await own.pull(numbers.retargeted)).head;
  for (const state of ['pending', 'failure'] as const)
    await own
      .as('bob')
      .repos.createCommitStatus({ ...repo, sha, state, context: 'miniapp/check', description: 'mine' });
  const gone = await own.open('bob', { branch: 'gone', files: words(SMART, 'Gone') });
  await own.as('bob').pulls.update({ ...repo, pull_number: gone, state: 'closed' });
});
afterAll(() => own.stop());
afterAll(removeRepositories);

const client = () => connect({ token: own.forge.workflowToken(), apiUrl: own.forge.apiUrl });
const readers = () => [graphqlReader(client(), own.repo), restReader(client(), own.repo)] as const;
const known = { bot: BOT_ACCOUNT, isEnough: () => false };

describe('the same facts', () => {
  test('of all that are open', async () => {
    const [graphql, rest] = readers();
    const [told, listed] = [await graphql.overview([]), await rest.overview([])];
    // One brings statuses along, the other labels.
    const facts = (all: readonly ListedPullRequest[]) => all.map((one) => ({ ...one, labels: [], statuses: [] }));
    expect(facts(told.open)).toEqual(facts(listed.open));
    expect([told.branch, told.tip]).toEqual([listed.branch, listed.tip]);
    const [a, b] = [await graphql.pulls(told.open), await rest.pulls(listed.open, known)];
    expect([...a.keys()]).toEqual([...b.keys()]);
    expect(a.size).toBe(4);
    for (const [number, pull] of a) expect(pull).toEqual(b.get(number));
    const { reviews, retargetedAt, commits, statuses } = a.get(numbers.retargeted)!;
    expect(reviews).toHaveLength(1);
    expect(retargetedAt).toBeGreaterThan(reviews[0]!.at);
    expect(commits).toEqual([{ sha: expect.stringMatching(/^[0-9a-f]{40}$/), accounts: [104] }]);
    expect(statuses).toMatchObject([{ state: 'failure', by: { login: 'bob' } }]);
    expect(a.get(numbers.waiting)!.author).toEqual(BOT_ACCOUNT);
    expect(a.get(numbers.fork)!.mayBePushed).toBe(true);
  });

  test('of those that an event names, in one request', async () => {
    own.forge.takeRequests();
    const { pulls } = await readers()[0].overview([numbers.reviewed, 999]);
    expect(own.forge.takeRequests()).toEqual([{ operation: 'graphql', points: expect.any(Number) }]);
    const rest = await readers()[1].pulls([...pulls.values()], known);
    expect([...pulls]).toEqual([...rest]);
  });

  test('before a merge, and of closed branches', async () => {
    const [graphql, rest] = readers();
    const [a, b] = [await graphql.fresh(numbers.reviewed), await rest.fresh(numbers.reviewed)];
    expect(a).toEqual(b);
    expect(await graphql.fresh(999)).toEqual(await rest.fresh(999));
    const branches = ['gone', 'reviewed', 'nowhere'];
    const closed = await rest.closed(branches);
    expect(closed).toHaveLength(1);
    expect(await graphql.closed(branches)).toEqual(closed);
  });

  test('over many pages', async () => {
    const issue = { ...own.repo, issue_number: numbers.fork };
    for (let i = 0; i < 55; i++) await own.as('bob').issues.createComment({ ...issue, body: `${i}` });
    const [graphql, rest] = readers();
    const { open } = await graphql.overview([]);
    const listed = open.filter(({ number }) => number === numbers.fork);
    const [a, b] = [await graphql.pulls(listed), await rest.pulls(listed, known)];
    expect((a.get(numbers.fork) as PullRequestDetails).comments).toHaveLength(55);
    expect([...a]).toEqual([...b]);
  });
});

/** What is changed in an answer, by the name that the query gives it. */
// oxlint-disable-next-line typescript/no-explicit-any
const altered = (alter: (repository: any, body: any) => void): Failure => ({
  kind: 'altered',
  alter(body) {
    const copy = structuredClone(body);
    alter(copy.data?.repository ?? {}, copy);
    return copy;
  },
});
// oxlint-disable-next-line typescript/no-explicit-any
const eachOf = (repository: any, change: (pull: any) => void) =>
  // oxlint-disable-next-line typescript/no-explicit-any
  Object.entries<any>(repository).forEach(([name, pull]) => /^p\d+$/.test(name) && pull?.reviews && change(pull));

describe('what is not told by GraphQL is asked of REST: what is to be done stays the same', () => {
  const plan = async () => {
    const { actions, failures, notes } = await own.dryRun();
    return {
      actions: actionLines(actions),
      failures,
      isDegraded: notes.some((note) => note.includes('GraphQL cannot be used')),
    };
  };
  const DETAILS = 2;

  test.each<[string, Failure, number, boolean]>([
    ['it is not there', { kind: 'answer', status: 404, message: 'Not Found' }, 1, true],
    ['the token may not', { kind: 'answer', status: 403, message: 'Resource not accessible by integration' }, 1, true],
    ['502 in HTML', { kind: 'server-error' }, 1, true],
    ['504', { kind: 'server-error', status: 504 }, 1, true],
    ['no JSON with the status 200', { kind: 'altered', alter: () => '<html>' }, 1, true],
    ['nothing', { kind: 'altered', alter: () => ({}) }, 1, true],
    ['errors and no data', { kind: 'altered', alter: () => ({ data: null, errors: [{ message: 'x' }] }) }, 1, true],
    ['no repository', altered((_, body) => (body.data = { repository: null })), 1, true],
    [
      'an error beside the list',
      altered((_, body) => (body.errors = [{ path: ['repository', 'pullRequests'] }])),
      1,
      true,
    ],
    [
      'a page lost',
      altered(({ pullRequests: list }) => (list.pageInfo = { hasNextPage: true, endCursor: null })),
      1,
      true,
    ],
    ['a list cut', altered(({ pullRequests: list }) => list.nodes.pop()), 1, true],
    ['one hidden in the list', altered(({ pullRequests: list }) => (list.nodes[1] = null)), 1, true],
    ['resources exceeded', altered((_, body) => (body.errors = [{ type: 'RESOURCE_LIMITS_EXCEEDED' }])), 1, true],
    [
      'an error beside one',
      altered((repository, body) => {
        body.errors = [{ type: 'FORBIDDEN', path: ['repository', `p${numbers.reviewed}`, 'reviews'] }];
        repository[`p${numbers.reviewed}`] = null;
      }),
      DETAILS,
      false,
    ],
    ['a review hidden', altered((all) => eachOf(all, ({ reviews }) => (reviews.nodes[0] = null))), DETAILS, false],
    ['reviews cut', altered((all) => eachOf(all, ({ reviews }) => reviews.nodes.pop())), DETAILS, false],
    ['a comment hidden', altered((all) => eachOf(all, ({ comments }) => (comments.nodes[0] = null))), DETAILS, false],
    ['comments lost', altered((all) => eachOf(all, ({ comments }) => comments.nodes.pop())), DETAILS, false],
    [
      'an id hidden',
      altered((all) =>
        eachOf(all, ({ comments }) =>
          comments.nodes.forEach((one: { fullDatabaseId: null }) => (one.fullDatabaseId = null)),
        ),
      ),
      DETAILS,
      false,
    ],
    ['some of it gone', altered((all) => eachOf(all, (pull) => (pull.reviews = null))), DETAILS, false],
    [
      'another commit newest',
      altered(({ pullRequests: list }) =>
        list?.nodes.forEach(
          (one: { headRefOid: string; commits: { nodes: { commit: { oid: string } }[] } }) =>
            (one.commits.nodes[0]!.commit.oid = '0'.repeat(40)),
        ),
      ),
      1,
      false,
    ],
  ])('%s', async (_, how, nth, isDegraded) => {
    const wanted = await plan();
    expect(wanted.isDegraded).toBe(false);
    own.forge.fault({ on: 'graphql', how, nth, times: 9 });
    const found = await plan();
    own.forge.clearFaults();
    expect(found).toEqual({ ...wanted, isDegraded });
    expect(found.actions.length).toBeGreaterThan(2);
  });
});

describe('what is hidden of somebody', () => {
  test('accounts and forks that are gone are nobody’s', async () => {
    const how = altered(({ pullRequests: list }) =>
      list.nodes.forEach((one: object) => Object.assign(one, { author: null, headRepository: null })),
    );
    own.forge.fault({ on: 'graphql', how });
    const { open } = await readers()[0].overview([]);
    expect(open.map(({ author, head }) => [author, head.isOwn])).toEqual(open.map(() => [null, false]));
  });
});

describe('a limit', () => {
  test.each<[string, Failure]>([
    ['primary', { kind: 'rate-limit', seconds: 3000 }],
    ['secondary, as 403', { kind: 'secondary-limit', seconds: 3000 }],
    ['secondary, as 200', { kind: 'altered', alter: () => ({ message: 'You have exceeded a secondary rate limit.' }) }],
  ])('%s: told, nothing is done, and the next run goes on', async (_, how) => {
    own.forge.fault({ on: 'graphql', how, times: 9 });
    own.forge.takeRequests();
    await expect(own.run()).rejects.toMatchObject({ code: 'github-limited' });
    expect(new Set(own.forge.takeRequests().map(({ operation }) => operation))).toEqual(new Set(['graphql']));
    own.forge.clearFaults();
    expect((await own.dryRun()).failures).toEqual([]);
  });

  test('points are counted beside requests: what is left is the fewer', async () => {
    const one = client();
    await restReader(one, own.repo).statuses(own.main());
    const left = requestsLeft(one)!;
    await graphqlReader(one, own.repo).overview([]);
    expect(requestsLeft(one)).toBeLessThanOrEqual(left);
  });
});
