/** What is remembered of objects, and what never is. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { SMART } from '../../fixtures/workspace.ts';
import { commitSource } from '../objects/commit-source.ts';
import { haveCommonHistory, isAncestor, missingCommits } from '../commits/fetch.ts';
import { keep, known, cached } from './cache.ts';
import { merge } from '../merges/merge.ts';
import { pastOf } from '../history/past.ts';
import { scratch } from './scratch.ts';

const ID = 'a'.repeat(40);
const release = `miniapps/${SMART}/release.yaml`;
let own: TestRepository;

beforeEach(() => {
  own = repository();
});
afterAll(removeRepositories);

test('a question about ids is asked once; one about a name, or of another folder, again', () => {
  const folder = temporaryFolder('memory');
  let asked = 0;
  const ask = (where: string, name: string) => cached(where, [name], ['counted'], () => ++asked);
  expect([ask(folder, ID), ask(folder, ID)]).toEqual([1, 1]);
  expect([ask(folder, 'main'), ask(folder, 'main'), ask(folder, ID.slice(1))]).toEqual([2, 3, 4]);
  expect(ask(`${folder}/other`, ID)).toBe(5);
});

test('what fails is asked again', () => {
  const fail = (): string => {
    throw new Error('not now');
  };
  expect(() => cached('/', [ID], ['failing'], fail)).toThrow('not now');
  expect(cached('/', [ID], ['failing'], () => 'now')).toBe('now');
});

test('it forgets rather than grow, and does not begin to keep what is larger than all', () => {
  keep('/', [ID], ['large'], 'x', 2 ** 40);
  expect(known('/', [ID], ['large'])).toBeUndefined();
  for (let i = 0; i < 5; i++) keep('/', [ID], [`part ${i}`], i, 20 * 1024 ** 2);
  const left = [0, 1, 2, 3, 4].filter((i) => known('/', [ID], [`part ${i}`]) !== undefined);
  expect(left).toEqual([3, 4]);
});

test('a commit that was missing is found once it is there', () => {
  const clone = temporaryFolder('clone');
  execFileSync('git', ['clone', '-q', own.home, '.'], { cwd: clone, stdio: 'pipe' });
  own.edit(release, 'enabled: true', 'enabled: false');
  const commit = own.commit();
  expect(missingCommits(clone, [commit])).toEqual([commit]);
  expect(missingCommits(clone, [commit])).toEqual([commit]);
  execFileSync('git', ['fetch', '-q'], { cwd: clone, stdio: 'pipe' });
  expect(missingCommits(clone, [commit, ID])).toEqual([ID]);
  expect(missingCommits(clone, [commit])).toEqual([]);
});

test('histories are compared by commits, and by names as they are now', () => {
  const first = own.git('rev-parse', 'HEAD');
  own.git('branch', 'old');
  const second = own.commit();
  own.git('checkout', '-q', '--orphan', 'alone');
  const alone = own.commit();
  expect([isAncestor(own.home, first, second), isAncestor(own.home, second, first)]).toEqual([true, false]);
  expect([haveCommonHistory(own.home, second, first), haveCommonHistory(own.home, alone, first)]).toEqual([
    true,
    false,
  ]);
  expect([isAncestor(own.home, first, first), isAncestor(own.home, first, alone)]).toEqual([true, false]);
  expect(isAncestor(own.home, 'old', second)).toBe(true);
  own.git('branch', '-f', 'old', alone);
  expect(isAncestor(own.home, 'old', second)).toBe(false);
});

test('a merge made for one place of objects is made again for the next, where its tree is wanted', () => {
  const base = own.git('rev-parse', 'HEAD');
  own.git('checkout', '-q', '-b', 'head');
  own.edit(release, 'enabled: true', 'enabled: false');
  const head = own.commit();
  own.git('checkout', '-q', 'main');
  own.write('people/new.yaml', 'x');
  const tip = own.commit();
  expect(base).not.toBe(tip);
  const trees = [1, 2].map(() => {
    const temporary = scratch(own.home);
    try {
      const { tree } = merge(own.home, tip, head, temporary);
      expect(merge(own.home, tip, head, temporary).tree).toBe(tree);
      // The tree itself was written to this place and to no other.
      expect(own.git('cat-file', '--batch-check', '--batch-all-objects')).not.toContain(tree);
      const source = commitSource(own.home, tree!, 'config', temporary.env);
      expect(source.list('people').map(({ path }) => path)).toContain('people/new.yaml');
      expect(Buffer.from(readOf(source, release)).toString()).toContain('enabled: false');
      return tree;
    } finally {
      temporary.remove();
    }
  });
  expect(trees[0]).toBe(trees[1]);
});

function readOf(source: ReturnType<typeof commitSource>, path: string): Uint8Array {
  source.list(path);
  return source.read(path);
}

test('a shallow clone knows no past, until it is deepened', () => {
  own.edit(release, 'enabled: true', 'enabled: false');
  const tip = own.commit();
  const clone = temporaryFolder('shallow');
  execFileSync('git', ['clone', '-q', '--depth', '1', `file://${own.home}`, '.'], { cwd: clone, stdio: 'pipe' });
  expect(() => pastOf(clone, tip, 'config').wasEver(SMART)).toThrow('shallow');
  execFileSync('git', ['fetch', '-q', '--unshallow'], { cwd: clone, stdio: 'pipe' });
  expect(pastOf(clone, tip, 'config').wasEver(SMART)).toBe(true);
  expect(pastOf(`${clone}/config`, tip, 'config').versionsEver(SMART)).toContain('1.2.0');
});
