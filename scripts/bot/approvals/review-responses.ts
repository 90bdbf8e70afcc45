/**
 * The response to the reviews of an approval pull request: its branch should say approved by the approver, rejected with the text of the
 * review that requests changes, or approved automatically. The bot writes that; then the pull request is evaluated like any other.
 */
import { defined } from '../../core/defined.ts';
import { inRepository } from '../../core/paths.ts';
import { INVALID_REASONS } from '../../core/policy/approval-validity.ts';
import type { Version } from '../../core/model.ts';
import { code } from '../../report/markdown.ts';
import {
  AUTOMATIC,
  filesOf,
  outdated,
  pendingOf,
  titleOf,
  type ReviewOutcome,
  type PendingVersion,
} from './pull-requests.ts';
import { automaticAnswer, type AutomaticAnswer } from './auto-approval.ts';
import { descriptionBody } from './review-description.ts';
import { reviewBranch } from '../branch-names.ts';
import { mentionedIn } from './mentions.ts';
import { isByBot, isHeld, type Action, type EvaluatedPullRequest, type Snapshot } from '../types.ts';
import type { FileChange } from '../../github/types.ts';
import { reasonOf } from './rejection.ts';
import { signerOf } from './signer.ts';
import { leastLoaded, loadOf, reviewersOf } from './reviewers.ts';

/** The authors of the commits, from Git. */
export interface CommitAuthors {
  /** Who but the bot wrote commits of the pull request's branch. */
  readonly pushers: readonly string[];
  /** People who are not internal and wrote commits of the version's file on main. */
  readonly outsiders: readonly string[];
}

export interface ReviewResponse {
  /** Actions that come before its merge. */
  readonly actions: readonly Action[];
  /** Whether the branch holds the desired content, so that it may be merged by its decision. */
  readonly mayMerge: boolean;
  /** Why it is refused regardless of its content, as text. */
  readonly refusal?: string;
  /** What people can do next, as text. */
  readonly next?: string;
  /** When to look again, in milliseconds since 1970. */
  readonly wakeAt?: number;
}

/** Undefined for a pull request that is no approval of a version under review. */
export function answerTo(
  snapshot: Snapshot,
  evaluated: EvaluatedPullRequest,
  writers: CommitAuthors,
): ReviewResponse | undefined {
  const { pull, evaluation } = evaluated;
  const subject = subjectOf(snapshot, evaluated);
  if (!subject || !evaluation) return undefined;
  const stays: ReviewResponse = { actions: [], mayMerge: false };
  // One that does not merge is reported as such; one of an earlier submission is closed, even if it was approved.
  if (evaluation.merge.conflicts.length > 0 || outdated(snapshot, subject, pull) !== undefined) return stays;
  if (!isWrittenByBot(snapshot, subject, evaluated)) return { ...stays, refusal: FOREIGN };
  const automatic = automaticAnswer({ ...caseOf(snapshot, subject, evaluated), ...writers, isOwnContent: true });
  const { outcome, next, wakeAt } = desiredReview(snapshot, subject, evaluated, automatic);
  const more = defined({ next, wakeAt });
  // The label `hold` and a draft keep it as it is.
  if (isHeld(pull) || pull.isDraft || !outcome) return { ...stays, ...more };
  const wanted = filesOf(snapshot, subject, outcome);
  if (wanted.length === 0) return { ...stays, next: UNWRITABLE };
  const files = changed(snapshot, evaluated, wanted);
  const message = messageOf(outcome, subject);
  const { number, head } = pull;
  const push: Action = { kind: 'push', number, branch: head.ref, parent: head.sha, files, message };
  const isStamped = files.length === 0;
  const actions = [
    ...(isStamped ? [] : [push]),
    ...described(snapshot, subject, evaluated, outcome),
    ...askReviewers(snapshot, evaluated, outcome),
  ];
  const isStopped = outcome.reviewedBy === AUTOMATIC && automatic.state === 'stopped';
  const isDue = outcome.reviewedBy !== AUTOMATIC || automatic.state === 'approve';
  const refusal = isStopped ? { refusal: `it is not approved automatically: ${automatic.why}` } : {};
  return { actions, mayMerge: isStamped && isDue, ...refusal, ...more };
}

