/** A note beside the decision of a pull request: which other open pull requests conflict with it. */
import { missingCommits } from '../../git/commits/fetch.ts';
import { NetworkError } from '../../git/process/network.ts';
import { messageOf } from '../../core/errors.ts';
import {
  conflictsMarkdown,
  conflictsOf,
  type Candidate,
  type ConflictCache,
  type ConflictContext,
} from '../evaluate/conflicts.ts';
import { fetchHeads } from '../state/fetch-heads.ts';
import { nameOf } from '../../github/accounts.ts';
import type { Snapshot } from '../types.ts';
import type { PullRequestSummary } from '../../github/types.ts';
import type { ReconcileRun, ReconcileOptions } from '../state/reconcile-context.ts';

/** Seconds for fetching the other pull requests; this one waits for them. */
const FETCH_SECONDS = { all: 60, one: 10 };

export interface Neighbours {
  readonly place: ConflictContext;
  readonly memory: ConflictCache;
  readonly others: readonly Candidate[];
  readonly log: ReconcileOptions['log'];
}

/** The open pull requests into the default branch, their commits fetched as data where they can be had. */
export async function neighboursOf(
  place: ConflictContext,
  { remote, log }: Pick<ReconcileOptions, 'remote' | 'log'>,
  { open, branch, given }: Snapshot,
  { memory, stuck }: Pick<ReconcileRun, 'memory' | 'stuck'>,
): Promise<Neighbours> {
  const pulls = open.filter((pull) => pull.base === branch);
  const heads = pulls.map(({ head }) => head.sha);
  try {
    await fetchHeads(place.path, remote, pulls, stuck, FETCH_SECONDS);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    log(`not every open pull request could be fetched: ${error.message}`);
  }
  const gone = new Set(missingCommits(place.path, heads));
  const others = pulls
    .filter(({ head }) => !gone.has(head.sha))
    .map((pull) => ({ number: pull.number, head: pull.head.sha, actor: nameOf(pull.author, given.workspace) }));
  return { place, memory, others, log };
}

/** The note as Markdown; empty when nothing conflicts. It is advice, so what cannot be determined is left out. */
export function conflictNote(
  { place, memory, others, log }: Neighbours,
  { number }: Pick<PullRequestSummary, 'number'>,
): string {
  const own = others.find((one) => one.number === number);
  try {
    return own ? conflictsMarkdown(conflictsOf(place, own, others, { memory })) : '';
  } catch (error) {
    log(`whether #${number} goes together with others could not be told: ${messageOf(error)}`);
    return '';
  }
}
