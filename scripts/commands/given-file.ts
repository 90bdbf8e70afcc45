/** A file that a command line names: small enough, in UTF-8. `-` is standard input. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError, type Io } from './command.ts';

/** Bytes. The largest that an import can use is a year of reports of a large miniapp. */
export const GIVEN_LIMIT = 16 * 1024 ** 2;
/** Bytes of entries of a setting: as many as a file of the configuration may have. */
export const ENTRIES_LIMIT = 1024 ** 2;

export interface GivenFile {
  /** As its user named it. */
  readonly name: string;
  readonly text: string;
}

export function givenFile(name: string, io: Io, limit = GIVEN_LIMIT): GivenFile {
  const bytes = name === '-' ? bytesOf(0, 'standard input', limit) : bytesOf(resolve(io.cwd, name), name, limit);
  const shown = name === '-' ? 'standard input' : name;
  if (bytes.length > limit) throw new UsageError(`${shown} has more than ${limit} bytes`);
  try {
    return { name: shown, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes) };
  } catch {
    throw new UsageError(`${shown} is not in UTF-8; save it as UTF-8`);
  }
}

/** Whether something of that name is a folder. */
export const isFolder = (name: string, io: Io): boolean =>
  statSync(resolve(io.cwd, name), { throwIfNoEntry: false })?.isDirectory() === true;

export const isFile = (name: string, io: Io): boolean =>
  statSync(resolve(io.cwd, name), { throwIfNoEntry: false })?.isFile() === true;

function bytesOf(file: string | number, shown: string, limit: number): Uint8Array {
  try {
    if (typeof file === 'string') {
      const { size } = statSync(file);
      if (size > limit) throw new UsageError(`${shown} has more than ${limit} bytes`);
    }
    return readFileSync(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