const FOREIGN =
  'its branch holds something else than the bot wrote, so the bot leaves it alone: take those commits away again, or close this pull request and submit the version again';

const UNWRITABLE =
  'The version’s file is written so that the bot cannot edit it without changing more than the review.';

function subjectOf(snapshot: Snapshot, { pull }: EvaluatedPullRequest): PendingVersion | undefined {
  const isOwn = isByBot(pull, snapshot.bot) && pull.base === snapshot.branch;
  const names = isOwn ? reviewBranch.parse(pull.head.ref) : undefined;
  return pendingOf(snapshot).find(
    ({ miniapp, version }) => miniapp.id === names?.miniapp && version.version === names.version,
  );
}

/** The review that merging would leave. */
const reviewIn = ({ evaluation }: EvaluatedPullRequest, { miniapp, version }: PendingVersion): Version['review'] =>
  evaluation?.workspace.miniapps.get(miniapp.id)?.versions.get(version.version)?.review;

/** Whether merging changes this one file only, and to exactly what the bot writes for the outcome that it holds. */
function isWrittenByBot(snapshot: Snapshot, subject: PendingVersion, evaluated: EvaluatedPullRequest): boolean {
  const { differences, conflicts } = evaluated.evaluation!.merge;
  const review = reviewIn(evaluated, subject);
  const [only, ...others] = differences;
  if (!only || others.length > 0 || conflicts.length > 0 || review?.reviewedBy === undefined) return false;
  const { status, reviewedBy, reason = '' } = review;
  if (status === 'pending') return false;
  const outcome: ReviewOutcome = status === 'approved' ? { status, reviewedBy } : { status, reviewedBy, reason };
  const [file] = filesOf(snapshot, subject, outcome);
  return file?.path === only.path && changed(snapshot, evaluated, [file]).length === 0;
}

/** The files that merging would not leave so. */
function changed(
  { prefix }: Snapshot,
  { evaluation }: EvaluatedPullRequest,
  files: readonly FileChange[],
): FileChange[] {
  const start = inRepository(prefix).length;
  return files.filter(({ path, content }) => evaluation!.texts.get(path.slice(start)) !== content);
}

const caseOf = (
  { given, history, now }: Snapshot,
  { miniapp, version }: PendingVersion,
  { pull, changesRequestedBy }: EvaluatedPullRequest,
) => ({
  base: given.workspace,
  miniapp,
  version,
  submittedAt: history.submittedAt(miniapp.id, version.version),
  now,
  pull,
  changesRequestedBy,
});

interface DesiredReview {
  /** Undefined while nobody may sign it. */
  readonly outcome?: ReviewOutcome;
  readonly next?: string;
  readonly wakeAt?: number;
}

/** A rejection comes before an approval, and people before automatic approval. */
function desiredReview(
  snapshot: Snapshot,
  subject: PendingVersion,
  evaluated: EvaluatedPullRequest,
  automatic: AutomaticAnswer,
): DesiredReview {
  const { given, bot, open } = snapshot;
  const { miniapp, version } = subject;
  const currentReviewer = reviewIn(evaluated, subject)?.reviewedBy;
  const eligible = (step: 'approve' | 'reject') => reviewersOf(given.workspace, step, miniapp, version);
  const { rejection, next } = rejectionOf(evaluated, eligible('reject'), currentReviewer);
  if (rejection) return { outcome: rejection };
  const approvers = evaluated.reviews
    .filter(({ state, invalid }) => state === 'approved' && invalid === undefined)
    .toSorted((a, b) => a.review.at - b.review.at)
    .flatMap(({ login }) => login ?? []);
  const named = signerOf(currentReviewer, approvers, eligible('approve'));
  const approve = (reviewedBy: string): ReviewOutcome => ({ status: 'approved', reviewedBy });
  if (named?.hasApproved) return { outcome: approve(named.login), ...defined({ next }) };
  if (automatic.state === 'approve') return { outcome: approve(AUTOMATIC) };
  const isOwn = ({ number }: { number: number }) => number === evaluated.pull.number;
  const load = loadOf(
    given.workspace,
    open.filter((pull) => !isOwn(pull)),
    bot,
  );
  const reviewer = named?.login ?? leastLoaded(eligible('approve'), load);
  const wait = automatic.state === 'wait' ? { wakeAt: automatic.until } : {};
  const why = next ?? sentenceOf(automatic);
  // Where nobody may approve, the branch holds the automatic approval from the beginning and is merged when its wait is over.
  const waits = currentReviewer === AUTOMATIC && automatic.state !== 'not-automatic' ? AUTOMATIC : undefined;
  const signer = reviewer ?? waits;
  return {
    ...defined({ outcome: signer === undefined ? undefined : approve(signer), next: why }),
    ...wait,
  };
}

