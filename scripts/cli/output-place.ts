/** Where a command writes what it makes: never among Git's own files, never in the configuration, and whole. */
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { clearLeftovers, reserve } from '../git/temporary.ts';
import { safe } from '../report/terminal.ts';
import { EnvironmentError, UsageError, type Io } from './command.ts';

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

/** How the name of an output begins that is not whole yet. */
const FRESH = '.miniapp-out-';

/** What the system says where a file cannot be replaced by another: its folder takes none, it is mounted alone, or somebody has it open. */
const IRREPLACEABLE = new Set(['EACCES', 'EPERM', 'EBUSY', 'EROFS']);

/**
 * Writes a file that `--out` names, whole, or leaves what was there, where the disk is full too. One that cannot be replaced is written in
 * place. `path`: as `outputPlace` gives it; a link is followed, and what is no file, such as a pipe, is written to. `shown`: as it was named.
 * Throws EnvironmentError.
 */
export function saveOutput(path: string, shown: string, content: string | Uint8Array): void {
  try {
    const place = realPlace(path);
    const known = statSync(place, { throwIfNoEntry: false });
    if (known && !known.isFile()) return writeFileSync(place, content);
    const folder = dirname(place);
    clearLeftovers(folder, FRESH);
    const { path: fresh, remove } = reserve(folder, FRESH);
    try {
      writeFileSync(fresh, content, { flag: 'wx' });
      if (known) chmodSync(fresh, known.mode & 0o777);
      renameSync(fresh, place);
    } catch (error) {
      if (!known || !IRREPLACEABLE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      writeInPlace(place, Buffer.from(content));
    } finally {
      remove();
    }
  } catch (error) {
    throw new EnvironmentError(`${safe(shown)} cannot be written: ${saidBy(error)}`);
  }
}

/**
 * What was there is copied first to the folder for temporary files: it is put back where writing fails, and where that fails too, or the
 * process is killed, the copy stays.
 */
function writeInPlace(place: string, content: Uint8Array): void {
  const former = readFileSync(place);
  // What cannot be opened is not touched.
  const file = openSync(place, 'r+');
  try {
    const folder = mkdtempSync(join(tmpdir(), 'miniapp-former-'));
    const copy = join(folder, basename(place));
    writeFileSync(copy, former, { flush: true });
    try {
      overwrite(file, content);
    } catch (error) {
      try {
        overwrite(file, former);
      } catch {
        throw new Error(`${saidBy(error)}; it is incomplete now, and what was there stands in ${copy}`, {
          cause: error,
        });
      }
      rmSync(folder, { recursive: true });
      throw error;
    }
    rmSync(folder, { recursive: true });
  } finally {
    closeSync(file);
  }
}

function overwrite(file: number, content: Uint8Array): void {
  ftruncateSync(file);
  for (let done = 0; done < content.length;) done += writeSync(file, content, done, content.length - done, done);
}

const saidBy = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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
