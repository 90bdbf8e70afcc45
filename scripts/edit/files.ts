/** Files written so that what is on the disk after a power cut is what was there before or after, and never a half. */
import { chmodSync, closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { systemCode } from '../core/errors.ts';

/** Writes a new file and waits until it is on the disk: what is renamed into place must be there before its name is. */
export function writeDurably(path: string, content: string | Uint8Array, mode?: number): void {
  const file = openSync(path, 'wx', mode ?? 0o666);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // The mode of opening is narrowed by the umask; an existing file's is kept as it is.
  if (mode !== undefined) chmodSync(path, mode);
}

/** Waits until the names in a folder are on the disk. Where folders cannot be opened, as on Windows, the system sees to it. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EACCES' && code !== 'EINVAL') throw error;
  }
}
