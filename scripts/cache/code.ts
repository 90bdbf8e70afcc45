/** Which code it was that found something. */
import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { stampOf } from './written.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The folders that decide what is found: code, and the schemas, whose words stand in what is told. */
const DECIDING = [
  'schemas',
  ...['cache', 'commands', 'core', 'git', 'evaluate', 'read'].map((name) => `scripts/${name}`),
];
/** Changes whenever a package is installed or removed. */
const PACKAGES = 'node_modules/.package-lock.json';

/**
 * What stands for that code, the packages that it runs with and Node: another one may find something else. By the stamp of the files, some
 * three hundred: a few milliseconds. `root`: the folder of the project; `now`: milliseconds since 1970. Undefined where it was written just
 * now, so that what runs may be older than what stands there.
 */
export function codeStamp(now: number, root = ROOT): string | undefined {
  const files = [PACKAGES];
  const walk = (folder: string): void => {
    for (const child of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${child.name}`;
      if (child.isDirectory()) walk(path);
      else if (/\.(?:ts|cts|cjs|mjs|json)$/.test(child.name) && !child.name.endsWith('.test.ts')) files.push(path);
    }
  };
  try {
    for (const folder of DECIDING) walk(folder);
    const stamp = stampOf(root, files, now);
    const names = process.getBuiltinModule('node:crypto').hash('sha256', files.join('\n'));
    return stamp && `${process.version} ${realpathSync(root)} ${names} ${stamp}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    // A project whose packages were put there in another way: nothing tells when they change.
    return undefined;
  }
}
