/** A package as files on disk. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from '../git/stores/write-whole.ts';
import type { OpenPackage } from './store.ts';
import { writeZip } from './zip.ts';

/** Into a folder that is not there yet. Names were looked at when the package was opened. */
export function saveFolder({ files, content }: OpenPackage, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { path, bytes } of files.values()) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    // Two names that this disk takes for one are two files of the package.
    saveFile(file, (take) => content.each(path, bytes, take));
  }
}

/** `told`: gets the bytes too. */
export const saveZip = (open: OpenPackage, file: string, told: (bytes: Uint8Array) => void = () => {}): void =>
  saveFile(file, (take) =>
    writeZip(open, (bytes) => {
      told(bytes);
      take(bytes);
    }),
  );

function saveFile(file: string, write: (take: (bytes: Uint8Array) => void) => void): void {
  const handle = openSync(file, 'wx', 0o644);
  try {
    write((bytes) => writeWhole(handle, bytes, file));
  } finally {
    closeSync(handle);
  }
}
