/** What is kept in memory of a branch that was listed. */
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { emptyRepository, writeCommits } from '../../fixtures/commits.ts';
import { removeRepositories, temporaryFolder } from '../../fixtures/repository.ts';
import { branchCommits } from './branch-commits.ts';
import { keep, known } from '../stores/cache.ts';
import { scratch } from '../stores/scratch.ts';

const MB = 1024 ** 2;
const home = temporaryFolder('branch');
emptyRepository(home);
const temporary = scratch(home);
afterAll(() => {
  temporary.remove();
  removeRepositories();
});

/** A branch of one commit that says this. */
function listed(message: string) {
  const [base = '', head = ''] = writeCommits(home, [{}, { parents: [0], message }]);
  return branchCommits(temporary, { base, head })!;
}

test('the commits alone, and nothing else of what was read', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  /** What is left of several collections: one alone may leave what Git's output stood in, which is freed a turn later. */
  const used = async (): Promise<number> => {
    const left: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      collect();
      await setImmediate();
      const { heapUsed, external } = process.memoryUsage();
      left.push(heapUsed + external);
    }
    return Math.min(...left);
  };
  const before = await used();
  const commits = listed('x'.repeat(16 * MB));
  expect(((await used()) - before) / MB).toBeLessThan(8);
  expect(commits[0]!.addresses).toEqual(['t@example.com']);
});

test('texts that are kept count: others make room for them', () => {
  const id = 'b'.repeat(40);
  keep('/', [id], ['filler'], 'x', 62 * MB);
  const [commit] = listed(`x\n\nCo-authored-by: ${'y'.repeat(3 * MB)}`);
  expect(commit!.coAuthors[0]).toHaveLength(3 * MB);
  expect(known('/', [id], ['filler'])).toBeUndefined();
});
