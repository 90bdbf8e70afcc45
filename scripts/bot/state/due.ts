/**
 * Which pull requests a scheduled run reads again: those that changed since the last run, those with a deadline that has passed, and a
 * part of the others, so that each is read once an hour. What people with write access can forge (a status, a label) can only make the
 * bot read more often. Pure.
 */
import { endOf } from '../../core/dates.ts';
import { automaticApproval } from '../../core/policy/auto-approval.ts';
import { cleanUpBranch, reviewBranch } from '../branch-names.ts';
import { dueRows } from '../approvals/whitelist-expiry.ts';
import { isByBot, type Snapshot } from '../types.ts';
import type { PullRequestSummary } from '../../github/types.ts';
import type { ListedPullRequest } from '../../github/reader-types.ts';
import { CONTEXT, labelOf, LABELS } from '../commit-status.ts';

/** Milliseconds within which each pull request is read at least once. */
const SWEEP_MS = 60 * 60_000;
/** Milliseconds of tolerance: GitHub counts in seconds, and its lists may lag behind. */
const MARGIN_MS = 2 * 60_000;

/** Whether a scheduled run reads it again. `since`: the start of the last run that read this tip, in milliseconds since 1970. */
export function isDue(pull: ListedPullRequest, snapshot: Snapshot, since: number): boolean {
  const { now } = snapshot;
  const from = since - MARGIN_MS;
  const hasMoved = Date.parse(pull.updatedAt) >= from;
  return (
    hasMoved ||
    !hasFeedback(pull, snapshot) ||
    isReadyToMerge(pull) ||
    isTimely(pull, snapshot, from) ||
    swept(pull, from, now)
  );
}

/** Whether the bot has reported its status without an internal error. REST lists labels alone; a pull request of code has none. */
function hasFeedback({ statuses, labels }: ListedPullRequest, { bot }: Snapshot): boolean {
  if (!statuses) return LABELS.some((label) => labels.includes(label));
  const own = statuses.find(({ context }) => context === CONTEXT);
  return own?.by?.id === bot.id && own.state !== 'error';
}

/** Whether it may be merged and is not: another check may be missing, or its branch could not be updated. */
const READY = labelOf({ state: 'ready', sentence: '', isToMerge: true })!;
const isReadyToMerge = ({ statuses, labels }: ListedPullRequest): boolean =>
  labels.includes(READY) || statuses?.some(({ context, state }) => context === CONTEXT && state === 'success') === true;

/** Whether a deadline decides: the wait of an automatic approval, or the expiry of a whitelist row. */
function isTimely(pull: PullRequestSummary, { given, history, bot, now }: Snapshot, from: number): boolean {
  if (!isByBot(pull, bot)) return false;
  const { miniapps } = given.workspace;
  const cleaned = cleanUpBranch.parse(pull.head.ref);
  const miniapp = cleaned === undefined ? undefined : miniapps.get(cleaned);
  if (miniapp) return dueRows(miniapp, now).some(({ expires }) => isBetween(endOf(expires!), from, now));
  const { miniapp: id = '', version: number = '' } = reviewBranch.parse(pull.head.ref) ?? {};
  const own = miniapps.get(id);
  const version = own?.versions.get(number);
  if (!own || version?.review?.status !== 'pending') return false;
  return automaticApproval(given.workspace, own, version, history.submittedAt(id, number), now).state !== 'refused';
}

const isBetween = (time: number, from: number, to: number): boolean => from < time && time <= to;

/** The moment of the hour at which it is read anyway. A multiplier without common divisors spreads the moments evenly. */
function swept({ number }: PullRequestSummary, from: number, now: number): boolean {
  const own = (number * 7_919_000) % SWEEP_MS;
  return Math.floor((now - own) / SWEEP_MS) > Math.floor((from + MARGIN_MS - own) / SWEEP_MS);
}
