/** The pull requests that a run looks at, in their turn, with all that bears on them. */
import { GitHubError, requestsLeft } from '../github/client.ts';
import { isDue } from './due.ts';
import { isEverywhere, namesBranch } from '../github/webhook-event.ts';
import type { Snapshot } from './types.ts';
import type { PullRequestDetails, PullRequestSummary } from '../github/types.ts';
import { prioritize, isOfSomebody, RESERVE } from './prioritize.ts';
import type { ListedPullRequest } from '../github/reader-types.ts';
import { NAMED, type ReconcileRun } from './reconcile-context.ts';
import { seenOf, type ObservedState } from './observed-state.ts';

/** What GitHub holds: as it was seen in this run and changed by it, or looked at anew where somebody else had a hand in it. */
export async function observed(run: ReconcileRun): Promise<ObservedState> {
  const { hint } = run.world;
  const named = [...new Set([...hint.numbers, ...run.touched])].slice(0, NAMED);
  run.seen ??= seenOf(await run.reader.overview(named), run.known);
  return run.seen;
}

/** Of those of somebody, how many are looked at together where each is read by some four requests. */
const DEAR = 20;
/** Requests that are kept for what is to be done: below that not even those of somebody are read. */
const LEAST = 4 * DEAR;

/** In which parts they are looked at: those that the event names, or all, or those that are due. */
export function batches(
  { world, touched, lastLook, reader }: ReconcileRun,
  situation: Snapshot,
): PullRequestSummary[][] {
  const { hint } = world;
  // Another tip is another base for every judgement.
  const since = lastLook?.tip === situation.tip ? lastLook.at : undefined;
  const isAsked = (pull: PullRequestSummary) =>
    touched.has(pull.number) ||
    (isEverywhere(hint)
      ? since === undefined || isDue(pull, situation, since)
      : hint.numbers.includes(pull.number) || hint.heads.includes(pull.head.sha) || namesBranch(hint, pull.head));
  const { own, strangers } = prioritize(situation.open.filter(isAsked), situation);
  // Where each costs several requests, what is found out of some is done before others are read.
  const isDear = reader.degraded() !== undefined;
  const parts = Array.from({ length: Math.ceil(own.length / DEAR) }, (_, i) => own.slice(i * DEAR, (i + 1) * DEAR));
  return [...(isDear && parts.length > 0 ? parts : [own]), ...strangers];
}

/** With all that bears on them; as long as GitHub lets enough requests through, which are kept from strangers' first. */
export async function details(
  run: ReconcileRun,
  seen: ObservedState,
  situation: Snapshot,
  part: readonly PullRequestSummary[],
): Promise<PullRequestDetails[]> {
  const { world, left, failures, reader } = run;
  const unknown = part.filter(({ number }) => !seen.pulls.has(number));
  const requests = requestsLeft(world.client) ?? RESERVE;
  const late = unknown.filter((fact) => requests < (isOfSomebody(fact, situation) ? LEAST : RESERVE));
  for (const { number } of late) left.add(number);
  const asked = unknown.flatMap(({ number }) => (left.has(number) ? [] : (seen.open.get(number) ?? [])));
  // What cannot be read of one keeps no other from being looked at; it is not judged by a part.
  if (asked.length > 0) {
    // A list may lag behind what was just done; and whether the bot may push to a fork only the details tell.
    const isJustChanged = (number: number) => world.hint.numbers.includes(number) || run.touched.has(number);
    const isEnough = (listed: ListedPullRequest) =>
      !isJustChanged(listed.number) && (listed.head.isOwn || !isOfSomebody(listed, situation));
    const read = await reader.pulls(asked, { bot: situation.bot, isEnough });
    for (const [number, pull] of read) {
      if (pull instanceof GitHubError) failures.add(pull.message);
      else if (pull?.state === 'open') seen.pulls.set(number, pull);
    }
  }
  return part.flatMap(({ number }) => seen.pulls.get(number) ?? []);
}
