/** Which files differ between two trees, and whether that is more than is judged. */
import { keep, known } from '../stores/cache.ts';
import type { GitOptions } from '../process/run.ts';
import { withObjects, type Scratch } from '../stores/scratch.ts';
import { listedWithin } from '../objects/unfolding.ts';

export interface Difference {
  /** From the top of the repository. */
  readonly path: string;
  readonly isInBase: boolean;
  readonly isInMerged: boolean;
  /** Mode and id of each side; undefined where it is not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Options that override the repository's settings: submodules are listed as files that differ, too. */
const RAW = ['diff-tree', '--raw', '-z', '--no-renames', '--ignore-submodules=none'];

/** The files that differ between two commits or trees, without detection of renames. Throws TooMuchError. */
export function differencesOf(
  temporary: Scratch,
  from: string,
  to: string,
  limits: ListingLimits = {},
): readonly Difference[] {
  const before = known<readonly Difference[]>(temporary.top, [from, to], RAW);
  if (before) return before;
  const raw = withObjects(temporary, [...RAW, '-r', from, to], limits).stdout.toString('utf8');
  const differences = parseRaw(raw);
  keep(temporary.top, [from, to], RAW, differences, raw.length * PARSED);
  return differences;
}

/** Bytes of a parsed listing for each of its characters: about 130 characters make an object of 500 bytes. */
const PARSED = 4;

type ListingLimits = Pick<GitOptions, 'most' | 'seconds'>;

/** `:100644 100644 oid oid M\\0path\\0` for each file; the modes 000000 say that it is not there. */
function parseRaw(raw: string): Difference[] {
  const parts = raw.split('\0');
  const differences: Difference[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [, ...sides] = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) /.exec(parts[i]!) ?? [];
    const [modeBefore, modeAfter, idBefore, idAfter] = sides;
    if (idAfter === undefined) throw new Error(`Git lists a difference in another form: ${parts[i]}`);
    const before = modeBefore === NOTHING ? undefined : `${modeBefore} ${idBefore}`;
    const after = modeAfter === NOTHING ? undefined : `${modeAfter} ${idAfter}`;
    const [isInBase, isInMerged] = [before !== undefined, after !== undefined];
    differences.push({ path: parts[i + 1]!, isInBase, isInMerged, before, after });
  }
  return differences;
}

const NOTHING = '000000';

/** A file under two names. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** The renames that Git detects, with the threshold of a merge: half of the content. */
export function renamesBetween(temporary: Scratch, from: string, to: string): Rename[] {
  const args = ['diff-tree', '-r', '-z', '-M50%', '--diff-filter=R', '--name-status', from, to];
  const parts = withObjects(temporary, args).stdout.toString('utf8').split('\0');
  // Each is `R` with how alike they are, the path before, and the path after.
  return parts.flatMap((part, i) => (i % 3 === 0 && part !== '' ? [{ from: parts[i + 1]!, to: parts[i + 2]! }] : []));
}

/** A change of more files than one change may have. */
export interface Excess {
  /** The first file or new folder of it, from the top of the repository. */
  readonly path: string;
  /** How many files may differ. */
  readonly most: number;
}

/**
 * Files that one change may have at most: judging takes some milliseconds each. A few kilobytes of trees can unfold to any number of files
 * and folders, so they are counted before anything lists or merges them.
 */
export const MOST_FILES = 20_000;

/** Bytes of the listing of so many files with long names. */
const MOST_BYTES = MOST_FILES * 400;

/** The differences of the head from its merge bases with the base, or `excess` where there are more than may be judged. */
export function changesSince(
  temporary: Scratch,
  parted: string,
  head: string,
): { readonly differences: readonly Difference[] } | { readonly excess: Excess } {
  const words = ['excess'];
  const before = known<Excess>(temporary.top, [parted, head], words);
  if (before) return { excess: before };
  const list = (seconds: number) => differencesOf(temporary, parted, head, { most: MOST_BYTES, seconds });
  const differences = listedWithin(temporary, { tip: `${head}^{tree}` }, list);
  if (differences && differences.length <= MOST_FILES) return { differences };
  const excess = { path: firstDifference(temporary, parted, head), most: MOST_FILES };
  keep(temporary.top, [parted, head], words, excess);
  return { excess };
}

/** The first file that differs, or the first folder that only one of the two has. */
function firstDifference(temporary: Scratch, from: string, to: string): string {
  let path = '';
  for (;;) {
    const pair = [from, to].map((tree) => `${tree}:${path}`);
    const raw = withObjects(temporary, [...RAW, ...pair], { seconds: 5 }).stdout.toString('utf8');
    const [what = '', name = ''] = raw.split('\0');
    path = path === '' ? name : `${path}/${name}`;
    const [, before, after] = /^:(\d{6}) (\d{6}) /.exec(what) ?? [];
    if (before !== FOLDER || after !== FOLDER) return path;
  }
}

const FOLDER = '040000';
