/** Whether files were written since somebody looked at them, by what the file system says of them: as Git asks it of its index. */

/** What tells one state of a file from another. The time of its last change cannot be set back, as that of its last writing can. */
export interface FileStats {
  readonly ino: number;
  readonly size: number;
  /** Milliseconds since 1970, as `ctimeMs`. */
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/**
 * Milliseconds by which a file has to be older than the look at it: one that is younger may be written again within one tick of the file
 * system's clock and have the same size, and would seem the same. Two seconds is the longest tick there is (FAT).
 */
const TICK = 3000;

/**
 * The stamp of files that stood so at a moment: the same as long as none of them is written, replaced, added or removed. Undefined where
 * that cannot be told yet, because one of them was written just before. `seen`: when they were first looked at, milliseconds since 1970.
 */
export function stampOf(files: readonly (readonly [name: string, FileStats])[], seen: number): string | undefined {
  const numbers = new Float64Array(files.length * 4);
  let names = '';
  for (const [i, [name, { ino, size, mtimeMs, ctimeMs }]] of files.entries()) {
    if (Math.max(mtimeMs, ctimeMs) > seen - TICK) return undefined;
    names += `${name}\n`;
    numbers[i * 4] = ino;
    numbers[i * 4 + 1] = size;
    numbers[i * 4 + 2] = mtimeMs;
    numbers[i * 4 + 3] = ctimeMs;
  }
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(names).update(numbers).digest('base64url').slice(0, 22);
}
