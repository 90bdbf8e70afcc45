/** The working tree as a commit: what is on disk now, whatever the index says of it, and no trace left. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { SMART } from '../../fixtures/workspace.ts';
import { merge } from '../merges/merge.ts';
import { scratch } from '../stores/scratch.ts';
import { worktreeCommit } from './worktree-commit.ts';

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
    return merge(
      folder,
      head,
      worktreeCommit(temporary, own.git('rev-parse', 'HEAD'), () => true).commit,
      temporary,
    ).differences.map(({ path }) => path);
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

test('a repository in the repository that has no commit yet is nothing that can be committed', () => {
  own.git('init', '-q', 'nested');
  own.edit(release, 'enabled: true', 'enabled: false');
  expect(changed()).toEqual([`config/${release}`]);
});

// Elsewhere file systems take no such name.
test.runIf(process.platform === 'linux')('a file whose name is not UTF-8, new, staged and removed again', () => {
  const file = Buffer.concat([Buffer.from(`${own.file('people')}/`), Buffer.from([0xff, 0x2e])]);
  writeFileSync(file, 'x');
  expect(changed()).toEqual(['config/people/\uFFFD.']);
  own.git('add', '-A');
  expect(changed()).toEqual(['config/people/\uFFFD.']);
  rmSync(file);
  expect(changed()).toEqual([]);
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

/** What Git itself would commit of everything that is there, by an index of its own. */
function byGit({ home }: TestRepository): string {
  const index = join(temporaryFolder('index'), 'index');
  copyFileSync(join(home, '.git/index'), index);
  // A copy is newer than what was written since the index was, which Git would take for unchanged: of an old one it reads every file.
  utimesSync(index, 1, 1);
  const run = (...args: string[]) =>
    execFileSync('git', args, { cwd: home, env: { ...process.env, GIT_INDEX_FILE: index }, encoding: 'utf8' }).trim();
  run('add', '--all');
  return run('write-tree');
}

const PATHS = ['a', 'a/b', 'a/b/c', 'a.b', 'z/1', 'z/2', 'line\nend', '"quoted"', 'é'].map(
  (path) => `config/apps/${path}`,
);
type Step = readonly [kind: string, path: string];
const steps: Readonly<Record<string, (own: TestRepository, path: string) => void>> = {
  write(own, path) {
    const file = join(own.home, path);
    rmSync(file, { recursive: true, force: true });
    for (let above = dirname(file); above !== own.home; above = dirname(above)) unlessFolder(above);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${Math.random()}`);
  },
  remove: (own, path) => rmSync(join(own.home, path), { recursive: true, force: true }),
  execute: (own, path) => chmodSync(join(own.home, path), 0o755),
  touch: (own, path) => utimesSync(join(own.home, path), 1, 1),
  add: (own, path) => void own.git('add', '--all', '--', `:(literal)${path}`),
  'intend to add': (own, path) => void own.git('add', '--intent-to-add', '--', `:(literal)${path}`),
  'leave out of the index': (own, path) => void own.git('rm', '-q', '-r', '--cached', '--', `:(literal)${path}`),
  commit: (own) => void own.git('commit', '-q', '-m', 'x'),
};

/** Makes way for a folder where a file stands. */
function unlessFolder(path: string): void {
  try {
    readFileSync(path);
    rmSync(path);
  } catch (error) {
    if (!['EISDIR', 'ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)) throw error;
  }
}

test('after any edits, staged or not, it has the tree that Git would make of them', () => {
  const done = new Set<string>();
  const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom('write', ...Object.keys(steps)), fc.constantFrom(...PATHS));
  const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(rounds, (taken) => {
      own.git('reset', '-q', '--hard');
      for (const path of ['a/b/c', 'a.b', 'z/1', '"quoted"']) steps['write']!(own, `config/apps/${path}`);
      own.git('add', '--all');
      own.git('commit', '-q', '--allow-empty', '-m', 'x');
      for (const [kind, path] of taken.flatMap((round) => [...round, ['compare', ''] as const])) {
        if (kind === 'compare') expect(byUs(own)).toBe(byGit(own));
        else if (isDone(own, [kind, path])) done.add(kind);
      }
    }),
    { numRuns: 12 },
  );
  expect([...done].sort()).toEqual(Object.keys(steps).sort());
}, 120_000);

/** Whether it could be done: what is not there cannot be touched. */
function isDone(one: TestRepository, [kind, path]: Step): boolean {
  try {
    steps[kind]!(one, path);
    return true;
  } catch {
    return false;
  }
}

function byUs(one: TestRepository): string {
  const temporary = scratch(one.home);
  try {
    return worktreeCommit(temporary, one.git('rev-parse', 'HEAD'), () => true).tree;
  } finally {
    temporary.remove();
  }
}
