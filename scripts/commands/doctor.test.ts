/** `miniapp doctor` against the forge: a repository that is set up, one that is not, and what cannot be seen. */
import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitHook } from '../fixtures/git-hooks.ts';
import { runCommand } from '../fixtures/run-command.ts';
import { answerOf } from '../fixtures/answers.ts';
import { startForge, type Forge } from '../fixtures/forge/index.ts';
import { removeRepositories, repository, temporaryFolder } from '../fixtures/repository.ts';
import { fixtureFiles, fixtureWorkspace } from '../fixtures/workspace.ts';
import { codeownersOf } from '../github/codeowners.ts';
import { accountsFinding } from '../doctor/local-checks.ts';

const ROOT = join(import.meta.dirname, '../..');
const ENV = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
const PEOPLE = { olga: { id: 101, role: 'admin' }, bob: { id: 104, role: 'write' }, eve: { id: 666 } } as const;
const run = promisify(execFile);

interface Check {
  readonly id: string;
  readonly state: string;
  readonly what: string;
  readonly next?: string;
}

let seed = '';
let forge: Forge;
let home = '';

/** A repository with the project's workflows and code owners, as after setting up. */
function seeded(): string {
  const own = repository();
  const folder = join(own.home, '.github');
  mkdirSync(folder, { recursive: true });
  for (const name of ['workflows', 'actions'])
    cpSync(join(ROOT, '.github', name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'CODEOWNERS'), codeownersOf(fixtureWorkspace()));
  own.commit({ message: 'workflows' });
  return own.home;
}

async function doctor(env: Record<string, string | undefined> = {}, ...more: string[]) {
  const all = { GITHUB_API_URL: forge.apiUrl, GITHUB_TOKEN: forge.token('olga'), ...env };
  const said = await runCommand(['doctor', ...more], { env: all, cwd: home });
  if (all.GITHUB_TOKEN) expect(said.out + said.err).not.toContain(all.GITHUB_TOKEN);
  return said;
}

async function checks(env: Record<string, string | undefined> = {}) {
  const { code, out } = await doctor(env, '--format', 'json');
  const value = answerOf('doctor', out) as { ok: boolean; checks: Check[]; counts: Record<string, number> };
  const states = Object.fromEntries(value.checks.map(({ id, state }) => [id, state]));
  return { code, ...value, states };
}

/** The file that people import; code owners are for GitHub itself to ask. */
const ruleset = (name: string) =>
  JSON.parse(
    readFileSync(join(ROOT, '.github/rulesets', name), 'utf8').replace(
      '"require_code_owner_review": true',
      '"require_code_owner_review": false',
    ),
  ) as never;

afterAll(removeRepositories);

