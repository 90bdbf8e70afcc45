/**
 * Attacks that were found by looking for them: each got through once. Longer than most files, because it is a list: every attack stands
 * alone, and SECURITY.md names them.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { registry, actionLines, type Registry } from '../fixtures/bot-harness.ts';
import { removeRepositories, repository } from '../fixtures/repository.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';
import { commitSource } from '../git/objects/commit-source.ts';
import { missingCommits } from '../git/commits/fetch.ts';
import { executeAction } from './action-executors.ts';
import { readRun } from './manual-transition/workflow-run.ts';
import { connect } from '../github/client.ts';
import { fetchHeads } from './fetch-heads.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
afterEach(() => own?.stop());
afterAll(removeRepositories);

const SMART_2 = `miniapps/${SMART}/versions/1.2.0.yaml`;
const DOMAINS = `miniapps/${SMART}/domains.yaml`;
const PENDING = 'review: { status: pending, submittedBy: bob }';
const words = (miniapp: string, text = 'Hello') => ({
  [`miniapps/${miniapp}/languages.yaml`]: `strings: { en: { hello: ${text} } }\n`,
});
const only = (...numbers: number[]) => ({ hint: { numbers, heads: [] } });
const checkRule = (...contexts: string[]) => ({
  name: 'main',
  rules: [
    {
      type: 'required_status_checks',
      parameters: {
        required_status_checks: contexts.map((context) => ({ context })),
        strict_required_status_checks_policy: false,
      },
    },
  ],
});

/** Work that keeps this process busy lets idle connections end, which it has to notice before it uses one. */
const noticed = () => new Promise((done) => setTimeout(done, 100));

