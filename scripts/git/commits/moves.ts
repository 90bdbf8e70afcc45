/**
 * Git's merge follows renames: where one side removed a file and added a similar one, it lands the other side's edit of the first
 * in the second. What was approved at one path must not land at another, so each path is judged by its own three versions.
 */
import type { Difference, Rename } from './differences.ts';

/** A change that a merge applies to another path than the one where it was made. Paths are from the top of the repository. */
export type Move = Rename;

/** The versions of a path; undefined where it is not there. */
interface Versions {
  readonly ancestor: string | undefined;
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly merged: string | undefined;
}

/** Whether what is merged at a path is what merging its own three versions gives, content of both sides in one file included. */
function isInPlace({ ancestor, base, head, merged }: Versions): boolean {
  if (head === ancestor) return merged === base;
  if (base === ancestor || base === head) return merged === head;
  return ancestor !== undefined && base !== undefined && head !== undefined && merged !== undefined;
}

/** The differences of two commits by path. */
type ByPath = ReadonlyMap<string, Difference>;

/** The differences that a merge is made of; each list has one entry for each merge base, in the same order. */
export interface MoveSides {
  /** From the base to the merged tree. */
  readonly merged: ByPath;
  /** From each merge base to the head. */
  readonly head: readonly ByPath[];
  /** From each merge base to the base. Asked only where the head changed a file that merging leaves as the base has it. */
  base(): readonly ByPath[];
}

/**
 * The paths whose merged content does not come from their own versions. With several merge bases, one that explains a path is enough: then
 * the content is the base's, the head's, or made of these two at this path.
 */
export function pathsOutOfPlace({ merged, head, base }: MoveSides): string[] {
  const isExplained = ({ path, before, after }: Difference) =>
    head.some((own) => {
      const changed = own.get(path);
      return (
        changed !== undefined &&
        isInPlace({ ancestor: changed.before, base: before, head: changed.after, merged: after })
      );
    });
  const landed = [...merged.values()].filter((one) => !isExplained(one)).map(({ path }) => path);
  const silent = new Set(head.flatMap((own) => [...own.keys()].filter((path) => !merged.has(path))));
  if (silent.size === 0) return landed;
  const bases = base();
  const isThere = (path: string) =>
    head.some((own, i) => {
      const changed = own.get(path);
      if (!changed) return true;
      const moved = bases[i]!.get(path);
      const now = moved ? moved.after : changed.before;
      return isInPlace({ ancestor: changed.before, base: now, head: changed.after, merged: now });
    });
  return [...landed, ...[...silent].filter((path) => !isThere(path))];
}
