/** What waits for a review, and how long. */
import type { BytesLack } from '../core/by-bytes.ts';
import { defined } from '../core/defined.ts';
import { automaticApproval, type Automatic } from '../core/policy/auto-approval.ts';
import type { History } from '../core/lifecycle/history.ts';
import { bytesLackOf, pendingVersion } from '../core/lifecycle/lifecycle.ts';
import type { Workspace } from '../core/model.ts';
import { reviewersOf } from '../bot/approvals/reviewers.ts';
import { plural } from '../report/terminal.ts';
import type { ShownMiniapp } from './bytes-lack-text.ts';

const HOUR = 3_600_000;

export interface WaitingReview {
  readonly miniapp: string;
  readonly version: string;
  readonly uploadedBy: string;
  readonly submittedBy: string;
  /** UTC; null where there is no history that says it. */
  readonly submittedAt: string | null;
  /** Whole hours since then. */
  readonly waitingHours: number | null;
  /** Whether it waits longer than `review.slaHours` of platform.yaml promises; false where nothing is promised. */
  readonly isLate: boolean;
  /** Who may approve or reject it by the policy. */
  readonly reviewers: readonly string[];
  /** Whether the platform approves it by itself. */
  readonly automatic: Automatic['state'];
  /** What an approval of it is refused for, or might be, as far as its bytes were looked for. */
  readonly bytesLack?: BytesLack;
}

/** What of a configuration the reviews are told from. */
export type ReviewedWorkspace = Omit<Workspace, 'miniapps'> & { readonly miniapps: ReadonlyMap<string, ShownMiniapp> };

/** Every version under review, longest waiting first; those of which nobody knows since when come last. */
export function waitingReviews(workspace: ReviewedWorkspace, history: History, now: number): WaitingReview[] {
  const found = [...workspace.miniapps.values()].flatMap((miniapp) => {
    const number = pendingVersion(miniapp);
    return number === undefined ? [] : [waitingReview(workspace, miniapp, number, history, now)];
  });
  const since = ({ submittedAt }: WaitingReview) => (submittedAt === null ? Infinity : Date.parse(submittedAt));
  return found.sort((a, b) => since(a) - since(b) || (a.miniapp < b.miniapp ? -1 : 1));
}

function waitingReview(
  workspace: ReviewedWorkspace,
  miniapp: ShownMiniapp,
  number: string,
  history: History,
  now: number,
): WaitingReview {
  const version = miniapp.versions.get(number)!;
  const submittedAt = history.submittedAt(miniapp.id, number);
  const { slaHours } = workspace.platform.review ?? {};
  const waited = submittedAt === undefined ? undefined : Math.max(0, now - submittedAt);
  return {
    miniapp: miniapp.id,
    version: number,
    uploadedBy: version.uploadedBy,
    submittedBy: version.review!.submittedBy,
    submittedAt: submittedAt === undefined ? null : new Date(submittedAt).toISOString(),
    waitingHours: waited === undefined ? null : Math.floor(waited / HOUR),
    // To the millisecond: an age of exactly what is promised is not late.
    isLate: waited !== undefined && slaHours !== undefined && waited > slaHours * HOUR,
    reviewers: reviewersOf(workspace, 'approve', miniapp, version),
    automatic: automaticApproval(workspace, miniapp, version, submittedAt, now).state,
    ...defined({ bytesLack: bytesLackOf(miniapp, version) }),
  };
}

/** "3 hours", "2 days". */
export const waitingText = (hours: number): string =>
  hours < 48 ? plural(hours, 'hour') : plural(Math.floor(hours / 24), 'day');
