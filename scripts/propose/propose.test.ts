/** Commands that open the pull request: on real Git over HTTP, against the forge; every way to stop, and to go on. */
import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../cli.ts';
import { distinction } from '../cli/pull-request-output.ts';
import { answerOf } from '../fixtures/answers.ts';
import { startForge, type Forge } from '../fixtures/forge/index.ts';
import { removeRepositories, repository, temporaryFolder } from '../fixtures/repository.ts';
import { NOW, SMART } from '../fixtures/workspace.ts';
import { branchFor } from './proposal-branch.ts';

const PEOPLE = {
  olga: { id: 101, role: 'admin' },
  rita: { id: 102, role: 'write' },
  alice: { id: 103, role: 'write' },
  bob: { id: 104, role: 'write' },
  eve: { id: 666, role: 'none' },
} as const;

const V120 = `config/miniapps/${SMART}/versions/1.2.0.yaml`;

let seed = '';
let forge: Forge;

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A clone of somebody's, and the tool in it. */
interface Clone {
  readonly home: string;
  git(...args: string[]): string;
  /** What talks to the forge, which answers in this process. */
  online(...args: string[]): Promise<unknown>;
  say(...words: string[]): Promise<Said>;
  // oxlint-disable-next-line typescript/no-explicit-any
  ask(...words: string[]): Promise<{ code: number; value: any; err: string }>;
  env: Record<string, string | undefined>;
}

const BARE_ENV = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

/** What talks to the forge, which runs in this process, must not keep it from answering. */
const run = promisify(execFile);

async function cloneOf(login: keyof typeof PEOPLE, url = forge.gitUrl): Promise<Clone> {
  const home = join(temporaryFolder('clone'), 'clone');
  await run('git', ['clone', '-q', url, home], { env: BARE_ENV });
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: home, env: BARE_ENV, encoding: 'utf8', stdio: 'pipe' }).trim();
  git('config', 'user.name', login);
  git('config', 'user.email', `${login}@example.com`);
  const env: Clone['env'] = { GITHUB_API_URL: forge.apiUrl, GITHUB_TOKEN: forge.token(login) };
  const say: Clone['say'] = async (...words) => {
    const said = { code: -1, out: '', err: '' };
    said.code = await main(words, {
      stdout: (text) => (said.out += text),
      stderr: (text) => (said.err += text),
      env,
      cwd: home,
      isColoured: false,
      now: NOW,
    });
    // A token is never shown, whatever happens.
    for (const secret of [forge.token(login), Buffer.from(`x-access-token:${forge.token(login)}`).toString('base64')]) {
      expect(said.out + said.err).not.toContain(secret);
    }
    return said;
  };
  return {
    home,
    git,
    online: (...args) => run('git', args, { cwd: home, env: BARE_ENV }),
    say,
    env,
    async ask(...words) {
      const { code, out, err } = await say(...words, '--format', 'json');
      return { code, value: answerOf(words[0]!, out), err };
    },
  };
}

const open = () => forge.repository.pulls.filter(({ isOpen }) => isOpen);
const bare = (...args: string[]): string => forge.repository.bare.run(args).toString().trim();

beforeEach(async () => {
  if (seed === '') seed = repository().home;
  forge = await startForge({ people: PEOPLE, from: seed });
});
afterEach(() => forge.close());
afterAll(removeRepositories);

