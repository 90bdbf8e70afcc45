/** Where a judged pull request stands: one of a few words, and a sentence. Pure. */
import { severityOfProblem } from '../../core/problems/problem.ts';
import { isStopStep } from '../../core/transitions/lifecycle.ts';
import type { Verdict } from '../../core/transitions/decide.ts';
import type { Problem } from '../../core/problems/problem.ts';
import type { Transition } from '../../core/transitions/index.ts';
import type { LocatedProblem } from '../../read/positions.ts';
import { isHeld, type CodeChecks, type EvaluatedPullRequest } from '../types.ts';

export type EvaluationState =
  /** Its content, or what it is, is not allowed. */
  | 'refused'
  /** For people: an approval, an answer, the label that holds it. */
  | 'waiting'
  /** May be merged. */
  | 'ready'
  /** May be merged, and GitHub refuses to. */
  | 'blocked'
  /** It leaves the configuration as it is: none of the bot's business. */
  | 'elsewhere'
  /** The same, and ci.yml has not found it fine yet, or found it broken. */
  | 'unchecked'
  | 'broken'
  /** GitHub's fault, or this machine's: nobody knows. */
  | 'unknown';

export interface EvaluationStatus {
  readonly state: EvaluationState;
  /** One line, plain text. */
  readonly sentence: string;
  /** Whether the bot is to merge it. */
  readonly isToMerge: boolean;
}

/** `refused`: GitHub's words, where it refused to merge it. */
export function evaluationStatus(judgement: EvaluatedPullRequest, refused?: string): EvaluationStatus {
  const { pull, refusal, isOutside, judged } = judgement;
  const stands = (state: EvaluationState, sentence: string): EvaluationStatus => ({
    state,
    sentence,
    isToMerge: false,
  });
  if (isOutside)
    return stands('unknown', `could not be judged, which is not your fault: ${refusal ?? 'no reason given'}`);
  if (refusal !== undefined) return stands('refused', refusal);
  if (!judged) return stands('unknown', 'was not judged');
  const { verdict, problems, merge } = judged;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const lenders = delegatesOf(judgement);
  if (lenders) return stands('waiting', `waits for a review: ${stepsText(verdict.transitions)}`);
  if (errors > 0) return stands('refused', `${plural(errors, 'error')}: ${firstError(problems)}`);
  const { transitions, approvals } = verdict;
  if (transitions.length === 0 && merge.differences.length === 0) return stands('elsewhere', 'nothing changes');
  if (transitions.length === 0) return codeStanding(judgement.codeChecks ?? 'passed');
  const steps = stepsText(transitions);
  const stopping = blockingReviewers(judgement);
  if (stopping.length > 0) return stands('waiting', `changes requested by ${stopping.join(', ')}: ${steps}`);
  if (approvals.missing > 0) return stands('waiting', `waits for ${plural(approvals.missing, 'approval')}: ${steps}`);
  if (!verdict.ok) return stands('refused', 'the decision is no');
  if (isHeld(pull)) return stands('waiting', `held by a label: ${steps}`);
  if (pull.isDraft) return stands('waiting', `a draft: ${steps}`);
  if (refused !== undefined) return stands('blocked', `allowed, but GitHub does not merge it: ${refused}`);
  return { state: 'ready', sentence: `may be merged: ${steps}`, isToMerge: pull.state === 'open' };
}

/** Whether it is about code alone: nothing of it is told but the status. */
export const isOfCode = ({ state }: Pick<EvaluationStatus, 'state'>): boolean =>
  state === 'elsewhere' || state === 'unchecked' || state === 'broken';

/** Of what leaves the configuration as it is. */
function codeStanding(checks: CodeChecks): EvaluationStatus {
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
 * Who may lend their right to what the bot proposes, where nothing else is amiss; undefined otherwise. What the bot opens acts
 * for nobody, so until somebody approves it, that nobody may do it is no error.
 */
export function delegatesOf({ judged, isForBot }: EvaluatedPullRequest): readonly string[] | undefined {
  const errors = (judged?.verdict.problems ?? []).filter((found) => severityOfProblem(found) === 'error');
  const isOfNobody = ({ code, args }: Problem) =>
    code === 'actor-not-allowed' || (code === 'stamp-wrong' && args['field'] === 'reviewedBy');
  const isLent = isForBot === true && errors.length > 0 && errors.every(isOfNobody);
  if (!isLent) return undefined;
  const holders = errors.filter(({ code }) => code === 'actor-not-allowed').map(({ args }) => String(args['holders']));
  return [...new Set(holders.flatMap((names) => names.split(', ')))];
}

/** Who stops it by requested changes: nobody an emergency stop, and no reviewer the rejection that rests on their own no. */
export function blockingReviewers({ changesRequestedBy, judged, reviews }: EvaluatedPullRequest): readonly string[] {
  const { transitions = [] } = judged?.verdict ?? {};
  const isStop = transitions.length > 0 && transitions.every(isStopStep);
  const isRejection = transitions.length > 0 && transitions.every(({ kind }) => kind === 'reject');
  if (isStop) return [];
  if (!isRejection) return changesRequestedBy;
  const counted = reviews.filter(({ state, invalid }) => state === 'changes-requested' && invalid === undefined);
  return changesRequestedBy.filter((login) => !counted.some((review) => review.login === login));
}

/** What it is, in a few words: "approve ty0000000000000001 1.2.0, and 2 more". */
export function stepsText(transitions: Verdict['transitions']): string {
  const [first, ...more] = transitions;
  if (!first) return 'nothing';
  return more.length === 0 ? stepText(first) : `${stepText(first)}, and ${more.length} more`;
}

const stepText = ({ kind, miniapp, version }: Pick<Transition, 'kind' | 'miniapp' | 'version'>): string =>
  [kind, miniapp, version].filter((word) => word !== undefined).join(' ');

function firstError(problems: readonly LocatedProblem[]): string {
  const first = problems.find(({ severity }) => severity === 'error')!;
  return `${first.file}:${first.line} ${first.message}`;
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
