/**
 * Approval pull requests: each version under review has one, opened by the bot, whose merge approves it. The desired ones follow from the
 * default branch, its history and the existing pull requests, so the next run repairs a missed event or a crash.
 */
import type { Miniapp, Version } from '../../core/model.ts';
import { inRepository } from '../../core/paths.ts';
import { automaticApproval } from '../../core/policy/auto-approval.ts';
import type { FileEdit } from '../../edit/edit.ts';
import { approve, reject } from '../../edit/review.ts';
import { code } from '../../report/markdown.ts';
import { descriptionBody } from './review-description.ts';
import { reviewBranch } from '../branch-names.ts';
import { isByBot, type Action, type ComparedBytes, type Snapshot } from '../types.ts';
import type { FileChange, PullRequestSummary } from '../../github/types.ts';
import { leastLoaded, loadOf, reviewersOf } from './reviewers.ts';

/** The value of `reviewedBy` for automatic approval. */
export const AUTOMATIC = 'policy:internal';

export interface PendingVersion {
  readonly miniapp: Miniapp;
  readonly version: Version;
}

/** Why nothing is done although a version waits, for the log of the run. */
export type SkippedApproval =
  /** Somebody closed its pull request: it is not opened again. */
  | { readonly kind: 'stopped'; readonly miniapp: string; readonly version: string; readonly number: number }
  /** Nobody in people/ may approve it. */
  | { readonly kind: 'nobody'; readonly miniapp: string; readonly version: string }
  /** Its file cannot be edited without changing more than the review. */
  | { readonly kind: 'unwritable'; readonly miniapp: string; readonly version: string };

const WAITS: Readonly<Record<SkippedApproval['kind'], string>> = {
  stopped:
    'somebody closed its pull request, so it is not opened again: reopen it, or withdraw the version and submit it anew',
  nobody: 'nobody in people/ may approve it who neither uploaded nor submitted it',
  unwritable: 'the bot cannot edit its file without changing more than the review: approve it by hand',
};

/** A line of the log: which version waits, and for whom. */
export const noteText = (note: SkippedApproval): string =>
  `${note.miniapp} ${note.version} waits: ${note.kind === 'stopped' ? `#${note.number}: ` : ''}${WAITS[note.kind]}`;

export interface DesiredPullRequest {
  readonly actions: readonly Action[];
  readonly notes: readonly SkippedApproval[];
}

/** The versions under review on the default branch. */
export const pendingOf = ({ given }: Snapshot): PendingVersion[] =>
  [...given.workspace.miniapps.values()].flatMap((miniapp) =>
    [...miniapp.versions.values()]
      .filter(({ review }) => review?.status === 'pending')
      .map((version) => ({ miniapp, version })),
  );

/** The pull requests to open and to close. GitHub allows one open pull request of a branch into another. */
export function approvalPulls(snapshot: Snapshot): DesiredPullRequest {
  const { given, bot, open } = snapshot;
  const pending = new Map(pendingOf(snapshot).map((subject) => [branchFor(subject), subject]));
  const own = open.filter((pull) => isByBot(pull, bot) && reviewBranch.parse(pull.head.ref) !== undefined);
  const existing = own.map((pull) => {
    const subject = pending.get(pull.head.ref);
    return { pull, why: subject ? outdated(snapshot, subject, pull) : decided(snapshot, pull) };
  });
  const kept = existing.filter(({ why }) => why === undefined).map(({ pull }) => pull);
  const actions: Action[] = existing.flatMap(({ pull, why }) => (why === undefined ? [] : closing(pull, why)));
  const notes: SkippedApproval[] = [];
  const load = loadOf(given.workspace, kept, bot);
  const covered = new Set(kept.map(({ head }) => head.ref));
  for (const [branch, subject] of pending) {
    if (covered.has(branch)) continue;
    const names = { miniapp: subject.miniapp.id, version: subject.version.version };
    const stop = stoppedBy(snapshot, subject);
    if (stop) {
      notes.push({ kind: 'stopped', ...names, number: stop.number });
      continue;
    }
    const reviewer = leastLoaded(reviewersOf(given.workspace, 'approve', subject.miniapp, subject.version), load);
    const stamp = reviewer ?? (isAutomatic(snapshot, subject) ? AUTOMATIC : undefined);
    if (stamp === undefined) {
      notes.push({ kind: 'nobody', ...names });
      continue;
    }
    const files = filesOf(snapshot, subject, { status: 'approved', reviewedBy: stamp });
    if (files.length === 0) notes.push({ kind: 'unwritable', ...names });
    else actions.push(opening(snapshot, subject, stamp, files));
    load.set(stamp, (load.get(stamp) ?? 0) + 1);
  }
  return { actions, notes };
}

const branchFor = ({ miniapp, version }: PendingVersion): string => reviewBranch.name(miniapp.id, version.version);

/** The title of an approval pull request, `Approve ID VERSION`. */
export const titleOf = (step: 'Approve' | 'Reject', { miniapp, version }: PendingVersion): string =>
  `${step} ${miniapp.id} ${version.version}`;

