/** Which disk is full, where a renderer fails: it says so in many ways, and seldom where. */
import { existsSync, statfsSync } from 'node:fs';

/** Bytes: whoever has no more left cannot be said to fail for another reason. */
const LITTLE = 64 * 1024;
const FULL = /\b(?:ENOSPC|EDQUOT)\b|No space left/i;

/** The folder among these whose disk is full, by what the renderer said and by what is left; undefined where none is. */
export function fullDisk(
  words: string,
  folders: readonly string[],
  spaceIn: (folder: string) => number = bytesLeft,
): string | undefined {
  const [least] = folders
    .map((folder) => ({ folder, space: spaceIn(folder) }))
    .sort((one, other) => one.space - other.space);
  return least && (FULL.test(words) || least.space <= LITTLE) ? least.folder : undefined;
}

function bytesLeft(folder: string): number {
  if (!existsSync(folder)) return Infinity;
  const { blocks, bavail, bsize } = statfsSync(folder);
  // File systems that count no blocks tell nothing.
  return blocks === 0 ? Infinity : bavail * bsize;
}