describe('the pull request', () => {
  test('is opened with this edit alone, whatever else the working tree has', async () => {
    const bob = await cloneOf('bob');
    appendFileSync(join(bob.home, 'config/miniapps', SMART, 'trafficking.yaml'), '# my own note\n');
    appendFileSync(join(bob.home, V120), '# my own note\n');
    writeFileSync(join(bob.home, 'notes.txt'), 'mine\n');
    bob.git('add', 'notes.txt');
    const { code, value } = await bob.ask('withdraw', SMART, '1.2.0');
    expect(code, value.error).toBe(0);
    const branch = `miniapp/withdraw-${SMART}-1.2.0`;
    expect(value).toMatchObject({
      ok: true,
      files: [V120],
      pullRequest: { number: 1, branch, url: `${forge.serverUrl}/acme/miniapps/pull/1` },
    });
    expect(open()).toMatchObject([
      { title: `withdraw ${SMART} 1.2.0`, base: 'main', headBranch: branch, author: { login: 'bob' } },
    ]);
    expect(open()[0]!.body).toContain('**May be merged.**');
    expect(bare('diff', '--name-only', 'main', branch)).toBe(V120);
    expect(bare('diff', '-U0', 'main', branch).split('\n').slice(-1)).toEqual([
      '-review: { status: pending, submittedBy: bob }',
    ]);
    expect(bare('log', '-1', '--format=%an <%ae>%n%B', branch)).toBe(
      [
        'bob <bob@example.com>',
        `withdraw ${SMART} 1.2.0`,
        '',
        'Transition: withdraw',
        `Miniapp: ${SMART}`,
        'Version: 1.2.0',
        'Actor: bob',
      ].join('\n'),
    );
    // Nothing of the user's moved: the same branch, the same index, the edit beside what was there.
    expect(bob.git('branch', '--show-current')).toBe('main');
    expect(bob.git('status', '--porcelain').split('\n').sort()).toEqual([
      ` M ${V120}`,
      'A  notes.txt',
      `M config/miniapps/${SMART}/trafficking.yaml`,
    ]);
    expect(readFileSync(join(bob.home, V120), 'utf8')).toMatch(/# my own note\n$/);
  });

  test('is told with what to do afterwards, and that works', async () => {
    const bob = await cloneOf('bob');
    const { code, out } = await bob.say('withdraw', SMART, '1.2.0');
    expect(code).toBe(0);
    expect(out).toContain(
      `pull request #1 opened, from the branch miniapp/withdraw-${SMART}-1.2.0:\n  ${forge.serverUrl}/acme/miniapps/pull/1\n`,
    );
    const command = /once it is merged: (.*)$/m.exec(out)![1]!;
    bare('update-ref', 'refs/heads/main', `refs/heads/miniapp/withdraw-${SMART}-1.2.0`);
    expect(command).toContain(V120);
    await run('sh', ['-c', command], { cwd: bob.home, env: BARE_ENV });
    expect(bob.git('status', '--porcelain')).toBe('');
    expect(bob.git('rev-parse', 'HEAD')).toBe(bare('rev-parse', 'main'));
    // What is merged needs no proposal.
    const again = await bob.say('withdraw', SMART, '1.2.0');
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/nothing to propose: .*origin\/main/) });
  });

  test('of a new miniapp leaves its id alone on standard output', async () => {
    const bob = await cloneOf('bob');
    const { code, out, err } = await bob.say('create', '--name', 'Lamp', '--type', 'smart', '--id', 'tylamp0000000001');
    expect([code, out]).toEqual([0, 'tylamp0000000001\n']);
    expect(err).toContain('/acme/miniapps/pull/1');
    const branch = 'miniapp/create-tylamp0000000001';
    expect(
      bare('diff', '--name-status', 'main', branch)
        .split('\n')
        .every((line) => line.startsWith('A\tconfig/miniapps/tylamp')),
    ).toBe(true);
    const again = await bob.ask('create', '--name', 'Lamp', '--type', 'smart', '--id', 'tylamp0000000001');
    expect(again).toMatchObject({
      code: 0,
      value: { ok: true, id: 'tylamp0000000001', pullRequest: { number: 1, branch } },
    });
    const other = await bob.ask('create', '--name', 'Other', '--type', 'smart', '--id', 'tylamp0000000001');
    expect(other).toMatchObject({ code: 1, value: { ok: false, problems: [{ code: 'miniapp-id-used' }] } });
  });

  test('is made of the newest default branch, also from an old clone and from another branch', async () => {
    const bob = await cloneOf('bob');
    bob.git('switch', '-q', '-c', 'work');
    writeFileSync(join(bob.home, 'work.txt'), 'work\n');
    bob.git('add', '.');
    bob.git('commit', '-q', '-m', 'work');
    const other = await cloneOf('alice');
    writeFileSync(join(other.home, 'README.md'), 'newer\n');
    other.git('add', '.');
    other.git('commit', '-q', '-m', 'newer');
    await other.online('push', '-q', `http://x:${forge.token('alice')}@${forge.gitUrl.slice(7)}`, 'main');
    const { code } = await bob.say('withdraw', SMART, '1.2.0');
    expect(code).toBe(0);
    const branch = `miniapp/withdraw-${SMART}-1.2.0`;
    expect(bare('rev-parse', `${branch}^`)).toBe(bare('rev-parse', 'main'));
    expect(bare('diff', '--name-only', 'main', branch)).toBe(V120);
  });

  test('of an edit that builds on what is not merged is not opened, and says so', async () => {
    const bob = await cloneOf('bob');
    await bob.say('create', '--name', 'Lamp', '--type', 'smart', '--id', 'tylamp0000000001', '--no-pr');
    const { code, value } = await bob.ask('edit', 'tylamp0000000001', '--category', 'lights');
    expect([code, value.ok, value.files]).toEqual([1, false, ['config/miniapps/tylamp0000000001/miniapp.yaml']]);
    expect(value.error).toContain('on its own, origin/main does not take this edit');
    expect(value.problems).toMatchObject([{ code: 'reference-unknown' }]);
    expect(open()).toEqual([]);
    expect(readFileSync(join(bob.home, value.files[0]), 'utf8')).toContain('category: lights');
  });

  test('where accounts are kept as digests nothing of it tells the account, the branch’s name neither', async () => {
    const olga = await cloneOf('olga');
    const migrated = await olga.ask('accounts', 'migrate');
    expect(migrated.code, migrated.value.error).toBe(0);
    bare('update-ref', 'refs/heads/main', `refs/heads/${migrated.value.pullRequest.branch}`);
    const key = olga.git('config', '--get', 'miniapp.accountsKey');
    const bob = await cloneOf('bob');
    const words = ['add', SMART, '--app', 'smart-life', '--account', '+49 170 7654321'];
    bob.env['MINIAPP_ACCOUNTS_KEY'] = key;
    const { code, value } = await bob.ask('whitelist', ...words);
    expect(code, value.error).toBe(0);
    const { branch } = value.pullRequest;
    const plain = distinction('whitelist', {
      positionals: words.slice(0, 2),
      values: { app: 'smart-life', account: ['+49 170 7654321'] },
    });
    expect(branch).not.toBe(branchFor([{ kind: 'edit-whitelist', miniapp: SMART, at: { file: '' } }], plain));
    const [pull] = open().slice(-1);
    const told = [
      pull!.title,
      pull!.body,
      branch,
      bare('log', '-1', '--format=%B', branch),
      bare('diff', 'main', branch),
    ];
    for (const text of told) expect(text).not.toMatch(/7654321|miniapp-accounts-/);
    expect(bare('diff', 'main', branch)).toMatch(/\+.*account: '?hmac:[0-9a-f]{8}:[0-9a-f]{32}/);
  });

  test('settings that differ in their words have branches of their own', async () => {
    const bob = await cloneOf('bob');
    const add = (account: string) => bob.ask('whitelist', 'add', SMART, '--app', 'smart-life', '--account', account);
    const [one, two, again] = [
      await add('one@example.com'),
      await add('two@example.com'),
      await add('one@example.com'),
    ];
    expect([one.code, two.code, again.code]).toEqual([0, 0, 0]);
    expect(one.value.pullRequest.branch).not.toBe(two.value.pullRequest.branch);
    expect(again.value.pullRequest).toEqual(one.value.pullRequest);
    // Each holds its own row, although the file here holds both.
    expect(bare('show', `${two.value.pullRequest.branch}:config/miniapps/${SMART}/whitelist.yaml`)).not.toContain(
      'one@',
    );
  });
});

