/** Contents of blobs in one file on disk, so that a package of any size takes little memory, and nothing of it gets a name there. */
import { closeSync, fstatSync, openSync, readSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError } from '../../core/errors.ts';
import { gitAnswer, type GitOptions } from '../process/run.ts';
import { temporaryFolder } from './temporary.ts';

export interface TemporaryFile {
  /** Gives the bytes of a blob piece by piece; how many there were. Throws an Error for one that is not there. */
  each(id: string, take: (chunk: Uint8Array) => void): number;
  /** Removes the file. */
  close(): void;
}

const CHUNK = 1024 * 1024;

/** `sizes`: the blobs that are wanted, with their bytes as `blobSizes` has them. One process. Throws EnvironmentError. */
export function spoolBlobs(
  folder: string,
  sizes: ReadonlyMap<string, number>,
  env: GitOptions['env'] = {},
): TemporaryFile {
  const home = temporaryFolder(tmpdir(), 'miniapp-bytes-');
  // Git says of a full disk only that it cannot go on.
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const { bavail, bsize } = statfsSync(home.path);
  if (bytes > bavail * bsize) {
    home.remove();
    throw new EnvironmentError(
      `the disk is full: ${tmpdir()} has room for ${bavail * bsize} bytes, and ${bytes} are read`,
    );
  }
  let file: number | undefined;
  const close = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
    home.remove();
  };
  try {
    const handle = openSync(join(home.path, 'blobs'), 'w+', 0o600);
    file = handle;
    const input = [...sizes.keys()].map((id) => `${id}\n`).join('');
    if (input !== '') gitAnswer(folder, ['cat-file', '--batch', '--buffer'], { input, to: handle, env });
    const places = new Map<string, { readonly start: number; readonly bytes: number }>();
    let at = 0;
    for (const [id, bytes] of sizes) {
      // Each comes with a line before it, `<id> blob <bytes>`, and a line end after it.
      const start = at + `${id} blob ${bytes}\n`.length;
      places.set(id, { start, bytes });
      at = start + bytes + 1;
    }
    if (fstatSync(handle).size !== at) throw new EnvironmentError('Git gave other contents than it listed');
    const buffer = Buffer.allocUnsafe(CHUNK);
    const each: TemporaryFile['each'] = (id, take) => {
      const place = places.get(id);
      if (!place) throw new Error(`there is no content ${id}`);
      for (let done = 0; done < place.bytes;) {
        const read = readSync(handle, buffer, 0, Math.min(CHUNK, place.bytes - done), place.start + done);
        if (read === 0) throw new Error('its content ends early');
        take(buffer.subarray(0, read));
        done += read;
      }
      return place.bytes;
    };
    return { each, close };
  } catch (error) {
    close();
    throw error;
  }
}