describe('doctor', () => {
  beforeEach(async () => {
    if (seed === '') seed = seeded();
    forge = await startForge({ people: PEOPLE, from: seed, hasEvents: false });
    home = join(temporaryFolder('doctor'), 'clone');
    await run('git', ['clone', '-q', forge.gitUrl, home], { env: ENV });
  });
  afterEach(() => forge.close());
  test('of a repository that is set up as the project says', async () => {
    forge.ruleset(ruleset('main.json'));
    forge.repository.pages = { buildType: 'workflow' };
    forge.repository.environments.push(
      { name: 'bot', branches: ['main'] },
      { name: 'github-pages', branches: ['main'] },
    );
    gitHook(home, 'pre-commit', 'exit 0');
    const { code, ok, states, checks: all } = await checks();
    const others = all.filter(({ state }) => state !== 'ok');
    // With the workflow token one thing stays open, and is said; and everybody can read a public repository.
    expect(others).toMatchObject([
      { id: 'accounts', state: 'warning', next: expect.stringContaining('npx miniapp accounts migrate') },
      { id: 'ruleset-source', state: 'warning', what: expect.stringContaining('any workflow of any branch') },
    ]);
    expect([code, ok]).toEqual([0, true]);
    expect(Object.keys(states)).toEqual(
      expect.arrayContaining([
        'node',
        'git',
        'history',
        'hook',
        'workflows',
        'codeowners',
        'remote',
        'token',
        'person',
        'push',
        'bot',
        'bypass',
      ]),
    );
    const pretty = await doctor();
    expect(pretty.out).toContain(
      'ok       miniapp/check'.replace('miniapp/check', 'nothing is merged to main before miniapp/check is green'),
    );
  });

  test('of one where nothing was set up: each gap with its cost and the next step', async () => {
    forge.repository.actionsMayOpenPulls = false;
    forge.repository.defaultGrants = 'write';
    const { code, ok, states, checks: all } = await checks();
    expect([code, ok]).toEqual([1, false]);
    expect(states).toMatchObject({
      hook: 'warning',
      'ruleset-check': 'missing',
      'ruleset-strict': 'missing',
      'ruleset-history': 'missing',
      'ruleset-pull-request': 'missing',
      'actions-pull-requests': 'missing',
      'actions-permissions': 'warning',
      'environment-bot': 'warning',
      pages: 'warning',
    });
    expect(all.filter(({ state, next }) => state !== 'ok' && next === undefined)).toEqual([]);
  });

  test('of one that lets nothing be merged as the bot merges: each setting with its step', async () => {
    forge.ruleset(ruleset('main.json'));
    forge.repository.allowsMergeCommits = false;
    const types = ['required_linear_history', 'required_signatures', 'merge_queue'];
    forge.ruleset({ name: 'more', rules: types.map((type) => ({ type })) });
    const { code, states, checks: all } = await checks();
    expect(code).toBe(1);
    expect(states).toMatchObject({
      'merge-commits': 'missing',
      'linear-history': 'missing',
      signatures: 'warning',
      'merge-queue': 'missing',
    });
    expect(all.find(({ id }) => id === 'merge-commits')?.next).toContain('Allow merge commits');
  });

  test('classic protection of the branch holds beside the rulesets, and is read as they are', async () => {
    forge.ruleset(ruleset('main.json'));
    const reviews = { type: 'pull_request', parameters: { required_approving_review_count: 1 } };
    const status = {
      type: 'required_status_checks',
      parameters: { required_status_checks: [{ context: 'build' }], strict_required_status_checks_policy: true },
    };
    const types = ['required_linear_history', 'update'].map((type) => ({ type }));
    forge.ruleset({ name: 'classic', isClassic: true, rules: [...types, reviews, status] });
    const { code, states, checks: all } = await checks();
    expect(code).toBe(1);
    expect(states).toMatchObject({
      'linear-history': 'missing',
      locked: 'missing',
      'github-approvals': 'warning',
      'ruleset-others': 'warning',
      'ruleset-check': 'ok',
    });
    expect(all.find(({ id }) => id === 'linear-history')?.next).toMatch(/^Settings, Branches, .*main: take Require/);
    // Others see the checks that it requires, and no more.
    const { states: seen } = await checks({ GITHUB_TOKEN: forge.token('bob') });
    expect(seen).toMatchObject({ 'ruleset-others': 'warning', 'classic-protection': 'unknown' });
    expect(seen).not.toHaveProperty('linear-history');
  });

  test('for somebody who may see less: unknown is neither good nor bad', async () => {
    forge.ruleset(ruleset('main.json'));
    const { code, states } = await checks({ GITHUB_TOKEN: forge.token('bob') });
    expect(code).toBe(0);
    expect(states).toMatchObject({ bypass: 'unknown', 'actions-pull-requests': 'unknown', 'ruleset-check': 'ok' });
  });

  test('for a stranger: how to fork, and that the account holds no right', async () => {
    forge.ruleset(ruleset('main.json'));
    const { code, states, checks: all } = await checks({ GITHUB_TOKEN: forge.token('eve') });
    expect(code).toBe(1);
    expect(states).toMatchObject({ person: 'warning', push: 'missing' });
    expect(all.find(({ id }) => id === 'push')?.next).toMatch(/^Fork it on https:.*git remote add fork/);
  });

  test('of workflows that the default branch lacks, also where a tag is called like it', async () => {
    const git = (...args: string[]) => run('git', args, { cwd: home, env: ENV });
    await git('tag', 'origin/main', 'HEAD');
    await git('update-ref', 'refs/remotes/origin/main', 'HEAD~1');
    const { checks: all } = await checks({ GITHUB_API_URL: 'http://127.0.0.1:9/api/v3' });
    expect(all.find(({ id }) => id === 'workflows')).toMatchObject({
      state: 'missing',
      what: expect.stringMatching(/^origin\/main lacks /),
    });
  });

  test('offline, without a token, with a wrong one, without a remote', async () => {
    const away = await checks({ GITHUB_API_URL: 'http://127.0.0.1:9/api/v3' });
    expect(away).toMatchObject({ code: 2, ok: false, states: { github: 'unknown', settings: 'unknown', node: 'ok' } });
    expect(await checks({ GITHUB_TOKEN: undefined })).toMatchObject({
      code: 1,
      states: { token: 'missing', settings: 'unknown' },
    });
    expect(await checks({ GITHUB_TOKEN: 'ghp_wrong' })).toMatchObject({ code: 1, states: { token: 'missing' } });
    // A life without GitHub is one: it lacks nothing, unless the platform says that it is there.
    const alone = await checks({ GITHUB_API_URL: undefined });
    expect(alone).toMatchObject({ code: 0, ok: true, states: { remote: 'warning' } });
    expect(Object.keys(alone.states)).not.toEqual(expect.arrayContaining(['workflows']));
    expect(alone.checks.find(({ id }) => id === 'remote')?.next).toMatch(/git remote set-url origin/);
    appendFileSync(join(home, 'config/platform.yaml'), 'portal: { repository: acme/miniapps }\n');
    expect(await checks({ GITHUB_API_URL: undefined })).toMatchObject({ code: 1, states: { remote: 'missing' } });
  });

  test('in a shallow clone, and in a folder that is no repository', async () => {
    const deep = home;
    home = join(temporaryFolder('doctor'), 'shallow');
    await run('git', ['clone', '-q', '--depth', '1', forge.gitUrl, home], { env: ENV });
    expect(await checks({ GITHUB_TOKEN: undefined })).toMatchObject({ code: 1, states: { history: 'missing' } });
    home = temporaryFolder('doctor');
    cpSync(join(deep, 'config'), join(home, 'config'), { recursive: true });
    expect(await checks()).toMatchObject({ code: 1, states: { repository: 'missing', git: 'ok' } });
    execFileSync('git', ['init', '-q'], { cwd: home, env: ENV });
    expect(await checks()).toMatchObject({ code: 1, states: { repository: 'missing' } });
  });
});

describe('who can read the accounts', () => {
  const plain = fixtureWorkspace();
  const digest = fixtureWorkspace({
    'platform.yaml': `${fixtureFiles()['platform.yaml']}accounts: digest\naccountsKey: 5f0c2a9b\n`,
  });
  test.each([
    ['plain', plain, 'public', 'not-here', 'warning', /accounts migrate/],
    ['plain', plain, 'private', 'not-here', 'ok', undefined],
    ['plain', plain, 'unknown', 'not-here', 'ok', undefined],
    ['digest', digest, 'public', 'here', 'ok', undefined],
    ['digest', digest, 'private', 'here', 'ok', undefined],
    ['digest', digest, 'unknown', 'not-here', 'ok', /an owner has it/],
  ] as const)('%s accounts', (_, workspace, readers, key, state, next) => {
    const found = accountsFinding(workspace, readers, key);
    expect([readers, found.state]).toEqual([readers, state]);
    expect(found.next ?? '').toMatch(next ?? /^$/);
  });
});
