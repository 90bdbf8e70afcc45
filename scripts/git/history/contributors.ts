/** The commits of a change, with the authors that they claim; automatic merges have no author. */
import { EnvironmentError } from '../../core/errors.ts';
import { mergeKinds, MERGE_SECONDS } from '../merges/automatic-merges.ts';
import {
  branchCommits,
  commitsIn,
  type BranchCommit,
  type LoggedNames,
  type MergeParts,
  type Range,
} from '../commits/branch-commits.ts';
import type { Excess } from '../commits/differences.ts';
import { historyExcess } from '../commits/history-excess.ts';
import { merge, type Merge } from '../merges/merge.ts';
import type { Move } from '../commits/moves.ts';
import { scratch, type Scratch } from '../stores/scratch.ts';

export interface Contributions {
  /** The commits with an author: all but merges whose content is exactly what Git makes of their parents. */
  readonly commits: readonly LoggedNames[];
  /** Changes that merges among them applied to another path. */
  readonly moves: readonly Move[];
  /** Whether there are more merges than are checked, so that some may have moved content. */
  readonly isCut: boolean;
  /** What one of the commits changes too much of, whatever the last one holds; then merges are not looked into. */
  readonly excess?: Excess;
}

/** Merges of one branch that are checked at most. One in which both sides edited a file takes five Git processes, some 20 ms each, in every run of the bot. */
export const MOST_MERGES = 30;

/** The commits of a range with their authors. Throws EnvironmentError when Git fails. */
export function writtenIn(folder: string, range: Range, temporary: Scratch, most = MOST_MERGES): Contributions {
  const { base, head, file } = range;
  if (base === undefined || file !== undefined)
    return { commits: commitsIn(folder, range, temporary.env), moves: [], isCut: false };
  const all = branchCommits(temporary, { base, head });
  if (!all) {
    const commits = commitsIn(folder, range, temporary.env);
    return { commits, moves: [], isCut: false, excess: historyExcess(temporary, { base, head }, commits) };
  }
  const merges = all.filter(({ parents }) => parents.length > 1);
  const automatic = automaticAmong(folder, merges.slice(0, most), temporary);
  const moves = [...automatic.values()].flat();
  const commits = all.filter(({ id }) => automatic.get(id)?.length !== 0);
  return { commits, moves, isCut: merges.length > most };
}

/** What the automatic ones among these merges moved, by id; most moved nothing. */
function automaticAmong(
  folder: string,
  merges: readonly BranchCommit[],
  temporary: Scratch,
): Map<string, readonly Move[]> {
  const kinds = mergeKinds(temporary, merges);
  const automatic = new Map<string, readonly Move[]>();
  for (const merge of merges) {
    const kind = kinds.get(merge.id);
    // What takes too long has an author: a stranger could make it so that it does.
    const isWritten = kind === 'written' || kind === 'late';
    const moves = kind === 'automatic' ? [] : isWritten ? undefined : automaticMerge(folder, merge, temporary)?.moves;
    if (moves) automatic.set(merge.id, moves);
  }
  return automatic;
}

/**
 * The result of merging the parents again, where the merge commit has exactly that content: then it has no author. A merge with solved
 * conflicts, by hand or in GitHub's editor, and one of more than two parents have an author.
 */
function automaticMerge(folder: string, { tree, parents }: MergeParts, temporary: Scratch): Merge | undefined {
  const [one, other, ...more] = parents;
  if (one === undefined || other === undefined || more.length > 0) return undefined;
  try {
    const merged = merge(folder, one, other, temporary, MERGE_SECONDS);
    return merged.tree === tree ? merged : undefined;
  } catch (error) {
    // A merge of two unrelated histories has an author.
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

/** Whether a merge is exactly what Git makes of its parents, with nothing moved. `temporary`: a store; without one it makes its own. */
export function isAutomaticMerge(folder: string, parts: MergeParts, temporary?: Scratch): boolean {
  const own = temporary ?? scratch(folder);
  try {
    return automaticMerge(folder, parts, own)?.moves.length === 0;
  } finally {
    if (!temporary) own.remove();
  }
}
