/** Merges in real repositories: those that Git makes by itself, and those in which somebody wrote. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { oneEntry, unfolding } from '../../fixtures/made-trees.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { withGit } from '../../fixtures/scripted-git.ts';

import { writtenMerges } from './written-merges.ts';

const LINES = Array.from({ length: 30 }, (_, i) => `line ${i}`);

let own: TestRepository;

beforeEach(() => {
  own = repository(temporaryFolder('merges'), false);
  own.git('init', '-q', '-b', 'main');
  mkdirSync(join(own.home, 'config'));
  write({ a: LINES });
  own.commit();
});
afterAll(removeRepositories);

const write = (files: Readonly<Record<string, readonly string[]>>): void => {
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(own.home, name), lines.join('\n'));
};
const withLine = (at: number, text: string): string[] => LINES.with(at, text);

/** A commit of a tree. */
const commitOf = (tree: string, ...parents: string[]): string =>
  own.git('commit-tree', tree, '-m', 'made', ...parents.flatMap((parent) => ['-p', parent]));

/** A merge of two sides that hold a folder in place of a file's content: Git ends when it reads one. */
function strange(): string {
  const tip = own.git('rev-parse', 'HEAD');
  const [one, two] = ['one', 'two'].map((name) => {
    const inner = oneEntry(own, '100644', name, own.git('rev-parse', 'HEAD:a'));
    return commitOf(oneEntry(own, '100644', 'zz', inner), tip);
  });
  return commitOf(own.git('rev-parse', 'HEAD^{tree}'), one!, two!);
}

/** A branch and `main` go different ways from the tip; both are merged, and `solve` is what is written before the commit. */
function merged(branch: () => void, main: () => void, solve?: () => void): string {
  own.git('switch', '-q', '-c', 'branch');
  branch();
  own.commit({ message: 'branch' });
  own.git('switch', '-q', 'main');
  main();
  own.commit({ message: 'main' });
  try {
    own.git('merge', '-q', '--no-ff', '--no-commit', 'branch');
  } catch (error) {
    // A conflict, which is solved.
    if (!solve) throw error;
  }
  solve?.();
  const merge = own.commit({ message: 'merge' });
  own.git('branch', '-q', '-D', 'branch');
  return merge;
}

const found = (written: string[], unseen: Readonly<Record<string, string>> = {}) => ({
  written: new Set(written),
  unseen: new Map(Object.entries(unseen)),
});
const TEN = Array.from({ length: 10 }, (_, i) => `f${i}`);
/** Limits of seconds in which a test ends. */
const SHORT = { batch: 100, seconds: 0.5, each: 0.01, alone: 0.5, lost: 60 };

const none = (): void => write({ other: ['main'] });
const isWritten = (commit: string): boolean => writtenMerges(own.home, [commit]).written.has(commit);

test.each<[string, () => void, () => void, (() => void) | undefined, boolean]>([
  ['each side another file', () => write({ b: ['branch'] }), none, undefined, false],
  [
    'both sides one file',
    () => write({ a: withLine(2, 'x') }),
    () => write({ a: withLine(25, 'y') }),
    undefined,
    false,
  ],
  ['a file more', () => write({ b: ['branch'] }), none, () => write({ evil: ['x'] }), true],
  ['another line', () => write({ a: withLine(2, 'x') }), none, () => write({ a: withLine(2, 'evil') }), true],
  [
    'what main did taken back',
    () => write({ b: ['branch'] }),
    () => write({ a: withLine(2, 'x') }),
    () => write({ a: LINES }),
    true,
  ],
  [
    'a conflict solved',
    () => write({ a: withLine(2, 'x') }),
    () => write({ a: withLine(2, 'y') }),
    () => write({ a: LINES }),
    true,
  ],
  [
    'an edit carried to where the file was moved',
    () => write({ a: withLine(2, 'x') }),
    () => own.git('mv', 'a', 'moved'),
    undefined,
    true,
  ],
])('%s', (_, branch, main, solve, expected) => expect(isWritten(merged(branch, main, solve))).toBe(expected));

