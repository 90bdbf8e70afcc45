/**
 * The pages as Astro compiled them, kept from one build to the next: starting Astro and Vite takes two thirds of a small build, and gives the
 * same whatever the configuration holds. They stand under a digest of everything that they are compiled of, so others are never taken for them.
 */
import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folders and files that they are compiled of; site/compile.ts refuses a module from elsewhere. */
const FOLDERS = ['site', 'scripts/core'];
const FILES = ['package.json', 'tsconfig.json'];
const NOT_COMPILED = /(?:^|\/)(?:tests|node_modules|\.astro)\/|\.test\.ts$|\.md$/;
/** Changes whenever a package is installed or removed. */
const PACKAGES = 'node_modules/.package-lock.json';
/** One for each base path, and some of former sources, which another build may be reading. */
const KEPT = 6;
const STEM = 'pages-';

/** Where a project keeps them, and what else its builds keep and work with. All of it may be deleted. */
export const keptIn = (project: string): string => join(project, 'node_modules/.cache/miniapp-portal');

/** Whether a change of this file changes the digest. `path`: inside the project, with slashes. */
export const isCompiledOf = (path: string): boolean =>
  FILES.includes(path) || (FOLDERS.some((folder) => path.startsWith(`${folder}/`)) && !NOT_COMPILED.test(path));

/**
 * Stands for what the pages of a project are compiled of for a base path. Undefined where nothing tells when a package changes: then
 * nothing can be kept.
 */
export function compiledKey(project: string, base: string): string | undefined {
  if (!existsSync(join(project, PACKAGES))) return undefined;
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name).slice(project.length).replaceAll('\\', '/').replace(/^\//, ''),
      ),
  );
  const own = [...FILES, ...files.filter(isCompiledOf).sort(), PACKAGES];
  const digests = own.map((path) => [path, hash('sha256', readFileSync(join(project, path)))]);
  // What the pages import stands in them by its place on this machine.
  return hash('sha256', JSON.stringify([process.version, realpathSync(project), base, digests])).slice(0, 32);
}

/** Where compiled pages are, or come to be. */
export interface CompiledPages {
  readonly folder: string;
  readonly isThere: boolean;
}

/** Those of a key among what is kept in a folder. What is taken counts as used. */
export function compiledPages(kept: string, key: string): CompiledPages {
  const folder = join(kept, `${STEM}${key}`);
  const isThere = existsSync(folder);
  if (isThere) noteUse(folder);
  return { folder, isThere };
}

/** Another user's count as used when they were made: their times are not ours to set. */
function noteUse(folder: string): void {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // What is kept is read all the same.
  }
}

/** What is compiled, and for what. */
interface Compiling {
  readonly project: string;
  readonly base: string;
  /** Where what is compiled is kept. */
  readonly kept: string;
  /** Where it was compiled. */
  readonly compiled: string;
}

/**
 * Keeps what was compiled as the pages that were asked for before, and gives those; but not where a source has changed since, as then nobody knows
 * which one was compiled: they are good for this build alone.
 */
export function keepIfSame({ project, base, kept, compiled }: Compiling, asked: CompiledPages): CompiledPages {
  const key = compiledKey(project, base);
  if (key === undefined || compiledPages(kept, key).folder !== asked.folder) return { folder: compiled, isThere: true };
  keep(compiled, asked, kept);
  return asked;
}

/**
 * Puts what was compiled in its place, whole, unless another build was as fast; leaves the `most` that were used last. Others go to the folder
 * that `compiled` is in first, which goes with its build: one that is removed file by file would be taken for whole meanwhile.
 */
export function keep(compiled: string, { folder }: CompiledPages, kept: string, most = KEPT): void {
  try {
    renameSync(compiled, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  const byUse = readdirSync(kept)
    .filter((name) => name.startsWith(STEM))
    .map((name) => ({ name, used: statSync(join(kept, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.used - one.used);
  for (const { name } of byUse.slice(most)) setAside(join(kept, name), join(dirname(compiled), name));
}

function setAside(folder: string, away: string): void {
  try {
    renameSync(folder, away);
    rmSync(away, { recursive: true, force: true });
  } catch {
    // Another build has done it, or reads it on a system that moves nothing which is read: a later one does it.
  }
}
