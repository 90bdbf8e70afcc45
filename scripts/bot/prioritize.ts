/** The order in which pull requests are read: strangers' never delay the others. Pure. */
import { personOf } from '../github/accounts.ts';
import { isByBot, type Snapshot } from './types.ts';
import type { PullRequestSummary } from '../github/types.ts';

/** Requests of an hour that are reserved for pull requests of people/ and of the bot. The workflow token has 1,000. */
export const RESERVE = 200;
/** Strangers' pull requests in one batch: as many as one query returns. */
const STRANGERS_BATCH = 50;
/** Milliseconds between two runs by the schedule. */
const SLOT_MS = 5 * 60_000;

type QueueContext = Pick<Snapshot, 'given' | 'bot'>;

/** Whether it is the bot's, or of somebody of people/. */
export function isOfSomebody(pull: PullRequestSummary, { given: { workspace }, bot }: QueueContext): boolean {
  const login = personOf(pull.author, workspace);
  return isByBot(pull, bot) || (login !== undefined && workspace.people.get(login)?.left === undefined);
}

/** Its multiples fall evenly between whole numbers, however many of them are left out (Weyl). */
const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** Another one first with each run by the schedule: a run that has to stop does not always leave the same ones. */
export function rotated<Item>(items: readonly Item[], now: number): Item[] {
  const start = Math.floor(((Math.floor(now / SLOT_MS) * GOLDEN_RATIO) % 1) * items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}

/**
 * First those of people/ and of the bot, then strangers' in batches. The first stranger's rotates with the time, so that a run that has
 * to stop does not always leave the same ones. A change comes with an event of its own.
 */
export function prioritize(
  pulls: readonly PullRequestSummary[],
  snapshot: QueueContext & Pick<Snapshot, 'now'>,
): { own: PullRequestSummary[]; strangers: PullRequestSummary[][] } {
  const own = pulls.filter((pull) => isOfSomebody(pull, snapshot));
  const others = pulls.filter((pull) => !isOfSomebody(pull, snapshot)).toSorted((a, b) => b.number - a.number);
  const turned = rotated(others, snapshot.now);
  const parts = Array.from({ length: Math.ceil(turned.length / STRANGERS_BATCH) }, (_, i) =>
    turned.slice(i * STRANGERS_BATCH, (i + 1) * STRANGERS_BATCH),
  );
  return { own, strangers: parts };
}

/**
 * A status belongs to a commit, and several open pull requests may have the same head. The status is about the one into the default branch,
 * of a known person, that is the oldest. A stranger who opens another one of the same commit cannot change it.
 */
export function statusOwner(
  open: readonly PullRequestSummary[],
  sha: string,
  snapshot: QueueContext & Pick<Snapshot, 'branch'>,
): PullRequestSummary | undefined {
  const rank = (pull: PullRequestSummary) =>
    (pull.base === snapshot.branch ? 0 : 2) + (isOfSomebody(pull, snapshot) ? 0 : 1);
  const same = open.filter(({ head }) => head.sha === sha);
  return same.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)[0];
}
