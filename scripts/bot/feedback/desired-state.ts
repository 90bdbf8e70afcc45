/** The desired state of a evaluated pull request, and the actions that lead there from the actual state. Pure. */
import { defined } from '../../core/defined.ts';
import { isStopStep } from '../../core/lifecycle/lifecycle.ts';
import { commentBody } from './comment.ts';
import { ownComments } from '../comment-mark.ts';
import { mergeWords } from './commit-message.ts';
import type { Action, EvaluatedPullRequest, EvaluationStatus } from '../types.ts';
import type { Account, Repository, CommitStatus } from '../../github/types.ts';
import { isMergeStep, isMarked, type Refusal } from '../refusals.ts';
import { isOfCode, evaluationStatus } from '../evaluate/status.ts';
import { CONTEXT, labelOf, LABELS, statusOf } from '../commit-status.ts';

export interface DesiredState {
  readonly status: EvaluationStatus;
  readonly commitStatus: CommitStatus;
  /** Undefined where no comment is needed. */
  readonly comment?: string;
  readonly label?: string;
}

export interface FeedbackContext {
  readonly repository: Repository;
  readonly branch: string;
  readonly tip: string;
  readonly serverUrl: string;
  readonly bot: Account;
}

/** `notes`: what else the comment says, as Markdown; `refusals`: what GitHub refused to do for it. */
export function desiredState(
  evaluated: EvaluatedPullRequest,
  around: FeedbackContext,
  notes: readonly string[] = [],
  refusals: readonly Refusal[] = [],
): DesiredState {
  const mergeRefusal = refusals.find(({ action }) => isMergeStep({ kind: action }));
  const status = evaluationStatus(evaluated, mergeRefusal?.words);
  const label = labelOf(status);
  const { repository, branch, serverUrl } = around;
  const hasComment = !isOfCode(status) || ownComments(evaluated.pull.comments, around.bot).length > 0;
  return {
    status,
    commitStatus: statusOf(status),
    ...defined({
      label,
      comment: hasComment
        ? commentBody({ evaluated, status, repository, branch, serverUrl, notes, refusals })
        : undefined,
    }),
  };
}

/** The actions that inform people: status, comment, labels. */
export function feedbackActions(
  { pull }: EvaluatedPullRequest,
  wanted: DesiredState,
  { bot }: FeedbackContext,
): Action[] {
  const { number } = pull;
  const { commitStatus, comment, label } = wanted;
  const current = pull.statuses.find(({ context }) => context === CONTEXT);
  const isSet =
    current?.by?.id === bot.id &&
    current.state === commitStatus.state &&
    current.description === commitStatus.description;
  const [own, ...doubles] = ownComments(pull.comments, bot);
  const commenting: Action[] =
    comment === undefined || own?.body === comment
      ? []
      : own
        ? [{ kind: 'edit-comment', number, id: own.id, body: comment }]
        : [{ kind: 'comment', number, body: comment }];
  return [
    ...(isSet ? [] : [{ kind: 'set-status', number, sha: pull.head.sha, status: commitStatus } as const]),
    ...commenting,
    ...doubles.map(({ id }) => ({ kind: 'delete-comment', number, id }) as const),
    ...LABELS.filter((name) => name !== label && pull.labels.includes(name)).map(
      (name) => ({ kind: 'remove-label', number, label: name }) as const,
    ),
    ...(label !== undefined && !pull.labels.includes(label) ? [{ kind: 'add-label', number, label } as const] : []),
  ];
}

/**
 * The one step towards a merge that is taken now, of all pull requests that may be merged: it moves the tip, so everything is evaluated
 * again after it. Emergency stops go first, then pull requests that are up to date; others are brought up to date.
 */
export function nextMerge(
  candidates: readonly { readonly evaluated: EvaluatedPullRequest; readonly status: EvaluationStatus }[],
  { tip, bot }: Pick<FeedbackContext, 'tip' | 'bot'>,
): Action[] {
  const ready = candidates.filter(({ status }) => status.isToMerge).map(({ evaluated }) => evaluated);
  const isStop = ({ evaluation }: EvaluatedPullRequest) => evaluation?.decision.transitions.every(isStopStep) === true;
  const mayUpdate = ({ pull }: EvaluatedPullRequest) => pull.head.isOwn || pull.mayBePushed;
  // What GitHub refused before comes last.
  const rank = (one: EvaluatedPullRequest) =>
    (isStop(one) ? 0 : 4) + (isMarked(one.pull, bot) ? 2 : 0) + (one.isUpToDate ? 0 : 1);
  const [first] = ready
    .filter((one) => one.isUpToDate || mayUpdate(one))
    .toSorted((a, b) => rank(a) - rank(b) || a.pull.number - b.pull.number);
  if (!first) return [];
  const { number, head } = first.pull;
  if (!first.isUpToDate) return [{ kind: 'update-branch', number, head: head.sha }];
  return [{ kind: 'merge', number, head: head.sha, tip, ...mergeWords(first) }];
}
