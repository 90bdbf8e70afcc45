/** The files of a project's folder, without what is no part of a package. Reads no file, follows no link, and ends. */
import { isUtf8 } from 'node:buffer';
import { lstatSync, opendirSync, type Dir, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { messageOf, systemCode } from '../core/errors.ts';
import type { Findings } from './finding.ts';
import { isIgnored } from './ignored.ts';
import { LIMITS } from './limits.ts';

export interface ProjectFile {
  /** From the project's folder, forward slashes. */
  readonly path: string;
  readonly bytes: number;
}

export type Tree = ReadonlyMap<string, ProjectFile>;

/** Characters that no package can have in a name: controls, and the backslash, which is a separator on some machines. */
// oxlint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u001F\u007F\\]/;

/**
 * All files below `root`, in an order that no machine changes. Links are left out with a warning wherever they lead, so nothing
 * outside the folder is read; so are pipes, sockets and devices.
 */
export function readTree(root: string, findings: Findings, onFile: (count: number) => void = () => {}): Tree {
  const walk: Walk = { root, findings, onFile, files: [], entries: 0, bytes: 0, isOver: false };
  visit('', 0, walk);
  walk.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return new Map(walk.files.map((file) => [file.path, file]));
}

interface Walk {
  readonly root: string;
  readonly findings: Findings;
  readonly onFile: (count: number) => void;
  readonly files: ProjectFile[];
  entries: number;
  bytes: number;
  /** Whether a limit was passed, after which nothing more is read. */
  isOver: boolean;
}

function visit(folder: string, depth: number, walk: Walk): void {
  const { findings, root } = walk;
  if (depth > LIMITS.depth)
    return over(walk, `folders below each other (${folder.slice(0, 80)}…)`, depth, LIMITS.depth);
  let dir: Dir;
  try {
    // Names as bytes: one that is not UTF-8 would come out as another.
    dir = opendirSync(join(root, folder), { encoding: 'buffer' as BufferEncoding });
  } catch (error) {
    findings.add('file-unreadable', folder, { file: findings.shown(folder), detail: reasonOf(error) });
    return;
  }
  const folders: string[] = [];
  try {
    for (let child = dir.readSync(); child && !walk.isOver; child = dir.readSync()) {
      const found = look(child as unknown as Dirent<Buffer>, folder, walk);
      if (found !== undefined) folders.push(found);
    }
  } finally {
    dir.closeSync();
  }
  for (const inner of folders.sort()) if (!walk.isOver) visit(inner, depth + 1, walk);
}

/** Takes a file in; a folder to look into is given back. */
function look(child: Dirent<Buffer>, folder: string, walk: Walk): string | undefined {
  const { findings, root } = walk;
  walk.entries += 1;
  if (walk.entries > LIMITS.entries) return void over(walk, 'names in its folders', walk.entries, LIMITS.entries);
  const name = child.name.toString('utf8');
  if (isIgnored(name)) return undefined;
  const path = folder === '' ? name : `${folder}/${name}`;
  if (!isUtf8(child.name) || UNFIT.test(name)) {
    findings.add('project-name', folder, { name: path });
    return undefined;
  }
  if (child.isDirectory()) return path;
  const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
  // What went away between listing and looking was never there.
  if (!stats) return undefined;
  if (!stats.isFile()) {
    const what = stats.isSymbolicLink() ? 'a symbolic link' : 'no plain file';
    findings.add('upload-left-out', path, { file: path, what });
    return undefined;
  }
  walk.files.push({ path, bytes: stats.size });
  walk.bytes += stats.size;
  walk.onFile(walk.files.length);
  if (walk.files.length > LIMITS.files) over(walk, 'files', walk.files.length, LIMITS.files);
  return undefined;
}

function over(walk: Walk, what: string, actual: number, limit: number): void {
  walk.isOver = true;
  walk.findings.add('project-limit', '', { what, actual, limit });
}

/** Why the system refused something: its code, as `EACCES`, or the message of what was thrown. */
export const reasonOf = (error: unknown): string => systemCode(error) ?? messageOf(error);
