/** Merges without touching the working tree, the index or the repository's objects. */
import { EnvironmentError } from '../../core/errors.ts';
import { changesSince, differencesOf, renamesBetween, type Difference, type Excess } from '../commits/differences.ts';
import { mergeBases } from '../commits/fetch.ts';
import { isId } from '../stores/cache.ts';
import { pathsOutOfPlace, type Move } from '../commits/moves.ts';
import { treeOf } from '../commits/revisions.ts';
import { gitText } from '../process/run.ts';
import { SHALLOW } from '../process/location.ts';
import { NOBODY, withObjects, type Scratch } from '../stores/scratch.ts';
import { GIT_TOO_OLD, UNKNOWN_OPTION } from './trees.ts';

export interface Merge {
  /** The merged tree; undefined when the two do not merge cleanly. */
  readonly tree?: string;
  readonly conflicts: readonly string[];
  /** Why there is no merged tree although nothing conflicts: the head changes more files than are merged. */
  readonly excess?: Excess;
  /** Whether there is no merged tree because the two have no commit in common. */
  readonly isUnrelated?: true;
  /** The differences of the merged tree from the base. */
  readonly differences: readonly Difference[];
  /** Changes among these that were made at another path. */
  readonly moves: readonly Move[];
}

interface Known {
  readonly merges: Map<string, Merge>;
  readonly commits: Map<string, string>;
}

/** A cache of merges and commits; an entry is valid as long as its temporary store exists. */
const known = new WeakMap<Scratch, Known>();

function knownIn(temporary: Scratch): Known {
  const found = known.get(temporary) ?? { merges: new Map(), commits: new Map() };
  known.set(temporary, found);
  return found;
}

/**
 * Merges a head into the tip of the base. `seconds`: how long Git may take to merge. Throws EnvironmentError when Git fails or is too
 * old, or a shallow clone does not tell what the two have in common, TooMuchError when it takes longer.
 */
export function merge(folder: string, base: string, head: string, temporary: Scratch, seconds?: number): Merge {
  const { merges } = knownIn(temporary);
  const key = `${base} ${head}`;
  const merged = merges.get(key) ?? mergeNow(folder, { base, head, seconds }, temporary);
  if (isId(base) && isId(head)) merges.set(key, merged);
  return merged;
}

function mergeNow(
  folder: string,
  { base, head, seconds }: { base: string; head: string; seconds: number | undefined },
  temporary: Scratch,
): Merge {
  const ancestors = mergeBases(folder, base, head, temporary.env);
  const [parted] = ancestors;
  if (parted === undefined) {
    if (!temporary.isShallow) return { isUnrelated: true, conflicts: [], differences: [], moves: [] };
    const why = `as far as this shallow clone tells: ${SHALLOW}`;
    throw new EnvironmentError(`the change has no commit in common with its base, ${why}`);
  }
  // Counted before the merge, which walks all trees and compares all files.
  const change = changesSince(temporary, parted, head);
  if ('excess' in change) return { excess: change.excess, conflicts: [], differences: [], moves: [] };
  // The head contains the base, so its tree is the result.
  if (parted === base) {
    return { tree: treeOf(folder, head, temporary.env), conflicts: [], differences: change.differences, moves: [] };
  }
  // Exit code 1 is the answer "with conflicts".
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base, head];
  const { stdout, status } = withObjects(temporary, args, { accept: [1, UNKNOWN_OPTION], seconds });
  const [tree = '', ...conflicts] = stdout
    .toString('utf8')
    .split('\0')
    .filter((part) => part !== '');
  if (!isId(tree))
    throw new EnvironmentError(
      `${GIT_TOO_OLD}. With this one: bring the change onto its base first (git rebase BASE), then nothing is left to merge`,
    );
  if (status === 1) return { conflicts, differences: [], moves: [] };
  const differences = differencesOf(temporary, base, tree);
  const others = ancestors.slice(1).map((ancestor) => differencesOf(temporary, ancestor, head));
  const merged = { ancestors, base, head, changed: [change.differences, ...others], differences };
  return { tree, conflicts: [], differences, moves: movesOf(temporary, merged) };
}

interface MergeSides {
  /** The merge bases. */
  readonly ancestors: readonly string[];
  readonly base: string;
  readonly head: string;
  /** From each merge base to the head. */
  readonly changed: readonly (readonly Difference[])[];
  /** From the base to what merging gives. */
  readonly differences: readonly Difference[];
}

/** Changes that the merge applies to another path than the one where they were made. */
function movesOf(temporary: Scratch, { ancestors, base, head, changed, differences }: MergeSides): Move[] {
  const paths = pathsOutOfPlace({
    merged: byPath(differences),
    head: changed.map(byPath),
    base: () => ancestors.map((ancestor) => byPath(differencesOf(temporary, ancestor, base))),
  });
  if (paths.length === 0) return [];
  const renames = ancestors.flatMap((ancestor) =>
    [base, head].flatMap((side) => renamesBetween(temporary, ancestor, side)),
  );
  const others = changed.flat().map(({ path }) => path);
  return paths.flatMap((path) => {
    const [pair] = renames.filter(({ from, to }) => to === path || from === path);
    // Both paths of a pair are out of place; the pair is reported once.
    if (pair?.from === path && paths.includes(pair.to)) return [];
    return [pair ?? { from: others.find((other) => other !== path) ?? path, to: path }];
  });
}

const byPath = (differences: readonly Difference[]) => new Map(differences.map((one) => [one.path, one]));

/**
 * A temporary merge commit, for judging what would come after it. `time`: milliseconds since 1970.
 */
export function mergedCommit(
  folder: string,
  tree: string,
  parents: readonly string[],
  time: number,
  temporary: Scratch,
): string {
  const { commits } = knownIn(temporary);
  const key = [tree, ...parents, time].join(' ');
  const before = commits.get(key);
  if (before !== undefined) return before;
  const date = `${Math.floor(time / 1000)} +0000`;
  const own = { ...temporary.env, ...NOBODY, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const from = parents.flatMap((parent) => ['-p', parent]);
  const commit = gitText(folder, ['commit-tree', tree, ...from, '-m', 'merged'], { env: own });
  commits.set(key, commit);
  return commit;
}