test('histories that have nothing in common, and what comes after them; three parents', async () => {
  own.git('switch', '-q', '--orphan', 'apart');
  write({ apart: ['x'] });
  own.commit();
  own.git('switch', '-q', 'main');
  own.git('merge', '-q', '--allow-unrelated-histories', '-m', 'unrelated', 'apart');
  const unrelated = own.git('rev-parse', 'HEAD');
  const automatic = merged(() => write({ b: ['branch'] }), none);
  const evil = merged(
    () => write({ c: ['branch'] }),
    () => write({ other: ['more'] }),
    () => write({ evil: ['x'] }),
  );
  for (const name of ['one', 'two']) {
    own.git('switch', '-q', '-c', name, 'main');
    write({ [name]: ['x'] });
    own.commit();
  }
  own.git('switch', '-q', 'main');
  own.git('merge', '-q', '--no-ff', '-m', 'three', 'one', 'two');
  const three = own.git('rev-parse', 'HEAD');
  const all = [unrelated, automatic, evil, three];
  expect(writtenMerges(own.home, all)).toEqual(found([unrelated, evil, three]));
  expect(writtenMerges(own.home, [])).toEqual(found([]));
  // As Git 2.38 answers, which merges one pair at a time alone: it is asked for several once, and loses no time.
  const log = join(temporaryFolder('log'), 'log');
  await withGit(`case "$*" in *merge-tree*--stdin*) echo x >> ${log}; exit 129;; esac`, () =>
    expect(writtenMerges(own.home, all, { ...SHORT, batch: 2, lost: 0.1 })).toEqual(found([unrelated, evil, three])),
  );
  expect(readFileSync(log, 'utf8')).toBe('x\n');
});

test('a Git that makes no merge without a working tree knows of none but those that are none of Git’s', async () => {
  const automatic = merged(() => write({ b: ['branch'] }), none);
  await withGit('case "$*" in *merge-tree*) exit 129;; esac', () =>
    expect(writtenMerges(own.home, [automatic])).toEqual(found([], { [automatic]: 'git' })),
  );
});

