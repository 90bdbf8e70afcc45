/** Merges in real repositories: those that Git makes by itself, and those in which somebody wrote. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { withGit } from '../fixtures/scripted-git.ts';
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
  const found = { written: new Set([unrelated, evil, three]), unseen: new Set() };
  expect(writtenMerges(own.home, [unrelated, automatic, evil, three])).toEqual(found);
  expect(writtenMerges(own.home, [])).toEqual({ written: new Set(), unseen: new Set() });
  // As Git 2.38 answers, which merges one pair at a time alone.
  await withGit('case "$*" in *merge-tree*--stdin*) exit 129;; esac', () =>
    expect(writtenMerges(own.home, [unrelated, automatic, evil, three])).toEqual(found),
  );
});

/** An object made of its bytes, whatever they are. */
const object = (type: 'tree' | 'blob', bytes: Buffer): string =>
  execFileSync('git', ['hash-object', '-w', '-t', type, '--stdin', '--literally'], { cwd: own.home, input: bytes })
    .toString()
    .trim();
const treeOf = (...entries: (readonly [mode: string, name: string, id: string])[]): string =>
  object(
    'tree',
    Buffer.concat(
      entries.map(([mode, name, id]) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')])),
    ),
  );
const commitOf = (tree: string, ...parents: string[]): string =>
  own.git('commit-tree', tree, '-m', 'x', ...parents.flatMap((parent) => ['-p', parent]));
const blob = (text: string): string => object('blob', Buffer.from(text));

test('a merge whose parents Git cannot merge is somebody’s, and hides no other', () => {
  const [a, b, c] = [blob('a'), blob('b'), blob('c')];
  const start = commitOf(treeOf(['100644', 'f', a], ['100644', 'zz', a]));
  const folders = [treeOf(['100644', 'one', a]), treeOf(['100644', 'two', b])];
  const [one, other] = folders.map((id, i) =>
    commitOf(treeOf(['100644', 'f', [b, c][i]!], ['100644', 'zz', id]), start),
  );
  const hostile = commitOf(treeOf(['100644', 'f', a]), one!, other!);
  const evil = merged(
    () => write({ c: ['branch'] }),
    () => write({ other: ['more'] }),
    () => write({ evil: ['x'] }),
  );
  const automatic = merged(() => write({ b: ['branch'] }), none);
  const found = writtenMerges(own.home, [hostile, evil, automatic]);
  expect(found).toEqual({ written: new Set([hostile, evil]), unseen: new Set() });
});

test('a merge of which an object is missing is an error, and accuses nobody', () => {
  const [a, b] = [blob('a'), blob('b')];
  const missing = '1'.repeat(40);
  const start = commitOf(treeOf(['100644', 'f', a]));
  const sides = [b, missing].map((id) => commitOf(treeOf(['100644', 'f', id]), start));
  const merge = commitOf(treeOf(['100644', 'f', b]), ...sides);
  expect(() => writtenMerges(own.home, [merge])).toThrow(missing);
});

test('merges whose trees unfold are not looked at, and hide no other', () => {
  const bomb = (text: string): string => {
    let below = treeOf(['100644', 'x', blob(text)]);
    for (let level = 0; level < 7; level += 1)
      below = treeOf(...Array.from({ length: 10 }, (_, i) => ['40000', `f${i}`, below] as const));
    return below;
  };
  const start = own.git('rev-parse', 'main');
  const [one, other, merge] = [bomb('a'), bomb('b'), bomb('c')];
  const hostile = commitOf(
    treeOf(['40000', 'bomb', merge]),
    ...[one, other].map((id) => commitOf(treeOf(['40000', 'bomb', id]), start)),
  );
  const automatic = merged(() => write({ b: ['branch'] }), none);
  const evil = merged(
    () => write({ c: ['branch'] }),
    () => write({ other: ['more'] }),
    () => write({ evil: ['x'] }),
  );
  const began = performance.now();
  const found = writtenMerges(own.home, [hostile, automatic, evil], { all: 3, one: 1 });
  expect(found.written.has(evil)).toBe(true);
  expect([found.written.has(automatic), found.unseen.has(automatic), found.unseen.has(evil)]).toEqual([
    false,
    false,
    false,
  ]);
  expect(found.unseen.has(hostile) || found.written.has(hostile)).toBe(true);
  expect(performance.now() - began).toBeLessThan(30_000);
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
  const looked = (limits?: { all: number; one: number }) => writtenMerges(own.home, [automatic, evil, slow], limits);
  const found = (written: string[], unseen: string[]) => ({ written: new Set(written), unseen: new Set(unseen) });

  test.each([
    ['takes long', 'exec sleep 20'],
    ['ends Git', 'kill -9 $$'],
  ])('is known as such, and hides no other: it %s', async (_, how) => {
    const parent = own.git('rev-parse', `${slow}^2`);
    const script = `case "$*" in *--stdin*|*merge-tree*${parent}*) ${how};; esac`;
    await withGit(`case "$*" in *merge-tree*) ${script};; esac`, () =>
      expect(looked({ all: 0.5, one: 0.5 })).toEqual(found([evil], [slow])),
    );
  });

  test('what is left when the time is over is not looked at', async () => {
    await withGit('case "$*" in *merge-tree*) exec sleep 20;; esac', () =>
      expect(looked({ all: 0.2, one: 0.2 }).unseen.size).toBe(3),
    );
  });
});
