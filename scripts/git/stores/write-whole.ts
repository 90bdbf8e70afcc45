/** Bytes into an open file, all of them. */
import { writeSync } from 'node:fs';
import { EnvironmentError } from '../../core/errors.ts';

/** `where`: what is written, as sentences call it. Throws EnvironmentError where the disk takes no more. */
export function writeWhole(handle: number, bytes: Uint8Array, where: string): void {
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    throw new EnvironmentError(`${where} cannot be written: ${isFull ? 'the disk is full' : (code ?? String(error))}`);
  }
}
