/** The status of a evaluated pull request: a state and a sentence. Pure. */
import { severityOfProblem } from '../../core/problems/problem.ts';
import { isStopStep } from '../../core/lifecycle/lifecycle.ts';
import type { Decision } from '../../core/transitions/decide.ts';
import type { Problem } from '../../core/problems/problem.ts';
import type { LocatedProblem } from '../../read/positions.ts';
import {
  isHeld,
  type CodeChecks,
  type EvaluatedPullRequest,
  type EvaluationState,
  type EvaluationStatus,
} from '../types.ts';
import { stepText } from '../../core/lifecycle/transition.ts';
import { plural } from '../../report/terminal.ts';
import { NOBODY_YET } from '../../core/policy/required-approvals.ts';

/** `refused`: GitHub's words, where it refused to merge it. */
export function evaluationStatus(evaluated: EvaluatedPullRequest, refused?: string): EvaluationStatus {
  const { pull, refusal, isOutside, evaluation } = evaluated;
  const status = (state: EvaluationState, sentence: string): EvaluationStatus => ({
    state,
    sentence,
    isToMerge: false,
  });
  if (isOutside)
    return status('unknown', `could not be judged, which is not your fault: ${refusal ?? 'no reason given'}`);
  if (refusal !== undefined) return status('refused', refusal);
  if (!evaluation) return status('unknown', 'was not judged');
  const { decision, problems, merge } = evaluation;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const delegates = possibleDelegates(evaluated);
  if (delegates) return status('waiting', `waits for a review: ${stepsText(decision.transitions)}`);
  if (errors > 0) return status('refused', `${plural(errors, 'error')}: ${firstError(problems)}`);
  const { transitions, approvals } = decision;
  if (transitions.length === 0 && merge.differences.length === 0)
    return status('empty', `${pull.base} has all that it brings already: merged, it would change nothing`);
  if (transitions.length === 0) return codeStatus(evaluated.codeChecks ?? 'passed');
  const steps = stepsText(transitions);
  const stopping = blockingReviewers(evaluated);
  if (stopping.length > 0) return status('waiting', `changes requested by ${stopping.join(', ')}: ${steps}`);
  if (approvals.missing > 0) return status('waiting', `waits for ${plural(approvals.missing, 'approval')}: ${steps}`);
  if (!decision.ok) return status('refused', 'the decision is no');
  if (isHeld(pull)) return status('waiting', `held by a label: ${steps}`);
  if (pull.isDraft) return status('waiting', `a draft: ${steps}`);
  if (refused !== undefined) return status('blocked', `allowed, but GitHub does not merge it: ${refused}`);
  return { state: 'ready', sentence: `may be merged: ${steps}`, isToMerge: pull.state === 'open' };
}

/** Whether it changes code alone; then it gets a status and no comment. */
export const isOfCode = ({ state }: Pick<EvaluationStatus, 'state'>): boolean =>
  state === 'elsewhere' || state === 'unchecked' || state === 'broken';

/** Of what leaves the configuration as it is. */
function codeStatus(checks: CodeChecks): EvaluationStatus {
  const [state, sentence] = CODE[checks];
  return { state, sentence, isToMerge: false };
}

const CODE: Readonly<Record<CodeChecks, readonly [EvaluationState, string]>> = {
  passed: ['elsewhere', 'no change of the configuration'],
  failed: ['broken', 'code: ci.yml did not pass; its run says why'],
  running: ['unchecked', 'code: waits for ci.yml'],
  held: ['unchecked', 'code: waits for ci.yml, whose run waits until somebody with write access approves it'],
  absent: [
    'unchecked',
    'code: waits for ci.yml, which has not begun; a push begins it, and a conflict keeps it from that',
  ],
};

/**
 * The people whose approval allows what the bot proposes, where nothing else is wrong with it; undefined otherwise. A pull request of the
 * bot's acts for nobody, so the missing right is no error until somebody has approved it.
 */
export function possibleDelegates({ evaluation, isForBot }: EvaluatedPullRequest): readonly string[] | undefined {
  const errors = (evaluation?.decision.problems ?? []).filter((found) => severityOfProblem(found) === 'error');
  const isOfNobody = ({ code, args }: Problem) =>
    code === 'actor-not-allowed' || (code === 'stamp-wrong' && args['field'] === 'reviewedBy');
  const isLent = isForBot === true && errors.length > 0 && errors.every(isOfNobody);
  if (!isLent) return undefined;
  const holders = errors.filter(({ code }) => code === 'actor-not-allowed').map(({ args }) => String(args['holders']));
  return [...new Set(holders.flatMap((names) => (names === NOBODY_YET ? [] : names.split(', '))))];
}

/** Whose requested changes block it. Nobody blocks an emergency stop, and a reviewer does not block the rejection that they asked for. */
export function blockingReviewers({
  changesRequestedBy,
  evaluation,
  reviews,
}: EvaluatedPullRequest): readonly string[] {
  const { transitions = [] } = evaluation?.decision ?? {};
  const isStop = transitions.length > 0 && transitions.every(isStopStep);
  const isRejection = transitions.length > 0 && transitions.every(({ kind }) => kind === 'reject');
  if (isStop) return [];
  if (!isRejection) return changesRequestedBy;
  const counted = reviews.filter(({ state, invalid }) => state === 'changes-requested' && invalid === undefined);
  return changesRequestedBy.filter((login) => !counted.some((review) => review.login === login));
}

/** Its transitions as a short text: "approve ty0000000000000001 1.2.0, and 2 more". */
export function stepsText(transitions: Decision['transitions']): string {
  const [first, ...more] = transitions;
  if (!first) return 'nothing';
  return more.length === 0 ? stepText(first) : `${stepText(first)}, and ${more.length} more`;
}

function firstError(problems: readonly LocatedProblem[]): string {
  const first = problems.find(({ severity }) => severity === 'error')!;
  return `${first.file}:${first.line} ${first.message}`;
}
