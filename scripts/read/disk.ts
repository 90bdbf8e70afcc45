/**
 * A Source over a folder: what its people work on, without what Git ignores and what systems and editors leave. Longer than most files:
 * one listing of a folder, whose steps share what was found and what Git said.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  type Dirent,
  type Stats,
} from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { systemCode } from '../core/errors.ts';
import { identify, isFolderOfFiles, pathOf } from '../core/paths.ts';
import { isLitter } from './litter.ts';
import type { EntryKind, Source, SourceEntry } from './source.ts';

/** What Git says of a folder. It is asked only where the folder holds what is no plain file of a configuration. */
export interface GitView {
  /** The files in the index below the folder, relative to it. */
  tracked(): readonly string[];
  /** Which of these Git ignores; a folder's path ends with a slash. */
  ignored(paths: readonly string[]): ReadonlySet<string>;
  /** Whether the executable bit means something here (`core.fileMode`); undefined without a repository, which nothing tells. */
  hasModes(): boolean | undefined;
}

const NO_GIT: GitView = { tracked: () => [], ignored: () => new Set(), hasModes: () => undefined };

/** The folder of one miniapp. */
export interface MiniappFolder {
  readonly id: string;
  readonly entries: readonly SourceEntry[];
  /** The folders that were looked through, itself first. */
  readonly folders: readonly string[];
  /** Whether all that stands in it is plain files of a configuration, so that nothing depends on what Git says of them. */
  readonly isPlain: boolean;
  /** By path: what the file system said of its files and folders, each before what is in it was read. */
  readonly looks: ReadonlyMap<string, Stats>;
  /** By path: what is in those of its files that were read while they were looked at. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** A folder that can also be read miniapp by miniapp. */
export interface DiskSource extends Source {
  /** All but what stands in the folders of miniapps, and the ids of those in the order of their names. */
  apart(): { readonly entries: readonly SourceEntry[]; readonly miniapps: readonly string[] };
  /** What stands in the folders of these; files of up to so many bytes are read. */
  miniapps(ids: readonly string[], limit: number): MiniappFolder[];
}

/** `root`: the folder. Its files are read anew at each call. Throws as Node does where the folder itself cannot be read. */
export function diskSource(root: string, git: GitView = NO_GIT): DiskSource {
  const near = nearby(root);
  return {
    list: (under) => new DiskListing(near, git).list(under),
    apart: () => new DiskListing(near, git).apart(),
    miniapps: (ids, limit) => new DiskListing(near, git).miniapps(ids, limit),
    read: (path) => readFileSync(placeIn(root, path)),
  };
}

/** A folder as seen from the one that the process is in, where that is above: each look at a file in it walks the whole of its path. */
export function nearby(root: string): string {
  const near = relative(process.cwd(), root);
  return near === '' || near.startsWith('..') || isAbsolute(near) ? root : near;
}

/** To read a file, never what a link leads to, and without waiting for whoever writes into a pipe; undefined on Windows. */
const OPENED =
  constants.O_NOFOLLOW === undefined ? undefined : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Faster than `join`, of paths that need none of its care. */
const placeIn = (root: string, path: string): string => `${root}/${path}`;

const MINIAPPS = 'miniapps';

/** A file where none belongs, or a folder in which nothing belongs. */
interface Stranger {
  readonly path: string;
  readonly isFolder: boolean;
  /** Whether it is a file as such, of which its place is all there is to say: hundreds of thousands are not looked at one by one. */
  readonly isFile: boolean;
  readonly isLitter: boolean;
}

class DiskListing {
  readonly #root: string;
  readonly #git: GitView;
  readonly #found: SourceEntry[] = [];
  readonly #strangers: Stranger[] = [];
  #hasModes: boolean | undefined;
  readonly #walked: string[] = [];
  /** Whether a file was met whose mode means something or nothing, as Git is set. */
  #hasOdd = false;
  /** What was seen of each file and folder, and read of files of up to so many bytes, where it is asked for. */
  #seen: { looks: Map<string, Stats>; contents: Map<string, Uint8Array>; limit: number } | undefined;
  /** Of folders above those that were entered, whether they are links. */
  readonly #isLink = new Map<string, boolean>();
  /** The miniapps whose folders are not walked, where none is to be. */
  #passed: string[] | undefined;

