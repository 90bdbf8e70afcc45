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
 * below `root`; `seen`: when what is in them was first looked at, milliseconds since 1970. Undefined where one is not there, or was
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
  // At once: a configuration has ten thousand stamps, and a hash that is fed piece by piece takes four times as long.
  const all = `${names.join('\n')}\n${Buffer.from(numbers.buffer).toString('latin1')}`;
  return process.getBuiltinModule('node:crypto').hash('sha256', all, 'base64url').slice(0, 22);
}
