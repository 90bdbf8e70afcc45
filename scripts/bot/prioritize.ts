/** In which order pull requests are looked at, so that strangers' keep nobody else's from being looked at. Pure. */
import { personOf } from '../github/accounts.ts';
import { isByBot, type Snapshot } from './types.ts';
import type { PullRequestSummary } from '../github/types.ts';

/** Of GitHub's requests of an hour, how many are kept for what people/ and the bot open. The workflow token has 1,000. */
export const RESERVE = 200;
/** Strangers' pull requests that are looked at before what is to be done for them is done: as many as one question tells of. */
const TOGETHER = 50;
/** Minutes between two runs by the schedule. */
const SLOT = 5 * 60_000;

type QueueContext = Pick<Snapshot, 'given' | 'bot'>;

/** Whether it is the bot's, or of somebody of people/. */
export function isOfSomebody(pull: PullRequestSummary, { given: { workspace }, bot }: QueueContext): boolean {
  const login = personOf(pull.author, workspace);
  return isByBot(pull, bot) || (login !== undefined && workspace.people.get(login)?.left === undefined);
}

/**
 * First those of people/ and of the bot, then strangers' by parts. Where the strangers' begin moves on with the time, so that it
 * is not always the same that are left when a run has to stop; what changed comes with an event of its own.
 */
export function prioritize(
  pulls: readonly PullRequestSummary[],
  situation: QueueContext & Pick<Snapshot, 'now'>,
): { own: PullRequestSummary[]; strangers: PullRequestSummary[][] } {
  const own = pulls.filter((pull) => isOfSomebody(pull, situation));
  const others = pulls.filter((pull) => !isOfSomebody(pull, situation)).toSorted((a, b) => b.number - a.number);
  const start = others.length === 0 ? 0 : (Math.floor(situation.now / SLOT) * TOGETHER) % others.length;
  const turned = [...others.slice(start), ...others.slice(0, start)];
  const parts = Array.from({ length: Math.ceil(turned.length / TOGETHER) }, (_, i) =>
    turned.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
  return { own, strangers: parts };
}

/**
 * Of open pull requests with one head, the one that its status is about: into the default branch, of somebody, and the oldest.
 * A stranger who opens another of the same commit says nothing about it.
 */
export function statusOwner(
  open: readonly PullRequestSummary[],
  sha: string,
  situation: QueueContext & Pick<Snapshot, 'branch'>,
): PullRequestSummary | undefined {
  const rank = (pull: PullRequestSummary) =>
    (pull.base === situation.branch ? 0 : 2) + (isOfSomebody(pull, situation) ? 0 : 1);
  const same = open.filter(({ head }) => head.sha === sha);
  return same.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)[0];
}
