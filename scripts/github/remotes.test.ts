/** Which addresses are GitHub's, which repository they name, where the token is, and where it never goes. */
import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { authorization } from '../git/process/network.ts';
import { connection } from './connection.ts';
import { remotesOn, repositoryOf, siteOf } from './remotes.ts';
import { tokenOf } from './token.ts';

afterAll(removeRepositories);

const PUBLIC = siteOf({});
const ENTERPRISE = siteOf({ GITHUB_API_URL: 'https://git.example.com/api/v3/' });
const ACME = { owner: 'acme', repo: 'miniapps' };

describe('an address', () => {
  test.each([
    'https://github.com/acme/miniapps.git',
    'https://github.com/acme/miniapps',
    'https://github.com/acme/miniapps/',
    'https://x-access-token:secret@github.com/acme/miniapps.git',
    'git@github.com:acme/miniapps.git',
    'github.com:acme/miniapps',
    'ssh://git@github.com/acme/miniapps.git',
    'ssh://git@ssh.github.com:443/acme/miniapps.git',
    'git@github.com-work:acme/miniapps.git',
    'git://GitHub.com/acme/miniapps.git',
  ])('%s is github.com', (address) => {
    expect(repositoryOf(address, PUBLIC)).toEqual(ACME);
    expect(repositoryOf(address, ENTERPRISE)).toBeUndefined();
  });

  test.each([
    'https://git.example.com/acme/miniapps.git',
    'git@git.example.com:acme/miniapps.git',
    'ssh://git@git.example.com:2222/acme/miniapps.git',
  ])("%s is the enterprise's", (address) => {
    expect(repositoryOf(address, ENTERPRISE)).toEqual(ACME);
    expect(repositoryOf(address, PUBLIC)).toBeUndefined();
  });

  test.each([
    '/srv/git/acme/miniapps.git',
    '../miniapps.git',
    'file:///srv/acme/miniapps.git',
    'https://github.com.evil.example/acme/miniapps.git',
    'https://evil.example/github.com/acme/miniapps.git',
    'https://github.com-work/acme/miniapps.git',
    'https://github.com/acme',
    'https://github.com/acme/miniapps/tree/main',
    'https://gitlab.com/acme/miniapps.git',
    'C:\\git\\acme\\miniapps',
    '',
  ])('%s is nobody we know', (address) => {
    expect(repositoryOf(address, PUBLIC)).toBeUndefined();
  });

  test('of the API: public, of an enterprise server and cloud, of a test', () => {
    const host = (url: string) => siteOf({ GITHUB_API_URL: url }).host;
    expect([PUBLIC.host, PUBLIC.apiUrl]).toEqual(['github.com', 'https://api.github.com']);
    expect(ENTERPRISE).toEqual({ host: 'git.example.com', apiUrl: 'https://git.example.com/api/v3' });
    expect(host('https://api.acme.ghe.com')).toBe('acme.ghe.com');
    expect(host('http://127.0.0.1:8080/api/v3')).toBe('127.0.0.1');
    expect(() => siteOf({ GITHUB_API_URL: 'github' })).toThrow('GITHUB_API_URL github');
    expect(() => siteOf({ GITHUB_API_URL: 'file:///etc' })).toThrow('GITHUB_API_URL');
  });
});

test('the remotes of a clone, also behind an abbreviation, and none of other places', async () => {
  const home = temporaryFolder('remotes');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: home, stdio: 'pipe' });
  git('init', '-q');
  expect(remotesOn(home, PUBLIC)).toEqual([]);
  git('remote', 'add', 'origin', 'hub:acme/miniapps');
  git('config', 'url.https://github.com/.insteadOf', 'hub:');
  git('remote', 'add', 'backup', '/srv/backup/acme/miniapps.git');
  git('remote', 'add', 'my.fork', 'git@github.com:bob/miniapps.git');
  expect(remotesOn(home, PUBLIC)).toEqual([
    { name: 'origin', ...ACME },
    { name: 'my.fork', owner: 'bob', repo: 'miniapps' },
  ]);
  expect(await connection(home, {})).toMatchObject({ missing: 'token' });
  expect(await connection(home, { GITHUB_API_URL: 'https://git.example.com/api/v3' })).toMatchObject({
    missing: 'remote',
  });
  expect(await connection(temporaryFolder('none'), { GITHUB_TOKEN: 'x' })).toMatchObject({ missing: 'repository' });
});

describe('a token', () => {
  test('is taken from the environment, in order, and is one word', () => {
    expect(tokenOf({ GITHUB_TOKEN: 'one', GH_TOKEN: 'two' }, 'github.com')).toEqual({
      value: 'one',
      from: 'GITHUB_TOKEN',
    });
    expect(tokenOf({ GITHUB_TOKEN: ' ', GH_TOKEN: 'two\n' }, 'github.com')).toEqual({ value: 'two', from: 'GH_TOKEN' });
    expect(tokenOf({}, 'github.com')).toBeUndefined();
    expect(() => tokenOf({ GITHUB_TOKEN: 'one\r\nX-Other: two' }, 'github.com')).toThrow('GITHUB_TOKEN is no token');
  });

  test("or from GitHub's own tool, asked for this host", () => {
    const folder = temporaryFolder('gh');
    const says = (body: string) => {
      writeFileSync(join(folder, 'gh'), `#!/bin/sh\n${body}\n`);
      chmodSync(join(folder, 'gh'), 0o755);
    };
    says('[ "$*" = "auth token --hostname git.example.com" ] && echo gho_three');
    expect(tokenOf({ PATH: `${folder}:/bin` }, 'git.example.com')).toEqual({
      value: 'gho_three',
      from: 'gh auth token',
    });
    expect(tokenOf({ PATH: `${folder}:/bin` }, 'github.com')).toBeUndefined();
    says('echo "no oauth token" >&2; exit 1');
    expect(tokenOf({ PATH: `${folder}:/bin` }, 'git.example.com')).toBeUndefined();
  });

  test('goes to the address it is for, protected, and replaces what is configured', () => {
    const env = authorization('https://me@github.com/acme/miniapps.git', 'secret');
    const header = `Authorization: Basic ${Buffer.from('x-access-token:secret').toString('base64')}`;
    const values = Object.values(env);
    expect(values).toEqual(
      expect.arrayContaining(['http.https://github.com/acme/miniapps.git.extraheader', '', header]),
    );
    expect(JSON.stringify(env)).not.toContain('me@');
    expect(authorization('http://127.0.0.1:8080/acme/miniapps.git', 'secret')).not.toEqual({});
    for (const address of [
      'http://github.com/acme/miniapps.git',
      'git@github.com:acme/miniapps.git',
      '/srv/acme',
      'git://github.com/a/b',
    ]) {
      expect(authorization(address, 'secret'), address).toEqual({});
    }
    // As GitHub's checkout action leaves it; Git itself says which headers it would send.
    const home = temporaryFolder('header');
    execFileSync('git', ['init', '-q'], { cwd: home });
    execFileSync('git', ['config', 'http.https://github.com/.extraheader', 'Authorization: Basic other'], {
      cwd: home,
    });
    const asked = ['config', '--get-urlmatch', 'http.extraheader', 'https://github.com/acme/miniapps.git'];
    const sent = execFileSync('git', asked, { cwd: home, env: { ...process.env, ...env }, encoding: 'utf8' });
    expect(sent.trim()).toBe(header);
  });
});