  constructor(root: string, git: GitView) {
    this.#root = root;
    this.#git = git;
  }

  list(under: string): SourceEntry[] {
    this.#enter(under);
    this.#settle();
    return this.#found;
  }

  apart(): { entries: SourceEntry[]; miniapps: string[] } {
    const miniapps: string[] = [];
    this.#passed = miniapps;
    const entries = this.list('');
    return { entries, miniapps: miniapps.sort() };
  }

  miniapps(ids: readonly string[], limit: number): MiniappFolder[] {
    const folders = new Map<string, Omit<MiniappFolder, 'id' | 'entries'> & { entries: SourceEntry[] }>();
    for (const id of ids) {
      const strangers = this.#strangers.length;
      const seen = { looks: new Map<string, Stats>(), contents: new Map<string, Uint8Array>() };
      this.#hasOdd = false;
      this.#seen = { ...seen, limit };
      this.#enter(pathOf.folder(id));
      const entries = this.#found.splice(0);
      const isPlain =
        !this.#hasOdd && this.#strangers.length === strangers && entries.every(({ kind }) => kind === 'file');
      folders.set(id, { entries, folders: this.#walked.splice(0), isPlain, ...seen });
    }
    this.#seen = undefined;
    this.#settle();
    for (const entry of this.#found) folders.get(entry.path.split('/')[1]!)!.entries.push(entry);
    return [...folders].map(([id, folder]) => ({ id, ...folder }));
  }

  #enter(under: string): void {
    const link = this.#linkOnTheWayTo(under);
    if (link !== undefined) {
      this.#found.push({ path: link, kind: 'symlink', size: 0 });
      return;
    }
    // The folder of the configuration itself may be reached by a link; what is in it may not be one.
    const look = under === '' ? statSync : lstatSync;
    const top = look(join(this.#root, under), { throwIfNoEntry: false });
    if (top?.isDirectory()) {
      this.#seen?.looks.set(under, top);
      this.#walk(under, false);
    } else if (top) this.#add(under, top);
  }

  /** A folder above that is a link: what it leads to is not the configuration's. */
  #linkOnTheWayTo(under: string): string | undefined {
    const above = foldersOf(under).map((folder) => folder.slice(0, -1));
    return above.find((path) => {
      const known = this.#isLink.get(path);
      if (known !== undefined) return known;
      const isLink = lstatSync(this.#place(path), { throwIfNoEntry: false })?.isSymbolicLink() === true;
      this.#isLink.set(path, isLink);
      return isLink;
    });
  }

  /** `isStrange`: whether nothing in this folder is a configuration's, and all of it is to be named. */
  #walk(folder: string, isStrange: boolean): void {
    const children = unlessTooLong(() => readdirSync(this.#place(folder), { withFileTypes: true }));
    if (children === undefined) {
      this.#found.push({ path: folder, kind: 'special', size: 0 });
      return;
    }
    if (folder !== '' && children.some((child) => child.name === '.git')) {
      this.#found.push({ path: folder, kind: 'submodule', size: 0 });
      return;
    }
    this.#walked.push(folder);
    // What is left of that name is Git's own, beside a configuration that is a repository by itself: no commit can hold it.
    for (const child of children) if (child.name !== '.git') this.#visit(folder, child, isStrange);
  }

  #visit(folder: string, child: Dirent, isStrange: boolean): void {
    const { name } = child;
    const path = folder === '' ? name : `${folder}/${name}`;
    const isFolder = child.isDirectory();
    const stranger = { path, isFolder, isFile: child.isFile() };
    // A name that is not UTF-8 cannot be opened by what Node makes of it; nothing may be called so.
    if (name.includes('\uFFFD')) this.#found.push({ path, kind: 'special', size: 0 });
    else if (isFolder ? isFolderOfFiles(path) : identify(path)) {
      if (isFolder && this.#passed && folder === MINIAPPS) this.#passed.push(name);
      else if (isFolder) {
        const stats = this.#seen && lstatSync(this.#place(path), { throwIfNoEntry: false });
        if (stats) this.#seen!.looks.set(path, stats);
        this.#walk(path, false);
      } else if (!child.isFile() || !this.#read(path)) this.#look(path);
    } else if (isLitter(name, isFolder)) this.#strangers.push({ ...stranger, isLitter: true });
    else if (isFolder && isStrange) this.#walk(path, true);
    else this.#strangers.push({ ...stranger, isLitter: false });
  }

  /**
   * What is left of the strangers without litter and what Git ignores; what is in the index is neither. Of that Git is not asked: for each path
   * it goes through the whole index, which takes minutes where the folder holds a configuration of thousands of miniapps a level below.
   */
  #settle(): void {
    const asked = (stranger: Stranger) => (stranger.isFolder ? `${stranger.path}/` : stranger.path);
    const leftOut: string[] = [];
    let tracked: ReadonlySet<string> | undefined;
    for (;;) {
      const strangers = this.#strangers.splice(0);
      if (strangers.length === 0) break;
      tracked ??= new Set(this.#git.tracked());
      const named = strangers.filter(({ isLitter, path }) => !isLitter && !tracked!.has(path)).map(asked);
      const ignored = named.length > 0 ? this.#git.ignored(named) : new Set<string>();
      for (const stranger of strangers) {
        if (stranger.isLitter || ignored.has(asked(stranger))) leftOut.push(asked(stranger));
        else if (stranger.isFolder) this.#walk(stranger.path, true);
        else if (stranger.isFile) this.#found.push({ path: stranger.path, kind: 'file', size: 0 });
        else this.#look(stranger.path);
      }
    }
    if (leftOut.length === 0) return;
    const left = new Set(leftOut);
    for (const path of this.#git.tracked())
      if (left.has(path) || foldersOf(path).some((one) => left.has(one))) this.#look(path);
  }

  #place(path: string): string {
    return placeIn(this.#root, path);
  }

  /** Looks at a file through opening it, which tells its state and its content at once. False where that is not asked for or cannot be. */
  #read(path: string): boolean {
    if (!this.#seen || OPENED === undefined) return false;
    let file: number | undefined;
    try {
      file = openSync(this.#place(path), OPENED);
      const stats = fstatSync(file);
      if (stats.isFile() && stats.size <= this.#seen.limit) this.#seen.contents.set(path, contentOf(file, stats.size));
      this.#add(path, stats);
      return true;
    } catch (error) {
      // It is gone, or closed to us, or something else meanwhile: looking alone says so.
      if (systemCode(error) === undefined) throw error;
      return false;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  #look(path: string): void {
    const looked = unlessTooLong(() => ({ stats: lstatSync(this.#place(path), { throwIfNoEntry: false }) }));
    if (!looked) this.#found.push({ path, kind: 'special', size: 0 });
    // A file that went away between listing and looking was never there.
    else if (looked.stats) this.#add(path, looked.stats);
  }

  #add(path: string, stats: Stats): void {
    const kind = kindOf(stats);
    const isFile = kind === 'executable' && !(this.#hasModes ??= this.#git.hasModes() ?? hasModes(this.#root));
    this.#hasOdd ||= kind !== 'file';
    this.#seen?.looks.set(path, stats);
    this.#found.push({ path, kind: isFile ? 'file' : kind, size: stats.size });
  }
}

/** The first so many bytes of an open file, or as many as there are. */
function contentOf(file: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  while (at < size) {
    const read = readSync(file, bytes, at, size - at, null);
    if (read === 0) break;
    at += read;
  }
  return at === size ? bytes : bytes.subarray(0, at);
}

/**
 * Whether a file system has modes, by two files of every configuration: where a mounted one knows none, as of Windows, every file
 * comes as executable.
 */
const hasModes = (root: string): boolean =>
  [pathOf.platform, pathOf.policy].some((path) => {
    const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
    return stats !== undefined && kindOf(stats) !== 'executable';
  });

/** Undefined of what stands deeper than a path can be long: it cannot be opened, and nothing may stand there. */
function unlessTooLong<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

/** `a/` and `a/b/` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => `${parts.slice(0, i + 1).join('/')}/`);
}

function kindOf(stats: Stats): EntryKind {
  if (stats.isSymbolicLink()) return 'symlink';
  if (!stats.isFile()) return 'special';
  // Windows has no executable bit: Node reports none there.
  return stats.mode & 0o111 ? 'executable' : 'file';
}
