/** The digest of packages from the bytes that are stored, each content read once however many versions have it. */
import { createHash } from 'node:crypto';
import { spoolBlobs } from '../git/stores/spool.ts';
import { packageDigest, type Package } from '../project/digest.ts';
import type { ObjectStore, StoredFile } from './stored-tree.ts';

/** Bytes that are on disk at once, besides what one file has. */
const AT_ONCE = 128 * 1024 ** 2;

/**
 * SHA-256 of contents by their ids in Git. `onBytes` is told how many were read since. What is known already is not read again, and what is
 * found joins it.
 */
export function contentDigests(
  { folder, env }: ObjectStore,
  files: Iterable<StoredFile>,
  onBytes: (bytes: number) => void = () => {},
  digests = new Map<string, string>(),
): Map<string, string> {
  const sizes = new Map<string, number>();
  for (const { id, bytes } of files) if (!digests.has(id)) sizes.set(id, bytes);
  let part = new Map<string, number>();
  let total = 0;
  const flush = () => {
    const spool = spoolBlobs(folder, part, env);
    try {
      for (const id of part.keys()) {
        const hash = createHash('sha256');
        onBytes(spool.each(id, (chunk) => hash.update(chunk)));
        digests.set(id, hash.digest('hex'));
      }
    } finally {
      spool.close();
    }
    part = new Map();
    total = 0;
  };
  for (const [id, bytes] of sizes) {
    part.set(id, bytes);
    total += bytes;
    if (total >= AT_ONCE) flush();
  }
  if (part.size > 0) flush();
  return digests;
}

/** Derives a package from its files and the digests of their contents: its SHA-256 in hexadecimal, its bytes, and the number of files. */
export function proofOf(files: ReadonlyMap<string, StoredFile>, digests: ReadonlyMap<string, string>): Package {
  const all = [...files.values()];
  return {
    sha256: packageDigest(all.map(({ path, id }) => ({ path: Buffer.from(path), sha256: digests.get(id) ?? '' }))),
    bytes: all.reduce((sum, file) => sum + file.bytes, 0),
    files: all.length,
  };
}
