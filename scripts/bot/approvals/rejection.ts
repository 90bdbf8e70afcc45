/**
 * The text of a review as the reason of a rejection: one line that the version's file accepts, or nothing. And the dismissal of that review
 * where GitHub merges nothing while changes are requested.
 */
import { isStopStep, type TransitionKind } from '../../core/lifecycle/lifecycle.ts';
import { plain } from '../../report/markdown.ts';
import type { Action, EvaluatedPullRequest } from '../types.ts';
import type { Account, SubmittedReview } from '../../github/types.ts';
import { namesAnotherCause, type Refusal } from '../refusals.ts';

/** What the schema of a version allows. */
const MAX_REASON_LENGTH = 1000;
const CUT = ' …';

/** Control characters, halves of characters, and what reorders text or hides in it. */
const UNWANTED = /[\p{Cc}\p{Cs}\u061C\u200B\u2028-\u202E\u2060-\u206F\u{E0000}-\u{E007F}\s]+/gu;
/** HTML comments, which GitHub does not show, so they are no part of the reason that people read. */
const HIDDEN = /<!--[\s\S]*?(?:-->|$)/g;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** A review can hold 65,536 characters; what comes after the limit is cut anyway. */
const READ = 20_000;

/** The reason that a review's text gives, at most 1000 characters; undefined when it gives none. */
export function reasonOf(body: string): string | undefined {
  const line = body.slice(0, READ).replace(HIDDEN, ' ').toWellFormed().replace(UNWANTED, ' ').trim();
  if (!VISIBLE.test(line)) return undefined;
  const characters = [...line];
  if (characters.length <= MAX_REASON_LENGTH) return line;
  return (
    characters
      .slice(0, MAX_REASON_LENGTH - CUT.length)
      .join('')
      .trimEnd() + CUT
  );
}

/** Whether the bot dismissed it so that GitHub merges; then it still counts. */
export const isTakenOver = ({ state, dismissal }: SubmittedReview, bot: Account): boolean =>
  state === 'dismissed' && dismissal?.by === bot.id && dismissal.was === 'changes-requested';

/**
 * The reviews to dismiss so that GitHub merges what a request for changes must not block: the rejection that is based on it, and an
 * emergency stop. Whether GitHub blocks it where no approval is required is not documented. `refusal`: GitHub's answer to the merge.
 */
export function dismissals(
  { pull, evaluation, reviews }: EvaluatedPullRequest,
  refusal: Refusal | undefined,
): Action[] {
  const { transitions = [] } = evaluation?.decision ?? {};
  const isAll = (kind: TransitionKind) => transitions.length > 0 && transitions.every((one) => one.kind === kind);
  const isStop = transitions.length > 0 && transitions.every(isStopStep);
  if (!(isStop || isAll('reject')) || refusal?.action !== 'merge' || namesAnotherCause(refusal)) return [];
  const requests = reviews.filter(
    ({ state, invalid, review }) =>
      state === 'changes-requested' && (isStop || invalid === undefined) && review.dismissal === undefined,
  );
  return requests.map(({ review: { id, body } }) => ({
    kind: 'dismiss-review',
    number: pull.number,
    id,
    message: isStop ? STOP : rejected(plain(reasonOf(body) ?? '')),
  }));
}

const STOP =
  'An emergency stop waits for nobody, and GitHub merges nothing while changes are requested: the bot takes the request away. What it says stays here.';

const rejected = (reason: string): string =>
  `The version is rejected, as this review asks: “${reason}” GitHub merges nothing while changes are requested, so the bot takes the request over; the rejection keeps its reviewer and its words. Approve to take it back.`;
