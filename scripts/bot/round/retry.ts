/**
 * Retries of refused actions. No state is kept between runs: the bot's comment records what was refused and on which state. The comment is
 * never trusted; it only decides when and in which order actions are tried.
 */
import { namesBranch } from '../../github/webhook-event.ts';
import type { Action, EvaluatedPullRequest, EvaluationStatus } from '../types.ts';
import { isMergeStep, isMarked, isRefusedAt, isTurnOf, type Refusal } from '../refusals.ts';
import type { ReconcileRun } from '../state/reconcile-context.ts';
import { CONTEXT } from '../commit-status.ts';

/** Refused merges that one run accepts before it leaves the other merges to the next run. */
const MAX_REFUSED_MERGES = 5;

/** Whether another merge may be tried. A setting that refuses every merge must not cost requests for each of them in every run. */
export const mayTryMerge = ({ refusals }: ReconcileRun): boolean =>
  refusals.filter(({ action }) => isMergeStep({ kind: action })).length < MAX_REFUSED_MERGES;

/** What GitHub refused of one pull request, without what it refused of the whole run. */
export const refusalsOf = ({ refusals }: ReconcileRun, number: number): readonly Refusal[] =>
  refusals.filter((one) => one.number === number && !isOfRun(one));

/** Whether a refusal is reported in the comment. Refused labels and comments are reported by the run alone. */
const isOfRun = ({ action }: Refusal): boolean => /label|comment/.test(action);

/** Whether GitHub refused to merge it on this state, no event names it, and its hourly retry is not due. */
export function awaitsMergeRetry(
  run: ReconcileRun,
  { pull }: EvaluatedPullRequest,
  { isToMerge }: EvaluationStatus,
): boolean {
  const { options, touched, last, refusedOnce } = run;
  if (!isToMerge || !last || !isRefusedAt(pull, last.bot, last.tip)) return false;
  const { numbers, heads } = options.hint;
  const isNamed =
    numbers.includes(pull.number) ||
    heads.includes(pull.head.sha) ||
    namesBranch(options.hint, pull.head) ||
    touched.has(pull.number);
  return (
    !isNamed && !isTurnOf(pull.number, options.now) && ![...refusedOnce].some((key) => key.includes(pull.head.sha))
  );
}

const isComment = ({ kind }: Action): boolean => kind === 'comment' || kind === 'edit-comment';

interface RetryInput {
  readonly evaluated: EvaluatedPullRequest;
  readonly status: EvaluationStatus;
  /** The other actions for it. */
  readonly others: readonly Action[];
  readonly isFree: (action: Action) => boolean;
}

/**
 * The actions of its feedback in order. Where the comment reports a refusal, the refused action is tried first and the comment written
 * afterwards; otherwise each run would first report success and then the refusal.
 */
export function orderFeedback(
  run: ReconcileRun,
  { evaluated, status, others, isFree }: RetryInput,
  feedback: readonly Action[],
): readonly Action[] {
  const { pull } = evaluated;
  const { last, withheld } = run;
  withheld.delete(pull.number);
  // Review requests come before the comment, which mentions the logins that cannot be requested.
  const isAsking = others.some(({ kind }) => kind === 'ask-review');
  if (isAsking) return feedback.filter((action) => !isComment(action));
  if (!last || !isMarked(pull, last.bot)) return feedback;
  if (status.isToMerge) {
    // The status comes before the merge, which GitHub may allow only with a successful status.
    const isGreen = pull.statuses.some(
      ({ context, state, by }) => context === CONTEXT && state === 'success' && by?.id === last.bot.id,
    );
    withheld.set(pull.number, feedback);
    return isGreen ? [] : feedback.filter(({ kind }) => kind === 'set-status');
  }
  const first = feedback.filter((action) => !isComment(action) && isFree(action));
  return others.length + first.length > 0 ? first : feedback;
}
