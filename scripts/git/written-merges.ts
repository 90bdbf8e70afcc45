/** Merges of a history that hold more than Git makes of their parents: somebody wrote in them. */
import { isId } from './cache.ts';
import { mergeKinds, type MergeCommit } from './automatic-merges.ts';
import { mergeBases } from './fetch.ts';
import { gitAnswer } from './run.ts';
import { scratch, type Scratch } from './scratch.ts';

/** Merges of one process, and seconds that it may take: what takes longer counts as written. */
const AT_ONCE = 500;
const SECONDS = 120;

/**
 * The merges among these, by their ids, in which somebody wrote: their tree is not Git's, or Git carried content to a path where
 * no parent has it. `folder`: inside the repository. None where Git is too old to merge without a working tree.
 */
export function writtenMerges(folder: string, ids: readonly string[]): ReadonlySet<string> {
  if (ids.length === 0) return new Set();
  const merges = mergesOf(folder, ids);
  const temporary = scratch(folder);
  try {
    const written = treesUnlikeGit(folder, merges, temporary);
    for (const { id, isMoved } of merges) if (isMoved) written.add(id);
    return written;
  } finally {
    temporary.remove();
  }
}

function treesUnlikeGit(folder: string, merges: readonly MergeCommit[], temporary: Scratch): Set<string> {
  const written = new Set<string>();
  for (let from = 0; from < merges.length;) {
    const part = merges.slice(from, from + AT_ONCE);
    const kinds = mergeKinds(temporary, part, SECONDS);
    const end = part.findIndex(({ id }) => !kinds.has(id));
    for (const { id } of end < 0 ? part : part.slice(0, end)) if (kinds.get(id) === 'written') written.add(id);
    const stopped = part[end];
    from += end < 0 ? part.length : end + 1;
    if (stopped === undefined) continue;
    // Git stops at parents that have nothing in common; where these have, it does not know how to merge at all.
    const [one = '', other = ''] = stopped.parents;
    if (mergeBases(folder, one, other).length > 0) return written;
    written.add(stopped.id);
  }
  return written;
}

interface ListedMerge extends MergeCommit {
  /** Whether a file of it differs from those that some parents have there, and another parent has none. */
  readonly isMoved: boolean;
}

const NONE = '000000';

/** With each merge the files that differ from those of all its parents (`-c`): `::` modes ids letters, NUL, path, NUL. */
function mergesOf(folder: string, ids: readonly string[]): ListedMerge[] {
  const args = ['log', '--no-walk=unsorted', '--stdin', '-c', '--raw', '-z', '--no-abbrev', '--no-renames'];
  const input = ids.map((id) => `${id}\n`).join('');
  const format = ['--no-relative', '--ignore-submodules=none', '--no-mailmap', '--format=%H %T %P%x00'];
  const tokens = gitAnswer(folder, [...args, ...format], { input })
    .stdout.toString('utf8')
    .split('\0');
  const merges: (Omit<ListedMerge, 'isMoved'> & { isMoved: boolean })[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!.replace(/^\n/, '');
    if (token.startsWith('::')) {
      const colons = /^:+/.exec(token)![0].length;
      const modes = token.slice(colons).split(' ').slice(0, colons);
      const last = merges.at(-1);
      if (last && modes.includes(NONE) && modes.some((mode) => mode !== NONE)) last.isMoved = true;
      i += 1;
      continue;
    }
    const [id = '', tree = '', ...parents] = token.split(' ');
    if (isId(id)) merges.push({ id, tree, parents, isMixed: false, isMoved: false });
  }
  return merges;
}
