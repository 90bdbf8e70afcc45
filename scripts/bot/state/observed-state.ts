/**
 * GitHub's state as this run knows it: what was read, updated by the answers to the run's own writes, so that nothing is read twice. Where
 * somebody else changed the state, everything is read again.
 */
import type { ActionResult } from '../actions/action-executors.ts';
import type { Action } from '../types.ts';
import type { PullRequestDetails, PullRequestSummary } from '../../github/types.ts';
import type { ListedPullRequest, RepositoryOverview } from '../../github/reader-types.ts';
import { startedStatus } from '../commit-status.ts';

export interface ObservedState {
  readonly branch: string;
  tip: string;
  /** Statuses of the tip; undefined until they are requested. */
  tipStatuses: PullRequestDetails['statuses'] | undefined;
  /** Open pull requests by number, oldest first. */
  readonly open: Map<number, ListedPullRequest>;
  /** Pull requests whose details were read. */
  readonly pulls: Map<number, PullRequestDetails>;
  /** Closed pull requests by their branch in this repository, for the branches that were requested. */
  readonly closed: Map<string, readonly PullRequestSummary[]>;
}

/** `before`: the earlier state, whose details are kept where the list shows no change. */
export function observedState(
  { branch, tip, tipStatuses, open, pulls }: RepositoryOverview,
  before?: ReadonlyMap<number, PullRequestDetails>,
): ObservedState {
  const whole = new Map(pulls);
  for (const { statuses, ...fact } of open) {
    const known = before?.get(fact.number);
    const isCurrent = known?.updatedAt === fact.updatedAt && known.head.sha === fact.head.sha;
    if (isCurrent && !whole.has(fact.number))
      whole.set(fact.number, { ...known, asked: fact.asked, statuses: statuses ?? known.statuses });
  }
  const listed = new Map(open.map((fact) => [fact.number, fact]));
  return { branch, tip, tipStatuses, open: listed, pulls: whole, closed: new Map() };
}

/** Applies an executed action to the state. Returns false when the action does not determine the new state. */
export function fold(seen: ObservedState, action: Action, done: ActionResult): boolean {
  switch (action.kind) {
    case 'open-pull':
      return foldOpened(seen, done);
    case 'push':
    case 'restart':
    case 'update-branch': {
      const { head } = done;
      // A new commit has no statuses yet.
      return (
        head !== undefined &&
        change(seen, action.number, (fact) => ({ head: { ...fact.head, sha: head }, statuses: [] }))
      );
    }
    case 'ask-review':
    case 'unask-review': {
      const { asked } = done;
      return asked !== undefined && change(seen, action.number, () => ({ asked }));
    }
    case 'edit-pull': {
      const { title, body } = action;
      return change(seen, action.number, (fact) => ({ title: title ?? fact.title, body: body ?? fact.body }));
    }
    case 'close':
      seen.open.delete(action.number);
      seen.pulls.delete(action.number);
      // It moves to the closed pull requests of its branch.
      seen.closed.clear();
      return true;
    case 'merge':
      if (done.merged === undefined) return false;
      seen.open.delete(action.number);
      seen.pulls.delete(action.number);
      Object.assign(seen, { tip: done.merged, tipStatuses: [] });
      return true;
    case 'dispatch': {
      const status = { ...startedStatus(action.workflow), by: null };
      if (action.sha === seen.tip) seen.tipStatuses = [...(seen.tipStatuses ?? []), status];
      return true;
    }
    case 'delete-branch':
      return true;
    case 'set-status':
      return foldStatus(seen, action, done);
    case 'comment':
    case 'edit-comment':
    case 'delete-comment':
      return foldComment(seen, action, done);
    case 'add-label':
      return change(seen, action.number, ({ labels }) => ({
        labels: [...labels.filter((label) => label !== action.label), action.label],
      }));
    case 'remove-label':
      return change(seen, action.number, ({ labels }) => ({
        labels: labels.filter((label) => label !== action.label),
      }));
    default:
      return false;
  }
}

function foldOpened(seen: ObservedState, { pull }: ActionResult): boolean {
  if (!pull) return false;
  seen.open.set(pull.number, { ...pull, statuses: [] });
  seen.pulls.set(pull.number, { ...pull, reviews: [], comments: [], statuses: [], mayBePushed: false });
  return true;
}

/** A status is a commit's: every pull request with that head has it. */
function foldStatus(
  seen: ObservedState,
  { status, sha }: Extract<Action, { kind: 'set-status' }>,
  { by = null }: ActionResult,
): boolean {
  const others = (statuses: PullRequestDetails['statuses'] = []) =>
    statuses.filter(({ context }) => context !== status.context);
  for (const { number, head } of [...seen.open.values()])
    if (head.sha === sha)
      change(seen, number, ({ statuses }) => ({ statuses: [{ ...status, by }, ...others(statuses)] }));
  return true;
}

type ObservedPullRequest = Pick<PullRequestDetails, 'title' | 'body' | 'labels' | 'asked' | 'head' | 'statuses'>;

/** Changes a pull request in both maps; one that was never read stays unknown. */
function change(
  seen: ObservedState,
  number: number,
  make: (fact: ListedPullRequest) => Partial<ObservedPullRequest>,
): boolean {
  const [listed, pull] = [seen.open.get(number), seen.pulls.get(number)];
  if (!listed) return false;
  seen.open.set(number, { ...listed, ...make(listed) });
  if (pull) seen.pulls.set(number, { ...pull, ...make(pull) });
  return true;
}

type CommentAction = Extract<Action, { kind: 'comment' | 'edit-comment' | 'delete-comment' }>;

function foldComment(seen: ObservedState, action: CommentAction, { comment }: ActionResult): boolean {
  const pull = seen.pulls.get(action.number);
  if (!pull || (action.kind === 'comment' && !comment)) return false;
  const id = action.kind === 'comment' ? undefined : action.id;
  const comments = pull.comments.flatMap((one) => {
    if (one.id !== id) return [one];
    return action.kind === 'edit-comment' ? [{ ...one, body: action.body }] : [];
  });
  seen.pulls.set(action.number, { ...pull, comments: comment ? [...comments, comment] : comments });
  return true;
}
