/** `validate --staged` as a hook of real repositories: the index is judged, not the working tree. */
import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { gitHook } from '../../fixtures/git-hooks.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { PANEL, SMART } from '../../fixtures/workspace.ts';

const release = `miniapps/${SMART}/release.yaml`;
const whitelist = `miniapps/${SMART}/whitelist.yaml`;
let own: TestRepository;

beforeEach(() => {
  own = repository();
});
afterAll(removeRepositories);

const codes = async (): Promise<string[]> => {
  const { code, value } = await own.runJson('validate', '--staged');
  expect(code).toBe(value.ok ? 0 : 1);
  return value.problems
    .filter(({ severity }: any) => severity === 'error')
    .map(({ code, file }: any) => `${code} ${file}`);
};
const breakRelease = () => own.edit(release, 'version: 1.1.0', 'version: 9.9.9');

describe('what is staged is judged', () => {
  test('a mistake that is staged, and not one that is only in the working tree', async () => {
    breakRelease();
    expect(await codes()).toEqual([]);
    own.git('add', '-A');
    expect(await codes()).toContain(`reference-unknown config/${release}`);
    own.edit(release, 'version: 9.9.9', 'version: 1.1.0');
    expect(await codes()).toContain(`reference-unknown config/${release}`);
    own.git('add', '-A');
    expect(await codes()).toEqual([]);
  });

  test('a new miniapp, a removed file, a file that belongs nowhere', async () => {
    own.remove(`miniapps/${PANEL}/members.yaml`);
    own.write('notes.txt', 'x');
    own.write('miniapps/notes.yaml', 'x');
    own.git('add', '-A');
    expect(await codes()).toEqual([
      'file-unknown config/miniapps/notes.yaml',
      `file-missing config/miniapps/${PANEL}/members.yaml`,
      'file-unknown config/notes.txt',
    ]);
  });

  test('modes of the index', async () => {
    chmodSync(own.file('people/bob.yaml'), 0o755);
    symlinkSync('bob.yaml', own.file('people/eve.yaml'));
    own.git('add', '-A');
    expect(await codes()).toEqual(['file-not-plain config/people/bob.yaml', 'file-not-plain config/people/eve.yaml']);
  });

  test('miniapps that are not touched are not read, whatever they hold', async () => {
    breakRelease();
    own.commit();
    own.write(`miniapps/${PANEL}/scenarios.yaml`, 'scenarios: []\n');
    own.git('add', '-A');
    expect(await codes()).toEqual([]);
  });

  test('a file that git add -N only announces is not committed', async () => {
    own.write(`miniapps/${SMART}/reports/2026-11.yaml`, 'nonsense');
    own.git('add', '-N', '-A');
    own.edit(whitelist, 'QA phone 3', 'QA phone 4');
    own.git('add', `config/${whitelist}`);
    expect(await codes()).toEqual([]);
  });

  test('the first commit of a repository', async () => {
    const other = repository(temporaryFolder('first'), false);
    other.git('init', '-q', '-b', 'main');
    other.git('fetch', '-q', own.home, 'main');
    other.git('read-tree', 'FETCH_HEAD');
    expect(await other.run('validate', '--staged', '--config', '.')).toMatchObject({ code: 1 });
    other.git('checkout-index', '-a');
    own = other;
    expect(await codes()).toEqual([]);
  });

  test('--base does not go with it', async () => {
    expect((await own.run('validate', '--staged', '--base', 'HEAD')).code).toBe(2);
  });
});

describe('as a hook', () => {
  const hook = () => {
    const tool = join(import.meta.dirname, '../../miniapp.mjs');
    gitHook(own.home, 'pre-commit', `exec '${process.execPath}' '${tool}' validate --staged`);
  };
  /** Whether Git makes the commit. */
  const commits = (...args: string[]): boolean => {
    const before = own.git('rev-parse', 'HEAD');
    try {
      own.git('commit', '-q', '-m', 'x', ...args);
    } catch {
      expect(own.git('rev-parse', 'HEAD')).toBe(before);
      return false;
    }
    return true;
  };

  test('a bad commit is not made, a good one is', () => {
    hook();
    breakRelease();
    own.git('add', '-A');
    expect(commits()).toBe(false);
    own.git('reset', '-q', '--hard');
    own.edit(whitelist, 'QA phone 3', 'QA phone 4');
    own.git('add', '-A');
    expect(commits()).toBe(true);
  });

  test('git commit -a, and of a path alone, have an index of their own', () => {
    hook();
    breakRelease();
    own.edit(whitelist, 'QA phone 3', 'QA phone 4');
    expect(commits('-a')).toBe(false);
    expect(commits('--', `config/${release}`)).toBe(false);
    expect(commits('--', `config/${whitelist}`)).toBe(true);
    expect(readFileSync(own.file(release), 'utf8')).toContain('9.9.9');
  });

  test('in a linked working tree, and from a folder below', () => {
    hook();
    const linked = temporaryFolder('linked');
    own.git('worktree', 'add', '-q', '-b', 'other', join(linked, 'tree'));
    own = repository(join(linked, 'tree'), false);
    breakRelease();
    expect(commits('-a')).toBe(false);
    own.git('reset', '-q', '--hard');
    own.edit(whitelist, 'QA phone 3', 'QA phone 4');
    own.git('-C', 'config/people', 'add', '-A', ':/');
    expect(commits()).toBe(true);
  });
});
