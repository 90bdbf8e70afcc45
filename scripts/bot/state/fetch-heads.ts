/** Fetches the heads of pull requests as data. One that fails or takes too long does not stop the others. */
import { fetchRefs, missingCommits, type FetchRemote } from '../../git/commits/fetch.ts';
import { NetworkError } from '../../git/process/network.ts';
import type { PullRequestDetails, PullRequestSummary } from '../../github/types.ts';
import type { ReconcileRun } from './reconcile-context.ts';

/** Limits in seconds: for all heads in one fetch, and for one head. */
const FETCH_SECONDS = { all: 120, one: 30 };
/** How many single fetches may time out before the rest is left to the next run. */
const MAX_SLOW_FETCHES = 3;

/** Whether a fetch failed because of the requested commit, and not because of the network, the server or the token. */
const isOfOne = (error: unknown): error is NetworkError =>
  error instanceof NetworkError && ['missing', 'other', 'timeout'].includes(error.fault);

/**
 * Fetches the heads that are not here. One that cannot be fetched is added to `stuck` and not tried again; later steps find it missing.
 * Throws NetworkError when nothing can be fetched.
 */
export async function fetchHeads(
  path: string,
  remote: FetchRemote,
  pulls: readonly Pick<PullRequestSummary, 'number' | 'head'>[],
  stuck: Set<string>,
  limits = FETCH_SECONDS,
): Promise<void> {
  const missingOf = () => new Set(missingCommits(path, [...new Set(pulls.map(({ head }) => head.sha))]));
  const missing = missingOf();
  const wanted = pulls.filter(({ head }) => missing.has(head.sha) && !stuck.has(head.sha));
  await fetchEach(
    path,
    remote,
    wanted.map(({ number }) => `refs/pull/${number}/head`),
    limits,
  );
  if (wanted.length > 0) for (const sha of missingOf()) stuck.add(sha);
}

/** Fetches their heads and the commits that were reviewed. Throws NetworkError when nothing can be fetched. */
export async function fetchPullRequests(
  { options, stuck }: Pick<ReconcileRun, 'options' | 'stuck'>,
  pulls: readonly PullRequestDetails[],
): Promise<void> {
  const { path, remote } = options;
  await fetchHeads(path, remote, pulls, stuck);
  const reviewed = [...new Set(pulls.flatMap(({ reviews }) => reviews.flatMap(({ commit }) => commit ?? [])))];
  const wanted = missingCommits(path, reviewed).filter((commit) => !stuck.has(commit));
  await fetchEach(path, remote, wanted);
  // A push that rewrote the branch may have removed the commit; a review of it does not count.
  for (const commit of missingCommits(path, wanted)) stuck.add(commit);
}

/** Fetches all in one request, which is quickest; if that fails, one by one. */
async function fetchEach(
  path: string,
  remote: FetchRemote,
  refs: readonly string[],
  limits = FETCH_SECONDS,
): Promise<void> {
  if (refs.length === 0) return;
  try {
    await fetchRefs(path, remote, refs, limits.all);
  } catch (error) {
    if (!isOfOne(error)) throw error;
    let slow = 0;
    for (const ref of refs.length === 1 ? [] : refs) {
      if (slow === MAX_SLOW_FETCHES) return;
      if (await isSlow(path, remote, ref, limits.one)) slow += 1;
    }
  }
}

/** Tries to fetch one commit. Returns whether it timed out. */
async function isSlow(path: string, remote: FetchRemote, ref: string, seconds: number): Promise<boolean> {
  try {
    await fetchRefs(path, remote, [ref], seconds);
    return false;
  } catch (error) {
    if (!isOfOne(error)) throw error;
    return error.fault === 'timeout';
  }
}