/** A server in front of the forge that says how many requests are left, or never answers who asks for a commit. */
async function inFront({ remaining, stalls }: { remaining?: string; stalls?: string }) {
  const { origin } = new URL(own.forge.apiUrl);
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    if (stalls !== undefined && body.includes(stalls)) return;
    const { method = 'GET', url = '' } = request;
    const sent = ['authorization', 'content-type', 'accept', 'git-protocol'].flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value] as [string, string]] : [];
    });
    const answer = await fetch(origin + url, { method, headers: sent, ...(body.length > 0 ? { body } : {}) });
    for (const name of ['content-type', 'link', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'www-authenticate']) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    if (remaining !== undefined) response.setHeader('x-ratelimit-remaining', remaining);
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  return {
    of: (url: string) => url.replace(origin, `http://127.0.0.1:${port}`),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('what was approved', () => {
  test('a merge that takes back what was merged since is not what was approved, although the end is the same', async () => {
    own = await registry();
    const wider = own.edited(DOMAINS, 'https://eu.example.org', 'https://eu.example.org, https://more.example.org');
    const number = await own.open('bob', { branch: 'wider', files: wider });
    await own.review('rita', number, 'APPROVE');
    await own.direct('olga', own.edited(DOMAINS, ', https://eu.example.org', ''));
    const { bare } = own.forge.repository;
    const { sha } = (await own.pull(number)).head;
    const person = { name: 'bob', email: 'bob@example.com', date: '1795176000 +0000' };
    const tree = bare.run(['rev-parse', `${sha}^{tree}`]);
    bare.setRef('refs/heads/wider', bare.commitTree(tree, [sha, own.main()], 'bring up to date', person, person));
    own.forge.followBranches('bob');
    await own.run(only(number));
    expect(await own.shown(number)).toMatchObject({ state: 'open', labels: ['miniapp: waiting'] });
  });

  test('a branch that brings a history of its own is refused, and does not make the audit accuse its merge', async () => {
    own = await registry();
    const number = await own.open('bob', { branch: 'words', files: words(SMART) });
    const { bare } = own.forge.repository;
    const { sha } = (await own.pull(number)).head;
    const person = { name: 'bob', email: '104+bob@users.noreply.github.com', date: '1795176000 +0000' };
    const tree = bare.run(['rev-parse', `${sha}^{tree}`]);
    const orphan = bare.commitTree(tree, [], 'Everything', person, person);
    bare.setRef('refs/heads/words', bare.commitTree(tree, [sha, orphan], 'Merge', person, person));
    own.forge.followBranches('bob');
    await own.run(only(number));
    const { state, check, comments } = await own.shown(number);
    expect([state, check]).toEqual(['open', expect.stringContaining('no history in common with main')]);
    expect(comments[0]).toContain('leave them out, on a branch from main');
    expect((await own.audit()).value.findings).toEqual([]);
  });

  test('who wrote some of it in a merge does not approve it', async () => {
    own = await registry();
    const wider = own.edited(DOMAINS, 'https://eu.example.org', 'https://eu.example.org, https://more.example.org');
    const number = await own.open('bob', { branch: 'wider', files: words(SMART) });
    const more = await own.push('rita', 'rest', wider);
    const { bare } = own.forge.repository;
    const { sha } = (await own.pull(number)).head;
    const person = { name: 'rita', email: '102+rita@users.noreply.github.com', date: '1795176000 +0000' };
    const tree = bare.mergeTree(sha, more)!;
    bare.setRef('refs/heads/wider', bare.commitTree(tree, [sha, own.main()], 'bring up to date', person, person));
    own.forge.followBranches('rita');
    await own.review('rita', number, 'APPROVE');
    await own.run(only(number));
    const { state, comments } = await own.shown(number);
    expect([state, comments[0]]).toEqual(['open', expect.stringContaining('they made some of it')]);
  });

  test('who solved a conflict in GitHub’s editor does not approve it', async () => {
    own = await registry();
    const wider = own.edited(DOMAINS, 'https://eu.example.org', 'https://eu.example.org, https://more.example.org');
    const number = await own.open('bob', { branch: 'wider', files: wider });
    await own.direct('olga', own.edited(DOMAINS, 'https://eu.example.org', 'https://us.example.org'));
    const solved = own.edited(DOMAINS, 'https://us.example.org', 'https://us.example.org, https://more.example.org');
    const more = await own.push('rita', 'rest', solved);
    const { bare } = own.forge.repository;
    const { sha } = (await own.pull(number)).head;
    const date = '1795176000 +0000';
    const [rita, github] = [
      { name: 'rita', email: '102+rita@users.noreply.github.com', date },
      { name: 'GitHub', email: 'noreply@github.com', date },
    ];
    const tree = bare.run(['rev-parse', `${more}^{tree}`]);
    bare.setRef('refs/heads/wider', bare.commitTree(tree, [sha, own.main()], 'Merge branch main', rita, github));
    own.forge.followBranches('rita');
    await noticed();
    await own.review('rita', number, 'APPROVE');
    await own.run(only(number));
    const { state, comments } = await own.shown(number);
    expect([state, comments[0]]).toEqual(['open', expect.stringContaining('they made some of it')]);
  });

  test('who wrote the 251st commit does not approve it; who wrote it must be known', async () => {
    own = await registry();
    const wider = own.edited(DOMAINS, 'https://eu.example.org', 'https://eu.example.org, https://more.example.org');
    const numbers = [
      await own.open('bob', { branch: 'known', files: wider }),
      await own.open('bob', { branch: 'unknown', files: wider }),
    ];
    const { bare } = own.forge.repository;
    const add = (parent: string, email: string, count: number) => {
      const person = { name: 'x', email, date: '1795176000 +0000' };
      const tree = bare.run(['rev-parse', `${parent}^{tree}`]);
      let tip = parent;
      for (let i = 0; i < count; i += 1) tip = bare.commitTree(tree, [tip], `${i}`, person, person);
      return tip;
    };
    const many = add((await own.pull(numbers[0]!)).head.sha, '104+bob@users.noreply.github.com', 250);
    bare.setRef('refs/heads/known', add(many, 'Rita@users.noreply.github.com', 1));
    bare.setRef('refs/heads/unknown', add(many, 'somebody@example.com', 1));
    own.forge.followBranches('bob');
    await noticed();
    for (const number of numbers) await own.review('rita', number, 'APPROVE');
    await own.run(only(...numbers));
    const shown = [await own.shown(numbers[0]!), await own.shown(numbers[1]!)];
    expect(shown.map(({ state }) => state)).toEqual(['open', 'open']);
    expect(shown.map(({ comments }) => comments[0])).toEqual([
      expect.stringContaining('they made some of it'),
      expect.stringContaining('is not known'),
    ]);
  });

  test('an approval of another base branch says nothing of what would be merged into this one', async () => {
    own = await registry();
    const wider = own.edited(DOMAINS, 'https://eu.example.org', 'https://eu.example.org, https://more.example.org');
    const sha = await own.push('bob', 'aside', wider);
    await own.as('bob').git.createRef({ ...own.repo, ref: 'refs/heads/small', sha });
    await own.push('bob', 'small', words(PANEL));
    const asked = { title: 'small', head: 'small', base: 'aside' };
    const { data } = await own.as('bob').pulls.create({ ...own.repo, ...asked });
    await own.review('rita', data.number, 'APPROVE');
    await own.as('bob').pulls.update({ ...own.repo, pull_number: data.number, base: 'main' });
    await own.run(only(data.number));
    expect(await own.shown(data.number)).toMatchObject({ state: 'open', labels: ['miniapp: waiting'] });
    await own.review('rita', data.number, 'APPROVE');
    await own.run(only(data.number));
    expect((await own.shown(data.number)).state).toBe('merged');
  });

  test('changes requested of a stranger’s approval are no rejection that the stranger may write', async () => {
    own = await registry();
    const review = (text: string) => own.edited(SMART_2, PENDING, `review: { submittedBy: bob, ${text} }`);
    const signed = review('status: approved, reviewedBy: rita');
    const number = await own.open('mallory', { branch: 'yes', files: signed, fork: 'mallory' });
    await own.review('rita', number, 'REQUEST_CHANGES', 'Not yours to approve');
    const no = review('status: rejected, reviewedBy: rita, reason: Not yours to approve');
    await own.push('mallory', 'yes', no, 'mallory');
    await own.run(only(number));
    expect((await own.shown(number)).state).toBe('open');
    expect(own.text(SMART_2)).toContain(PENDING);
  });

  test('a commit that a person signed in the name of the bot is not the bot’s', async () => {
    const account = (id: number, login: string) => ({ id, login });
    const bot = account(41898282, 'github-actions[bot]');
    let [author, committer, isVerified, isAutomatic] = [bot, bot, true, true];
    const server = createServer((request, response) => {
      const tree = { sha: 'a'.repeat(40) };
      const [parents, signed] = [[{ sha: 'b' }, { sha: 'c' }], { verification: { verified: isVerified }, tree }];
      const commit = { author, committer, parents, commit: signed };
      const [, what] = /(attempts|commits|pulls)(?:\/\d+)?(?:\?|$)/.exec(request.url ?? '') ?? [];
      const attempt = (at: string, login: string) => ({ run_started_at: at, triggering_actor: account(103, login) });
      const run = {
        ...attempt('2026-11-20T13:00:00Z', 'later'),
        id: 7,
        run_attempt: 2,
        path: '.github/workflows/transition.yml',
        head_repository: { full_name: 'a/b' },
      };
      const answers = { attempts: attempt('2026-11-20T12:00:00Z', 'first'), commits: [commit], pulls: [] };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers[what as keyof typeof answers] ?? run));
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    const client = connect({ apiUrl: `http://127.0.0.1:${port}` });
    const isUntouched = async (by: typeof bot) => {
      committer = by;
      return (await readMadeAt('2026-11-20T12:30:00Z'))?.isUntouched;
    };
    const readMadeAt = (time: string) => {
      const pull = { number: 1, createdAt: Date.parse(time), head: { ref: 'transition/7', sha: '', isOwn: true } };
      return readRun(client, { owner: 'a', repo: 'b' }, { id: 7, pull, bot, isAutomatic: () => isAutomatic });
    };
    const found = [
      await isUntouched(bot),
      await isUntouched(account(19864447, 'web-flow')),
      await isUntouched(account(104, 'bob')),
    ];
    // "Update branch" is a merge in the name of who pressed it.
    author = account(104, 'bob');
    const pressed = [await isUntouched(account(19864447, 'web-flow')), await isUntouched(account(104, 'bob'))];
    isAutomatic = false;
    pressed.push(await isUntouched(account(19864447, 'web-flow')));
    [isAutomatic, isVerified] = [true, false];
    pressed.push(await isUntouched(account(19864447, 'web-flow')));
    expect(pressed).toEqual([true, false, false, false]);
    // Whoever starts the run again did not ask for what it made before.
    const by = [await readMadeAt('2026-11-20T12:30:00Z'), await readMadeAt('2026-11-20T13:30:00Z')];
    server.close();
    expect(found).toEqual([true, true, false]);
    expect(by.map((run) => run?.by?.login)).toEqual(['first', 'later']);
  });
});

describe('what the bot opened', () => {
  test.each(['transition/7', 'elsewhere'])(
    'acts for nobody from %s, and so approves nothing automatically that people stopped',
    async (branch) => {
      const internal = (login: string, id: number) => ({
        [`people/${login}.yaml`]: `login: ${login}\ngithubId: ${id}\nname: Somebody\ninternal: true\n`,
      });
      own = await registry({ ...internal('alice', 103), ...internal('bob', 104) });
      const signed = own.edited(
        SMART_2,
        PENDING,
        'review: { status: approved, submittedBy: bob, reviewedBy: policy:internal }',
      );
      await own.push('bob', branch, signed);
      const bot = connect({ token: own.forge.workflowToken(), apiUrl: own.forge.apiUrl });
      const { data } = await bot.rest.pulls.create({ ...own.repo, title: 'yes', head: branch, base: 'main' });
      await own.run(only(data.number));
      expect(await own.shown(data.number)).toMatchObject({ state: 'open', labels: ['miniapp: refused'] });
    },
  );
});

describe('a run that somebody started', () => {
  const propose = async (run: { id: number; display_title: string }) => {
    const { client, repository, log, sleep } = own.options();
    const release = `miniapps/${SMART}/release.yaml`;
    const [files] = Object.entries(own.edited(release, 'enabled: true', 'enabled: false'));
    const done = await executeAction(
      { client, repository, branch: 'main', log, sleep },
      {
        kind: 'open-pull',
        branch: `transition/${run.id}`,
        from: own.main(),
        message: 'disable',
        title: run.display_title,
        body: '',
        files: [{ path: `config/${files![0]}`, content: files![1] }],
        reviewers: [],
      },
    );
    return done.pull!.number;
  };
  const started = (more: object = {}) =>
    own.forge.run({
      path: '.github/workflows/transition.yml',
      display_title: `disable ${SMART}`,
      actor: 'alice',
      ...more,
    });
  const refusalOf = async (number: number) => {
    await own.run(only(number));
    const { state, check } = await own.shown(number);
    return [state, check];
  };

  test('acts for who started it when somebody pressed “Update branch”', async () => {
    own = await registry();
    const number = await propose(started());
    await own.direct('olga', words(PANEL));
    await own.as('bob').pulls.updateBranch({ ...own.repo, pull_number: number });
    own.forge.followBranches('bob');
    const { sha } = (await own.pull(number)).head;
    const { bare } = own.forge.repository;
    expect(bare.run(['log', '-1', '--format=%ae %ce', sha])).toBe(
      '104+bob@users.noreply.github.com noreply@github.com',
    );
    await own.run(only(number));
    expect((await own.shown(number)).state).toBe('merged');
  });

  test('makes one pull request: another from its branch does not do it again', async () => {
    own = await registry();
    const run = started();
    const first = await propose(run);
    await own.as('olga').pulls.update({ ...own.repo, pull_number: first, state: 'closed' });
    const second = await propose(run);
    expect(await refusalOf(second)).toEqual(['open', expect.stringContaining('made another pull request before')]);
    await own.as('olga').pulls.update({ ...own.repo, pull_number: second, state: 'closed' });
    await own.as('olga').pulls.update({ ...own.repo, pull_number: first, state: 'open' });
    await own.run(only(first));
    expect((await own.shown(first)).state).toBe('merged');
  });

  test('of a tag or a branch that is called like the default branch is none', async () => {
    own = await registry();
    const aside = await own.push('bob', 'aside', words(PANEL));
    const number = await propose(started({ head_sha: aside }));
    expect(await refusalOf(number)).toEqual(['open', expect.stringContaining("ran on a commit that is not main's")]);
  });

  test('on a server that signs nothing: refused, with what its administrator switches on', async () => {
    own = await registry();
    own.forge.repository.signsCommits = false;
    const number = await propose(started());
    expect((await refusalOf(number))[0]).toBe('open');
    expect((await own.shown(number)).comments[0]).toMatch(/administrator of the server switches on web commit signing/);
  });

  test('makes it while it runs, and not long after', async () => {
    own = await registry();
    const run = started();
    own.forge.clock.set('2026-11-21T12:00:00Z');
    expect(await refusalOf(await propose(run))).toEqual(['open', expect.stringContaining('was not opened while run')]);
  });
});

test('a push past every rule is asked about, also where no pull request of the bot’s came after the commit to begin from', async () => {
  own = await registry();
  await own.open('alice', { branch: 'words', files: words(PANEL) });
  await own.run();
  const since = own.main();
  await own.direct('bob', words(PANEL, 'Bye'));
  const { code, value } = await own.audit('--since', since);
  expect(value).toMatchObject({
    asked: 1,
    findings: [{ github: [expect.stringContaining('no merged pull')] }],
  });
  expect(code).toBe(1);
});

describe('one that stops all', () => {
  test('files that are too large to be read are not read', () => {
    const here = repository();
    writeFileSync(here.file('large.yaml'), Buffer.alloc(48 * 1024 * 1024));
    const source = commitSource(here.home, here.commit(), 'config');
    expect(source.list('').map(({ path }) => path)).toContain('large.yaml');
    const before = process.memoryUsage().arrayBuffers;
    expect(Buffer.from(source.read('platform.yaml')).toString()).toContain('regions');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(24 * 1024 * 1024);
    expect(source.read('large.yaml')).toHaveLength(48 * 1024 * 1024);
  });

  test('commits that cannot be fetched keep only their own pull request from being judged', async () => {
    own = await registry();
    const gone = await own.open('bob', { branch: 'gone', files: words(SMART) });
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    own.forge.repository.bare.run(['update-ref', '-d', `refs/pull/${gone}/head`]);
    await own.run(only(number));
    expect((await own.shown(number)).state).toBe('merged');
  });

  test('a stranger’s pull request of the same commit does not take its green away', async () => {
    own = await registry();
    own.forge.ruleset(checkRule('miniapp/check'));
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    own.forge.fork('mallory');
    const same = { title: 'mine', head: 'mallory:words', base: 'main' };
    const { data } = await own.as('mallory').pulls.create({ ...own.repo, ...same });
    expect(data.head.sha).toBe((await own.pull(number)).head.sha);
    await own.run(only(data.number));
    await own.run();
    expect((await own.shown(number)).state).toBe('merged');
  });

  test('a stranger’s pull request of the same commit is told of, and its status is not', async () => {
    own = await registry();
    const number = await own.open('alice', { branch: 'words', files: words(PANEL), isDraft: true });
    own.forge.fork('mallory');
    const { data } = await own
      .as('mallory')
      .pulls.create({ ...own.repo, title: 'mine', head: 'mallory:words', base: 'main' });
    await own.run();
    await own.run(only(data.number));
    expect((await own.shown(number)).check).toMatch(/^pending: a draft/);
    expect((await own.shown(data.number)).labels).toEqual(['miniapp: refused']);
    expect(actionLines((await own.run()).actions)).toEqual([]);
  });

  test('strangers’ pull requests take no requests that others need, and which of them are left changes', async () => {
    own = await registry();
    const stranger = await own.open('mallory', { branch: 'mine', files: words(SMART), fork: 'mallory' });
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    const front = await inFront({ remaining: '150' });
    const client = connect({ token: own.forge.workflowToken(), apiUrl: front.of(own.forge.apiUrl) });
    const { notes, failures, pullRequests } = await own.run({ client });
    front.close();
    expect((await own.shown(number)).state).toBe('merged');
    expect(pullRequests.map(({ evaluated }) => evaluated.pull.number)).not.toContain(stranger);
    expect(failures).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^1 pull requests are left to the next runs: .* only 150 more/)]);
    await own.run();
    expect((await own.shown(stranger)).labels).toEqual(['miniapp: refused']);
    // One of ours that is left is a failure, after which the next run by the schedule does not take it for seen.
    await own.open('alice', { branch: 'more', files: words(PANEL, 'more') });
    const closed = await inFront({ remaining: '50' });
    const other = connect({ token: own.forge.workflowToken(), apiUrl: closed.of(own.forge.apiUrl) });
    const outcome = await own.run({ client: other });
    closed.close();
    expect(outcome.failures).toEqual([expect.stringMatching(/pull requests are left to the next runs/)]);
  });

  test('what stands is looked at with three requests', async () => {
    own = await registry();
    for (const branch of ['a', 'b']) await own.open('alice', { branch, files: words(PANEL, branch), isDraft: true });
    await own.open('mallory', { branch: 'c', files: words(SMART), fork: 'mallory' });
    await own.run();
    const { client, ...rest } = own.options();
    const asked: string[] = [];
    client.hook.before('request', ({ url }) => void asked.push(url));
    expect((await own.run({ ...rest, client })).actions).toEqual([]);
    // The list and the tip; the details of the bot's own and those of somebody's together; those of strangers'.
    expect(asked.map((url) => url.replace(/.*\//, ''))).toEqual(['graphql', 'graphql', 'graphql']);
  });

  test('one whose commits do not come in time keeps no other from being merged', async () => {
    own = await registry();
    const slow = await own.open('mallory', { branch: 'mine', files: words(SMART), fork: 'mallory' });
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    const [stalled, fine] = [await own.pull(slow), await own.pull(number)];
    const front = await inFront({ stalls: stalled.head.sha });
    const { path, remote } = own.options();
    const pulls = [stalled, fine].map(({ number: one, head }) => ({
      number: one,
      head: { ref: head.ref, sha: head.sha, isOwn: true },
    }));
    const stuck = new Set<string>();
    await fetchHeads(path, { ...remote, url: front.of(remote.url) }, pulls, stuck, { all: 1, one: 5 });
    front.close();
    expect([...stuck]).toEqual([stalled.head.sha]);
    expect(missingCommits(path, [fine.head.sha])).toEqual([]);
  });

  test('what GitHub does not let be merged yet keeps no other from being merged', async () => {
    own = await registry();
    own.forge.ruleset(checkRule('ci'));
    const first = await own.open('alice', { branch: 'first', files: words(PANEL) });
    const second = await own.open('alice', { branch: 'second', files: words(SMART) });
    const { sha } = (await own.pull(second)).head;
    await own.as('olga').repos.createCommitStatus({ ...own.repo, sha, state: 'success', context: 'ci' });
    await own.run(only(first, second));
    expect([await own.shown(first), await own.shown(second)].map(({ state }) => state)).toEqual(['open', 'merged']);
  });
});
