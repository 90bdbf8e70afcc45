/**
 * Trees that unfold: some kilobytes of folders in folders can be millions of paths, and a commit that nobody judged may hold them.
 * What lists a history or a whole tree is stopped where it takes more than a platform's does, and only then are trees counted,
 * each distinct one once: so an honest history costs nothing more, and a hostile one is told by name.
 */
import { EnvironmentError } from '../../core/errors.ts';
import { readObjects } from './blobs.ts';
import { cached, known } from '../stores/cache.ts';
import { gitAnswer, gitText, TooMuchError, type GitOptions } from '../process/run.ts';
import type { Scratch } from '../stores/scratch.ts';
import { entriesOf, isFolder, type RawTreeEntry } from './tree-listing.ts';

/** Bytes up to which nothing is suspected: 300,000 changed files are some 50 MB. */
const MOST_LISTED = 64 * 1024 ** 2;
/** Seconds within which nearly everything is listed. */
const USUAL_SECONDS = 2;
/** Seconds that the honest history of a very large platform may take; and one change, which may be a stranger's. */
const HISTORY_SECONDS = 120;
const CHANGE_SECONDS = 15;
/** Files and folders of one commit; the largest platform that is measured has 120,000. */
const MOST = 500_000;
/** Commits that are looked into, the newest of all lines of the history, and bytes of the trees of one level. */
const COMMITS = 1000;
const MOST_BYTES = 128 * 1024 ** 2;

/** A commit holds more than is listed. */
export class UnfoldingError extends EnvironmentError {}

/**
 * What Git lists of a history or of a tree. `tip`: the newest commit of it, or the tree. Throws UnfoldingError, which names what
 * unfolds, and whatever `gitAnswer` throws.
 */
export function listing(folder: string, args: readonly string[], tip: string, options: GitOptions = {}): Buffer {
  const most = MOST_LISTED;
  try {
    return gitAnswer(folder, args, { ...options, most, seconds: USUAL_SECONDS }).stdout;
  } catch (error) {
    if (!(error instanceof TooMuchError)) throw error;
    const found = unfoldingIn(folder, { tip }, options.env);
    if (found) throw new UnfoldingError(sentence(found));
    return gitAnswer(folder, args, { ...options, seconds: HISTORY_SECONDS }).stdout;
  }
}

/** A history or one tree. */
export interface ObjectRange {
  /** Its newest commit, or the tree. */
  readonly tip: string;
  /** The commit whose history is left out. */
  readonly without?: string;
}

/**
 * What `list` gives of a change within the seconds that it is given, or undefined where what it lists unfolds, or is more than it may list, which
 * it says by a TooMuchError.
 */
export function listedWithin<Answer>(
  { top, env }: Scratch,
  listed: ObjectRange,
  list: (seconds: number) => Answer,
): Answer | undefined {
  if (known<UnfoldingAnswer>(top, idsOf(listed), KEY)?.found) return undefined;
  for (const seconds of [USUAL_SECONDS, CHANGE_SECONDS]) {
    try {
      return list(seconds);
    } catch (error) {
      if (!(error instanceof TooMuchError)) throw error;
      if (unfoldingIn(top, listed, env)) return undefined;
    }
  }
  return undefined;
}

/** What holds too much. */
export interface Unfolding {
  /** The commit, or the tree that was asked about. */
  readonly id: string;
  /** The deepest folder that holds too much; empty for the top. */
  readonly path: string;
}

const sentence = ({ id, path }: Unfolding): string =>
  `${path === '' ? 'the whole tree' : JSON.stringify(path)} of ${id.slice(0, 10)} unfolds to more than ${MOST} files and folders, which nothing lists. ` +
  'No pull request can bring it: who pushed it takes it out of the branch again (git revert takes it out of the tip, git rebase out of the history)';

interface UnfoldingAnswer {
  readonly found: Unfolding | undefined;
}

const KEY = ['unfolding'];
const idsOf = ({ tip, without }: ObjectRange): string[] => (without === undefined ? [tip] : [tip, without]);