describe('a run that stopped goes on with the same command', () => {
  const words = ['withdraw', SMART, '1.2.0'] as const;
  const branch = `miniapp/withdraw-${SMART}-1.2.0`;

  const stops: [what: string, fault: Parameters<Forge['fault']>[0], done: object, said: RegExp][] = [
    [
      'the line is cut before anything',
      { on: 'repos/get', how: { kind: 'dropped' }, times: 2 },
      { pushed: false },
      /cannot be reached/,
    ],
    [
      'pushing fails',
      { on: 'git/receive-pack', how: { kind: 'server-error' } },
      { branch, pushed: false },
      /could not push to acme\/miniapps: .* fault of its own/,
    ],
    [
      'opening fails',
      { on: 'pulls/create', how: { kind: 'server-error' }, times: 2 },
      { branch, pushed: true },
      /could not open the pull request in acme\/miniapps: GitHub has a fault of its own/,
    ],
  ];
  test.each(stops)('%s', async (_, fault, done, said) => {
    const bob = await cloneOf('bob');
    forge.fault(fault);
    const stopped = await bob.ask(...words, '--actor', 'bob');
    expect(stopped).toMatchObject({ code: 2, value: { ok: false, files: [V120], done: { edited: true, ...done } } });
    expect(stopped.value.error).toMatch(said);
    expect(stopped.err).toMatch(/done so far: the files are edited/);
    expect(bob.git('status', '--porcelain')).toBe(`M ${V120}`);
    expect(stopped.value.next).toMatch(new RegExp(`^npx miniapp withdraw ${SMART} 1\\.2\\.0 `));
    forge.clearFaults();
    const commit = (done as { branch?: string }).branch && bob.git('rev-parse', branch);
    const goneOn = await bob.ask(...words);
    expect(goneOn).toMatchObject({ code: 0, value: { ok: true, pullRequest: { number: 1, branch } } });
    // The same content is no new commit.
    if (commit) expect(bare('rev-parse', branch)).toBe(commit);
    expect(open()).toHaveLength(1);
  });

  test('the answer of opening is lost: it is found, not opened twice', async () => {
    const bob = await cloneOf('bob');
    forge.fault({ on: 'pulls/create', how: { kind: 'answer-lost' } });
    for (const run of ['first', 'again']) {
      expect(await bob.ask(...words), run).toMatchObject({ code: 0, value: { pullRequest: { number: 1 } } });
    }
    expect(open()).toHaveLength(1);
  });

  test('a branch that was pushed and then forgotten here is taken up', async () => {
    const bob = await cloneOf('bob');
    forge.fault({ on: 'pulls/create', how: { kind: 'server-error' }, times: 2 });
    await bob.say(...words);
    bob.git('update-ref', '-d', `refs/heads/${branch}`);
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: { branch } } });
  });

  test('a step that was taken, undone and is taken again begins anew', async () => {
    const bob = await cloneOf('bob');
    await bob.say(...words);
    bare('update-ref', 'refs/heads/main', `refs/heads/${branch}`);
    forge.settle('olga');
    bob.git('checkout', '-q', '--', '.');
    await bob.online('pull', '-q');
    expect(await bob.ask('submit', SMART, '1.2.0')).toMatchObject({ code: 0, value: { pullRequest: { number: 2 } } });
    bare('update-ref', 'refs/heads/main', `refs/heads/miniapp/submit-${SMART}-1.2.0`);
    forge.settle('olga');
    bob.git('checkout', '-q', '--', '.');
    await bob.online('pull', '-q');
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: { number: 3, branch } } });
    expect(bare('rev-parse', `${branch}^`)).toBe(bare('rev-parse', 'main'));
  });

  test('a random id is kept by the command that goes on', async () => {
    const bob = await cloneOf('bob');
    forge.fault({ on: 'git/upload-pack', how: { kind: 'server-error' } });
    const stopped = await bob.ask('create', '--name', "Bob's lamp", '--type', 'smart');
    const { id, next, done, error } = stopped.value;
    expect(error).toMatch(/could not fetch from acme\/miniapps: .* fault of its own/);
    expect([stopped.code, done]).toEqual([2, { edited: true, pushed: false }]);
    expect(next).toContain(`--id ${id}`);
    expect(next).toContain(String.raw`--name 'Bob'\''s lamp'`);
    const goneOn = await bob.ask('create', '--name', "Bob's lamp", '--type', 'smart', '--id', id);
    expect(goneOn).toMatchObject({ code: 0, value: { id, pullRequest: { branch: `miniapp/create-${id}` } } });
  });

  test('an upload is the same upload an hour later; its bytes come with it, and with what rests on them', async () => {
    const bob = await cloneOf('bob');
    const project = temporaryFolder('project');
    mkdirSync(join(project, 'pages/home'), { recursive: true });
    writeFileSync(join(project, 'app.json'), '{"pages": ["pages/home/index"]}');
    for (const file of ['index.js', 'index.tyml']) writeFileSync(join(project, 'pages/home', file), '');
    const upload = ['upload', SMART, project, '--version', '1.4.0', '--description', 'Lights'];
    forge.fault({ on: 'pulls/create', how: { kind: 'rate-limit', seconds: 3000 } });
    const stopped = await bob.ask(...upload);
    expect(stopped).toMatchObject({
      code: 2,
      value: { done: { pushed: true }, error: expect.stringMatching(/no more requests .* until 20/) },
    });
    const later = await bob.ask(...upload, '--now', new Date(NOW + 3_600_000).toISOString());
    expect(later).toMatchObject({ code: 0, value: { pullRequest: { number: 1, branch: stopped.value.done.branch } } });
    expect(bare('rev-parse', stopped.value.done.branch)).toBe(stopped.value.done.commit);
    // Its bytes come with it, and again by a command of their own where they went away.
    const branch = `upload/bob/${SMART}/1.4.0`;
    const stored = bob.git('rev-parse', `packages/${SMART}/1.4.0`);
    expect(bare('rev-parse', branch)).toBe(stored);
    bare('update-ref', '-d', `refs/heads/${branch}`);
    // From their folder, or as this clone keeps them.
    for (const folder of [[project], []]) {
      const pushed = await bob.ask('package', 'push', SMART, '1.4.0', ...folder);
      expect([pushed.code, pushed.value.pushed]).toEqual([0, { repository: 'acme/miniapps', branch }]);
      expect(bare('rev-parse', branch)).toBe(stored);
      bare('update-ref', '-d', `refs/heads/${branch}`);
    }

    // On the default branch by now, of a platform that judges by bytes: whoever submits it brings what the store lacks.
    bob.git('checkout', '-q', '-f', '-B', 'main', later.value.pullRequest.branch);
    const platform = join(bob.home, 'config/platform.yaml');
    writeFileSync(platform, `${readFileSync(platform, 'utf8')}packages: { required: true }\n`);
    writeFileSync(join(bob.home, V120), readFileSync(join(bob.home, V120), 'utf8').replace(/^review:.*\n/m, ''));
    bob.git('commit', '-q', '-a', '-m', 'x');
    bare('fetch', '-q', bob.home, '+main:refs/heads/main');
    bob.git('fetch', '-q', bob.home, 'main:refs/remotes/origin/main', '--force');
    expect(await bob.ask('submit', SMART, '1.4.0')).toMatchObject({ code: 0, value: { ok: true } });
    expect(bare('rev-parse', branch)).toBe(stored);
    // What the store has is not sent again.
    for (const gone of [branch, `miniapp/submit-${SMART}-1.4.0`]) bare('update-ref', '-d', `refs/heads/${gone}`);
    bare('update-ref', `refs/heads/packages/${SMART}/1.4.0`, stored);
    bob.git('checkout', '-q', '-f', 'main');
    expect(await bob.ask('submit', SMART, '1.4.0')).toMatchObject({ code: 0, value: { ok: true } });
    expect(bare('for-each-ref', `refs/heads/${branch}`)).toBe('');
  });

  test("somebody else's branch of that name is not taken for one's own", async () => {
    const [bob, alice] = [await cloneOf('bob'), await cloneOf('alice')];
    writeFileSync(join(alice.home, V120), `${readFileSync(join(alice.home, V120), 'utf8')}# more\n`);
    mkdirSync(join(alice.home, 'config/people'), { recursive: true });
    alice.git('checkout', '-q', '-b', branch);
    alice.git('commit', '-q', '-a', '-m', 'mine');
    await alice.online('push', '-q', `http://x:${forge.token('alice')}@${forge.gitUrl.slice(7)}`, branch);
    const { value } = await bob.ask(...words);
    expect(value.pullRequest.branch).toBe(`${branch}-2`);
    expect(bare('diff', 'main', `${branch}-2`)).not.toContain('# more');
  });
});

