/** Whether files were written since somebody looked at them, by what the file system says of them: as Git asks it of its index. */
import { lstatSync, type Stats } from 'node:fs';

/**
 * Milliseconds by which a file has to be older than the look at it: one that is younger may be written again within one tick of the file
 * system's clock and have the same size, and would seem the same. Two seconds is the longest tick there is (FAT).
 */
const TICK = 3000;

/**
 * The stamp of files and folders that stand so at a moment: the same as long as none of them is written, replaced or removed, and nothing is
 * added to one of the folders. The time of a file's last change cannot be set back, as that of its last writing can. `names`: their paths
 * below `root`, which are no part of it; `seen`: when what is in them was first looked at, milliseconds since 1970. Undefined where one is not there, or was
 * written so shortly before that it may be written again and have the same stamp.
 */
export const stampOf = (root: string, names: readonly string[], seen: number): string | undefined =>
  stampOfLooks(names, (name) => lstatSync(`${root}/${name}`, { throwIfNoEntry: false }), seen);

/** The same, of files and folders that were looked at already, each before what is in it. */
export function stampOfLooks(
  names: readonly string[],
  look: (name: string) => Stats | undefined,
  seen: number,
): string | undefined {
  const numbers = new Float64Array(names.length * 4);
  let at = 0;
  for (const name of names) {
    const stats = look(name);
    if (!stats || Math.max(stats.mtimeMs, stats.ctimeMs) > seen - TICK) return undefined;
    numbers[at] = stats.ino;
    numbers[at + 1] = stats.size;
    numbers[at + 2] = stats.mtimeMs;
    numbers[at + 3] = stats.ctimeMs;
    at += 4;
  }
  return mixed(names.length, new Int32Array(numbers.buffer));
}

/**
 * Words mixed to 64 bits, as MurmurHash3 mixes them to 32, twice with other numbers: a configuration has ten thousand stamps, and a cryptographic
 * digest of each takes several times as long. Nobody chooses what times a file system writes down.
 */
function mixed(length: number, words: Int32Array): string {
  let [one, other] = [length, ~length];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!;
    one = (rotated(one ^ Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593), 13) * 5 + 0xe6546b64) | 0;
    other = (rotated(other ^ Math.imul(rotated(Math.imul(word, 0x239b961b), 16), 0xab0e9789), 17) * 5 + 0x561ccd1b) | 0;
  }
  return `${finished(one ^ other).toString(36)}-${finished(Math.imul(other, 3) + one).toString(36)}`;
}

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

function finished(word: number): number {
  let bits = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
