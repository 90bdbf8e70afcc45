/**
 * Trying again what GitHub refused. Nothing is kept between runs but what GitHub shows: the bot's comment says what was refused
 * and on which state. It is never believed, it only decides when and in which order things are tried.
 */
import { namesBranch } from '../github/webhook-event.ts';
import type { Action, Judgement } from './types.ts';
import { isLanding, isMarked, isRefusedAt, isTurnOf, type Refusal } from './refusals.ts';
import type { Run } from './reconcile-context.ts';
import type { Standing } from './evaluate/status.ts';
import { CONTEXT } from './feedback/commit-status.ts';

/** Merges that GitHub refuses, of which a run lets be told before it leaves the others to the next. */
const MOST_REFUSED = 5;

/** Whether another may be tried: a setting that refuses every merge must not cost each of them its requests in every run. */
export const mayLandMore = ({ refusals }: Run): boolean =>
  refusals.filter(({ action }) => isLanding({ kind: action })).length < MOST_REFUSED;

export const refusalsOf = ({ refusals }: Run, number: number): readonly Refusal[] =>
  refusals.filter((one) => one.number === number && !isOfRun(one));

/** Labels are for lists, and what keeps the bot from commenting cannot be said in a comment: the run tells of them. */
const isOfRun = ({ action }: Refusal): boolean => /label|comment/.test(action);

/** Whether GitHub refused to merge it on this very state, and neither an event names it nor is it its turn. */
export function isLandingLate(run: Run, { pull }: Judgement, { isToMerge }: Standing): boolean {
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

interface Told {
  readonly judgement: Judgement;
  readonly standing: Standing;
  /** What else is to be done for it now. */
  readonly others: readonly Action[];
  readonly isFree: (action: Action) => boolean;
}

/**
 * What tells of it, in its order: where the comment says that something was refused, that is tried again first, and the comment is
 * written afterwards. Otherwise each run would say that it goes on, and then that it does not.
 */
export function inOrder(
  run: Run,
  { judgement, standing, others, isFree }: Told,
  telling: readonly Action[],
): readonly Action[] {
  const { pull } = judgement;
  const { last, withheld } = run;
  withheld.delete(pull.number);
  // Whoever cannot be asked is mentioned, from the beginning of the comment.
  const isAsking = others.some(({ kind }) => kind === 'ask-review');
  if (isAsking) return telling.filter((action) => !isComment(action));
  if (!last || !isMarked(pull, last.bot)) return telling;
  if (standing.isToMerge) {
    // GitHub may merge it only where its status is green.
    const isGreen = pull.statuses.some(
      ({ context, state, by }) => context === CONTEXT && state === 'success' && by?.id === last.bot.id,
    );
    withheld.set(pull.number, telling);
    return isGreen ? [] : telling.filter(({ kind }) => kind === 'set-status');
  }
  const first = telling.filter((action) => !isComment(action) && isFree(action));
  return others.length + first.length > 0 ? first : telling;
}
