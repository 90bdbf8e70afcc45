/** Folders with more in them than a call takes arguments, as a commit has them that brings a platform from elsewhere. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneEntry } from '../fixtures/made-trees.ts';
import { removeRepositories, repository, type TestRepository } from '../fixtures/repository.ts';
import { addedBefore } from './history/past.ts';
import { unfoldingAmong } from './objects/unfolding.ts';

const COUNT = 150_000;
let own: TestRepository;
/** A tree with so many miniapps. */
let tree: string;

beforeAll(() => {
  own = repository();
  const blob = own.git('hash-object', '-w', own.file('platform.yaml'));
  const miniapp = oneEntry(own, '100644', 'miniapp.yaml', blob);
  const rows = Array.from({ length: COUNT }, (_, i) => `040000 tree ${miniapp}\tty${String(i).padStart(14, '0')}\n`);
  const made = execFileSync('git', ['mktree'], { cwd: own.home, input: rows.join(''), encoding: 'utf8' });
  tree = oneEntry(own, '40000', 'config', oneEntry(own, '40000', 'miniapps', made.trim()));
});
afterAll(removeRepositories);

test('what a commit adds of them is before the commit that follows it', () => {
  const brought = own.git('commit-tree', tree, '-p', 'HEAD', '-m', 'Import');
  const next = own.git('commit-tree', tree, '-p', brought, '-m', 'Next');
  const found = addedBefore(own.home, next, 'config')(next);
  expect(found.filter((path) => path.endsWith('/miniapp.yaml')).length).toBeGreaterThanOrEqual(COUNT);
});

test('they are counted, and are no more than may be', () => {
  expect([...unfoldingAmong(own.home, [tree])]).toEqual([]);
});
