/** Commands that open the pull request: on real Git over HTTP, against the forge. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { distinction } from '../cli/edits/distinction.ts';
import { BARE_ENV, bare, cloneOf, forge, open, run, useForge, V120 } from '../fixtures/proposals.ts';
import { SMART } from '../fixtures/workspace.ts';
import { branchFor } from './proposal-branch.ts';

useForge();

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
