/** Writes edits so that each file is either what it was or what it becomes, and never a half of it. */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join, sep } from 'node:path';
import { UsageError } from '../core/failure.ts';
import type { FileEdit } from './edit.ts';

/** What is asked of the file system; tests make single steps fail. */
export interface FileSystem {
  write(path: string, content: string | Uint8Array, mode: number | undefined): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
}

const disk: FileSystem = {
  write(path, content, mode) {
    const file = openSync(path, 'wx', mode ?? 0o666);
    try {
      writeFileSync(file, content);
      // What is renamed into place must be on the disk before its name is.
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // The mode of opening is narrowed by the umask; an existing file's is kept as it is.
    if (mode !== undefined) chmodSync(path, mode);
  },
  rename: renameSync,
  remove: (path) => rmSync(path),
};

/** Writes all of them, first beside their places, then by renaming. Throws UsageError that says which were written. */
export function writeEdits(folder: string, edits: readonly FileEdit[], files: FileSystem = disk): void {
  const temporary = new Map<string, string>();
  const made: string[] = [];
  const written: string[] = [];
  try {
    for (const { path, before, after } of edits) {
      if (before !== null) refuseIfOther(join(folder, path), before);
      if (after === null) continue;
      const target = join(folder, path);
      const top = mkdirSync(dirname(target), { recursive: true });
      if (top !== undefined) made.push(top);
      const beside = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
      const mode = statSync(target, { throwIfNoEntry: false })?.mode;
      temporary.set(path, beside);
      files.write(beside, after, mode === undefined ? undefined : mode & 0o777);
    }
    for (const { path } of edits) {
      const beside = temporary.get(path);
      if (beside === undefined) files.remove(join(folder, path));
      else files.rename(beside, join(folder, path));
      temporary.delete(path);
      written.push(path);
    }
  } catch (error) {
    for (const beside of temporary.values()) rmSync(beside, { force: true });
    const isUsed = (top: string) => written.some((path) => join(folder, path).startsWith(top + sep));
    for (const top of made) if (!isUsed(top)) rmSync(top, { recursive: true, force: true });
    throw new UsageError(failure(error, edits, written));
  }
}

/** Somebody else's edit since this one was read is not written over. */
function refuseIfOther(file: string, before: string | Uint8Array): void {
  const isSame = Buffer.from(before).equals(readFileSync(file));
  if (!isSame) throw new Error(`${file} was changed meanwhile`);
}

function failure(error: unknown, edits: readonly FileEdit[], written: readonly string[]): string {
  const reason = error instanceof Error ? error.message : String(error);
  const left = edits.map(({ path }) => path).filter((path) => !written.includes(path));
  const done = written.length > 0 ? `written: ${written.join(', ')}` : 'nothing was written';
  return `${reason}; ${done}; as before: ${left.join(', ')}`;
}
