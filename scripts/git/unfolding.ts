/**
 * Trees that unfold: some kilobytes of folders in folders can be millions of paths, and a commit that nobody judged may hold them.
 * What lists a history or a whole tree is stopped where it takes more than a platform's does, and only then are trees counted,
 * each distinct one once: so an honest history costs nothing more, and a hostile one is told by name.
 */
import { EnvironmentError } from '../core/errors.ts';
import { readObjects } from './blobs.ts';
import { gitAnswer, gitText, TooMuchError, type GitOptions } from './run.ts';
import { entriesOf, isFolder, type Entry } from './tree-listing.ts';

/** Bytes and seconds up to which nothing is suspected: 300,000 changed files are some 50 MB. */
const UNSUSPECTED = { most: 64 * 1024 ** 2, seconds: 3 };
/** Files and folders of one commit; the largest platform that is measured has 120,000. */
const MOST = 500_000;
/** Seconds that the honest history of a very large platform may take, once nothing in it is found to unfold. */
const HONEST_SECONDS = 120;
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
  try {
    return gitAnswer(folder, args, { ...options, ...UNSUSPECTED }).stdout;
  } catch (error) {
    if (!(error instanceof TooMuchError)) throw error;
    const found = unfoldingIn(folder, tip, options.env);
    if (found) throw new UnfoldingError(sentence(found));
    return gitAnswer(folder, args, { ...options, seconds: HONEST_SECONDS }).stdout;
  }
}

interface Unfolding {
  readonly id: string;
  /** The deepest folder that holds too much; empty for the top. */
  readonly path: string;
}

const sentence = ({ id, path }: Unfolding): string =>
  `${path === '' ? 'the whole tree' : JSON.stringify(path)} of ${id.slice(0, 10)} unfolds to more than ${MOST} files and folders, which nothing lists. ` +
  'No pull request can bring it: who pushed it takes it out of the branch again (git revert takes it out of the tip, git rebase out of the history)';

/** The newest commit that holds too much, and where. */
function unfoldingIn(folder: string, tip: string, env: GitOptions['env'] = {}): Unfolding | undefined {
  const { stdout, status } = gitAnswer(folder, ['rev-list', `--max-count=${COMMITS}`, tip], { env, accept: [128] });
  // A tree has no history.
  const commits = status === 0 ? stdout.toString('utf8').split('\n').slice(0, -1) : [tip];
  const roots = gitText(folder, ['cat-file', '--batch-check=%(objectname)'], {
    env,
    input: commits.map((commit) => `${commit}^{tree}\n`).join(''),
  }).split('\n');
  const trees = readTrees(folder, roots, env);
  const counts = new Map<string, number>();
  for (const [i, root] of roots.entries())
    if (countOf(root, trees, counts) > MOST) return { id: commits[i]!, path: pathIn(root, trees, counts) };
  return undefined;
}

/** All trees below these, each once. */
function readTrees(
  folder: string,
  roots: readonly string[],
  env: GitOptions['env'] = {},
): Map<string, readonly Entry[]> {
  const trees = new Map<string, readonly Entry[]>();
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
function countOf(root: string, trees: ReadonlyMap<string, readonly Entry[]>, counts: Map<string, number>): number {
  const open = [root];
  while (open.length > 0) {
    const id = open.at(-1)!;
    const folders = (trees.get(id) ?? []).filter(isFolder);
    const missing = folders.filter((one) => !counts.has(one.id) && trees.has(one.id));
    if (missing.length > 0 && !counts.has(id)) {
      open.push(...missing.map((one) => one.id));
      continue;
    }
    const below = folders.reduce((sum, one) => sum + (counts.get(one.id) ?? 0), 0);
    counts.set(id, (trees.get(id)?.length ?? 0) + below);
    open.pop();
  }
  return counts.get(root) ?? 0;
}

function pathIn(root: string, trees: ReadonlyMap<string, readonly Entry[]>, counts: Map<string, number>): string {
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
