/** Merges of a history that hold more than Git makes of their parents: somebody wrote in them. */
import { isId } from './cache.ts';
import { kindAlone, mergeKinds, type MergeCommit, type MergeKind } from './automatic-merges.ts';
import { gitAnswer } from './run.ts';
import { scratch, type Scratch } from './scratch.ts';

/** Merges of one process; seconds that it may take, and of one merge that has a process of its own after that. */
const AT_ONCE = 500;
const LIMITS = { all: 120, one: 20 };

export interface LookedAtMerges {
  /** Those in which somebody wrote: their tree is not Git's, or Git carried content to a path where no parent has it. */
  readonly written: ReadonlySet<string>;
  /** Those that Git could not make again in time, so that nothing is known of them. */
  readonly unseen: ReadonlySet<string>;
}

/** What is known of these merges, by their ids. `folder`: inside the repository; `limits`: seconds. Throws EnvironmentError where Git fails. */
export function writtenMerges(folder: string, ids: readonly string[], limits = LIMITS): LookedAtMerges {
  if (ids.length === 0) return { written: new Set(), unseen: new Set() };
  const merges = mergesOf(folder, ids);
  const temporary = scratch(folder);
  try {
    const kinds = kindsOf(merges, temporary, limits);
    const written = merges.filter(({ id, isMoved }) => isMoved || kinds.get(id) === 'written').map(({ id }) => id);
    const unseen = merges.filter(({ id, isMoved }) => !isMoved && kinds.get(id) === 'late').map(({ id }) => id);
    return { written: new Set(written), unseen: new Set(unseen) };
  } finally {
    temporary.remove();
  }
}

function kindsOf(merges: readonly MergeCommit[], temporary: Scratch, limits: typeof LIMITS): Map<string, MergeKind> {
  const found = new Map<string, MergeKind>();
  for (let from = 0; from < merges.length;) {
    const part = merges.slice(from, from + AT_ONCE);
    const kinds = mergeKinds(temporary, part, limits.all);
    // Git stops at parents that have nothing in common.
    const end = part.findIndex(({ id }) => !kinds.has(id));
    const asked = end < 0 ? part : part.slice(0, end + 1);
    const over = performance.now() + limits.all * 1000;
    for (const merge of asked) {
      const kind = kinds.get(merge.id) ?? 'late';
      // One that is made to take long hides no other.
      const isAskedAlone = kind === 'late' && performance.now() < over;
      found.set(merge.id, isAskedAlone ? kindAlone(temporary, merge, limits.one) : kind);
    }
    from += asked.length;
  }
  return found;
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
