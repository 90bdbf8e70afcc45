/** Against real repositories in temporary folders. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withGit } from '../fixtures/scripted-git.ts';
import { FIXTURE, SMART } from '../fixtures/workspace.ts';
import { diskSource } from '../read/disk.ts';
import { load } from '../read/load.ts';
import { commitSource } from './objects/commit-source.ts';
import { momentAt } from './commits/point-in-time.ts';
import { gitText, TooMuchError } from './process/run.ts';
import { git } from './process/location.ts';

const home = mkdtempSync(join(tmpdir(), 'miniapp-git-'));
const config = join(home, 'sub folder/config');
let day = 0;

function run(...args: string[]): string {
  const date = `2026-10-${String(day).padStart(2, '0')}T12:00:00Z`;
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: '/dev/null' };
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  return execFileSync('git', [...who, ...args], { cwd: home, env, encoding: 'utf8' }).trim();
}

function commit(): string {
  day += 1;
  run('add', '-A');
  run('commit', '-q', '--allow-empty', '-m', `day ${day}`);
  return run('rev-parse', 'HEAD');
}

let first = '';
beforeAll(() => {
  run('init', '-q', '-b', 'main');
  cpSync(FIXTURE, config, { recursive: true });
  first = commit();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const prefix = 'sub folder/config';

describe('a Source over a commit', () => {
  test('is what the folder was', () => {
    const before = load(diskSource(config));
    rmSync(join(config, 'apps/oem-home.yaml'));
    const then = load(commitSource(config, first, prefix));
    expect(then.problems).toEqual([]);
    expect(then.workspace).toEqual(before.workspace);
    cpSync(FIXTURE, config, { recursive: true });
  });

  test('reads one miniapp alone', () => {
    const { workspace } = load(commitSource(config, first, prefix), { miniapps: [SMART] });
    expect([...workspace.miniapps.keys()]).toEqual([SMART]);
    expect(workspace.apps.size).toBe(2);
  });

  test('names every mode but that of a plain file, and reads none of them', () => {
    symlinkSync('olga.yaml', join(config, 'people/carol.yaml'));
    chmodSync(join(config, 'people/bob.yaml'), 0o755);
    writeFileSync(join(config, 'neu "ü\n.yaml'), 'x');
    run('update-index', '--add', '--cacheinfo', `160000,${first},${prefix}/apps/module`);
    mkdirSync(join(config, 'apps/module'));
    const tip = commit();
    const source = commitSource(config, tip, prefix);
    const odd = source.list('').filter(({ kind, path }) => kind !== 'file' || path.startsWith('neu'));
    expect(odd.map(({ path, kind }) => `${kind} ${path}`).sort()).toEqual([
      'executable people/bob.yaml',
      'file neu "ü\n.yaml',
      'submodule apps/module',
      'symlink people/carol.yaml',
    ]);
    expect(
      load(source)
        .problems.map(({ code, at }) => `${code} ${at.file}`)
        .sort(),
    ).toEqual([
      'file-not-plain apps/module',
      'file-not-plain people/bob.yaml',
      'file-not-plain people/carol.yaml',
      'file-unknown neu "ü\n.yaml',
    ]);
  });

  test('a folder that the commit does not have is empty', () => {
    expect(commitSource(config, first, 'nowhere').list('')).toEqual([]);
    expect(() => commitSource(config, first, prefix).read('nowhere')).toThrow('no content');
  });

  test('the configuration may be the whole repository', () => {
    const tree = run('rev-parse', `${first}:${prefix}`);
    expect(load(commitSource(config, tree, '')).problems).toEqual([]);
  });
});

describe('a moment', () => {
  test('by name: the state then, and the clock of the commit', async () => {
    expect(await momentAt(config, first.slice(0, 10))).toEqual({
      commit: first,
      time: Date.parse('2026-10-01T12:00:00Z'),
    });
  });

  test.each([
    ['2026-10-01', 0, '2026-10-01T23:59:59.999Z'],
    ['2026-10-02T11:59:59Z', 0, '2026-10-02T11:59:59.000Z'],
    ['2026-10-02T12:00:00Z', 1, '2026-10-02T12:00:00.000Z'],
    ['2026-10-02T14:00:00+02:00', 1, '2026-10-02T12:00:00.000Z'],
    ['2026-10-02T12:59:59+01:00', 0, '2026-10-02T11:59:59.000Z'],
    ['2027-01-01', 1, '2027-01-01T23:59:59.999Z'],
    ['2100-01-01', 1, '2100-01-01T23:59:59.999Z'],
    ['9999-12-31', 1, '9999-12-31T23:59:59.999Z'],
  ])('%s', async (at, index, time) => {
    const commits = run('rev-list', '--reverse', 'HEAD').split('\n');
    const moment = await momentAt(config, at);
    expect({ index: commits.indexOf(moment.commit), time: new Date(moment.time).toISOString() }).toEqual({
      index,
      time,
    });
  });

  test.each([
    ['2026-09-30', 'nothing was committed before 2026-09-30'],
    ['1969-12-31', 'nothing was committed before 1969-12-31'],
    ['2026-02-30', 'write a date'],
    ['2026-10-02T12:00:00', 'write a date'],
    ['nosuch', 'no commit, branch or tag'],
    ['--all', 'no commit, branch or tag'],
  ])('%s is none', async (at, why) => {
    await expect(momentAt(config, at)).rejects.toThrow(why);
  });

  test('a shallow clone says that it is one', async () => {
    const clone = join(home, '..', `${home.split('/').at(-1)}-shallow`);
    run('clone', '-q', '--depth', '1', `file://${home}`, clone);
    await expect(momentAt(clone, '2026-10-01')).rejects.toThrow('git fetch --unshallow');
    rmSync(clone, { recursive: true });
  });
});

test('where there is no repository, or no such command, Git’s failure is a sentence', async () => {
  const nowhere = mkdtempSync(join(tmpdir(), 'miniapp-nogit-'));
  await expect(git(nowhere).run('status')).rejects.toThrow('this is no Git repository');
  rmSync(nowhere, { recursive: true });
  await expect(git(home).run('no-such-command')).rejects.toThrow('Git says:');
});

test.each(['index', 'HEAD'])('a lock that a killed Git left on %s is named, with the way on', (name) => {
  const lock = join(home, `.git/${name}.lock`);
  writeFileSync(lock, '');
  const edit = name === 'HEAD' ? ['commit', '-q', '--allow-empty', '-m', 'Held'] : ['add', '--all'];
  expect(() => gitText(home, edit)).toThrow(
    `left ${lock}: run this again; once no Git runs any more, delete that file`,
  );
  rmSync(lock);
});

test('a command that ends before it has read its input is judged by its exit code', () => {
  const input = 'x'.repeat(4_000_000);
  expect(gitText(home, ['rev-parse', '--is-inside-work-tree'], { input })).toBe('true');
  expect(() => gitText(home, ['rev-parse', '--verify', 'nothing-here'], { input })).toThrow(/Needed a single revision/);
});

test('a part of a second is a time that Git may take', () => {
  expect(gitText(home, ['rev-parse', '--is-inside-work-tree'], { seconds: 1 + 14 * 0.05 })).toBe('true');
});

test('a Git that is ended before it has read its input is told as such, not as one that cannot be started', async () => {
  const input = Buffer.alloc(1 << 20);
  await withGit('kill -9 $$', () =>
    expect(() => gitText(home, ['hash-object', '--stdin'], { input })).toThrow(TooMuchError),
  );
});
