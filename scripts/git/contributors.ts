/** The commits of a change: who wrote them, by what they claim, and which of them nobody wrote. */
import { coAuthorsIn, type CommitNames } from '../core/history/commit-authors.ts';
import { EnvironmentError } from '../core/errors.ts';
import { cached } from './cache.ts';
import { merge, type Merge } from './merge.ts';
import type { Move } from './moves.ts';
import { gitText } from './run.ts';
import { scratch, type Scratch } from './scratch.ts';

/** Commits up to the head, without those of the base; of a file (from the top of the repository), those that touched it. */
export interface Range {
  readonly base?: string;
  readonly head: string;
  readonly file?: string;
}

/** What of a merge tells whether Git made it. */
export interface MergeParts {
  readonly tree: string;
  readonly parents: readonly string[];
}

interface LoggedNames extends CommitNames, MergeParts {
  readonly id: string;
}

export interface Contributions {
  /** The commits that somebody wrote: all but merges that hold just what Git makes of their parents. */
  readonly commits: readonly LoggedNames[];
  /** What merges among them landed elsewhere than where it was made. */
  readonly moves: readonly Move[];
  /** Whether there are more merges than are looked into, so that they may have moved anything. */
  readonly isCut: boolean;
}

/** Merges of one branch that are looked into. Each takes five runs of Git, some 20 ms, in every run of the bot while it is open. */
export const MOST_MERGES = 30;

/** Who wrote these commits; at most so many merges are looked into. Throws EnvironmentError where Git cannot tell. */
export function writtenIn(folder: string, range: Range, temporary: Scratch, most = MOST_MERGES): Contributions {
  const commits: LoggedNames[] = [];
  const moves: Move[] = [];
  let merges = 0;
  for (const commit of commitsIn(folder, range, temporary.env)) {
    const isMerge = commit.parents.length > 1;
    if (isMerge) merges += 1;
    const automatic = isMerge && merges <= most ? automaticMerge(folder, commit, temporary) : undefined;
    if (automatic) moves.push(...automatic.moves);
    if (!automatic || automatic.moves.length > 0) commits.push(commit);
  }
  return { commits, moves, isCut: merges > most };
}

/**
 * What Git makes of the two parents of a merge, where the merge holds just that: then nobody made what is in it. A conflict that
 * was solved, by hand or in GitHub's editor, and a merge of more than two are somebody's.
 */
function automaticMerge(folder: string, { tree, parents }: MergeParts, temporary: Scratch): Merge | undefined {
  const [one, other, ...more] = parents;
  if (one === undefined || other === undefined || more.length > 0) return undefined;
  try {
    const merged = merge(folder, one, other, temporary);
    return merged.tree === tree ? merged : undefined;
  } catch (error) {
    // Two histories that have nothing in common are merged by hand.
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

/** Whether a merge is just what Git makes of its parents, nothing moved. `temporary`: one of its own if none is given. */
export function isAutomaticMerge(folder: string, parts: MergeParts, temporary?: Scratch): boolean {
  const own = temporary ?? scratch(folder);
  try {
    return automaticMerge(folder, parts, own)?.moves.length === 0;
  } finally {
    if (!temporary) own.remove();
  }
}

const FIELDS = ['%H', '%T', '%P', '%ae', '%ce', '%B'];
/** What a configuration of the user's could change about the answer is set here. */
const LOG = ['log', '-z', '--no-show-signature', '--no-notes', '--encoding=UTF-8', `--format=${FIELDS.join('%x00')}`];

/** No field can hold a NUL. */
function commitsIn(folder: string, { base, head, file }: Range, env: Scratch['env']): LoggedNames[] {
  const ids = base === undefined ? [head] : [base, head];
  const paths = file === undefined ? [] : [`:(top,literal)${file}`];
  const args = [...LOG, ids.join('..'), '--', ...paths];
  const fields = cached(folder, ids, ['commits', ...paths], () => gitText(folder, args, { env })).split('\0');
  const commits: LoggedNames[] = [];
  for (let i = 0; i + FIELDS.length <= fields.length; i += FIELDS.length) {
    const [id = '', tree = '', parents = '', author = '', committer = '', message = ''] = fields.slice(
      i,
      i + FIELDS.length,
    );
    commits.push({
      ...{ id: id.trim(), tree, parents: parents.split(' ').filter((parent) => parent !== '') },
      addresses: [...new Set([author, committer])],
      coAuthors: coAuthorsIn(message),
    });
  }
  return commits;
}
