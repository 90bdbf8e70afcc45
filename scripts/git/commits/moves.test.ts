/** A merge carries nothing to another place: real histories, merged by Git, each path judged by its own three versions. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyRepository, writeCommits, type CommitFiles, type WrittenCommit } from '../../fixtures/commits.ts';
import { removeRepositories, temporaryFolder } from '../../fixtures/repository.ts';
import { mergeBases, noteMergeBases } from './fetch.ts';
import { merge, type Merge } from '../merges/merge.ts';
import { scratch, type Scratch } from '../stores/scratch.ts';

let home: string;
let temporary: Scratch;

beforeAll(() => {
  home = temporaryFolder('moves');
  emptyRepository(home);
  temporary = scratch(home);
});
afterAll(() => {
  temporary.remove();
  removeRepositories();
});

/** A file of ten lines, like others of its kind; the words stand in the line of their number. */
const text = (name: string, lines: Readonly<Record<number, string>> = {}) =>
  Array.from({ length: 10 }, (_, i) => `${lines[i] ?? (i === 9 ? name : `line ${i}`)}\n`).join('');

/** The last of these commits merged into the one before. */
function merged(commits: readonly WrittenCommit[]): Merge {
  const [base = '', head = ''] = writeCommits(home, commits).slice(-2);
  return merge(home, base, head, temporary);
}

/** Main and a branch from the same commit. */
const parted = (start: CommitFiles, main: CommitFiles, branch: CommitFiles): Merge =>
  merged([{ files: start }, { files: main, parents: [0] }, { files: branch, parents: [0] }]);

const A = { 'v/1.2.0': text('one') };
const EDITED = text('one', { 4: 'approved' });
const MOVED = { 'v/1.2.0': null, 'v/1.4.0': text('other') };
const pair = [{ from: 'v/1.2.0', to: 'v/1.4.0' }];

describe('refused, with both paths', () => {
  test.each<[string, CommitFiles, CommitFiles, CommitFiles, Merge['moves']]>([
    ['main moved what the branch edits', A, MOVED, { 'v/1.2.0': EDITED }, pair],
    ['the branch moved what main edits', A, { 'v/1.2.0': EDITED }, MOVED, pair],
    ['main moved it as it is', A, { 'v/1.2.0': null, 'v/1.4.0': text('one') }, { 'v/1.2.0': EDITED }, pair],
    ['main moved it, and has the edit already', A, { 'v/1.2.0': null, 'v/1.4.0': EDITED }, { 'v/1.2.0': EDITED }, pair],
    [
      'main moved it out of the folder',
      A,
      { 'v/1.2.0': null, 'elsewhere/x': text('other') },
      { 'v/1.2.0': EDITED },
      [{ from: 'v/1.2.0', to: 'elsewhere/x' }],
    ],
    [
      'main moved the whole folder',
      { 'a/1': text('one'), 'a/2': text('two') },
      { 'a/1': null, 'a/2': null, 'b/1': text('one'), 'b/2': text('two') },
      { 'a/1': text('one', { 4: 'x' }) },
      [{ from: 'a/1', to: 'b/1' }],
    ],
  ])('%s', (_, start, main, branch, moves) => {
    const { conflicts, moves: found } = parted(start, main, branch);
    expect({ conflicts, found }).toEqual({ conflicts: [], found: moves });
  });

  test('after branches were merged crosswise', () => {
    const commits = writeCommits(home, [
      { files: { ...A, x: 'x', y: 'y' } },
      { files: { x: 'x1' }, parents: [0] },
      { files: { y: 'y1' }, parents: [0] },
      { files: { y: 'y1', ...MOVED }, parents: [1, 2] },
      { files: { x: 'x1', 'v/1.2.0': EDITED }, parents: [2, 1] },
    ]);
    const [base = '', head = ''] = commits.slice(-2);
    expect(mergeBases(home, base, head)).toHaveLength(2);
    expect(merge(home, base, head, temporary).moves).toEqual(pair);
  });

  test('a new file of the branch in a folder that main moved is a conflict', () => {
    const start = { 'a/1': text('one'), 'a/2': text('two') };
    const main = { 'a/1': null, 'a/2': null, 'b/1': text('one'), 'b/2': text('two') };
    expect(parted(start, main, { 'a/3': text('three') }).conflicts).not.toEqual([]);
  });
});

