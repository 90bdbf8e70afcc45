/** Merges that Git makes by itself, found among all merges of a branch with one process. */
import { EnvironmentError } from '../core/errors.ts';
import { isId } from './cache.ts';
import { mergeBases } from './fetch.ts';
import { gitAnswer, TooMuchError } from './run.ts';
import { withObjects, type Scratch } from './scratch.ts';

/** A merge commit. */
export interface MergeCommit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** Whether one of its files differs from that of both parents at the same path. */
  readonly isMixed: boolean;
}

/**
 * - `automatic`: its tree is Git's, and each file is that of a parent at the same path, so nobody wrote anything in it.
 * - `mixed`: its tree is Git's, with files that no parent has at that path: both sides edited one file, or Git followed a move.
 * - `written`: its tree is another, Git finds conflicts, or it has other than two parents.
 * - `late`: the time was over before Git had merged, or Git was ended.
 */
export type MergeKind = 'automatic' | 'mixed' | 'written' | 'late';

/** Seconds for merging. Trees that unfold take longer; whoever brings one into a branch counts as the author of its merges. */
export const MERGE_SECONDS = 5;

/** How Git merges without a working tree, in the form that `parse` reads where it reads several. */
const MERGE = ['merge-tree', '-z', '--name-only', '--no-messages'];

/**
 * The kinds of these merges, by id. Left out are those that Git does not merge because their parents are unrelated, with all that follow,
 * and all of them by Git 2.38. `seconds`: for all of them together; when it is over, all are late.
 */
export function mergeKinds(
  temporary: Scratch,
  merges: readonly MergeCommit[],
  seconds = MERGE_SECONDS,
): Map<string, MergeKind> {
  const kinds = new Map<string, MergeKind>(merges.map(({ id }) => [id, 'written']));
  const pairs = merges.filter(({ parents }) => parents.length === 2);
  if (pairs.length === 0) return kinds;
  const trees = treesOf(temporary, pairs, seconds);
  if (!trees) return new Map([...kinds, ...pairs.map(({ id }) => [id, 'late'] as const)]);
  for (const { id } of pairs.slice(trees.length)) kinds.delete(id);
  for (const [i, { id, tree, isMixed }] of pairs.entries())
    if (trees[i] === tree) kinds.set(id, isMixed ? 'mixed' : 'automatic');
  return kinds;
}

/**
 * The trees that merging each pair of parents gives, empty for a conflict, up to the first that Git does not merge. Undefined when
 * it takes too long.
 */
function treesOf(temporary: Scratch, pairs: readonly MergeCommit[], seconds: number): string[] | undefined {
  const input = pairs.map(({ parents }) => `${parents.join(' ')}\n`).join('');
  // 1 and 128: it stops at a pair that it does not merge. 129: Git 2.38 does not know the option.
  const options = { input, seconds, accept: [1, 128, 129] };
  try {
    const answer = withObjects(temporary, [...MERGE, '--stdin'], options).stdout.toString('utf8');
    return parse(answer);
  } catch (error) {
    if (error instanceof TooMuchError) return undefined;
    throw error;
  }
}

/**
 * The kind of one merge of two parents, by a process of its own, which Git 2.38 knows too. What Git cannot merge somebody wrote: parents
 * that are unrelated, or hold an entry of another kind than the object that it names. Throws EnvironmentError where an object is missing.
 */
export function kindAlone(temporary: Scratch, { parents, tree, isMixed }: MergeCommit, seconds: number): MergeKind {
  const [one = '', other = ''] = parents;
  try {
    const asked = [...MERGE, '--write-tree', one, other];
    const { stdout, status } = withObjects(temporary, asked, { seconds, accept: [1] });
    const [made] = stdout.toString('utf8').split('\0');
    if (status !== 0 || made !== tree) return 'written';
    return isMixed ? 'mixed' : 'automatic';
  } catch (error) {
    if (error instanceof TooMuchError) return 'late';
    if (!(error instanceof EnvironmentError)) throw error;
    const [unread] = /\b[0-9a-f]{40,64}\b/.exec(error.message) ?? [];
    const isMade = unread !== undefined && isHere(temporary, unread);
    if (isMade || mergeBases(temporary.top, one, other, temporary.env).length === 0) return 'written';
    throw error;
  }
}

const isHere = ({ top, env }: Scratch, id: string): boolean =>
  gitAnswer(top, ['cat-file', '-e', id], { env, accept: [1, 128] }).status === 0;

/** Of each merge `1`, its tree and an empty part; or `0`, a tree, the paths with conflicts and an empty part. */
function parse(answer: string): string[] {
  const trees: string[] = [];
  let parts: string[] = [];
  for (const part of answer.split('\0')) {
    if (part !== '') {
      parts.push(part);
      continue;
    }
    const [isClean, tree = ''] = parts;
    if (isId(tree)) trees.push(isClean === '1' ? tree : '');
    parts = [];
  }
  return trees;
}
