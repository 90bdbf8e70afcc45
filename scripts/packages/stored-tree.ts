/** What a stored commit holds: plain files below one folder, and nothing else; whatever else it holds is refused by its name. */
import { blobSizes } from '../git/objects/blobs.ts';
import type { GitOptions } from '../git/process/run.ts';
import { listTrees, type TreeEntry, type TreeFault, type TreeListing } from '../git/objects/tree-listing.ts';
import { LIMITS } from '../project/limits.ts';
import { refusedName } from './names.ts';
import { FOLDER } from './version-id.ts';

export interface StoredFile {
  readonly path: string;
  readonly bytes: number;
  /** Of its content in Git. */
  readonly id: string;
}

export type StoredTree =
  | { readonly files: ReadonlyMap<string, StoredFile> }
  /** It is not a package. */
  | { readonly refused: string }
  /** Git does not have it, or not all of it. */
  | { readonly isAbsent: true };

/** Where Git finds objects: a folder inside a repository, and what its processes are told besides. */
export interface ObjectStore {
  readonly folder: string;
  readonly env?: GitOptions['env'];
}

const KINDS: Readonly<Record<string, string>> = {
  '100755': 'an executable file',
  '120000': 'a symbolic link',
  '160000': 'a submodule',
};

/** The packages of these commits, by commit. A few processes, whatever their number. */
export function storedTrees({ folder, env = {} }: ObjectStore, commits: readonly string[]): Map<string, StoredTree> {
  const unique = [...new Set(commits)];
  const listings = listTrees(folder, unique, { files: LIMITS.files, depth: LIMITS.depth + 1 }, env);
  const read = new Map([...listings].map(([commit, listing]) => [commit, entriesOf(listing)] as const));
  const ids = [...read.values()].flatMap((found) => ('entries' in found ? found.entries.map(({ id }) => id) : []));
  const sizes = blobSizes(folder, new Set(ids), env);
  return new Map(
    [...read].map(([commit, found]) => [commit, 'entries' in found ? sized(found.entries, sizes) : found]),
  );
}

type ListedTree =
  { readonly entries: readonly TreeEntry[] } | Extract<StoredTree, { refused: string } | { isAbsent: true }>;

function entriesOf({ entries, fault }: TreeListing): ListedTree {
  if (fault) return fault.kind === 'absent' ? { isAbsent: true } : { refused: faultText(fault) };
  const seen = new Set<string>();
  for (const { path, mode } of entries) {
    const why = seen.has(path) ? `${shown(path)} is there twice` : refusedEntry(path, mode);
    if (why !== undefined) return { refused: why };
    seen.add(path);
  }
  return { entries: entries.map((entry) => ({ ...entry, path: entry.path.slice(FOLDER.length) })) };
}

// As in `project/tree.ts`.
// oxlint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u001F\u007F\\]/;

const shown = (path: string): string => JSON.stringify(path.slice(0, 200));

function refusedEntry(path: string, mode: string): string | undefined {
  if (mode !== '100644')
    return `${shown(path)} is ${KINDS[mode] ?? `of the mode ${mode}`}, and only plain files are taken`;
  if (!path.startsWith(FOLDER)) return `${shown(path)} stands beside ${FOLDER}, where nothing else may stand`;
  return refusedPath(path);
}

/** Why a path is none that a package can have, wherever it is kept. */
export function refusedPath(path: string): string | undefined {
  if (UNFIT.test(path)) return `${shown(path)} holds a control character or a backslash`;
  if (path !== path.normalize('NFC')) return `${shown(path)} is not in Unicode's composed form`;
  const why = refusedName(path);
  return why === undefined ? undefined : `${shown(path)}: ${why}`;
}

function faultText(fault: Exclude<TreeFault, { kind: 'absent' }>): string {
  if (fault.kind === 'name') return `${shown(fault.path)} is not UTF-8`;
  return fault.what === 'files'
    ? `it has more than the ${fault.limit} files that a package may have`
    : `it has more than ${fault.limit} folders below each other`;
}

function sized(entries: readonly TreeEntry[], sizes: ReadonlyMap<string, number>): StoredTree {
  const files = new Map<string, StoredFile>();
  let total = 0;
  for (const { path, id } of entries) {
    const bytes = sizes.get(id);
    if (bytes === undefined) return { isAbsent: true };
    total += bytes;
    files.set(path, { path, bytes, id });
  }
  if (total > LIMITS.bytes)
    return { refused: `it has ${total} bytes, more than the ${LIMITS.bytes} that are possible` };
  return { files };
}
