/** A Source over a folder. */
import { lstatSync, readdirSync, readFileSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { EntryKind, Source, SourceEntry } from './source.ts';

export function diskSource(root: string): Source {
  return {
    list(under) {
      const found: SourceEntry[] = [];
      // The folder itself may be reached by a link; what is in it may not be one.
      const look = under === '' ? statSync : lstatSync;
      const top = look(join(root, under), { throwIfNoEntry: false });
      if (top?.isDirectory()) walk(root, under, found);
      else if (top) found.push(entry(under, top));
      return found;
    },
    read: (path) => readFileSync(join(root, path)),
  };
}

function walk(root: string, folder: string, found: SourceEntry[]): void {
  const children = unlessTooLong(() => readdirSync(join(root, folder), { withFileTypes: true }));
  if (children === undefined) {
    found.push({ path: folder, kind: 'special', size: 0 });
    return;
  }
  if (folder !== '' && children.some((child) => child.name === '.git')) {
    found.push({ path: folder, kind: 'submodule', size: 0 });
    return;
  }
  // What is left of that name is Git's own, beside a configuration that is a repository by itself: no commit can hold it.
  for (const child of children) if (child.name !== '.git') visit(root, folder, child, found);
}

/** Undefined of what stands deeper than a path can be long: it cannot be opened, and nothing may stand there. */
function unlessTooLong<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

function visit(root: string, folder: string, child: Dirent, found: SourceEntry[]): void {
  const path = folder === '' ? child.name : `${folder}/${child.name}`;
  // A name that is not UTF-8 cannot be opened by what Node makes of it; nothing may be called so.
  if (child.name.includes('\uFFFD')) {
    found.push({ path, kind: 'special', size: 0 });
    return;
  }
  if (child.isDirectory()) {
    walk(root, path, found);
    return;
  }
  const looked = unlessTooLong(() => ({ stats: lstatSync(join(root, path), { throwIfNoEntry: false }) }));
  if (!looked) found.push({ path, kind: 'special', size: 0 });
  // A file that went away between listing and looking was never there.
  else if (looked.stats) found.push(entry(path, looked.stats));
}

const entry = (path: string, stats: Stats): SourceEntry => ({ path, kind: kindOf(stats), size: stats.size });

function kindOf(stats: Stats): EntryKind {
  if (stats.isSymbolicLink()) return 'symlink';
  if (!stats.isFile()) return 'special';
  // Windows has no executable bit: Node reports none there.
  return stats.mode & 0o111 ? 'executable' : 'file';
}
