/** The working tree as a commit on HEAD, with the bytes that are on disk. The repository is not changed. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  statSync,
  utimesSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../../core/paths.ts';
import { blobSizes } from '../objects/blobs.ts';
import { MOST_FILES } from '../commits/differences.ts';
import { isLitterPath } from '../../read/litter.ts';
import type { SourceEntry } from '../../read/source.ts';
import { importCommit, type KnownFile, type RemovedFile } from '../writing/import-commit.ts';
import { treeOf } from '../commits/revisions.ts';
import { gitAnswer, gitText, PLACES, type Environment } from '../process/run.ts';
import { quoted, type Scratch } from '../stores/scratch.ts';

export interface WorkingTree {
  readonly commit: string;
  readonly tree: string;
  /** Files whose content is not in the commit, by path from the top; the commit has an empty file in their place. */
  readonly left: ReadonlyMap<string, LeftFile>;
}

/** What a file is that the commit has an empty one for; `size`: bytes, `kind`: where it is none that a commit can hold. */
export type LeftFile = Pick<SourceEntry, 'size'> & { readonly kind?: 'special' };

/** Whether a judgement needs the content of a file; `path`: from the top of the repository, `size`: bytes. */
export type IsWanted = (path: string, size: number) => boolean;

/**
 * Commits tracked files, and untracked ones that are not ignored, on a commit (`head`). Bytes are taken as they are, without attributes and
 * filters. Content that is not needed is not read: such a file counts as different, however large it is. The index says which files are
 * unchanged, and trees are written of those folders alone in which something is new.
 */
export function worktreeCommit(temporary: Scratch, head: string, isWanted: IsWanted): WorkingTree {
  const { top, env, bare, index: own, home } = temporary;
  // Not where Git looks for the index of the scratch repository, which has none to read.
  const index = join(home, 'index-of-working-tree');
  const inIndex = { ...env, GIT_INDEX_FILE: index };
  if (!keepIndex(own, index)) gitAnswer(top, ['read-tree', head], { env: inIndex });
  const staged = listed(top, ['diff-index', '--cached', ...RAW, head], inIndex);
  const files = [...listed(top, ['diff-files', ...RAW], inIndex), ...untracked(temporary, inIndex)];
  const left = new Map<string, LeftFile>();
  const ids = contentsOf({ ...temporary, env: inIndex }, files, isWanted, left);
  const changes = new Map<string, KnownFile | RemovedFile>();
  for (const { path, mode, id } of [...staged, ...files.map((file) => ({ ...file, id: ids.get(file.path) }))]) {
    if (mode === NOTHING) changes.set(path, { path, isRemoved: true });
    else if (id !== undefined) changes.set(path, { path, mode, id });
  }
  // Removals come first, because a folder may replace a file.
  const ordered = [...changes.values()].sort((a, b) => Number('isRemoved' in b) - Number('isRemoved' in a));
  // In the scratch repository, where also what Git writes down of a failure is gone afterwards.
  const commit = importCommit(home, {
    files: ordered,
    parent: head,
    isOnParent: true,
    message: 'working tree',
    author: { name: 'nobody', email: 'nobody@localhost' },
    now: Date.now(),
    env: bare,
    isTemporary: true,
  });
  return { commit, tree: treeOf(top, commit, env), left };
}

/**
 * Starts with a copy of the repository's index, where there is one: it knows which files are unchanged, so that only the others are read.
 * The copy keeps its time, because Git takes a file for unchanged only when it is older than the index.
 */
function keepIndex(from: string, to: string): boolean {
  const stats = statSync(from, { throwIfNoEntry: false });
  if (!stats) return false;
  copyFileSync(from, to);
  utimesSync(to, stats.atime, Math.floor(stats.mtimeMs / 1000));
  return true;
}

interface Touched {
  readonly path: string;
  /** The mode of the entry that there is now; `NOTHING` where the file was removed. */
  readonly mode: string;
  /** The content that the index has, where it has one. */
  readonly id: string;
}

const NOTHING = '000000';
const MODULE = '160000';

/** Options of listings of differences, whatever the repository's settings say. */
const RAW = ['--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];

/** The files of such a listing: of the index beside a commit, or of the working tree beside the index. */
function listed(top: string, args: readonly string[], env: Environment): Touched[] {
  const isOnDisk = args[0] === 'diff-files';
  const parts = gitAnswer(top, args, { env }).stdout.toString('utf8').split('\0');
  const files = new Map<string, Touched>();
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [, mode, before, after, status] = /^:\d+ (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])/.exec(parts[i]!) ?? [];
    if (mode === undefined || before === undefined || after === undefined)
      throw new Error(`Git lists a difference in another form: ${parts[i]}`);
    const path = parts[i + 1]!;
    // Git does not list the content of a file with conflicts.
    const isUnmerged = isOnDisk && status === 'U';
    files.set(path, { path, id: isOnDisk ? before : after, mode: isUnmerged ? modeOf(lstat(join(top, path))) : mode });
  }
  return [...files.values()];
}

