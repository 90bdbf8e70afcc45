/**
 * Which pull requests are looked at again by a run that nothing called: those that moved since a run before looked, those whose
 * time has come, and of all others a part, so that each is looked at once an hour. What people with write access can forge, such
 * as a status or a label, can only make the bot look more often. Pure.
 */
import { endOf } from '../core/dates.ts';
import { automaticApproval } from '../core/policy/auto-approval.ts';
import { versionOf } from './approvals/pull-requests.ts';
import { cleanedBy, dueRows } from './whitelist-expiry.ts';
import { isByBot, type Snapshot } from './types.ts';
import type { PullRequestSummary } from '../github/types.ts';
import type { ListedPullRequest } from '../github/reader-types.ts';
import { CONTEXT, labelOf, LABELS } from './feedback/commit-status.ts';

/** Each is looked at once in so many milliseconds, whatever else happens. */
const SWEEP = 60 * 60_000;
/** GitHub counts in seconds, and its lists may lag behind. */
const MARGIN = 2 * 60_000;

/** `since`: when a run began that looked at this tip, in milliseconds since 1970. */
export function isDue(pull: ListedPullRequest, situation: Snapshot, since: number): boolean {
  const { now } = situation;
  const from = since - MARGIN;
  const hasMoved = Date.parse(pull.updatedAt) >= from;
  return (
    hasMoved ||
    !isTold(pull, situation) ||
    isWaitingToLand(pull) ||
    isTimely(pull, situation, from) ||
    swept(pull, from, now)
  );
}

/** Whether the bot said where it stands, and did not stumble. REST shows labels alone, and what is none of its business has none. */
function isTold({ statuses, labels }: ListedPullRequest, { bot }: Snapshot): boolean {
  if (!statuses) return LABELS.some((label) => labels.includes(label));
  const own = statuses.find(({ context }) => context === CONTEXT);
  return own?.by?.id === bot.id && own.state !== 'error';
}

/** It was to be merged and is not: another check may be missing, a branch that could not be updated. */
const READY = labelOf({ state: 'ready', sentence: '', isToMerge: true })!;
const isWaitingToLand = ({ statuses, labels }: ListedPullRequest): boolean =>
  labels.includes(READY) || statuses?.some(({ context, state }) => context === CONTEXT && state === 'success') === true;

/** Whether the time decides: the minutes of an automatic approval, the end of a whitelist row. */
function isTimely(pull: PullRequestSummary, { given, history, bot, now }: Snapshot, from: number): boolean {
  if (!isByBot(pull, bot)) return false;
  const { miniapps } = given.workspace;
  const cleaned = cleanedBy(pull.head.ref);
  const miniapp = cleaned === undefined ? undefined : miniapps.get(cleaned);
  if (miniapp) return dueRows(miniapp, now).some(({ expires }) => isBetween(endOf(expires!), from, now));
  const { miniapp: id = '', version: number = '' } = versionOf(pull.head.ref) ?? {};
  const own = miniapps.get(id);
  const version = own?.versions.get(number);
  if (!own || version?.review?.status !== 'pending') return false;
  return automaticApproval(given.workspace, own, version, history.submittedAt(id, number), now).state !== 'refused';
}

const isBetween = (time: number, from: number, to: number): boolean => from < time && time <= to;

/** The moment of the hour at which it is looked at anyway: of each another, spread by a number without common divisors. */
function swept({ number }: PullRequestSummary, from: number, now: number): boolean {
  const own = (number * 7_919_000) % SWEEP;
  return Math.floor((now - own) / SWEEP) > Math.floor((from + MARGIN - own) / SWEEP);
}