function sentenceOf(automatic: AutomaticAnswer): string | undefined {
  if (automatic.state === 'wait') {
    return `It is approved automatically at ${new Date(automatic.until).toISOString().slice(0, 19)}Z, unless somebody stops it.`;
  }
  return automatic.state === 'stopped' ? `It is not approved automatically: ${automatic.why}.` : undefined;
}

/** The rejection that a reviewer asked for, with the review's text; a review whose text is in the file already comes first. */
function rejectionOf(
  { reviews }: EvaluatedPullRequest,
  eligible: readonly string[],
  currentReviewer: string | undefined,
): { rejection?: ReviewOutcome; next?: string } {
  const wanting = reviews.flatMap(({ login, state, invalid, review }) => {
    const mayReject = login !== undefined && eligible.includes(login);
    if (state !== 'changes-requested' || !mayReject) return [];
    return [{ login, reason: invalid === undefined ? reasonOf(review.body) : undefined, at: review.at, invalid }];
  });
  const sorted = wanting.toSorted(
    (a, b) => Number(b.login === currentReviewer) - Number(a.login === currentReviewer) || a.at - b.at,
  );
  for (const { login, reason } of sorted) {
    if (reason !== undefined) return { rejection: { status: 'rejected', reviewedBy: login, reason } };
  }
  const [silent] = sorted;
  if (!silent) return {};
  const fault = silent.invalid === undefined ? 'without a reason' : `but ${INVALID_REASONS[silent.invalid]}`;
  return {
    next: `${code(silent.login)} requested changes, ${fault}: choose “Request changes” again and write the reason, and the version is rejected with it.`,
  };
}

function messageOf(outcome: ReviewOutcome, subject: PendingVersion): string {
  const title = titleOf(outcome.status === 'approved' ? 'Approve' : 'Reject', subject);
  return `${title}\n\nSigned ${outcome.reviewedBy}.`;
}

/** Updates of the title and of the review description. */
function described(
  snapshot: Snapshot,
  subject: PendingVersion,
  { pull, compared }: EvaluatedPullRequest,
  { status }: ReviewOutcome,
): Action[] {
  const title = titleOf(status === 'approved' ? 'Approve' : 'Reject', subject);
  const { miniapp, version } = subject;
  const bytes = compared?.find(({ id }) => id.miniapp === miniapp.id && id.version === version.version);
  // An earlier comparison of bytes is kept while the store does not answer.
  const body = bytes?.isUnasked ? pull.body : descriptionBody(snapshot, subject, bytes);
  const isSame = (a: string, b: string) => a.replaceAll('\r\n', '\n').trim() === b.trim();
  const edit = {
    ...defined({ title: pull.title === title ? undefined : title, body: isSame(pull.body, body) ? undefined : body }),
  };
  return Object.keys(edit).length === 0 ? [] : [{ kind: 'edit-pull', number: pull.number, ...edit }];
}

/**
 * Requests a reviewer where none was requested and nobody reviewed, because the run that opened it ended before the request. Requests that
 * people changed are left as they are.
 */
function askReviewers(
  { bot }: Snapshot,
  { pull }: EvaluatedPullRequest,
  { status, reviewedBy }: ReviewOutcome,
): Action[] {
  const isWaiting = status === 'approved' && reviewedBy !== AUTOMATIC;
  const wasAnswered = pull.reviews.some(({ account }) => account !== null && account.id !== pull.author?.id);
  // Logins that GitHub refuses are mentioned instead.
  const isMentioned = mentionedIn(pull, bot).includes(reviewedBy);
  if (!isWaiting || pull.asked.length > 0 || wasAnswered || isMentioned) return [];
  return [{ kind: 'ask-review', number: pull.number, logins: [reviewedBy] }];
}
