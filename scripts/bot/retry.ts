/**
 * Trying again what GitHub refused. Nothing is kept between runs but what GitHub shows: the bot's comment says what was refused
 * and on which state. It is never believed, it only decides when and in which order things are tried.
 */
import { namesBranch } from '../github/webhook-event.ts';
import type { Action, EvaluatedPullRequest } from './types.ts';
import { isLanding, isMarked, isRefusedAt, isTurnOf, type Refusal } from './refusals.ts';
import type { ReconcileRun } from './reconcile-context.ts';
import type { EvaluationStatus } from './evaluate/status.ts';
import { CONTEXT } from './feedback/commit-status.ts';

/** Merges that GitHub refuses, of which a run lets be told before it leaves the others to the next. */
const MOST_REFUSED = 5;

/** Whether another may be tried: a setting that refuses every merge must not cost each of them its requests in every run. */
export const mayLandMore = ({ refusals }: ReconcileRun): boolean =>
  refusals.filter(({ action }) => isLanding({ kind: action })).length < MOST_REFUSED;

export const refusalsOf = ({ refusals }: ReconcileRun, number: number): readonly Refusal[] =>
  refusals.filter((one) => one.number === number && !isOfRun(one));

/** Labels are for lists, and what keeps the bot from commenting cannot be said in a comment: the run tells of them. */
const isOfRun = ({ action }: Refusal): boolean => /label|comment/.test(action);

/** Whether GitHub refused to merge it on this very state, and neither an event names it nor is it its turn. */
export function isLandingLate(
  run: ReconcileRun,
  { pull }: EvaluatedPullRequest,
  { isToMerge }: EvaluationStatus,
): boolean {
  const { world, touched, last, doubted } = run;
  if (!isToMerge || !last || !isRefusedAt(pull, last.bot, last.tip)) return false;
  const { numbers, heads } = world.hint;
  const isNamed =
    numbers.includes(pull.number) ||
    heads.includes(pull.head.sha) ||
    namesBranch(world.hint, pull.head) ||
    touched.has(pull.number);
  return !isNamed && !isTurnOf(pull.number, world.now) && ![...doubted].some((key) => key.includes(pull.head.sha));
}

const isComment = ({ kind }: Action): boolean => kind === 'comment' || kind === 'edit-comment';

interface RetryInput {
  readonly judgement: EvaluatedPullRequest;
  readonly evaluation: EvaluationStatus;
  /** What else is to be done for it now. */
  readonly others: readonly Action[];
  readonly isFree: (action: Action) => boolean;
}

/**
 * What tells of it, in its order: where the comment says that something was refused, that is tried again first, and the comment is
 * written afterwards. Otherwise each run would say that it goes on, and then that it does not.
 */
export function orderFeedback(
  run: ReconcileRun,
  { judgement, evaluation, others, isFree }: RetryInput,
  feedback: readonly Action[],
): readonly Action[] {
  const { pull } = judgement;
  const { last, withheld } = run;
  withheld.delete(pull.number);
  // Whoever cannot be asked is mentioned, from the beginning of the comment.
  const isAsking = others.some(({ kind }) => kind === 'ask-review');
  if (isAsking) return feedback.filter((action) => !isComment(action));
  if (!last || !isMarked(pull, last.bot)) return feedback;
  if (evaluation.isToMerge) {
    // GitHub may merge it only where its status is green.
    const isGreen = pull.statuses.some(
      ({ context, state, by }) => context === CONTEXT && state === 'success' && by?.id === last.bot.id,
    );
    withheld.set(pull.number, feedback);
    return isGreen ? [] : feedback.filter(({ kind }) => kind === 'set-status');
  }
  const first = feedback.filter((action) => !isComment(action) && isFree(action));
  return others.length + first.length > 0 ? first : feedback;
}