/** New files that are not ignored, and in the configuration no litter; a repository in the repository is a module. */
function untracked({ top, prefix }: Scratch, env: Readonly<Record<string, string>>): Touched[] {
  const listing = gitAnswer(top, ['ls-files', '--others', '--exclude-standard', '-z'], { env }).stdout.toString('utf8');
  const start = inRepository(prefix);
  const isLeft = (path: string) => path.startsWith(start) && isLitterPath(path.slice(start.length));
  // One more than the limit is enough to exceed it.
  const paths = listing
    .split('\0')
    .filter((path) => path !== '' && !isLeft(path))
    .slice(0, MOST_FILES + 1);
  if (paths.length === 0) return [];
  const files = paths.flatMap((path): Touched[] => {
    if (path.endsWith('/')) return [{ path: path.slice(0, -1), mode: MODULE, id: '' }];
    const stats = lstat(join(top, path));
    if (stats) return [{ path, mode: modeOf(stats), id: '' }];
    return isUnreadable(path) ? [{ path, mode: '100644', id: '' }] : [];
  });
  // Without executable bits in the file system, `core.fileMode` is false and modes are ignored.
  const isBelieved = () =>
    gitText(top, ['config', '--type=bool', '--default', 'true', '--get', 'core.fileMode'], { env }) === 'true';
  if (!files.some(({ mode }) => mode === '100755') || isBelieved()) return files;
  return files.map((file) => (file.mode === '100755' ? { ...file, mode: '100644' } : file));
}

/** Whether a name is not UTF-8, so that a text of it opens nothing. */
const isUnreadable = (path: string): boolean => path.includes('\uFFFD');

const lstat = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

function modeOf(stats: Stats | undefined): string {
  if (!stats) return NOTHING;
  if (stats.isSymbolicLink()) return '120000';
  return stats.mode & 0o100 ? '100755' : '100644';
}

/** The id of the content of each file that differs from the index. */
function contentsOf(
  { top, env, format }: Scratch,
  files: readonly Touched[],
  isWanted: IsWanted,
  left: Map<string, LeftFile>,
): Map<string, string> {
  const sizes = blobSizes(
    top,
    new Set(files.flatMap(({ id, mode }) => (isContent(mode) && id !== '' ? [id] : []))),
    env,
  );
  const ids = new Map<string, string>();
  const wanted: string[] = [];
  for (const { path, mode, id } of files) {
    if (mode === NOTHING) continue;
    const file = join(top, path);
    if (mode === MODULE) {
      const commit = headOf(file) ?? id;
      // A repository without a commit is nothing that a commit can hold, and `git add` refuses it.
      if (commit !== '') ids.set(path, commit);
      continue;
    }
    const stats = lstat(file);
    if (stats === undefined) {
      if (id === '' && isUnreadable(path)) left.set(path, { size: 0, kind: 'special' });
      continue;
    }
    // Opening a named pipe would wait for whoever writes into it.
    if (mode !== LINK && !stats.isFile()) {
      left.set(path, { size: 0, kind: 'special' });
      continue;
    }
    const { size } = stats;
    const isSame = sizes.get(id) === size && hashOf(file, mode, size, format) === id;
    if (isSame) ids.set(path, id);
    else if (mode !== LINK && isWanted(path, size)) wanted.push(path);
    else left.set(path, { size });
  }
  const isLittle = wanted.length + left.size <= MOST_FILES;
  if (isLittle) for (const [path, id] of written(top, wanted, env)) ids.set(path, id);
  else for (const path of wanted) left.set(path, { size: 0 });
  const [empty] = left.size === 0 ? [] : [gitText(top, ['hash-object', '-w', '--stdin'], { env })];
  for (const path of left.keys()) ids.set(path, empty!);
  return ids;
}

const LINK = '120000';
const isContent = (mode: string): boolean => mode !== NOTHING && mode !== MODULE;

/** Puts files among the objects, byte for byte. */
function written(top: string, paths: readonly string[], env: Environment): [string, string][] {
  if (paths.length === 0) return [];
  const input = paths.map((path) => `${quoted(path)}\n`).join('');
  const ids = gitText(top, ['hash-object', '-w', '--no-filters', '--stdin-paths'], { env, input }).split('\n');
  return paths.map((path, i) => [path, ids[i]!]);
}

/** The commit that a repository in the repository is at; undefined where it has none. */
function headOf(folder: string): string | undefined {
  const env = Object.fromEntries(PLACES.map((name) => [name, undefined]));
  const asked = ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'];
  const { stdout, status } = gitAnswer(folder, asked, { env, accept: [1, 128] });
  return status === 0 ? stdout.toString('utf8').trim() : undefined;
}

/** Bytes that are read at a time. */
const CHUNK = 1024 ** 2;

/** The id that Git would give a file or link: the hash of `blob`, its size and its bytes. */
function hashOf(file: string, mode: string, size: number, format: string): string {
  const hash = createHash(format).update(`blob ${size}\0`);
  if (mode === LINK) return hash.update(readlinkSync(file, 'buffer')).digest('hex');
  if (size <= CHUNK) return hash.update(readFileSync(file)).digest('hex');
  const opened = openSync(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let read = readSync(opened, chunk); read > 0; read = readSync(opened, chunk))
      hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(opened);
  }
  return hash.digest('hex');
}
