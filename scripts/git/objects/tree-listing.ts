/** Lists many trees at once, with one process for each level of folders. */
import { isUtf8 } from 'node:buffer';
import { readObjects } from './blobs.ts';
import { TooMuchError, type GitOptions } from '../process/run.ts';

export interface TreeEntry {
  /** From the top of the tree. */
  readonly path: string;
  readonly mode: string;
  readonly id: string;
}

export interface TreeListing {
  /** All but folders, in the order of the tree; none where a limit was passed. */
  readonly entries: readonly TreeEntry[];
  /** Why it could not be listed whole, if so. */
  readonly fault?: TreeFault;
}

export type TreeFault =
  /** The tree, or a part of it, is missing. */
  | { readonly kind: 'absent' }
  /** A name that is not UTF-8, approximated. */
  | { readonly kind: 'name'; readonly path: string }
  | { readonly kind: 'excess'; readonly what: 'files' | 'depth'; readonly limit: number };

export interface TreeLimits {
  readonly files: number;
  readonly depth: number;
}

const FOLDER = '40000';

/** Whether an entry of a tree is a tree itself. */
export const isFolder = ({ mode }: Pick<RawTreeEntry, 'mode'>): boolean => mode === FOLDER;
/** Bytes of the trees of one level at most; a hundred thousand names have some ten million. */
const MOST = 256 * 1024 ** 2;

export interface RawTreeEntry {
  readonly name: Buffer;
  readonly mode: string;
  readonly id: string;
}

/** The listings of these commits or trees, by id. Trees can share folders and unfold without end, so each is read once and counted. */
export function listTrees(
  folder: string,
  ids: readonly string[],
  limits: TreeLimits,
  env: GitOptions['env'] = {},
): Map<string, TreeListing> {
  const trees = new Map<string, readonly RawTreeEntry[]>();
  const roots = new Map<string, string>();
  let isOver = false;
  let wanted = new Set(ids);
  for (let level = 0; wanted.size > 0 && level <= limits.depth + 1 && !isOver; level++) {
    const next = new Set<string>();
    try {
      for (const [id, { type, content }] of readObjects(folder, wanted, { env, most: MOST })) {
        if (type === 'commit') {
          const tree = /^tree ([0-9a-f]+)\n/.exec(content.toString('latin1', 0, 80))?.[1] ?? '';
          roots.set(id, tree);
          next.add(tree);
        } else if (type === 'tree') {
          const entries = entriesOf(content, id.length / 2);
          trees.set(id, entries);
          for (const entry of entries) if (entry.mode === FOLDER) next.add(entry.id);
        }
      }
    } catch (error) {
      if (!(error instanceof TooMuchError)) throw error;
      isOver = true;
    }
    wanted = new Set([...next].filter((id) => !trees.has(id)));
    if (trees.size + wanted.size > limits.files * Math.max(1, ids.length)) isOver = true;
  }
  const excess = { kind: 'excess', what: 'files', limit: limits.files } as const;
  return new Map(
    ids.map((id) => [id, isOver ? { entries: [], fault: excess } : unfolded(roots.get(id) ?? id, trees, limits)]),
  );
}

/** A tree as Git keeps it: mode, space, name, zero, and the id in bytes. */
export function entriesOf(tree: Buffer, idBytes: number): RawTreeEntry[] {
  const entries: RawTreeEntry[] = [];
  for (let at = 0; at < tree.length;) {
    const space = tree.indexOf(0x20, at);
    const end = tree.indexOf(0, space);
    const id = tree.toString('hex', end + 1, end + 1 + idBytes);
    entries.push({ mode: tree.toString('latin1', at, space), name: tree.subarray(space + 1, end), id });
    at = end + 1 + idBytes;
  }
  return entries;
}

function unfolded(root: string, trees: ReadonlyMap<string, readonly RawTreeEntry[]>, limits: TreeLimits): TreeListing {
  const entries: TreeEntry[] = [];
  let fault: TreeFault | undefined;
  let folders = 0;
  const visit = (id: string, above: string, depth: number): void => {
    const own = trees.get(id);
    folders += 1;
    if (depth > limits.depth) fault = { kind: 'excess', what: 'depth', limit: limits.depth };
    else if (!own) fault = { kind: 'absent' };
    for (const { name, mode, id: inner } of fault ? [] : own!) {
      if (fault) return;
      const path = above + name.toString('utf8');
      if (!isUtf8(name)) fault = { kind: 'name', path };
      else if (mode === FOLDER) visit(inner, `${path}/`, depth + 1);
      else entries.push({ path, mode, id: inner });
      // Folders without files count too: they unfold as files do.
      if (entries.length + folders > 2 * limits.files || entries.length > limits.files)
        fault = { kind: 'excess', what: 'files', limit: limits.files };
    }
  };
  visit(root, '', 0);
  return fault ? { entries: [], fault } : { entries };
}
