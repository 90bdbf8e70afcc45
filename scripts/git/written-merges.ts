/** Merges of a history that hold more than Git makes of their parents: somebody wrote in them. */
import { isId } from './cache.ts';
import { kindAlone, mergeKinds, type MergeCommit, type MergeKind } from './automatic-merges.ts';
import { gitAnswer, gitText, TooMuchError } from './run.ts';
import { scratch, type Scratch } from './scratch.ts';

/** Merges of one process; seconds that it may take, and of one merge that has a process of its own after that. */
const AT_ONCE = 500;
const LIMITS = { all: 120, one: 20 };
/** Bytes that a listing may have: some 300,000 files. */
const MOST = 64 * 1024 ** 2;

export interface LookedAtMerges {
  /** Those in which somebody wrote: their tree is not Git's, or Git carried content to a path where no parent has it. */
  readonly written: ReadonlySet<string>;
  /** Those that Git could not make again in time, or not list, so that nothing is known of them. */
  readonly unseen: ReadonlySet<string>;
}

/** What is known of these merges, by their ids. `folder`: inside the repository; `limits`: seconds. Throws EnvironmentError where Git fails. */
export function writtenMerges(folder: string, ids: readonly string[], limits = LIMITS): LookedAtMerges {
  const written = new Set<string>();
  const unseen = new Set<string>();
  if (ids.length === 0) return { written, unseen };
  const temporary = scratch(folder);
  try {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const part = ids.slice(from, from + AT_ONCE);
      const moved = movedAmong(folder, part, limits);
      const kinds = kindsOf(mergesOf(folder, part), temporary, limits);
      for (const id of part) {
        if (moved.get(id) === true || kinds.get(id) === 'written') written.add(id);
        else if (!moved.has(id) || kinds.get(id) === 'late') unseen.add(id);
      }
    }
    return { written, unseen };
  } finally {
    temporary.remove();
  }
}

function kindsOf(merges: readonly MergeCommit[], temporary: Scratch, limits: typeof LIMITS): Map<string, MergeKind> {
  const found = new Map<string, MergeKind>();
  const over = performance.now() + 2 * limits.all * 1000;
  for (let from = 0; from < merges.length;) {
    const rest = merges.slice(from);
    const kinds = mergeKinds(temporary, rest, limits.all);
    // Git stops at parents that it does not merge.
    const end = rest.findIndex(({ id }) => !kinds.has(id));
    const asked = end < 0 ? rest : rest.slice(0, end + 1);
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

const LOG = ['log', '--no-walk=unsorted', '--stdin', '--no-mailmap', '-z'];
const inputOf = (ids: readonly string[]): string => ids.map((id) => `${id}\n`).join('');

function mergesOf(folder: string, ids: readonly string[]): MergeCommit[] {
  const listed = gitText(folder, [...LOG, '--format=%H %T %P'], { input: inputOf(ids) }).split('\0');
  return listed.flatMap((told): MergeCommit[] => {
    const [id = '', tree = '', ...parents] = told.trim().split(' ');
    return isId(id) ? [{ id, tree, parents, isMixed: false }] : [];
  });
}

/**
 * Of each merge, whether a file of it differs from those that some parents have there, and another parent has none. Left out are those whose
 * files cannot be listed in time: their trees unfold.
 */
function movedAmong(folder: string, ids: readonly string[], limits: typeof LIMITS): Map<string, boolean> {
  const over = performance.now() + 2 * limits.all * 1000;
  const among = (some: readonly string[], seconds: number): (readonly [string, boolean])[] => {
    try {
      return [...movedIn(folder, some, seconds)];
    } catch (error) {
      if (!(error instanceof TooMuchError)) throw error;
      if (some.length === 1 || performance.now() > over) return [];
      const half = some.length >> 1;
      return [some.slice(0, half), some.slice(half)].flatMap((part) => among(part, limits.one));
    }
  };
  return new Map(among(ids, limits.all));
}

const NONE = '000000';

/** With each merge the files that differ from those of all its parents (`-c`): `::` modes ids letters, NUL, path, NUL. */
function movedIn(folder: string, ids: readonly string[], seconds: number): Map<string, boolean> {
  const form = ['-c', '--raw', '--no-abbrev', '--no-renames', '--no-relative', '--ignore-submodules=none'];
  const options = { input: inputOf(ids), most: MOST, seconds };
  const tokens = gitAnswer(folder, [...LOG, ...form, '--format=%H%x00'], options)
    .stdout.toString('utf8')
    .split('\0');
  const moved = new Map<string, boolean>();
  let last = '';
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!.replace(/^\n/, '');
    if (token.startsWith('::')) {
      const colons = /^:+/.exec(token)![0].length;
      const modes = token.slice(colons).split(' ').slice(0, colons);
      if (modes.includes(NONE) && modes.some((mode) => mode !== NONE)) moved.set(last, true);
      i += 1;
      continue;
    }
    if (!isId(token)) continue;
    last = token;
    moved.set(last, false);
  }
  return moved;
}
