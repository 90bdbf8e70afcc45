/** `miniapp doctor` against the forge: a repository that is set up, one that is not, and what cannot be seen. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../cli.ts';
import { startForge, type Forge } from '../fixtures/forge/index.ts';
import { removeRepositories, repository, temporaryFolder } from '../fixtures/repository.ts';
import { fixtureWorkspace, NOW } from '../fixtures/workspace.ts';
import { codeownersOf } from '../github/codeowners.ts';
import { botFinding, healthOf, scopeFinding, type Settings } from '../github/health.ts';
import { mergeFindings } from '../github/merge-health.ts';

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
  cpSync(join(ROOT, '.github/workflows'), join(folder, 'workflows'), { recursive: true });
  writeFileSync(join(folder, 'CODEOWNERS'), codeownersOf(fixtureWorkspace()));
  own.commit({ message: 'workflows' });
  return own.home;
}

async function doctor(env: Record<string, string | undefined> = {}, ...more: string[]) {
  const said = { code: -1, out: '', err: '' };
  const all = { GITHUB_API_URL: forge.apiUrl, GITHUB_TOKEN: forge.token('olga'), ...env };
  said.code = await main(['doctor', ...more], {
    stdout: (text) => (said.out += text),
    stderr: (text) => (said.err += text),
    env: all,
    cwd: home,
    isColoured: false,
    now: NOW,
  });
  if (all.GITHUB_TOKEN) expect(said.out + said.err).not.toContain(all.GITHUB_TOKEN);
  return said;
}

async function checks(env: Record<string, string | undefined> = {}) {
  const { code, out } = await doctor(env, '--format', 'json');
  const value = JSON.parse(out) as { ok: boolean; checks: Check[]; counts: Record<string, number> };
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
    forge = await startForge({ people: PEOPLE, from: seed });
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
    mkdirSync(join(home, '.git/hooks'), { recursive: true });
    writeFileSync(join(home, '.git/hooks/pre-commit'), '#!/bin/sh\n', { mode: 0o755 });
    const { code, ok, states, checks: all } = await checks();
    const others = all.filter(({ state }) => state !== 'ok');
    // With the workflow token one thing stays open, and is said.
    expect(others).toMatchObject([
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

  test('offline, without a token, with a wrong one, without a remote', async () => {
    const away = await checks({ GITHUB_API_URL: 'http://127.0.0.1:9/api/v3' });
    expect(away).toMatchObject({ code: 2, ok: false, states: { github: 'unknown', settings: 'unknown', node: 'ok' } });
    expect(await checks({ GITHUB_TOKEN: undefined })).toMatchObject({
      code: 1,
      states: { token: 'missing', settings: 'unknown' },
    });
    expect(await checks({ GITHUB_TOKEN: 'ghp_wrong' })).toMatchObject({ code: 1, states: { token: 'missing' } });
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

describe('what the settings mean', () => {
  const seen = (value: object): Settings['rules'] =>
    ({ value: [{ type: 'required_status_checks', ruleset: 1, isStrict: true, ...value }] }) as never;
  const unknown = { unknown: 'not seen', isOutside: false };
  const blind: Settings = {
    ...{ rules: unknown, bypasses: unknown, actionsMayOpen: unknown, defaultPermissions: unknown },
    ...{ environments: unknown, pages: unknown, workflows: unknown },
  };
  const stateOf = (settings: Partial<Settings>, id: string, bot = { id: 7, login: 'keeper[bot]' }) =>
    healthOf({ ...blind, ...settings }, 'main', bot, ['.github/workflows/check.yml']).find((one) => one.id === id)
      ?.state;

  test.each([
    ['an app of its own', [{ context: 'miniapp/check', app: 4242 }], 'ok'],
    ['GitHub Actions', [{ context: 'miniapp/check', app: 15_368 }], 'warning'],
    ['anybody', [{ context: 'miniapp/check' }], 'warning'],
    ['another status alone', [{ context: 'ci', app: 4242 }], undefined],
  ])('the status from %s', (_, from, state) => {
    expect(stateOf({ rules: seen({ checks: from }) }, 'ruleset-source')).toBe(state);
  });

  test.each([
    ['nobody', [], 'ok'],
    ['the app', [{ kind: 'Integration', id: 4242, mode: 'always' }], 'ok'],
    ['administrators', [{ kind: 'RepositoryRole', id: 5, mode: 'pull_request' }], 'warning'],
    ['a deploy key', [{ kind: 'DeployKey', id: null, mode: 'always' }], 'warning'],
  ])('%s may bypass', (_, actors, state) => {
    expect(stateOf({ bypasses: { value: [{ ruleset: 'main', actors }] } }, 'bypass')).toBe(state);
  });

  test.each([
    ['allowed and no rule', true, [], { 'merge-commits': 'ok' }],
    ['allowed by the rule', true, [{ type: 'pull_request', methods: ['merge', 'squash'] }], { 'merge-commits': 'ok' }],
    ['left out by a rule', true, [{ type: 'pull_request', methods: ['squash'] }], { 'merge-methods': 'missing' }],
    ['not seen', undefined, [], { 'merge-commits': 'unknown' }],
  ])('merge commits: %s', (_, allows, rules, states) => {
    const given = { value: rules.map((rule) => ({ ruleset: 1, isStrict: false, checks: [], ...rule })) };
    const found = mergeFindings({ value: allows }, given, 'main').map(({ id, state }) => [id, state]);
    expect(Object.fromEntries(found)).toEqual(states);
  });

  test('with an app of its own the environment that holds its key must be limited', () => {
    const environments = { value: [{ name: 'bot', isLimited: false }] };
    expect(stateOf({ environments }, 'environment-bot')).toBe('missing');
    expect(stateOf({ environments }, 'environment-bot', { id: 41_898_282, login: 'github-actions[bot]' })).toBe(
      'warning',
    );
  });

  test('a workflow that is switched off', () => {
    const workflows = (isOn: boolean) => ({ value: new Map([['.github/workflows/check.yml', isOn]]) });
    expect([
      stateOf({ workflows: workflows(true) }, 'workflows-on'),
      stateOf({ workflows: workflows(false) }, 'workflows-on'),
    ]).toEqual(['ok', 'missing']);
  });

  test('what a classic token may', () => {
    const state = (scopes: string | undefined, isPrivate: boolean) => scopeFinding(scopes, isPrivate)[0]?.state;
    expect(state(undefined, true)).toBeUndefined();
    expect([state('repo, gist', true), state('public_repo', false)]).toEqual(['ok', 'ok']);
    expect([state('public_repo', true), state('', false), state('read:user', false)]).toEqual(Array(3).fill('missing'));
  });

  test('the bot of platform.yaml', () => {
    const state = (id: number, login: string, holder?: { id: number; login: string }) =>
      botFinding({ id, login }, holder).state;
    expect(state(41_898_282, 'github-actions[bot]')).toBe('ok');
    expect(state(1, 'github-actions[bot]')).toBe('missing');
    expect(state(7, 'keeper', { id: 7, login: 'keeper' })).toBe('ok');
    expect(state(7, 'keeper', { id: 8, login: 'keeper' })).toBe('missing');
    expect(state(7, 'keeper[bot]', { id: 104, login: 'bob' })).toBe('unknown');
    expect(botFinding(undefined, undefined).state).toBe('missing');
  });
});