/**
 * The newest commit that holds too much, and where. Costs what the distinct trees weigh, however far they unfold; what is asked by ids
 * is answered once in a process.
 */
export const unfoldingIn = (folder: string, listed: ObjectRange, env: GitOptions['env'] = {}): Unfolding | undefined =>
  cached<UnfoldingAnswer>(folder, idsOf(listed), KEY, () => ({ found: lookFor(folder, listed, env) })).found;

function lookFor(folder: string, { tip, without }: ObjectRange, env: GitOptions['env']): Unfolding | undefined {
  const range = without === undefined ? [tip] : [tip, `^${without}`];
  const words = ['rev-list', `--max-count=${COMMITS}`, ...range];
  const history = gitText(folder, words, { env: env ?? {} });
  // A tree has no history.
  const commits = history === '' ? [tip] : history.split('\n');
  const [found] = unfoldingAmong(folder, commits, env);
  return found && { id: found[0], path: found[1] };
}

/** Those of these commits or trees that hold too much, each with the deepest folder that does. */
export function unfoldingAmong(
  folder: string,
  ids: readonly string[],
  env: GitOptions['env'] = {},
): Map<string, string> {
  const input = ids.map((id) => `${id}^{tree}\n`).join('');
  const roots = gitText(folder, ['cat-file', '--batch-check=%(objectname)'], { env, input }).split('\n');
  const trees = readTrees(folder, roots, env);
  const counts = new Map<string, number>();
  return new Map(
    [...roots.entries()]
      .filter(([, root]) => countOf(root, trees, counts) > MOST)
      .map(([i, root]) => [ids[i]!, pathIn(root, trees, counts)]),
  );
}

/** All trees below these, each once. */
function readTrees(
  folder: string,
  roots: readonly string[],
  env: GitOptions['env'] = {},
): Map<string, readonly RawTreeEntry[]> {
  const trees = new Map<string, readonly RawTreeEntry[]>();
  for (let wanted = new Set(roots); wanted.size > 0;) {
    const next = new Set<string>();
    for (const [id, { type, content }] of readObjects(folder, wanted, { env, most: MOST_BYTES })) {
      if (type !== 'tree') continue;
      const entries = entriesOf(content, id.length / 2);
      trees.set(id, entries);
      for (const entry of entries) if (isFolder(entry)) next.add(entry.id);
    }
    wanted = new Set([...next].filter((id) => !trees.has(id)));
  }
  return trees;
}

/** Files and folders that a tree unfolds to. Trees are as deep as somebody likes, so they are not called into. */
function countOf(
  root: string,
  trees: ReadonlyMap<string, readonly RawTreeEntry[]>,
  counts: Map<string, number>,
): number {
  const open = [root];
  while (open.length > 0) {
    const id = open.at(-1)!;
    const folders = (trees.get(id) ?? []).filter(isFolder);
    const missing = folders.filter((one) => !counts.has(one.id) && trees.has(one.id));
    if (missing.length > 0 && !counts.has(id)) {
      for (const one of new Set(missing.map((folder) => folder.id))) open.push(one);
      continue;
    }
    const below = folders.reduce((sum, one) => sum + (counts.get(one.id) ?? 0), 0);
    counts.set(id, (trees.get(id)?.length ?? 0) + below);
    open.pop();
  }
  return counts.get(root) ?? 0;
}

function pathIn(
  root: string,
  trees: ReadonlyMap<string, readonly RawTreeEntry[]>,
  counts: Map<string, number>,
): string {
  const names: string[] = [];
  for (let id = root; ;) {
    const inner = (trees.get(id) ?? []).find((entry) => isFolder(entry) && (counts.get(entry.id) ?? 0) > MOST);
    // One that unfolds level by level is named by its top.
    const isOne = inner !== undefined && (trees.get(id) ?? []).filter((entry) => entry.id === inner.id).length === 1;
    if (!isOne) return names.join('/');
    names.push(inner.name.toString('utf8'));
    id = inner.id;
  }
}
