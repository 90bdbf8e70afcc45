/** A portal that does not fit: the disk is named, whatever the renderer said. */
import { describe, expect, test } from 'vitest';
import { fullDisk } from './full-disk.ts';

const MEGABYTE = 1024 ** 2;

describe('the disk that is full', () => {
  test.each<[string, string, Record<string, number>, string | undefined]>([
    ['is told by Node', 'Error: ENOSPC: no space left on device, write', { out: 0, cache: 9 * MEGABYTE }, 'out'],
    [
      'is told by the bundler',
      'Caused by:\n  No space left on device (os error 28)',
      { out: 9 * MEGABYTE, cache: MEGABYTE },
      'cache',
    ],
    ['is a quota', 'EDQUOT, write', { out: MEGABYTE, cache: 9 * MEGABYTE }, 'out'],
    ['is called something else', "EIO, Input/output error '/x'", { out: 4096, cache: 9 * MEGABYTE }, 'out'],
    ['is not blamed for other faults', 'TypeError: x is undefined', { out: MEGABYTE, cache: MEGABYTE }, undefined],
    ['is not known where nothing is told', 'TypeError', { out: Infinity, cache: Infinity }, undefined],
  ])('%s', (_, words, space, expected) => {
    expect(fullDisk(words, Object.keys(space), (folder) => space[folder]!)).toBe(expected);
  });
});
