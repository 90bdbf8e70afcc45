/**
 * What a package is, provably. The digest is the SHA-256, in hexadecimal, of one line a file,
 *
 *     <SHA-256 of its content, in hexadecimal><two spaces><its path><line feed>
 *
 * with paths from the project's folder, forward slashes, in Unicode's composed form (NFC: some file systems decompose), the lines
 * sorted by the bytes of the path. Times, modes, owners and the order on disk have no part in it. It is what
 *
 *     find … -type f -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum
 *
 * gives in that folder over the same files; names that `sha256sum` would write differently are no names of a package.
 */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Content } from './content.ts';
import type { Findings } from './finding.ts';
import { LIMITS } from './limits.ts';
import { reasonOf, type ProjectFile } from './tree.ts';

export interface Package {
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
}

/** The package of these files; without one when a file cannot be read, which is reported. */
export function digest(
  content: Content,
  files: readonly ProjectFile[],
  findings: Findings,
  onBytes: (bytes: number) => void = () => {},
): Package | undefined {
  const expected = files.reduce((sum, file) => sum + file.bytes, 0);
  if (expected > LIMITS.bytes) {
    const largest = files.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    const what = `bytes in its files (${largest.path} has ${largest.bytes})`;
    findings.add('project-limit', '', { what, actual: expected, limit: LIMITS.bytes });
    return undefined;
  }
  const lines: { readonly path: Buffer; readonly sha256: string }[] = [];
  let bytes = 0;
  for (const { path } of files) {
    const hash = createHash('sha256');
    try {
      let isFirst = true;
      bytes += content.each(path, LIMITS.bytes - bytes, (chunk) => {
        if (isFirst && isPointer(chunk)) findings.add('upload-lfs', path, { file: path });
        isFirst = false;
        hash.update(chunk);
      });
      if (posix.basename(path) === '.buildHash') findings.add('upload-build-mark', path, { file: path });
    } catch (error) {
      findings.add('file-unreadable', path, { file: findings.shown(path), detail: reasonOf(error) });
      continue;
    }
    lines.push({ path: Buffer.from(path.normalize('NFC')), sha256: hash.digest('hex') });
    onBytes(bytes);
  }
  if (lines.length < files.length) return undefined;
  lines.sort((a, b) => Buffer.compare(a.path, b.path));
  const twin = lines.find(({ path }, i) => lines[i - 1]?.path.equals(path));
  if (twin) {
    findings.add('project-name', '', { name: twin.path.toString() });
    return undefined;
  }
  return { sha256: packageDigest(lines), bytes, files: lines.length };
}

/** The digest of a package by its files: the bytes of their paths, and SHA-256 of their contents in hexadecimal. */
export function packageDigest(files: readonly { readonly path: Buffer; readonly sha256: string }[]): string {
  const whole = createHash('sha256');
  for (const { path, sha256 } of files.toSorted((a, b) => Buffer.compare(a.path, b.path)))
    whole.update(`${sha256}  `).update(path).update('\n');
  return whole.digest('hex');
}

/** Whether a file is what Git LFS leaves in the place of one that was not fetched. */
const isPointer = (chunk: Uint8Array): boolean =>
  chunk.length < 1024 && Buffer.from(chunk.subarray(0, POINTER.length)).equals(POINTER);
const POINTER = Buffer.from('version https://git-lfs.github.com/spec/');
