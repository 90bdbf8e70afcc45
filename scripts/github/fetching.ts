/** Heads of pull requests fetched as data, where one that cannot be had keeps no other away. */
import { fetchRefs, type Remote } from '../git/fetch.ts';
import { NetworkError } from '../git/network.ts';
import type { PullFact } from './model.ts';

/** Whether a fetch failed for what was asked for, and not for the network, the server or the token. */
export const isOfOne = (error: unknown): boolean =>
  error instanceof NetworkError && (error.fault === 'missing' || error.fault === 'other');

function skipped(error: unknown): void {
  if (!isOfOne(error)) throw error;
}

/** What cannot be had is found missing by whoever looks at it. Throws NetworkError when nothing can be had. */
export async function fetchThose(
  path: string,
  remote: Remote,
  pulls: readonly Pick<PullFact, 'number'>[],
): Promise<void> {
  const refs = pulls.map(({ number }) => `refs/pull/${number}/head`);
  try {
    await fetchRefs(path, remote, refs);
  } catch (error) {
    skipped(error);
    for (const ref of refs) await fetchRefs(path, remote, [ref]).catch(skipped);
  }
}
