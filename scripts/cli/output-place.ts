/** Where a command writes what it makes: never among Git's own files, and never in the configuration. */
import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { safe } from '../report/terminal.ts';
import { UsageError, type Io } from './command.ts';

/**
 * The absolute path of an output as `--out` names it. `config`: the configuration's folder. Throws UsageError for a place in a folder of
 * Git's own, where a file may be a setting or a hook, and for one in the configuration, which knows each of its files.
 */
export function outputPlace(out: string, config: string, io: Io): string {
  const path = resolve(io.cwd, out);
  const place = realPlace(path);
  const refuse = (why: string): never => {
    throw new UsageError(`--out ${safe(out)}: ${why}; name a place elsewhere`);
  };
  if ([path, place].some(isNamedAsGits) || isInGitFolder(place)) refuse('it is in a folder of Git’s own');
  if (isInside(place, realPlace(config))) refuse('it is in the configuration');
  return path;
}

/** Links that may follow one another, as Linux allows. */
const MOST_LINKS = 40;

/** Where a path leads, without links: also through one whose target is not there yet, which writing would make. */
export function realPlace(path: string, left = MOST_LINKS): string {
  if (existsSync(path)) return realpathSync(path);
  const target =
    left > 0 && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : undefined;
  if (target !== undefined) return realPlace(resolve(realPlace(dirname(path)), target), left - 1);
  const parent = dirname(path);
  return parent === path ? path : join(realPlace(parent), relative(parent, path));
}

/** Whether a path is a folder or below it, by their names; links are not followed. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Some file systems take `.GIT` for it, and Windows `git~1`. */
const isNamedAsGits = (path: string): boolean => path.split(/[\\/]/).some((part) => /^(?:\.git|git~1)$/i.test(part));

/** A repository without a working tree, or the folder of one that is kept elsewhere, under any name: as Git knows it (`setup.c`). */
function isInGitFolder(place: string): boolean {
  for (let at = place; ; at = dirname(at)) {
    const isThere = (name: string) => existsSync(join(at, name));
    const isFolder = (name: string) => statSync(join(at, name), { throwIfNoEntry: false })?.isDirectory() === true;
    const isGits = isThere('HEAD') && (isThere('commondir') || (isFolder('objects') && isFolder('refs')));
    if (isGits) return true;
    // The top of a working tree, which may stand inside a bare repository.
    if (dirname(at) === at || isThere('.git')) return false;
  }
}
