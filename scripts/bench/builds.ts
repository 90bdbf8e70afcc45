/** Builds of other commits, to compare this one with. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './measure.ts';
import { git } from './repository.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The commit that the targets compare with: of 2026-11-27, before the work on them began. */
export const FORMER = 'f2fc018';

/** The command line of that build. */
export const formerCli = (folder: string): string => join(checkedOut(FORMER, folder), 'scripts/miniapp.mjs');

const made = new Map<string, string>();

/**
 * Checks a commit out below a folder of the measurement, once, and returns its root. It runs with the packages that are installed here.
 * Throws where there is no such commit, as in a shallow clone.
 */
export function checkedOut(ref: string, folder: string): string {
  const commit = git(ROOT, ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`]).trim();
  const known = made.get(commit);
  if (known !== undefined) return known;
  const root = join(folder, `build-${commit.slice(0, 7)}`);
  mkdirSync(root);
  const { stdout: files } = spawnSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 2 ** 30 });
  const { status, stderr } = spawnSync('tar', ['-x', '-C', root], { input: files });
  if (status !== 0) throw new Error(`the files of ${ref} cannot be unpacked: ${String(stderr)}`);
  linkPackages(join(root, 'node_modules'));
  // Its set-up may make a bundle.
  const maker = join(root, 'scripts/make-bundle.mjs');
  if (existsSync(maker)) runNode([maker]);
  made.set(commit, root);
  return root;
}

/** The packages that are installed here, but with a folder of its own for what a build keeps: two builds would clear each other's. */
function linkPackages(packages: string): void {
  const installed = join(ROOT, 'node_modules');
  mkdirSync(join(packages, '.cache'), { recursive: true });
  for (const name of readdirSync(installed))
    if (name !== '.cache') symlinkSync(join(installed, name), join(packages, name));
}
