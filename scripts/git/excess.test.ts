/** Changes that cost more than they weigh: counted before they are listed, told by name, in little time and memory. */
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unfolding } from '../fixtures/made-trees.ts';
import { removeRepositories, repository, type TestRepository } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';
import { mergeKinds } from './merges/automatic-merges.ts';
import { formerAccounts } from './history/former-accounts.ts';
import { readLog } from './commits/log.ts';
import { scratch } from './stores/scratch.ts';
import { listing, UnfoldingError } from './objects/unfolding.ts';
import { worktreeCommit } from './working-tree/worktree-commit.ts';

afterAll(removeRepositories);

/** Objects of a repository made from their text. */
function maker({ home }: TestRepository) {
  const run = (args: string[], input: string) =>
    execFileSync('git', args, { cwd: home, input, encoding: 'utf8' }).trim();
  const tree = (entries: readonly string[]) => run(['mktree'], entries.map((entry) => `${entry}\n`).join(''));
  const blob = (text: string) => run(['hash-object', '-w', '--stdin'], text);
  return { tree, blob };
}

/** A branch whose commit has a tree at this path besides. */
function branchWith(own: TestRepository, name: string, path: string, tree: string): void {
  const { tree: make } = maker(own);
  const parts = path.split('/');
  let below = tree;
  for (const [depth, part] of [...parts.entries()].reverse()) {
    const folder = parts.slice(0, depth).join('/');
    const isThere = folder === '' || own.git('ls-tree', 'HEAD', folder) !== '';
    const entries = isThere ? own.git('ls-tree', `HEAD:${folder}`).split('\n') : [];
    const others = entries.filter((entry) => !entry.endsWith(`\t${part}`));
    below = make([...others, `040000 tree ${below}\t${part}`]);
  }
  own.git('branch', name, own.git('commit-tree', below, '-p', 'main', '-m', name));
}

const ten = Array.from({ length: 10 }, (_, i) => `f${i}`);
const long = (name: string) => name.padEnd(250, 'x');

describe('a pull request whose trees unfold', () => {
  let own: TestRepository;
  beforeAll(() => {
    own = repository();
    const make = maker(own);
    const leaf = make.tree([`100644 blob ${make.blob('x')}\tx.yaml`]);
    branchWith(own, 'million', 'config/miniapps/tybomb0000000001', unfolding(own, 6, ten, leaf));
    branchWith(own, 'beside', 'elsewhere/a', unfolding(own, 6, ten, leaf));
    branchWith(
      own,
      'long',
      'config/miniapps/tybomb0000000001',
      unfolding(own, 12, [long('a'), long('b'), long('c')], leaf),
    );
    branchWith(own, 'empty', 'config/apps/bomb', unfolding(own, 60, ['a', 'b'], make.tree([])));
    branchWith(own, 'deep', 'config/apps/deep', unfolding(own, 1000, ['a'], leaf));
  });

  test.each([
    ['into a million files', 'million', 'config/miniapps/tybomb0000000001'],
    ['into a million files beside the configuration', 'beside', 'elsewhere'],
    ['into long names', 'long', 'config/miniapps/tybomb0000000001'],
    ['into folders without any file', 'empty', 'config/apps/bomb'],
  ])(
    '%s is refused by name',
    async (_, head, file) => {
      const { code, value } = await own.runJson('plan', '--base', 'main', '--head', head, '--actor', 'alice');
      const found = value.problems.map((problem: any) => `${problem.code} ${problem.file}`);
      expect({ code, found }).toEqual({ code: 1, found: [`change-too-large ${file}`] });
    },
    60_000,
  );

  test('in a commit that the next one takes back is refused by name', async () => {
    const start = own.git('rev-parse', 'main');
    const tree = (ref: string) => own.git('rev-parse', `${ref}^{tree}`);
    const after = (parent: string, ref: string) => own.git('commit-tree', tree(ref), '-p', parent, '-m', 'x');
    own.git('branch', 'taken-back', after(after(start, 'million'), 'main'));
    const { code, value } = await own.runJson('plan', '--base', 'main', '--head', 'taken-back', '--actor', 'alice');
    const found = value.problems.map((problem: any) => `${problem.code} ${problem.file}`);
    expect({ code, found }).toEqual({ code: 1, found: ['change-too-large config/miniapps/tybomb0000000001'] });
  }, 60_000);

  test('into a thousand folders of one file is told as that file', async () => {
    const { code, value } = await own.runJson('plan', '--base', 'main', '--head', 'deep', '--actor', 'alice');
    expect(code).toBe(1);
    expect(value.problems.map((problem: any) => problem.code)).toEqual(['file-unknown']);
    expect(value.problems[0].file).toMatch(/^config\/apps\/deep\/(?:a\/){1000}x\.yaml$/);
  });

  test('on a branch that nobody judged: what lists its history or its files names it', async () => {
    const { code, err } = await own.run('validate', '--base', 'long');
    expect(code).toBe(2);
    expect(err).toContain(`"config/miniapps/tybomb0000000001" of ${own.git('rev-parse', 'long').slice(0, 10)} unfolds`);
    expect(() => readLog(own.home, 'long')).toThrow(UnfoldingError);
    expect(() => formerAccounts(own.file(''), 'long')).toThrow(UnfoldingError);
    const tree = own.git('rev-parse', 'million:config');
    expect(() => listing(own.home, ['ls-tree', '-r', '-z', tree], tree)).toThrow(UnfoldingError);
  }, 60_000);
});