describe('who may not, or cannot', () => {
  const words = ['withdraw', SMART, '1.2.0'] as const;

  test('a token that is wrong: the edit stands, and whose fault it is', async () => {
    const bob = await cloneOf('bob');
    bob.env['GITHUB_TOKEN'] = 'ghp_wrong';
    const { code, err } = await bob.say(...words, '--actor', 'bob');
    expect(code).toBe(2);
    expect(err).toContain('GitHub does not accept the token: it is wrong, expired or revoked');
    expect(err).toContain('nothing is committed yet');
    expect(bob.git('status', '--porcelain')).toBe(`M ${V120}`);
    expect((await bob.say('disable', SMART)).err).toContain('--actor LOGIN says who acts');
  });

  test('without a token nothing is changed for anybody, which is no success; without GitHub the edit is all there is', async () => {
    const bob = await cloneOf('bob');
    bob.env['GITHUB_TOKEN'] = undefined;
    const { code, err } = await bob.say(...words, '--actor', 'bob');
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /nothing is changed for anybody yet: .*there is no token for 127\.0\.0\.1 \(GITHUB_TOKEN, /,
      ),
    ]);
    // The same again: the files have it already, and others still do not.
    const again = await bob.ask(...words, '--actor', 'bob');
    expect(again).toMatchObject({
      code: 2,
      value: { ok: false },
      err: expect.stringMatching(/nothing is changed for/),
    });
    bob.git('stash', 'push', '-q');
    bob.git('switch', '-q', '-C', 'elsewhere', 'origin/main');
    expect(await bob.ask('enable', SMART, '--actor', 'olga')).toMatchObject({ code: 0, value: { ok: true } });
    bob.git('switch', '-q', 'main');
    bob.git('stash', 'pop', '-q');
    bob.env['GITHUB_TOKEN'] = forge.token('bob');
    // The forge is not github.com, so nobody is asked, whatever the environment holds; nor with --no-pr for a named actor.
    const asked = vi.spyOn(globalThis, 'fetch');
    bob.env['GITHUB_API_URL'] = 'https://api.github.com';
    expect(await bob.say('disable', SMART, '--actor', 'alice')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/no remote of this repository is on github\.com/),
    });
    bob.env['GITHUB_API_URL'] = forge.apiUrl;
    for (const manner of ['--no-pr', '--dry-run']) {
      expect((await bob.say('enable', SMART, '--actor', 'alice', manner)).code).toBe(0);
    }
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  test('a clone that is shallow: enough where the past is not asked, else how to deepen it', async () => {
    const bob = await cloneOf('bob');
    writeFileSync(join(bob.home, '.git/shallow'), `${bob.git('rev-parse', 'HEAD')}\n`);
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: { number: 1 } } });
    const { code, value } = await bob.ask('create', '--name', 'Lamp', '--type', 'smart');
    expect([code, value.error]).toEqual([2, expect.stringContaining('git fetch --unshallow')]);
  });

  test('a rule forbids the branch: said in the words of the rule', async () => {
    forge.ruleset({
      name: 'branches',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['refs/heads/miniapp/**'], exclude: [] } },
      rules: [{ type: 'creation' }],
    } as Parameters<Forge['ruleset']>[0]);
    const bob = await cloneOf('bob');
    const { code, value } = await bob.ask(...words);
    expect([code, value.error]).toEqual([
      2,
      expect.stringMatching(/a rule of the repository refuses it \(Git says: .*creat/i),
    ]);
    expect(value.done).toMatchObject({ pushed: false, branch: expect.any(String) });
  });

  test("a hook of one's own refuses the push: its words", async () => {
    const bob = await cloneOf('bob');
    writeFileSync(join(bob.home, '.git/hooks/pre-push'), '#!/bin/sh\necho "not on Fridays" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const { code, value } = await bob.ask(...words);
    expect([code, value.error]).toEqual([
      2,
      expect.stringMatching(/a hook of this clone \(pre-push\) refuses it \(Git says: not on Fridays\)/),
    ]);
    rmSync(join(bob.home, '.git/hooks/pre-push'));
    expect((await bob.ask(...words)).code).toBe(0);
  });

  test('by SSH the branch goes with the key, the pull request with the token', async () => {
    const bob = await cloneOf('bob');
    const script = join(temporaryFolder('ssh'), 'ssh');
    const folder = forge.repository.bare.folder;
    writeFileSync(script, `#!/bin/sh\nfor last; do :; done\nset -- $last\nexec git "\${1#git-}" '${folder}'\n`, {
      mode: 0o755,
    });
    process.env['GIT_SSH_COMMAND'] = script;
    try {
      bob.git('remote', 'set-url', 'origin', 'git@127.0.0.1:acme/miniapps.git');
      // The forge sees what came in by another way only when it is told to look.
      forge.fault({ on: 'pulls/create', how: { kind: 'rate-limit', seconds: 3000 } });
      expect(await bob.ask(...words)).toMatchObject({ code: 2, value: { done: { pushed: true } } });
      forge.settle('bob');
      expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: { number: 1 } } });
    } finally {
      delete process.env['GIT_SSH_COMMAND'];
    }
  });

  test('a token without the right to open pull requests: pushed, and which permission it needs', async () => {
    const bob = await cloneOf('bob');
    bob.env['GITHUB_TOKEN'] = forge.workflowToken({ contents: 'write', metadata: 'read' });
    const { code, value } = await bob.ask(...words, '--actor', 'bob');
    expect([code, value.done.pushed]).toEqual([2, true]);
    expect(value.error).toMatch(/the token may not/);
  });

  test('nobody Git knows: the commit is by the account of the token', async () => {
    const bob = await cloneOf('bob');
    bob.git('config', '--unset', 'user.email');
    bob.git('config', '--unset', 'user.name');
    const saved = [
      process.env['HOME'],
      process.env['XDG_CONFIG_HOME'],
      process.env['GIT_CONFIG_SYSTEM'],
      process.env['GIT_CONFIG_GLOBAL'],
    ];
    process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
    process.env['GIT_CONFIG_SYSTEM'] = '/dev/null';
    try {
      const { value } = await bob.ask(...words);
      expect(bare('log', '-1', '--format=%an <%ae>', value.pullRequest.branch)).toBe(
        'bob <104+bob@users.noreply.github.com>',
      );
    } finally {
      for (const [i, name] of ['HOME', 'XDG_CONFIG_HOME', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_GLOBAL'].entries()) {
        if (saved[i] === undefined) delete process.env[name];
        else process.env[name] = saved[i];
      }
    }
  });
});

