/** Merges that Git makes by itself, found among all merges of a branch with one process. */
import { EnvironmentError } from '../../core/errors.ts';
import { isId } from '../stores/cache.ts';
import { TooMuchError } from '../process/run.ts';
import { withObjects, type Scratch } from '../stores/scratch.ts';
import { GIT_TOO_OLD, UNKNOWN_OPTION } from './trees.ts';

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

/** Git does not know an option: `--stdin` before 2.39, merging without a working tree before 2.38. */
export class UnknownOptionError extends EnvironmentError {}

/**
 * The kinds of these merges, by id. Left out are those that Git does not merge, with all that follow, and all of them by Git 2.38.
 * `seconds`: for all of them together; when it is over, all are late.
 */
export function mergeKinds(
  temporary: Scratch,
  merges: readonly MergeCommit[],
  seconds = MERGE_SECONDS,
): Map<string, MergeKind> {
  const kinds = new Map<string, MergeKind>(merges.map(({ id }) => [id, 'written']));
  const pairs = merges.filter(({ parents }) => parents.length === 2);
  try {
    const trees = attempted(() => treesOfMerges(temporary, pairs, seconds));
    for (const { id } of pairs.slice(trees.length)) kinds.delete(id);
    for (const [i, { id, tree, isMixed }] of pairs.entries())
      if (trees[i] === tree) kinds.set(id, isMixed ? 'mixed' : 'automatic');
  } catch (error) {
    if (!(error instanceof TooMuchError)) throw error;
    for (const { id } of pairs) kinds.set(id, 'late');
  }
  return kinds;
}

/** None by a Git that merges no several at once. */
function attempted(work: () => string[]): string[] {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnknownOptionError) return [];
    throw error;
  }
}

/** The two commits that are merged. */
export interface MergeParents {
  readonly parents: readonly string[];
}

/**
 * The trees that Git makes of these pairs by one process, empty for a conflict, up to the first that it does not merge: its parents are unrelated, or
 * a tree is one that Git does not write. Throws UnknownOptionError where this Git merges one pair at a time alone, as 2.38 does, and TooMuchError
 * after these seconds.
 */
export function treesOfMerges(temporary: Scratch, pairs: readonly MergeParents[], seconds: number): string[] {
  if (pairs.length === 0) return [];
  const input = pairs.map(({ parents }) => `${parents.join(' ')}\n`).join('');
  const options = { input, seconds, accept: [1, 128, UNKNOWN_OPTION] };
  const { stdout, status } = withObjects(temporary, [...MERGE, '--stdin'], options);
  if (status === UNKNOWN_OPTION) throw new UnknownOptionError(GIT_TOO_OLD);
  return parse(stdout.toString('utf8'));
}

/**
 * The tree that Git makes of one pair, empty for a conflict. Throws EnvironmentError where Git does not merge it, UnknownOptionError where this
 * Git merges nothing so, and TooMuchError after these seconds.
 */
export function treeOfMerge(temporary: Scratch, { parents }: MergeParents, seconds: number): string {
  const options = { seconds, accept: [1, UNKNOWN_OPTION] };
  const { stdout, status } = withObjects(temporary, [...MERGE, '--write-tree', ...parents], options);
  if (status === UNKNOWN_OPTION) throw new UnknownOptionError(GIT_TOO_OLD);
  const [tree = ''] = stdout.toString('utf8').split('\0');
  return status === 0 ? tree : '';
}

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
