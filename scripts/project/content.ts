/** The bytes of a project's files, wherever they are kept. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** One for all files, which are read one after the other: small files are many. */
let buffer: Buffer | undefined;
// A pipe that stands there now must not make the reader wait, nor a link lead elsewhere.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export interface Content {
  /** Gives the bytes of a file piece by piece, at most `limit` of them; how many there were. Throws an Error when it cannot. */
  each(path: string, limit: number, take: (chunk: Uint8Array) => void): number;
}

/**
 * The files of a folder. Nothing but plain files is opened, whatever took a file's place since it was listed. `names`: what a file
 * is called there, where that is not its path.
 */
export const folderContent = (root: string, names: ReadonlyMap<string, string> = new Map()): Content => ({
  each: (path, limit, take) => eachChunk(root, names.get(path) ?? path, limit, take),
});

function eachChunk(root: string, path: string, limit: number, take: (chunk: Uint8Array) => void): number {
  const handle = openSync(join(root, path), FLAGS);
  try {
    if (!fstatSync(handle).isFile()) throw new Error('it is no plain file any more');
    buffer ??= Buffer.allocUnsafe(1024 * 1024);
    let total = 0;
    for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer)) {
      total += read;
      if (total > limit) throw new Error(`it has more than ${limit} bytes`);
      take(buffer.subarray(0, read));
    }
    return total;
  } finally {
    closeSync(handle);
  }
}

/** The bytes of a file. Throws an Error when it cannot be read or has more than `limit`. */
export function readBytes(content: Content, path: string, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  content.each(path, limit, (chunk) => chunks.push(Uint8Array.from(chunk)));
  return Buffer.concat(chunks);
}