describe('a fork', () => {
  const words = ['withdraw', SMART, '1.2.0'] as const;

  test('is pushed to by whoever may not push to the repository itself', async () => {
    forge.repository.roles.delete(104);
    const bob = await cloneOf('bob');
    const without = await bob.ask(...words);
    expect(without).toMatchObject({
      code: 2,
      value: { error: expect.stringContaining(`Fork it on https://127.0.0.1/acme/miniapps/fork`) },
    });
    const fork = forge.fork('bob');
    bob.git('remote', 'add', 'fork', forge.gitUrlOf(fork));
    const { code, value } = await bob.ask(...words);
    expect(value.error).toBeUndefined();
    expect(code).toBe(0);
    expect(open()).toMatchObject([
      { headRepository: { owner: { login: 'bob' } }, base: 'main', maintainerCanModify: true },
    ]);
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: value.pullRequest } });
    expect(bare('for-each-ref', 'refs/heads/miniapp')).toBe('');
  });

  test.each([
    ['of an organization, where its members cannot lend their branch', { organization: 'guild' }, 'guild'],
    ['with the owner of the repository itself', { organization: 'acme', name: 'miniapps-next' }, 'acme'],
  ])('%s: the pull request is opened from it', async (_, kind, owner) => {
    forge.repository.roles.delete(104);
    const bob = await cloneOf('bob');
    bob.git('remote', 'add', 'theirs', forge.gitUrlOf(forge.fork('bob', kind)));
    bob.git('config', 'remote.pushDefault', 'theirs');
    const { code, value } = await bob.ask(...words);
    expect([code, value.error]).toEqual([0, undefined]);
    const fork = { owner: { login: owner } };
    expect(open()).toMatchObject([
      { headRepository: fork, headBranch: value.pullRequest.branch, maintainerCanModify: false },
    ]);
    // Once more: found, not opened twice.
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: value.pullRequest } });
  });
});

