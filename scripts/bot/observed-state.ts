/**
 * What GitHub was last seen to hold, with what was done since folded in: the answer to a write says how things are afterwards, so
 * that nothing is read twice. Where somebody else had a hand in it, everything is looked at again.
 */
import type { ActionResult } from './action-executors.ts';
import type { Action } from './types.ts';
import type { PullRequestDetails, PullRequestSummary } from '../github/types.ts';
import type { ListedPullRequest, Overview } from '../github/reader-types.ts';
import { startedStatus } from './feedback/commit-status.ts';

export interface ObservedState {
  readonly branch: string;
  tip: string;
  /** Of the tip; undefined as long as nobody asked. */
  tipStatuses: PullRequestDetails['statuses'] | undefined;
  /** Open pull requests by number, oldest first. */
  readonly open: Map<number, ListedPullRequest>;
  /** Those that are read whole. */
  readonly pulls: Map<number, PullRequestDetails>;
  /** Closed pull requests by the branch of this repository that they are from, as far as it was asked about. */
  readonly closed: Map<string, readonly PullRequestSummary[]>;
}

/** `before`: what was seen before, whose details stand as long as the list shows no change. */
export function seenOf(
  { branch, tip, tipStatuses, open, pulls }: Overview,
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

/** Folds in what was done. False where that does not tell how things are now. */
export function fold(seen: ObservedState, action: Action, done: ActionResult): boolean {
  switch (action.kind) {
    case 'open-pull': {
      if (!done.pull) return false;
      const { number } = done.pull;
      seen.open.set(number, { ...done.pull, statuses: [] });
      seen.pulls.set(number, {
        ...done.pull,
        ...{ reviews: [], comments: [], statuses: [], mayBePushed: false },
      });
      return true;
    }
    case 'push':
    case 'restart':
    case 'update-branch': {
      const { head } = done;
      // A commit is new to everybody: nothing is set on it yet.
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
      // It is among the closed ones of its branch now.
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
    case 'set-status': {
      const { status } = action;
      const { by = null } = done;
      const others = (statuses: PullRequestDetails['statuses'] = []) =>
        statuses.filter(({ context }) => context !== status.context);
      for (const { number, head } of [...seen.open.values()])
        if (head.sha === action.sha)
          change(seen, number, ({ statuses }) => ({ statuses: [{ ...status, by }, ...others(statuses)] }));
      return true;
    }
    case 'comment':
    case 'edit-comment':
    case 'delete-comment':
      return remark(seen, action, done);
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

type ObservedPullRequest = Pick<PullRequestDetails, 'title' | 'body' | 'labels' | 'asked' | 'head' | 'statuses'>;

/** Changes it in both places; of one that nobody has seen nothing is known. */
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

type Remark = Extract<Action, { kind: 'comment' | 'edit-comment' | 'delete-comment' }>;

function remark(seen: ObservedState, action: Remark, { comment }: ActionResult): boolean {
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
