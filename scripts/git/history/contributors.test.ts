/** Who wrote the commits of a branch: merges that Git makes are nobody's, whatever else is in one is somebody's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyRepository, writeCommits, type CommitFiles, type WrittenCommit } from '../../fixtures/commits.ts';
import { removeRepositories, temporaryFolder } from '../../fixtures/repository.ts';
import { gitProcesses } from '../../fixtures/traced-git.ts';
import { writtenIn } from './contributors.ts';
import { scratch, type Scratch } from '../stores/scratch.ts';

let home: string;
let temporary: Scratch;

beforeAll(() => {
  home = temporaryFolder('contributors');
  emptyRepository(home);
  temporary = scratch(home);
});
afterAll(() => {
  temporary.remove();
  removeRepositories();
});

const by = (login: string) => ({ author: `${login} <${login}@users.noreply.github.com>` });
const GITHUB = { committer: 'GitHub <noreply@github.com>' };
const TEXT = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
const START: WrittenCommit = { files: { a: TEXT, b: TEXT }, ...by('olga') };

/** What is written in a branch of alice's that rita merged main into. */
function written(branch: CommitFiles, main: CommitFiles, merge: WrittenCommit) {
  const [, , base = '', head = ''] = writeCommits(home, [
    START,
    { files: branch, parents: [0], ...by('alice') },
    { files: main, parents: [0], ...by('olga') },
    { parents: [1, 2], ...by('rita'), ...merge },
  ]);
  const { commits, moves } = writtenIn(home, { base, head }, temporary);
  return { by: commits.map(({ addresses }) => addresses[0]!.replace(/@.*/, '')).sort(), moves };
}

describe('a merge', () => {
  const edited = (one: string) => TEXT.replace(one, `${one}x`);
  test.each<[string, CommitFiles, CommitFiles, WrittenCommit, string[]]>([
    ['of different files', { a: edited('2') }, { b: edited('2') }, { files: { b: edited('2') } }, ['alice']],
    [
      'of one file',
      { a: edited('2') },
      { a: edited('8') },
      { files: { a: edited('2').replace('8', '8x') } },
      ['alice'],
    ],
    ['by GitHub', { a: edited('2') }, { b: edited('2') }, { files: { b: edited('2') }, ...GITHUB }, ['alice']],
    [
      'the other way round',
      { a: edited('2') },
      { b: edited('2') },
      { files: { a: edited('2') }, parents: [2, 1] },
      ['alice'],
    ],
    [
      'with more in it',
      { a: edited('2') },
      { b: edited('2') },
      { files: { b: edited('2'), c: 'x' } },
      ['alice', 'rita'],
    ],
    ['with less in it', { a: edited('2') }, { b: edited('2') }, {}, ['alice', 'rita']],
    [
      'with a conflict solved',
      { a: edited('2') },
      { a: TEXT.replace('2', 'y') },
      { files: { a: edited('3') } },
      ['alice', 'rita'],
    ],
    [
      'with a conflict solved in GitHub’s editor',
      { a: edited('2') },
      { a: TEXT.replace('2', 'y') },
      { files: { a: edited('3') }, ...GITHUB },
      ['alice', 'rita'],
    ],
    [
      'with a conflict solved as one side has it',
      { a: edited('2') },
      { a: TEXT.replace('2', 'y') },
      {},
      ['alice', 'rita'],
    ],
  ])('%s', (_, branch, main, merge, expected) => {
    expect(written(branch, main, merge)).toEqual({ by: expected, moves: [] });
  });

  test('that carries an edit to another file is somebody’s, and says both', () => {
    const moved = { a: null, c: TEXT };
    const found = written({ a: edited('2') }, moved, { files: { a: null, c: edited('2') } });
    expect(found).toEqual({ by: ['alice', 'rita'], moves: [{ from: 'a', to: 'c' }] });
  });

  test('of three is somebody’s', () => {
    const [, , , base = '', head = ''] = writeCommits(home, [
      START,
      { files: { c: 'c' }, parents: [0], ...by('alice') },
      { files: { d: 'd' }, parents: [0], ...by('bob') },
      { files: { e: 'e' }, parents: [0], ...by('olga') },
      { files: { d: 'd', e: 'e' }, parents: [1, 2, 3], ...by('rita') },
    ]);
    const { commits } = writtenIn(home, { base, head }, temporary);
    expect(commits.map(({ parents }) => parents.length).sort()).toEqual([1, 1, 3]);
  });

  test('of another history is somebody’s', () => {
    const [base = '', , head = ''] = writeCommits(home, [
      START,
      { files: { z: 'z' }, ...by('bob') },
      { files: { z: 'z' }, parents: [0, 1], ...by('rita') },
    ]);
    expect(writtenIn(home, { base, head }, temporary).commits).toHaveLength(2);
  });

  test('asks Git no more often when there are many', async () => {
    const processes = async (count: number) => {
      const main = Array.from({ length: count }, (_, i) => ({
        files: { [`m${i}`]: 'm' },
        parents: [i === 0 ? 0 : i + 1],
      }));
      const merges = main.map(({ files }, i) => ({ files, parents: [i === 0 ? 1 : count + i + 1, i + 2] }));
      const ids = writeCommits(home, [START, { files: { c: 'c' }, parents: [0], ...by('alice') }, ...main, ...merges]);
      const range = { base: ids[count + 1]!, head: ids.at(-1)! };
      const started = await gitProcesses(() =>
        expect(writtenIn(home, range, temporary).commits.map(({ id }) => id)).toEqual([ids[1]]),
      );
      return started.length;
    };
    expect([await processes(2), await processes(9)]).toEqual([2, 2]);
  });

  test('after so many others is not looked into, which is said', () => {
    const merges = [1, 2, 3].map((parent) => ({ parents: [parent, 0] }));
    const commits = writeCommits(home, [START, { files: { c: 'c' }, parents: [0] }, ...merges]);
    const read = (head: string) => writtenIn(home, { base: commits[0]!, head }, temporary, 2);
    const whole = read(commits[3]!);
    expect([whole.isCut, whole.commits.map(({ id }) => id)]).toEqual([false, [commits[1]]]);
    expect(read(commits[4]!).isCut).toBe(true);
  });
});

test('whatever a message and names hold, each commit is read as it is', () => {
  const message = 'subject\n\nCo-authored-by: Ä\n <x@example.com>\n\n\u0001\ncommit 1234\n';
  const commits = writeCommits(home, [
    START,
    { parents: [0], message, author: 'Ö <a b@c>' },
    { parents: [1], message: '' },
  ]);
  const { commits: found } = writtenIn(home, { base: commits[0]!, head: commits[2]! }, temporary);
  expect(found.map(({ id, coAuthors }) => [id, coAuthors])).toEqual([
    [commits[2], []],
    [commits[1], ['Ä <x@example.com>']],
  ]);
});
