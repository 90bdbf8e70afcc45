import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { writeWhole } from './write-whole.ts';

// Only Linux has a file that is always full.
describe.skipIf(!existsSync('/dev/full'))('a disk that takes nothing', () => {
  test('is said to be full, with what was written', () => {
    const handle = openSync('/dev/full', 'w');
    try {
      expect(() => writeWhole(handle, Buffer.from('x'), 'the answer')).toThrow(
        'the answer cannot be written: the disk is full',
      );
    } finally {
      closeSync(handle);
    }
  });
});
