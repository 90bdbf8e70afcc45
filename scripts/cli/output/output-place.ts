/** Where a command writes what it makes: never among Git's own files, never in the configuration, and whole. */
import {
  chmodSync,
  closeSync,
  constants,
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
import { clearLeftovers, reserve } from '../../git/stores/temporary.ts';
import { safe } from '../../report/terminal.ts';
import { EnvironmentError, UsageError, type Io } from '../frame/command.ts';

/**
 * The absolute path of an output as `--out` names it. `config`: the configuration's folder. Throws UsageError for a place in a folder of
 * Git's own, where a file may be a setting or a hook, for one in the configuration, which knows each of its files, and for one below a file.
 */
export function outputPlace(out: string, config: string, io: Io): string {
  const path = resolve(io.cwd, out);
  const place = realPlace(path);
  const refuse = (why: string): never => {
    throw new UsageError(`--out ${safe(out)}: ${why}; name a place elsewhere`);
  };
  if ([path, place].some(isNamedAsGits) || isInGitFolder(place)) refuse('it is in a folder of Git’s own');
  if (isInside(place, realPlace(config))) refuse('it is in the configuration');
  const file = fileAbove(place);
  if (file !== undefined) refuse(`${safe(file)} is no folder`);
  return path;
}

/** How the name of an output begins that is not whole yet. */
const FRESH = '.miniapp-out-';

/** What the system says where a file cannot be replaced by another: its folder takes none, it is mounted alone, or somebody has it open. */
const IRREPLACEABLE = new Set(['EACCES', 'EPERM', 'EBUSY', 'EROFS']);

/**
 * Writes a file that `--out` names, whole, or leaves what was there, where the disk is full too. One that cannot be replaced is written in
 * place, where what was there can be put back if it could be read. `path`: as `outputPlace` gives it; a link is followed, and what is no file, such as a pipe, is written to. `shown`: as it was named.
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
 * What was there is copied first to the folder for temporary files, where that can be: it is put back where writing fails, and where that
 * fails too, or the process is killed, the copy stays.
 */
function writeInPlace(place: string, content: Uint8Array): void {
  // What cannot be opened is not touched.
  const file = openSync(place, constants.O_WRONLY);
  try {
    const former = unlessFails(() => readFileSync(place));
    const copy = former && keptCopy(former, basename(place));
    try {
      overwrite(file, content);
    } catch (error) {
      if (former === undefined || !unlessFails(() => (overwrite(file, former), true)))
        throw new Error(`${saidBy(error)}; it is incomplete now, ${copyText(former, copy?.path)}`, { cause: error });
      copy?.remove();
      throw error;
    }
    copy?.remove();
  } finally {
    closeSync(file);
  }
}

function copyText(former: Uint8Array | undefined, copy: string | undefined): string {
  if (former === undefined) return 'and what was there could not be read, so no copy of it is kept';
  if (copy !== undefined) return `and what was there stands in ${copy}`;
  return `and no copy of what was there could be kept in ${tmpdir()} (TMPDIR names another folder)`;
}

/** A copy in a folder of its own; undefined where none can be made, and nothing of it is left. */
function keptCopy(content: Uint8Array, name: string): { readonly path: string; remove(): void } | undefined {
  const folder = unlessFails(() => mkdtempSync(join(tmpdir(), 'miniapp-former-')));
  if (folder === undefined) return undefined;
  const path = join(folder, name);
  // A copy too many harms nothing.
  const remove = () => void unlessFails(() => rmSync(folder, { recursive: true }));
  if (unlessFails(() => (writeFileSync(path, content, { flush: true }), true))) return { path, remove };
  remove();
  return undefined;
}

/** Undefined where it throws. */
function unlessFails<Answer>(work: () => Answer): Answer | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function overwrite(file: number, content: Uint8Array): void {
  ftruncateSync(file);
  for (let done = 0; done < content.length;) done += writeSync(file, content, done, content.length - done, done);
}

/** What went wrong; of a folder that is not there, without the name that the output has until it is whole. */
function saidBy(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such folder';
  return error instanceof Error ? error.message : String(error);
}

/** Links that may follow one another, as Linux allows. */
const MOST_LINKS = 40;

/** Whether a link stands there; below a file nothing does, which the system does not say as of a name that is free. */
const isLink = (path: string): boolean =>
  unlessFails(() => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) === true;

/** Where a path leads, without links: also through one whose target is not there yet, which writing would make. */
export function realPlace(path: string, left = MOST_LINKS): string {
  if (existsSync(path)) return realpathSync(path);
  const target = left > 0 && isLink(path) ? readlinkSync(path) : undefined;
  if (target !== undefined) return realPlace(resolve(realPlace(dirname(path)), target), left - 1);
  const parent = dirname(path);
  return parent === path ? path : join(realPlace(parent), relative(parent, path));
}

/** Whether a path is a folder or below it, by their names; links are not followed. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** What stands nearest above a place, where that is no folder. */
function fileAbove(place: string): string | undefined {
  for (let at = dirname(place); ; at = dirname(at)) {
    // Below a file the system says another thing than of a name that is free.
    const there = unlessFails(() => statSync(at, { throwIfNoEntry: false }));
    if (there !== undefined) return there.isDirectory() ? undefined : at;
    if (dirname(at) === at) return undefined;
  }
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
