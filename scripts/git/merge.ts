/**
 * What merging would give, without touching the working tree, the index or the repository's objects: trees written on the way
 * go to a temporary folder that is gone afterwards.
 */
import { copyFileSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { OutsideError } from '../core/failure.ts';
import { isId } from './memory.ts';
import { gitAnswer, gitText } from './run.ts';

export interface Difference {
  /** From the top of the repository. */
  readonly path: string;
  readonly isInBase: boolean;
  readonly isInMerged: boolean;
}

export interface Merge {
  /** The merged tree; undefined when the two do not merge cleanly. */
  readonly tree?: string;
  readonly conflicts: readonly string[];
  /** What the merged tree has other than the base. */
  readonly differences: readonly Difference[];
}

/** Git commands that see objects written to a folder of their own. */
export interface Scratch {
  readonly env: Readonly<Record<string, string>>;
  /** The top of the repository's working tree. */
  readonly top: string;
  /** The path of the folder that it was made for, from the top. */
  readonly prefix: string;
  /** What was merged and committed already: what that gave is there as long as its objects are. */
  readonly merges: Map<string, Merge>;
  readonly commits: Map<string, string>;
  remove(): void;
}

/** A place for objects; remove it when nothing reads them any more. */
export function scratch(folder: string): Scratch {
  const objects = mkdtempSync(join(tmpdir(), 'miniapp-objects-'));
  const asked = ['rev-parse', '--path-format=absolute', '--show-toplevel', '--git-path', 'objects', '--show-prefix'];
  const [top = '', own = '', prefix = ''] = gitText(folder, asked).split('\n');
  const others = process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
  const alternates = others === undefined ? own : own + delimiter + others;
  return {
    env: { GIT_OBJECT_DIRECTORY: objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates },
    top,
    prefix: prefix.replace(/\/$/, ''),
    merges: new Map(),
    commits: new Map(),
    remove: () => rmSync(objects, { recursive: true, force: true }),
  };
}

/** The commit is never kept, so nobody made it. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'nobody',
  GIT_AUTHOR_EMAIL: 'nobody@localhost',
  GIT_COMMITTER_NAME: 'nobody',
  GIT_COMMITTER_EMAIL: 'nobody@localhost',
};

/** The working tree, untracked files too, as a commit on HEAD. */
export function worktreeCommit(folder: string, { env }: Scratch): string {
  const index = join(env['GIT_OBJECT_DIRECTORY']!, 'index');
  const own = { ...env, ...IDENTITY, GIT_INDEX_FILE: index };
  const top = gitText(folder, ['rev-parse', '--show-toplevel']);
  const isKept = keepIndex(gitText(top, ['rev-parse', '--path-format=absolute', '--git-path', 'index']), index);
  if (!isKept) gitAnswer(top, ['read-tree', 'HEAD'], { env: own });
  gitAnswer(top, ['add', '-A', '.'], { env: own });
  const tree = gitText(top, ['write-tree'], { env: own });
  return gitText(top, ['commit-tree', tree, '-p', 'HEAD', '-m', 'working tree'], { env: own });
}

/**
 * Begins with the repository's own index, where it has one: that knows which files are as they were, so that only the others
 * are read. Its time is kept, because Git takes a file for unchanged only when it is older than the index.
 */
function keepIndex(from: string, to: string): boolean {
  const stats = statSync(from, { throwIfNoEntry: false });
  if (!stats) return false;
  copyFileSync(from, to);
  utimesSync(to, stats.atime, Math.floor(stats.mtimeMs / 1000));
  return true;
}

/** Merges a head into the tip of the base. Throws UsageError when the two have no history in common. */
export function merge(folder: string, base: string, head: string, temporary: Scratch): Merge {
  const { merges } = temporary;
  const key = `${base} ${head}`;
  const merged = merges.get(key) ?? mergeNow(folder, base, head, temporary);
  if (isId(base) && isId(head)) merges.set(key, merged);
  return merged;
}

function mergeNow(folder: string, base: string, head: string, { env, top }: Scratch): Merge {
  // From the top, because merge-tree names conflicts from where it runs; exit code 1 is the answer "with conflicts".
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base, head];
  const { stdout, status } = gitAnswer(top, args, { env, accept: [1] });
  const [tree = '', ...conflicts] = stdout
    .toString('utf8')
    .split('\0')
    .filter((part) => part !== '');
  if (!/^[0-9a-f]{40,64}$/.test(tree))
    throw new OutsideError('Git 2.38 or newer is needed to merge without a working tree');
  if (status === 1) return { conflicts, differences: [] };
  const raw = gitAnswer(folder, ['diff-tree', '-r', '-z', '--raw', '--no-renames', base, tree], { env });
  return { tree, conflicts: [], differences: parseRaw(raw.stdout.toString('utf8')) };
}

/** `:100644 100644 oid oid M\\0path\\0` for each file; the modes 000000 say that it is not there. */
function parseRaw(raw: string): Difference[] {
  const parts = raw.split('\0');
  const differences: Difference[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [before = '', after = ''] = parts[i]!.slice(1).split(' ');
    differences.push({ path: parts[i + 1]!, isInBase: before !== '000000', isInMerged: after !== '000000' });
  }
  return differences;
}

/**
 * The commit that merging would make, which nobody keeps: to see what would come after it. `time`: milliseconds since 1970.
 */
export function mergedCommit(
  folder: string,
  tree: string,
  parents: readonly string[],
  time: number,
  { env, commits }: Scratch,
): string {
  const key = [tree, ...parents, time].join(' ');
  const known = commits.get(key);
  if (known !== undefined) return known;
  const date = `${Math.floor(time / 1000)} +0000`;
  const own = { ...env, ...IDENTITY, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const from = parents.flatMap((parent) => ['-p', parent]);
  const commit = gitText(folder, ['commit-tree', tree, ...from, '-m', 'merged'], { env: own });
  commits.set(key, commit);
  return commit;
}