describe('a working tree', () => {
  test('with ten gigabytes in a file: told by name, and not copied', async () => {
    const own = repository();
    const version = `miniapps/${SMART}/versions/9.0.0.yaml`;
    for (const path of [own.file(version), own.file('stray.bin'), join(own.home, 'large.bin')]) {
      const file = openSync(path, 'w');
      ftruncateSync(file, 10 * 1024 ** 3);
      closeSync(file);
    }
    const { code, value } = await own.runJson('plan', '--actor', 'alice');
    expect(code).toBe(1);
    expect(value.problems.map((problem: any) => `${problem.code} ${problem.file}`).sort()).toEqual([
      'change-mixed large.bin',
      `file-too-large config/${version}`,
      'file-unknown config/stray.bin',
    ]);
  });

  test('with more new files than are judged: refused by count, and none is read', async () => {
    const own = repository();
    mkdirSync(own.file('apps/x'));
    // One of these names is an editor's litter, and not counted.
    for (let i = 0; i < 20_002; i += 1) writeFileSync(own.file(`apps/x/${i}`), '');
    const { code, value } = await own.runJson('plan', '--actor', 'alice');
    expect(code).toBe(1);
    expect(value.problems.map((problem: any) => `${problem.code} ${problem.file}`)).toEqual([
      'change-too-large config/apps/x',
    ]);
  }, 60_000);

  test('is its bytes, whatever filters and line ends are asked for', () => {
    const own = repository();
    const file = 'people/bob.yaml';
    writeFileSync(join(own.home, '.git/info/attributes'), '*.yaml filter=shout text eol=crlf\n');
    own.git('config', 'filter.shout.clean', 'tr a-z A-Z');
    own.write(file, 'login: bob\r\n');
    const temporary = scratch(own.home);
    const { commit } = worktreeCommit(temporary, own.git('rev-parse', 'HEAD'), () => true);
    const found = execFileSync('git', ['cat-file', 'blob', `${commit}:config/${file}`], {
      cwd: own.home,
      env: { ...process.env, ...temporary.env },
      encoding: 'utf8',
    });
    expect(found).toBe('login: bob\r\n');
    expect(readdirSync(temporary.home)).toContain('objects');
    temporary.remove();
  });
});

test('a merge of a branch with a tree that unfolds ends soon', () => {
  const own = repository();
  const { tree, blob } = maker(own);
  const bomb = unfolding(own, 6, ten, tree([`100644 blob ${blob('x')}\tx.yaml`]));
  const lines = (word: string) => blob(`${word}\n${'a line like others\n'.repeat(20)}`);
  const commit = (entries: string[], ...parents: string[]) =>
    own.git('commit-tree', tree(entries), ...parents.flatMap((parent) => ['-p', parent]), '-m', 'x');
  // What one side edits and the other moves makes Git compare all new files.
  const start = commit([`100644 blob ${lines('a')}\ta.txt`], own.git('rev-parse', 'main'));
  const edited = commit([`100644 blob ${lines('b')}\ta.txt`], start);
  const moved = commit([`040000 tree ${bomb}\tbomb`, `100644 blob ${lines('a')}\tz.txt`], start);
  const merge = { id: moved, tree: bomb, parents: [moved, edited], isMixed: false };
  const temporary = scratch(own.home);
  const began = performance.now();
  expect(mergeKinds(temporary, [merge], 0.3)).toEqual(new Map([[moved, 'late']]));
  expect(performance.now() - began).toBeLessThan(30_000);
  temporary.remove();
});
