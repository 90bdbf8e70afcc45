/** A file that a command line names: small enough, in UTF-8. `-` is standard input. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError, type Io } from '../frame/command.ts';

/** Bytes. The largest that an import can use is a year of reports of a large miniapp. */
const GIVEN_LIMIT = 16 * 1024 ** 2;
/** Bytes of entries of a setting: as many as a file of the configuration may have. */
export const ENTRIES_LIMIT = 1024 ** 2;

export interface GivenFile {
  /** As its user named it. */
  readonly name: string;
  readonly text: string;
}

/**
 * The text of a file, without a byte order mark. `name`: relative to where the command runs; `limit`: bytes. Throws UsageError for a
 * file that cannot be read, is longer or not in UTF-8.
 */
export function givenFile(name: string, io: Io, limit = GIVEN_LIMIT): GivenFile {
  const shown = name === '-' ? 'standard input' : name;
  const bytes = givenBytes(name === '-' ? 0 : resolve(io.cwd, name), shown, limit);
  try {
    return { name: shown, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes) };
  } catch {
    throw new UsageError(`${shown} is not in UTF-8; save it as UTF-8`);
  }
}

/** Whether something of that name is a folder. */
export const isFolder = (name: string, io: Io): boolean =>
  statSync(resolve(io.cwd, name), { throwIfNoEntry: false })?.isDirectory() === true;

/** Whether there is a file, and no folder, at a path relative to where the command runs. */
export const isFile = (name: string, io: Io): boolean =>
  statSync(resolve(io.cwd, name), { throwIfNoEntry: false })?.isFile() === true;

/** What a file or descriptor holds, read no further than the limit: a pipe or a device tells no size, and may never end. */
export function givenBytes(file: string | number, shown: string, limit = GIVEN_LIMIT): Uint8Array {
  const bytes = bytesOf(file, shown, limit);
  if (bytes.length > limit) throw new UsageError(`${shown} has more than ${limit} bytes`);
  return bytes;
}

function bytesOf(file: string | number, shown: string, limit: number): Uint8Array {
  try {
    const from = typeof file === 'string' ? openSync(file, 'r') : file;
    try {
      return readUpTo(from, limit + 1);
    } finally {
      if (from !== file) closeSync(from);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new UsageError(`${shown} cannot be read: there is no such file`);
    if (code === 'EISDIR') throw new UsageError(`${shown} cannot be read: it is a folder`);
    throw new UsageError(`${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readUpTo(from: number, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < limit) {
    const part = Buffer.alloc(Math.min(65_536, limit - size));
    const read = readSync(from, part);
    if (read === 0) break;
    parts.push(part.subarray(0, read));
    size += read;
  }
  return Buffer.concat(parts);
}
