/** What is remembered of where a folder is holds as long as it is so, whatever this process or another does. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyRepository, writeCommits } from '../../fixtures/commits.ts';
import { revisionsOf } from '../commits/revisions.ts';
import { removeRepositories, temporaryFolder } from '../../fixtures/repository.ts';
import { gitProcesses } from '../../fixtures/traced-git.ts';
import { git, headIn, headOf, isInRepository, isShallow, locationOf, prefixOf, topOf } from './location.ts';

let home: string;
let config: string;

beforeEach(() => {
  home = realpathSync(temporaryFolder('location'));
  config = join(home, 'a', 'config');
  mkdirSync(config, { recursive: true });
  emptyRepository(home);
});
afterAll(removeRepositories);

const gitIn = (folder: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();

/** A commit that HEAD is at afterwards. */
function commit(folder = home, text = 'x'): string {
  const [id = ''] = writeCommits(folder, [{ files: { f: text } }]);
  gitIn(folder, 'update-ref', 'HEAD', id);
  return id;
}

test('is asked for once, with the commit that is checked out by the same process', async () => {
  const id = commit();
  const started = await gitProcesses(async () => {
    expect(await headOf(config)).toEqual({ commit: id, prefix: 'a/config', isShallow: false });
    expect([topOf(config), prefixOf(config), isInRepository(config)]).toEqual([home, 'a/config', true]);
  });
  expect(started).toHaveLength(1);
});

describe('is told anew', () => {
  test('where the folder becomes a repository of its own', () => {
    expect(prefixOf(config)).toBe('a/config');
    emptyRepository(config);
    expect([topOf(config), prefixOf(config)]).toEqual([config, '']);
  });

  test('where a repository in between is gone', () => {
    emptyRepository(join(home, 'a'));
    expect(prefixOf(config)).toBe('config');
    rmSync(join(home, 'a', '.git'), { recursive: true });
    expect(prefixOf(config)).toBe('a/config');
  });

  test('where there was none, and where it is gone', () => {
    rmSync(join(home, '.git'), { recursive: true });
    expect(isInRepository(config)).toBe(false);
    expect(() => locationOf(config)).toThrow('this is no Git repository');
    emptyRepository(home);
    expect(isInRepository(config)).toBe(true);
    rmSync(join(home, '.git'), { recursive: true });
    expect(isInRepository(config)).toBe(false);
  });

  test('where another repository takes its place', () => {
    const { index } = locationOf(config);
    renameSync(join(home, '.git'), join(home, 'old'));
    const other = realpathSync(temporaryFolder('other'));
    gitIn(other, 'init', '-q', '--separate-git-dir', join(other, 'own'), 'tree');
    renameSync(join(other, 'tree', '.git'), join(home, '.git'));
    expect([index, locationOf(config).index]).toEqual([join(home, '.git', 'index'), join(other, 'own', 'index')]);
  });

  test('where a link leads to another folder', () => {
    const link = join(home, 'link');
    symlinkSync(config, link);
    expect(prefixOf(link)).toBe('a/config');
    rmSync(link);
    symlinkSync(join(home, 'a'), link);
    expect(prefixOf(link)).toBe('a');
  });

  test('for another index', () => {
    expect(locationOf(config).index).toBe(join(home, '.git', 'index'));
    vi.stubEnv('GIT_INDEX_FILE', join(home, 'other-index'));
    expect(locationOf(config).index).toBe(join(home, 'other-index'));
    vi.unstubAllEnvs();
    expect(locationOf(config).index).toBe(join(home, '.git', 'index'));
  });
});

test('each working tree of a repository has its own', () => {
  commit();
  const tree = join(realpathSync(temporaryFolder('trees')), 'tree');
  gitIn(home, 'worktree', 'add', '-q', '--detach', tree);
  const own = join(home, '.git', 'worktrees', 'tree');
  expect(locationOf(tree)).toMatchObject({
    ...{ top: tree, own, index: join(own, 'index') },
    ...{ objects: join(home, '.git', 'objects'), shallow: join(home, '.git', 'shallow') },
  });
});

test('the commit that is checked out, and the end of a shallow history, are never remembered', () => {
  expect(headIn(config)).toBeUndefined();
  const id = commit();
  expect([headIn(config), isShallow(config)]).toEqual([id, false]);
  writeFileSync(locationOf(config).shallow, `${id}\n`);
  expect([isShallow(config), gitIn(home, 'rev-parse', '--is-shallow-repository')]).toEqual([true, 'true']);
  rmSync(locationOf(config).shallow);
  expect(isShallow(config)).toBe(false);
});

test('a name may hold what separates answers', () => {
  const odd = join(home, 'a\n--next\nb ');
  mkdirSync(odd);
  expect(prefixOf(odd)).toBe('a\n--next\nb ');
});

describe('a name of a commit', () => {
  test('that a tag and a branch have, of different commits, is told and not guessed', async () => {
    const first = commit();
    gitIn(home, 'branch', 'main-line');
    gitIn(home, 'tag', 'main-line');
    await expect(git(config).commit('main-line')).resolves.toBe(first);
    const second = commit(home, 'y');
    gitIn(home, 'branch', '--force', 'main-line', second);
    const told = `refs/tags/main-line (${first.slice(0, 10)}) and refs/heads/main-line (${second.slice(0, 10)})`;
    for (const name of ['main-line', 'main-line^0', 'main-line~0'])
      await expect(git(config).commit(name)).rejects.toThrow(told);
    expect([...revisionsOf(home, ['main-line', 'HEAD', 'heads/main-line']).keys()]).toEqual([
      'HEAD',
      'heads/main-line',
    ]);
    await expect(git(config).commit('refs/heads/main-line')).resolves.toBe(second);
    await expect(git(config).commit('tags/main-line')).resolves.toBe(first);
  });

  test('that a tag or branch has and that looks like the beginning of an id is what it is, where no id begins so', async () => {
    const first = commit();
    const none = ['2026', '1130'].find((name) => !first.startsWith(name))!;
    gitIn(home, 'tag', none);
    gitIn(home, 'branch', 'deadbeef');
    for (const name of [none, `${none}~0`, 'deadbeef']) await expect(git(config).commit(name)).resolves.toBe(first);
  });

  test('that a tag has and that an id begins with is told, too; a whole id and HEAD are what they are', async () => {
    const first = commit();
    const second = commit(home, 'y');
    const short = second.slice(0, 10);
    await expect(git(config).commit(short)).resolves.toBe(second);
    const large = short.toUpperCase();
    for (const name of [short, large, second, 'HEAD']) gitIn(home, 'update-ref', `refs/tags/${name}`, first);
    for (const name of [`${short}~0`, large])
      await expect(git(config).commit(name)).rejects.toThrow('the beginning of the id of a commit');
    await expect(git(config).commit(second)).resolves.toBe(second);
    await expect(git(config).commit('HEAD')).resolves.toBe(second);
    await expect(git(config).commit('nothing')).rejects.toThrow('there is no commit, branch or tag "nothing" here');
  });
});
