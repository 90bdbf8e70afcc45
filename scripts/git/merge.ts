/** What merging would give, without touching the working tree, the index or the repository's objects. */
import { OutsideError } from '../core/failure.ts';
import { differencesOf, excessOf, type Difference, type Excess } from './differences.ts';
import { partedAt } from './fetch.ts';
import { isId } from './memory.ts';
import { gitText } from './run.ts';
import { NOBODY, withObjects, type Scratch } from './scratch.ts';

export interface Merge {
  /** The merged tree; undefined when the two do not merge cleanly. */
  readonly tree?: string;
  readonly conflicts: readonly string[];
  /** Why there is no merged tree although nothing conflicts: what the head changes is more than is merged. */
  readonly excess?: Excess;
  /** What the merged tree has other than the base. */
  readonly differences: readonly Difference[];
}

interface Known {
  readonly merges: Map<string, Merge>;
  readonly commits: Map<string, string>;
}

/** What was merged and committed already: what that gave is there as long as its objects are. */
const known = new WeakMap<Scratch, Known>();

function knownIn(temporary: Scratch): Known {
  const found = known.get(temporary) ?? { merges: new Map(), commits: new Map() };
  known.set(temporary, found);
  return found;
}

/** Merges a head into the tip of the base. Throws UsageError when the two have no history in common. */
export function merge(folder: string, base: string, head: string, temporary: Scratch): Merge {
  const { merges } = knownIn(temporary);
  const key = `${base} ${head}`;
  const merged = merges.get(key) ?? mergeNow(folder, base, head, temporary);
  if (isId(base) && isId(head)) merges.set(key, merged);
  return merged;
}

function mergeNow(folder: string, base: string, head: string, temporary: Scratch): Merge {
  const parted = partedAt(folder, base, head, temporary.env);
  // Before the merge, which walks trees and compares files as long as there are any.
  const excess = parted === '' ? undefined : excessOf(temporary, parted, head);
  if (excess) return { excess, conflicts: [], differences: [] };
  // Exit code 1 is the answer "with conflicts".
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base, head];
  const { stdout, status } = withObjects(temporary, args, { accept: [1] });
  const [tree = '', ...conflicts] = stdout
    .toString('utf8')
    .split('\0')
    .filter((part) => part !== '');
  if (!isId(tree)) throw new OutsideError('Git 2.38 or newer is needed to merge without a working tree');
  if (status === 1) return { conflicts, differences: [] };
  return { tree, conflicts: [], differences: differencesOf(temporary, base, tree) };
}

/**
 * The commit that merging would make, which nobody keeps: to see what would come after it. `time`: milliseconds since 1970.
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
