/** Attacks on what was approved, and on what the bot opened, that were found by looking for them: each got through once. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { only, registry, words, type Registry } from '../fixtures/bot-harness.ts';
import { removeRepositories } from '../fixtures/repository.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';
import { readRun } from './manual-transition/workflow-run.ts';
import { connect } from '../github/client.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
afterEach(() => own?.stop());
afterAll(removeRepositories);

const SMART_2 = `miniapps/${SMART}/versions/1.2.0.yaml`;
const DOMAINS = `miniapps/${SMART}/domains.yaml`;
const PENDING = 'review: { status: pending, submittedBy: bob }';
/** Work that keeps this process busy lets idle connections end, which it has to notice before it uses one. */
const noticed = () => new Promise((done) => setTimeout(done, 100));

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
    expect(comments[0]).toContain('Leave them out: begin a branch from the newest main');
    bare.setRef('refs/heads/words', orphan);
    own.forge.followBranches('bob');
    await own.run(only(number));
    expect((await own.shown(number)).check).toContain('no history in common with main');
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
