/** Fetches commits of another repository as data: nothing is checked out, no branch or tag is written. */
import { cached, isId, keep, known } from '../stores/cache.ts';
import { isShallow } from '../process/location.ts';
import { exchange, type GitAccess } from '../process/network.ts';
import { gitAnswer, gitText, type GitOptions } from '../process/run.ts';
import { revisionsOf, treeOf } from './revisions.ts';
import { timeOf } from './time.ts';

export interface FetchRemote {
  readonly url: string;
  readonly access?: GitAccess | undefined;
  /** Further variables for Git. */
  readonly env?: Readonly<Record<string, string>>;
  /** Commits of each history to fetch (a depth); all without it. Only for a temporary repository, which becomes shallow. */
  readonly depth?: number;
}

/** Seconds that a fetch may take. */
const LIMIT = 300;

/** Fetches these refs or commits, within so many seconds. Throws NetworkError. */
export async function fetchRefs(
  folder: string,
  { url, access, env = {}, depth }: FetchRemote,
  refs: readonly string[],
  seconds = LIMIT,
): Promise<void> {
  if (refs.length === 0) return;
  const settings = ['gc.auto=0', 'maintenance.auto=false'].flatMap((one) => ['-c', one]);
  const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
  const cut = depth === undefined ? [] : [`--depth=${depth}`];
  await exchange(folder, [...settings, 'fetch', ...options, ...cut, url, ...refs], {
    ...{ env, access, address: url, seconds },
  });
}

/** Which of these commits are not here. */
export function missingCommits(folder: string, commits: readonly string[]): string[] {
  // An object that is here stays here: nothing is pruned during a run.
  const asked = commits.filter((commit) => known<true>(folder, [commit], ['is here']) === undefined);
  if (asked.length === 0) return [];
  const here = revisionsOf(folder, asked);
  for (const commit of here.keys()) keep(folder, [commit], ['is here'], true);
  return asked.filter((commit) => !here.has(commit));
}

/** Whether a commit is in the history of another. */
export const isAncestor = (folder: string, commit: string, of: string): boolean =>
  isId(commit)
    ? partedAt(folder, commit, of) === commit
    : gitAnswer(folder, ['merge-base', '--is-ancestor', commit, of], { accept: [1] }).status === 0;

/** Whether two commits have an ancestor in common, as far as both are here. Throws EnvironmentError when Git fails. */
export const haveCommonHistory = (folder: string, a: string, b: string): boolean => partedAt(folder, a, b) !== '';

/** The best commit that both have in their history; empty where there is none. `env`: where else Git finds objects. */
const partedAt = (folder: string, a: string, b: string, env: GitOptions['env'] = {}): string =>
  mergeBases(folder, a, b, env)[0] ?? '';

const MERGE_BASES = ['merge bases'];

/** Notes what is known of two commits already. */
export const noteMergeBases = (folder: string, a: string, b: string, bases: readonly string[]): void =>
  keep(folder, [a, b], MERGE_BASES, bases);

/** All merge bases: several after criss-cross merges, none where the two have no history in common, as far as it is here. */
export function mergeBases(folder: string, a: string, b: string, env: GitOptions['env'] = {}): readonly string[] {
  const before = known<readonly string[]>(folder, [a, b], MERGE_BASES);
  if (before) return before;
  const answer = gitAnswer(folder, ['merge-base', '--all', a, b], { env, accept: [1] }).stdout.toString('utf8');
  const found = answer.split('\n').filter((line) => line !== '');
  // More of the history may be fetched yet.
  if (found.length > 0) keep(folder, [a, b], MERGE_BASES, found);
  return found;
}

/** A commit of the first parents of a tip, and when it was committed, in milliseconds since 1970. */
export interface FirstParent {
  readonly commit: string;
  readonly time: number;
}

/** The first parents of a tip, newest first. */
export function firstParents(folder: string, tip: string): FirstParent[] {
  const ask = () => gitText(folder, ['log', '--first-parent', '--format=%H %ct', tip]);
  // More of a shallow history may be fetched yet.
  const text = isShallow(folder) ? ask() : cached(folder, [tip], ['first parents'], ask);
  return text.split('\n').map((line) => {
    const [commit = '', seconds = ''] = line.split(' ');
    return { commit, time: timeOf(seconds) };
  });
}

/** The tree of a commit; undefined when the commit is not here. */
export const treeIfHere = (folder: string, commit: string): string | undefined =>
  missingCommits(folder, [commit]).length > 0 ? undefined : treeOf(folder, commit);