describe('merged in its place', () => {
  test.each<[string, CommitFiles, CommitFiles, CommitFiles]>([
    ['other files', A, { x: 'x' }, { 'v/1.2.0': EDITED }],
    [
      'both sides in one file',
      A,
      { 'v/1.2.0': text('one', { 0: 'main' }) },
      { 'v/1.2.0': text('one', { 8: 'branch' }) },
    ],
    ['the same edit on both sides', A, { 'v/1.2.0': EDITED }, { 'v/1.2.0': EDITED, x: 'x' }],
    ['both moved it alike', A, MOVED, { ...MOVED, x: 'x' }],
    ['both removed it', A, { 'v/1.2.0': null }, { 'v/1.2.0': null, x: 'x' }],
    ['the branch moved it, and main left it', A, { x: 'x' }, { ...MOVED }],
    ['main moved it, and the branch left it', A, MOVED, { x: 'x' }],
    ['main added one like it', A, { 'v/1.4.0': text('other') }, { 'v/1.2.0': EDITED }],
  ])('%s', (_, start, main, branch) => {
    expect(parted(start, main, branch)).toMatchObject({ conflicts: [], moves: [] });
  });

  test('a mode that one side changed, and content that the other did', () => {
    const executable = ['v/1.2.0'];
    const sides = [
      { files: A, executable, parents: [0] },
      { files: { 'v/1.2.0': EDITED }, parents: [0] },
    ];
    expect(merged([{ files: A }, ...sides])).toMatchObject({ conflicts: [], moves: [] });
    expect(merged([{ files: A }, ...sides.toReversed()])).toMatchObject({ conflicts: [], moves: [] });
  });

  test('a base that is in the head already, in a merge of three', () => {
    const files = { ...A, 'one/x': text('one'), 'two/x': text('two') };
    const sides = [
      { files: { 'one/x': text('one') }, parents: [0] },
      { files: { 'two/x': text('two') }, parents: [0] },
    ];
    const commits = writeCommits(home, [{ files: A }, ...sides, { files, parents: [0, 1, 2] }]);
    expect(merge(home, commits[0]!, commits[3]!, temporary)).toMatchObject({ conflicts: [], moves: [] });
    expect(merge(home, commits[1]!, commits[3]!, temporary)).toMatchObject({ conflicts: [], moves: [] });
  });
});

/** What somebody does to files: `move` takes it elsewhere and edits it there. */
interface FileOperation {
  readonly kind: 'edit' | 'move' | 'remove' | 'add';
  readonly path: string;
  readonly to: string;
  readonly line: number;
  readonly word: string;
}

type State = ReadonlyMap<string, string>;

function after(before: State, operations: readonly FileOperation[]): State {
  const files = new Map(before);
  for (const { kind, path, to, line, word } of operations) {
    const own = files.get(path);
    const edited = (content: string) => content.split('\n').with(line, word).join('\n');
    if (kind === 'add') files.set(path, edited(text(path)));
    if (own === undefined || kind === 'add') continue;
    if (kind !== 'edit') files.delete(path);
    if (kind !== 'remove') files.set(kind === 'move' ? to : path, edited(own));
  }
  return files;
}

const filesOf = (before: State, now: State): CommitFiles => ({
  ...Object.fromEntries([...before.keys()].map((path) => [path, null])),
  ...Object.fromEntries(now),
});

const changedIn = (before: State, now: State): string[] =>
  [...new Set([...before.keys(), ...now.keys()])].filter((path) => before.get(path) !== now.get(path));

test('whatever is accepted changes no path that the branch does not change, and what only it changes as it has it', () => {
  const path = fc.constantFrom('a/1', 'a/2', 'b/1', 'b/2', 'c');
  const operation = fc.record({
    kind: fc.constantFrom('edit' as const, 'edit', 'move', 'move', 'remove', 'add'),
    ...{ path, to: path, line: fc.nat(8), word: fc.constantFrom('x', 'y') },
  });
  const start: State = new Map([
    ['a/1', text('one')],
    ['a/2', text('two')],
    ['c', text('three')],
  ]);
  const operations = fc.array(operation, { minLength: 1, maxLength: 3 });
  const stories = fc.sample(fc.tuple(operations, operations), { numRuns: 30, seed: 5 });
  const sides = stories.map((story) => story.map((own) => after(start, own)));
  const changes = sides.flat().map((side) => ({ files: filesOf(start, side), parents: [0] }));
  const [root = '', ...commits] = writeCommits(home, [{ files: Object.fromEntries(start) }, ...changes]);
  const counts = { accepted: 0, moved: 0, conflicts: 0 };
  sides.forEach(([main = start, branch = start], i) => {
    noteMergeBases(home, commits[2 * i]!, commits[2 * i + 1]!, [root]);
    const { tree, moves, differences } = merge(home, commits[2 * i]!, commits[2 * i + 1]!, temporary);
    counts[tree === undefined ? 'conflicts' : moves.length > 0 ? 'moved' : 'accepted'] += 1;
    if (tree === undefined || moves.length > 0) return;
    const landed = new Map(differences.map((one) => [one.path, one.after]));
    const [ours, own] = [new Set(changedIn(start, main)), changedIn(start, branch)];
    expect(own).toEqual(expect.arrayContaining([...landed.keys()]));
    for (const one of own.filter((other) => !ours.has(other))) {
      expect(landed.has(one)).toBe(true);
      expect(landed.get(one) === undefined).toBe(!branch.has(one));
    }
  });
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(1);
});