describe('a merge that Git does not make', () => {
  const several = (): string[] => {
    const evil = merged(
      () => write({ c: ['branch'] }),
      () => write({ other: ['more'] }),
      () => write({ evil: ['x'] }),
    );
    const automatic = merged(
      () => write({ d: ['branch'] }),
      () => write({ other: ['most'] }),
    );
    return [evil, automatic];
  };

  test('counts as written, and hides no other', () => {
    const before = several();
    const one = strange();
    write({ b: ['main'] });
    own.commit();
    const other = strange();
    const answers = writtenMerges(own.home, [one, ...before, other]);
    expect(answers).toEqual(found([one, before[0]!, other]));
  });

  test('is not known for one in a partial clone, or where Git cannot write', async () => {
    const one = strange();
    own.git('config', 'remote.origin.promisor', 'true');
    expect(writtenMerges(own.home, [one])).toEqual(found([], { [one]: 'objects' }));
    own.git('config', '--unset', 'remote.origin.promisor');
    const [, automatic] = several();
    const full = 'case "$*" in *merge-tree*|*hash-object*) echo "fatal: No space left on device" >&2; exit 128;; esac';
    await withGit(full, () => expect(() => writtenMerges(own.home, [automatic!])).toThrow('No space left'));
  });

  test('as an object is missing is not known for one', () => {
    write({ other: ['x'] });
    const tip = own.git('rev-parse', 'HEAD');
    const missing = '1'.repeat(40);
    const [tree, other] = [own.git('rev-parse', 'HEAD^{tree}'), oneEntry(own, '100644', 'a', missing)];
    const merge = commitOf(
      tree,
      commitOf(oneEntry(own, '100644', 'a', own.git('hash-object', '-w', 'other')), tip),
      commitOf(other, tip),
    );
    expect(writtenMerges(own.home, [merge])).toEqual(found([], { [merge]: 'objects' }));
  });

  test('as its trees unfold, counts as written; others cost no more for it', () => {
    const [evil, automatic] = several();
    const bombs = ['x', 'y'].map((name) => {
      const sides = [`${name}1`, `${name}2`, `${name}3`].map((leaf) => {
        const blob = own.git('rev-parse', 'HEAD:a');
        const tree = unfolding(own, 6, TEN, oneEntry(own, '100644', leaf, blob));
        return commitOf(tree, own.git('rev-parse', 'HEAD'));
      });
      return commitOf(own.git('rev-parse', `${sides[2]}^{tree}`), sides[0]!, sides[1]!);
    });
    const began = performance.now();
    const answers = writtenMerges(own.home, [bombs[0]!, evil!, bombs[1]!, automatic!], { ...SHORT, alone: 60 });
    expect(answers).toEqual(found([bombs[0]!, evil!, bombs[1]!]));
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});

test('merges of histories that have nothing in common cost no process each', async () => {
  const many = Array.from({ length: 30 }, (_, i) => {
    write({ many: [`${i}`] });
    own.git('add', '-A');
    const tree = own.git('write-tree');
    return commitOf(tree, own.git('rev-parse', 'HEAD'), commitOf(tree));
  });
  const log = join(temporaryFolder('log'), 'log');
  await withGit(`echo "$*" >> ${log}`, () => expect(writtenMerges(own.home, many)).toEqual(found(many)));
  expect(readFileSync(log, 'utf8').split('\n').length).toBeLessThan(10);
});

describe('a merge that Git cannot make again in time', () => {
  let [automatic, evil, slow] = ['', '', ''];
  beforeEach(() => {
    automatic = merged(() => write({ b: ['branch'] }), none);
    evil = merged(
      () => write({ c: ['branch'] }),
      () => write({ other: ['more'] }),
      () => write({ evil: ['x'] }),
    );
    slow = merged(
      () => write({ d: ['branch'] }),
      () => write({ other: ['most'] }),
    );
  });
  const looked = (limits = {}) => writtenMerges(own.home, [automatic, evil, slow], { ...SHORT, ...limits });

  test.each([
    ['takes long', 'exec sleep 20'],
    ['ends Git', 'kill -9 $$'],
  ])('is known as such, and hides no other: it %s', async (_, how) => {
    const parent = own.git('rev-parse', `${slow}^2`);
    const script = `case "$*" in *--stdin*|*merge-tree*${parent}*) ${how};; esac`;
    await withGit(`case "$*" in *merge-tree*) ${script};; esac`, () =>
      expect(looked()).toEqual(found([evil], { [slow]: 'time' })),
    );
  });

  test('takes no time of others: those that are slow together are asked alone, and one that is slow alone is asked last', async () => {
    await withGit('case "$*" in *merge-tree*--stdin*) exec sleep 20;; esac', () =>
      expect(looked({ lost: 0.1 })).toEqual(found([evil])),
    );
    const parent = own.git('rev-parse', `${slow}^2`);
    await withGit(`case "$*" in *merge-tree*--stdin*) exec sleep 20;; *merge-tree*${parent}*) sleep 1;; esac`, () =>
      expect(writtenMerges(own.home, [slow, automatic, evil], { ...SHORT, alone: 20 })).toEqual(found([evil])),
    );
  });

  test('where Git takes longer than a short look for each, however many, each has the time of a long one', async () => {
    await withGit('case "$*" in *merge-tree*) sleep 1;; esac', () =>
      expect(looked({ alone: 20, lost: 0.6 })).toEqual(found([evil])),
    );
  });

  test('what is left when the time is over is not looked at', async () => {
    await withGit('case "$*" in *merge-tree*) exec sleep 20;; esac', () =>
      expect(looked({ lost: 0 })).toEqual(found([], { [automatic]: 'time', [evil]: 'time', [slow]: 'time' })),
    );
  });
});
