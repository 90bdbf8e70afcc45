/** The working tree as a commit: what is on disk now, whatever the index says of it, and no trace left. */
import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';
import { merge } from './merge.ts';
import { scratch } from './scratch.ts';
import { worktreeCommit } from './worktree.ts';

const release = `miniapps/${SMART}/release.yaml`;
let own: TestRepository;

beforeEach(() => {
  own = repository();
});
afterAll(removeRepositories);

/** The paths that differ between HEAD and the working tree. */
function changed(folder = own.home): string[] {
  const temporary = scratch(folder);
  try {
    const head = own.git('rev-parse', 'HEAD');
    return merge(folder, head, worktreeCommit(temporary, () => true).commit, temporary).differences.map(
      ({ path }) => path,
    );
  } finally {
    temporary.remove();
  }
}

test('changed, new and removed files, and none that is ignored', () => {
  writeFileSync(join(own.home, '.gitignore'), '*.log\n');
  writeFileSync(join(own.home, 'x.log'), 'x');
  own.edit(release, 'enabled: true', 'enabled: false');
  own.remove('people/rita.yaml');
  expect(changed()).toEqual(['.gitignore', `config/${release}`, 'config/people/rita.yaml']);
  expect(changed(join(own.home, 'config/people'))).toEqual(changed());
});

test('what is staged counts for nothing, what is on disk does', () => {
  own.edit(release, 'enabled: true', 'enabled: false');
  own.git('add', '-A');
  own.edit(release, 'enabled: false', 'enabled: true');
  own.write('people/new.yaml', 'x');
  own.git('add', '-A');
  own.remove('people/new.yaml');
  const status = own.git('status', '--porcelain');
  expect(changed()).toEqual([]);
  expect(own.git('status', '--porcelain')).toBe(status);
});

test('a file of the same size, changed in the moment in which the index was written', () => {
  // Where the file system's change time tells nothing either, as on some network drives.
  own.git('config', 'core.trustctime', 'false');
  const file = own.file(release);
  const moment = new Date('2026-01-01T00:00:00Z');
  utimesSync(file, moment, moment);
  own.git('update-index', '--refresh');
  writeFileSync(file, readFileSync(file, 'utf8').replace('1.1.0', '1.2.0'));
  utimesSync(file, moment, moment);
  utimesSync(join(own.home, '.git/index'), moment, moment);
  expect(changed()).toEqual([`config/${release}`]);
});

test('files that a sparse checkout leaves out are not removed', () => {
  own.git('sparse-checkout', 'set', '--no-cone', '/config/people/');
  expect(changed()).toEqual([]);
});

test('a conflict that is not resolved yet is what stands in the file', () => {
  own.git('switch', '-q', '-c', 'other');
  own.edit(release, 'enabled: true', 'enabled: false');
  own.commit();
  own.git('switch', '-q', 'main');
  own.edit(release, 'enabled: true', 'enabled: true # really');
  own.commit();
  expect(() => own.git('merge', '-q', 'other')).toThrow('git merge');
  expect(changed()).toEqual([`config/${release}`]);
});

test('a linked working tree, and a repository without an index', () => {
  const linked = join(temporaryFolder('linked'), 'tree');
  own.git('worktree', 'add', '-q', linked, '-b', 'other');
  const other = repository(linked, false);
  other.edit(release, 'enabled: true', 'enabled: false');
  expect(changed(linked)).toEqual([`config/${release}`]);
  expect(changed()).toEqual([]);
  rmSync(join(own.home, '.git/index'));
  own.edit(release, 'enabled: true', 'enabled: false');
  expect(changed()).toEqual([`config/${release}`]);
});
