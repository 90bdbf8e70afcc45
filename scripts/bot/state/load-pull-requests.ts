/** Loads the pull requests that a run reads, in order, with everything that their evaluation depends on. */
import { requestsLeft } from '../../github/client.ts';
import { GitHubError } from '../../github/request.ts';
import { isDue } from './due.ts';
import { isEverywhere, namesBranch } from '../../github/webhook-event.ts';
import type { Snapshot } from '../types.ts';
import type { PullRequestDetails, PullRequestSummary } from '../../github/types.ts';
import { prioritize, isOfSomebody, RESERVE } from '../prioritize.ts';
import type { ListedPullRequest } from '../../github/reader-types.ts';
import { MAX_NAMED_PULLS, type ReconcileRun } from './reconcile-context.ts';
import { observedState, type ObservedState } from './observed-state.ts';

/** GitHub's state: as this run read and changed it, or read again where somebody else changed it. */
export async function observed(run: ReconcileRun): Promise<ObservedState> {
  const { hint } = run.options;
  const named = [...new Set([...hint.numbers, ...run.touched])].slice(0, MAX_NAMED_PULLS);
  run.seen ??= observedState(await run.reader.overview(named), run.known);
  return run.seen;
}

/** How many known people's pull requests are read together where each takes some four requests (REST). */
const REST_BATCH = 20;
/** Requests that are reserved for actions: with fewer left, no pull request is read. */
const ACTION_RESERVE = 4 * REST_BATCH;

/** Pull requests that are read together. */
interface Batch {
  readonly pulls: readonly PullRequestSummary[];
  /** Whether all of ours are read with it: only strangers' follow. */
  readonly isOwnRead: boolean;
}

/** What of a run says which pull requests are read, and how many together. */
interface BatchContext extends Pick<ReconcileRun, 'touched' | 'lastLook'> {
  readonly options: Pick<ReconcileRun['options'], 'hint'>;
  readonly reader: Pick<ReconcileRun['reader'], 'degraded'>;
}

/** The batches in which they are read: those that the event names, all of them, or those that are due. */
export function batches({ options, touched, lastLook, reader }: BatchContext, snapshot: Snapshot): Batch[] {
  const { hint } = options;
  // A new tip is a new base for every evaluation.
  const since = lastLook?.tip === snapshot.tip ? lastLook.at : undefined;
  const isTransitionRequested = (pull: PullRequestSummary) =>
    touched.has(pull.number) ||
    (isEverywhere(hint)
      ? since === undefined || isDue(pull, snapshot, since)
      : hint.numbers.includes(pull.number) || hint.heads.includes(pull.head.sha) || namesBranch(hint, pull.head));
  const { own, strangers } = prioritize(snapshot.open.filter(isTransitionRequested), snapshot);
  // Where each costs several requests, the actions of one batch are executed before the next batch is read.
  const isDear = reader.degraded() !== undefined;
  const parts = Array.from({ length: Math.ceil(own.length / REST_BATCH) }, (_, i) =>
    own.slice(i * REST_BATCH, (i + 1) * REST_BATCH),
  );
  const ours = isDear && parts.length > 0 ? parts : [own];
  return [...ours, ...strangers].map((pulls, i) => ({ pulls, isOwnRead: i >= ours.length - 1 }));
}

/** Their details, while enough requests are left. Strangers' pull requests are the first to be left out. */
export async function details(
  run: ReconcileRun,
  seen: ObservedState,
  snapshot: Snapshot,
  part: readonly PullRequestSummary[],
): Promise<PullRequestDetails[]> {
  const { options, left, failures, reader } = run;
  const unknown = part.filter(({ number }) => !seen.pulls.has(number));
  const requests = requestsLeft(options.client) ?? RESERVE;
  const late = unknown.filter((fact) => requests < (isOfSomebody(fact, snapshot) ? ACTION_RESERVE : RESERVE));
  for (const fact of late) left.set(fact.number, { isOurs: isOfSomebody(fact, snapshot) });
  const asked = unknown.flatMap(({ number }) => (left.has(number) ? [] : (seen.open.get(number) ?? [])));
  // One that cannot be read whole is not evaluated, and does not stop the others.
  if (asked.length > 0) {
    // A list may lag behind this run's writes, and only the details say whether the bot may push to a fork.
    const isJustChanged = (number: number) => options.hint.numbers.includes(number) || run.touched.has(number);
    const isEnough = (listed: ListedPullRequest) =>
      !isJustChanged(listed.number) && (listed.head.isOwn || !isOfSomebody(listed, snapshot));
    const read = await reader.pulls(asked, { bot: snapshot.bot, isEnough });
    for (const [number, pull] of read) {
      if (pull instanceof GitHubError) failures.add(pull.message);
      else if (pull?.state === 'open') seen.pulls.set(number, pull);
    }
  }
  return part.flatMap(({ number }) => seen.pulls.get(number) ?? []);
}