const isAutomatic = ({ given, history, now }: Snapshot, { miniapp, version }: PendingVersion): boolean => {
  const submittedAt = history.submittedAt(miniapp.id, version.version);
  return automaticApproval(given.workspace, miniapp, version, submittedAt, now).state !== 'refused';
};

/** The review that a version's file is to hold. */
export type ReviewOutcome =
  | { readonly status: 'approved'; readonly reviewedBy: string }
  | { readonly status: 'rejected'; readonly reviewedBy: string; readonly reason: string };

/** The version's file with the outcome, by path from the top of the repository; none if it cannot be edited. */
export function filesOf(
  { given, prefix }: Snapshot,
  { miniapp, version }: PendingVersion,
  outcome: ReviewOutcome,
): FileChange[] {
  const isRejection = outcome.status === 'rejected';
  const step = { miniapp, version, actor: outcome.reviewedBy, reason: isRejection ? outcome.reason : '' };
  try {
    return changesOf(prefix, (isRejection ? reject : approve)(given, step));
  } catch {
    // A file of one version that cannot be edited must not stop the others.
    return [];
  }
}

/** Adds the comparison of bytes to the pull requests to open; `compare` returns nothing where the platform keeps no packages. */
export async function withBytesIn(
  snapshot: Snapshot,
  { actions, notes }: DesiredPullRequest,
  compare: (subject: PendingVersion) => Promise<ComparedBytes | undefined>,
): Promise<DesiredPullRequest> {
  const pending = new Map(pendingOf(snapshot).map((subject) => [branchFor(subject), subject]));
  const described: Action[] = [];
  for (const action of actions) {
    const subject = action.kind === 'open-pull' ? pending.get(action.branch) : undefined;
    const bytes = subject && (await compare(subject));
    described.push(
      action.kind === 'open-pull' && subject && bytes
        ? { ...action, body: descriptionBody(snapshot, subject, bytes) }
        : action,
    );
  }
  return { actions: described, notes };
}

/** Edits of the configuration as files of the repository. */
export const changesOf = (prefix: string, edits: readonly FileEdit[]): FileChange[] =>
  edits.map(({ path, after }) => ({ path: inRepository(prefix, path), content: after }));

function opening(snapshot: Snapshot, subject: PendingVersion, stamp: string, files: readonly FileChange[]): Action {
  const title = titleOf('Approve', subject);
  return {
    kind: 'open-pull',
    branch: branchFor(subject),
    from: snapshot.tip,
    files,
    message: title,
    title,
    body: descriptionBody(snapshot, subject),
    reviewers: stamp === AUTOMATIC ? [] : [stamp],
  };
}

/** Why a pull request is for an earlier submission of the version, in words. */
export function outdated(
  { history, now }: Snapshot,
  { miniapp, version }: PendingVersion,
  pull: PullRequestSummary,
): string | undefined {
  const submittedAt = history.submittedAt(miniapp.id, version.version);
  // A submission in the future comes from a wrong clock and is ignored.
  const isEarlier = submittedAt !== undefined && submittedAt <= now && pull.createdAt < submittedAt;
  return isEarlier
    ? 'The version was submitted again since this was opened; there will be a new pull request.'
    : undefined;
}

/** Why a version needs no approval any more, in words. */
function decided({ given }: Snapshot, { head }: PullRequestSummary): string {
  const { miniapp = '', version = '' } = reviewBranch.parse(head.ref) ?? {};
  const found = given.workspace.miniapps.get(miniapp)?.versions.get(version);
  if (!found) return 'The version is not there any more.';
  const { review } = found;
  if (!review) return 'The version was withdrawn, so there is nothing to approve.';
  const by = review.reviewedBy === undefined ? '' : ` by ${code(review.reviewedBy)}`;
  return `The version was ${review.status}${by} already.`;
}

/** Milliseconds; longer than a run takes. */
const MAX_RUN_MS = 3_600_000;

/** The closed pull request by which somebody stopped this submission. */
function stoppedBy({ closed, bot, history, now }: Snapshot, subject: PendingVersion): PullRequestSummary | undefined {
  const submittedAt = history.submittedAt(subject.miniapp.id, subject.version.version) ?? 0;
  // A pull request that was opened before the submission belongs to an earlier one. A submission time in the future (a wrong clock) is not
  // compared; but a submission that merges during a run is later than the start of the run.
  const since = submittedAt > now + MAX_RUN_MS ? 0 : submittedAt;
  return closed.find(
    (pull) => pull.head.ref === branchFor(subject) && isByBot(pull, bot) && !pull.isMerged && pull.createdAt >= since,
  );
}

/** Closes a pull request of the bot's and removes its branch. */
const closing = ({ number, head }: PullRequestSummary, why: string): Action[] => [
  { kind: 'close', number, why },
  { kind: 'delete-branch', branch: head.ref, head: head.sha },
];
