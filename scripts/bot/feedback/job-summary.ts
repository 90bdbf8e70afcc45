/** The output of a run: lines for its log, and its summary. Pure. */
import { plain } from '../../report/markdown.ts';
import { plural } from '../../report/terminal.ts';
import { annotations, logLine, summary, warning } from '../../github/workflow-commands.ts';
import { commentBody } from './comment.ts';
import { MARK } from '../comment-mark.ts';
import type { Action } from '../types.ts';
import type { Repository } from '../../github/types.ts';
import { refusalText } from '../refusals.ts';
import type { ReconcileOutcome } from '../state/reconcile-context.ts';

export interface SummaryInput {
  readonly outcome: ReconcileOutcome;
  readonly isDry: boolean;
  /** The pull requests that the event named, whose problems are shown beside the files. */
  readonly named: readonly number[];
  readonly repository: Repository;
  readonly branch: string;
  readonly serverUrl: string;
}

/** An action in words: "merge #3", "open a pull request from review/ty…/1.2.0". */
function actionText(action: Action): string {
  switch (action.kind) {
    case 'open-pull':
      return `open a pull request from ${action.branch}: ${action.title}`;
    case 'push':
      return `#${action.number}: push to ${action.branch}: ${action.message.split('\n')[0]}`;
    case 'restart':
      return `#${action.number}: begin ${action.branch} again`;
    case 'edit-pull':
      return `#${action.number}: write its ${[action.title === undefined ? '' : 'title', action.body === undefined ? '' : 'text'].filter(Boolean).join(' and ')}`;
    case 'close':
      return `#${action.number}: close it: ${action.why}`;
    case 'delete-branch':
      return `delete the branch ${action.branch}`;
    case 'ask-review':
      return `#${action.number}: ask ${action.logins.join(', ')} for a review`;
    case 'unask-review':
      return `#${action.number}: take back the request to ${action.logins.join(', ')}`;
    case 'dismiss-review':
      return `#${action.number}: dismiss a review that requests changes`;
    case 'set-status':
      return `${action.number === 0 ? 'merge queue' : `#${action.number}`}: ${action.status.context} ${action.status.state}: ${action.status.description}`;
    case 'comment':
    case 'edit-comment':
    case 'delete-comment':
      return `#${action.number}: ${{ comment: 'comment', 'edit-comment': 'edit the comment', 'delete-comment': 'delete a second comment' }[action.kind]}`;
    case 'add-label':
      return `#${action.number}: label it ${action.label}`;
    case 'remove-label':
      return `#${action.number}: take the label ${action.label} off`;
    case 'update-branch':
      return `#${action.number}: bring its branch up to date`;
    case 'merge':
      return `#${action.number}: merge ${action.head.slice(0, 10)}`;
    case 'dispatch':
      return `start ${action.workflow}`;
  }
}

/** Lines for the log; those that begin with `::` are for the runner. */
export function logLines({ outcome, isDry, named }: SummaryInput): string[] {
  const { actions, pullRequests, failures, mergeMismatches, notes, refusals, wakeAt } = outcome;
  const did = actions.map((action) => `${isDry ? 'would ' : ''}${actionText(action)}`);
  const evaluations = pullRequests.map(
    ({ evaluated, status }) => `#${evaluated.pull.number} ${status.state}: ${status.sentence}`,
  );
  const problems = pullRequests
    .filter(({ evaluated }) => named.includes(evaluated.pull.number))
    .flatMap(({ evaluated }) => evaluated.evaluation?.problems ?? []);
  return [
    ...[...evaluations, ...did, ...notes].map(logLine),
    ...(actions.length === 0 ? ['nothing is to be done'] : []),
    ...(wakeAt === undefined ? [] : [`the next thing is due at ${new Date(wakeAt).toISOString()}`]),
    ...refusals.map(({ number, ...rest }) =>
      warning(`${number === undefined ? '' : `#${number}: `}${refusalText(rest)}`),
    ),
    ...failures.map((sentence) => `not done: ${logLine(sentence)}`),
    ...mergeMismatches.map((sentence) => `merge mismatch: ${logLine(sentence)}`),
    ...annotations(problems),
  ];
}

/** The summary of the run, as Markdown. */
export function summaryOf({ outcome, isDry, repository, branch, serverUrl }: SummaryInput): string {
  const { actions, pullRequests, failures, mergeMismatches, notes, refusals } = outcome;
  const refusedOf = (number: number) => refusals.filter((one) => one.number === number);
  const about = pullRequests.map(({ evaluated, status }) => {
    const own = refusedOf(evaluated.pull.number);
    const body = commentBody({ evaluated, status, repository, branch, serverUrl, refusals: own });
    return `## #${evaluated.pull.number}\n\n${body.slice(MARK.length).trim()}`;
  });
  const counts = `${plural(actions.length, 'action')}${isDry ? ', none of them done' : ''}, ${plural(failures.length, 'failure')}, ${plural(mergeMismatches.length, 'merge')} of another state than judged.`;
  const elsewhere = refusals.filter(
    ({ number }) => !pullRequests.some(({ evaluated }) => evaluated.pull.number === number),
  );
  return summary([counts, ...notes.map(plain), ...elsewhere.map((one) => plain(refusalText(one))), ...about]);
}
