/** Heads of pull requests fetched as data, where one that cannot be had, or not in time, keeps no other away. */
import { fetchRefs, missingCommits, type Remote } from '../git/fetch.ts';
import { NetworkError } from '../git/network.ts';
import type { PullRequestSummary } from '../github/types.ts';

/** Seconds for all at once, and for one alone. */
const LIMITS = { all: 120, one: 30 };
/** How many may take too long alone before the rest is left to the next run. */
const MOST_SLOW = 3;

/** Whether a fetch failed for what was asked for, and not for the network, the server or the token. */
const isOfOne = (error: unknown): error is NetworkError =>
  error instanceof NetworkError && ['missing', 'other', 'timeout'].includes(error.fault);

/**
 * Fetches those that are not here. What cannot be had is found missing by whoever looks at it, and is not tried again: it is
 * added to `stuck`. Throws NetworkError when nothing can be had.
 */
export async function fetchThose(
  path: string,
  remote: Remote,
  pulls: readonly Pick<PullRequestSummary, 'number' | 'head'>[],
  stuck: Set<string>,
  limits = LIMITS,
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

/** All at once, as it is quickest; where that fails, one after the other. */
export async function fetchEach(path: string, remote: Remote, refs: readonly string[], limits = LIMITS): Promise<void> {
  if (refs.length === 0) return;
  try {
    await fetchRefs(path, remote, refs, limits.all);
  } catch (error) {
    if (!isOfOne(error)) throw error;
    let slow = 0;
    for (const ref of refs.length === 1 ? [] : refs) {
      if (slow === MOST_SLOW) return;
      if (await isSlow(path, remote, ref, limits.one)) slow += 1;
    }
  }
}

/** Fetches it if it can be had, and gives whether it took too long. */
async function isSlow(path: string, remote: Remote, ref: string, seconds: number): Promise<boolean> {
  try {
    await fetchRefs(path, remote, [ref], seconds);
    return false;
  } catch (error) {
    if (!isOfOne(error)) throw error;
    return error.fault === 'timeout';
  }
}