describe('who acts', () => {
  test('is whose token it is, by the number of the account, whatever it is called now', async () => {
    const bob = await cloneOf('bob');
    forge.user('bob').login = 'robert';
    expect((await bob.say('withdraw', SMART, '1.2.0', '--dry-run')).code).toBe(0);
    // The old login in other hands is somebody else.
    bob.env['GITHUB_TOKEN'] = forge.token('eve');
    forge.user('eve').login = 'bob';
    const { code, err } = await bob.say('withdraw', SMART, '1.2.0', '--dry-run');
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/token is that of bob, account 666, and people\/bob\.yaml is account 104/),
    ]);
  });

  test('offline is who Git says, with a warning', async () => {
    const bob = await cloneOf('bob');
    bob.git('config', 'github.user', 'bob');
    bob.env['GITHUB_API_URL'] = 'http://127.0.0.1:9/api/v3';
    const { code, err } = await bob.say('withdraw', SMART, '1.2.0', '--no-pr');
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/cannot be reached.*acting as bob \(git config github\.user\)/s),
    ]);
  });

  test('for another than the token: it is said how GitHub will see it', async () => {
    const bob = await cloneOf('bob');
    const { value } = await bob.ask('disable', SMART, '--actor', 'alice');
    expect(value.notes).toEqual([expect.stringMatching(/the token is that of bob, so GitHub judges it as bob's/)]);
  });
});
