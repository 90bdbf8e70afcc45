/** Folders below one that is no project in which a project may be meant: what a toolchain built. */
import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isIgnored } from './ignored.ts';

/** How deep toolchains build: `unpackage/dist/build/mp-weixin`. */
const DEEPEST = 4;
/** The first folders of which toolchains build into others: nothing else is walked through. */
const BUILDS: ReadonlySet<string> = new Set(['dist', 'build', 'unpackage', 'output', 'out', 'miniprogram', 'src']);

/** The folders below a folder that hold an app.json, by their paths in it; of a folder that cannot be read none. */
export function builtBelow(root: string): string[] {
  const look = (path: string, depth: number): string[] => {
    const entries = foldersAndFiles(join(root, path));
    if (path !== '' && entries.some((entry) => entry.isFile() && entry.name === 'app.json')) return [path];
    if (depth === DEEPEST) return [];
    const folders = entries.filter(
      (entry) => entry.isDirectory() && !isIgnored(entry.name) && (depth > 0 || BUILDS.has(entry.name)),
    );
    return folders.slice(0, 50).flatMap(({ name }) => look(posix.join(path, name), depth + 1));
  };
  return look('', 0);
}

function foldersAndFiles(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** What a message says of such folders, after what is missing. */
export function elsewhere(folders: readonly string[]): string {
  if (folders.length === 0) return '';
  const named = folders.toSorted().slice(0, 3).join(', ');
  return `; below it ${named}${folders.length > 3 ? ', …' : ''} ${folders.length === 1 ? 'has' : 'have'} an app.json`;
}
