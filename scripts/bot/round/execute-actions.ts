/** Executes the actions of a round. State that has changed is read again; an action that fails does not stop the others. */
import { defined } from '../../core/defined.ts';
import { EnvironmentError } from '../../core/errors.ts';
import { fetchRefs, missingCommits } from '../../git/commits/fetch.ts';
import { parentsOf, treeOf } from '../../git/commits/revisions.ts';
import { executeAction, tolerateFailure, type ActionResult } from '../actions/action-executors.ts';
import { GitHubError, isTokenFault } from '../../github/request.ts';
import { ownComments } from '../comment-mark.ts';
import { reviewBranch } from '../branch-names.ts';
import { isHeld, type Action, type EvaluatedPullRequest } from '../types.ts';
import type { PullRequestDetails } from '../../github/types.ts';
import { attemptText, isMergeStep, isRefusalReported, attemptKey } from '../refusals.ts';
import type { ReconcileRun, WritingRun } from '../state/reconcile-context.ts';
import { fold } from '../state/observed-state.ts';

/** Actions that others depend on: if the state of one has changed, everything is read again before any other action. */
const BASES: ReadonlySet<Action['kind']> = new Set(['merge', 'update-branch', 'push', 'restart']);

/** Executes them in order until one changes what the others depend on. `done`: an action was done, or finally refused. */
export async function executeActions(
  run: WritingRun,
  actions: readonly Action[],
  evaluatedPulls: ReadonlyMap<number, EvaluatedPullRequest>,
): Promise<'done' | 'moved'> {
  const { options, stuck, refusals } = run;
  const before = refusals.length;
  let hasMoved = false;
  for (const action of actions) {
    if (stuck.has(attemptKey(action))) continue;
    options.before?.(action);
    try {
      const done =
        action.kind === 'merge'
          ? await mergeGuarded(run, action, evaluatedPulls)
          : await executeAction(run.execution, action);
      if (done.moved !== undefined) {
        invalidateState(run);
        options.log(`${done.moved}; looking again`);
        hasMoved = !isRefusal(run, action, done, evaluatedPulls) || hasMoved;
        if (hasMoved && BASES.has(action.kind)) break;
        continue;
      }
      run.done.push(action);
      if (run.seen && !fold(run.seen, action, done)) invalidateState(run);
      if (action.kind === 'dismiss-review') forget(run, action.number);
      const number = done.pull?.number ?? ('number' in action ? action.number : undefined);
      if (number !== undefined && (done.pull ?? done.head) !== undefined) run.touched.add(number);
      if (done.unasked && number !== undefined) run.unasked.set(number, done.unasked);
    } catch (error) {
      if (!(error instanceof GitHubError) || error.isWholesale) throw error;
      invalidateState(run);
      refuse(run, action, error);
    }
  }
  return hasMoved && refusals.length === before ? 'moved' : 'done';
}

/** Somebody else changed the state, or the outcome is unknown: everything is read again, except what the lists show as unchanged. */
function invalidateState(run: ReconcileRun): void {
  if (run.seen) run.known = run.seen.pulls;
  run.seen = undefined;
}

/**
 * GitHub refused it twice on the same state, so it depends on something that this run cannot change, such as another check or a
 * setting. It is reported and left to a later run, and this run continues with the others.
 */
function isRefusal(
  run: ReconcileRun,
  action: Action,
  { answer }: ActionResult,
  evaluatedPulls: ReadonlyMap<number, EvaluatedPullRequest>,
): boolean {
  // An action that was not sent, because the state had changed, is no refusal of GitHub's.
  if (!answer && action.kind !== 'update-branch') return false;
  const error = answer ?? new GitHubError(UNMOVED, 202, false, UNMOVED);
  const pull = 'number' in action ? evaluatedPulls.get(action.number)?.pull : undefined;
  const isKnown = pull !== undefined && run.last !== undefined && isRefusalReported(pull, run.last.bot, error.said);
  const key = JSON.stringify(action);
  const isFinal = isKnown || run.refusedOnce.has(key);
  run.refusedOnce.add(key);
  if (isFinal) refuse(run, action, error);
  return isFinal;
}

const UNMOVED = 'the request was accepted, and the branch did not move';

/** A failed action does not stop the others. A right that the token lacks altogether is a fault of the installation. */
function refuse(run: ReconcileRun, action: Action, { status, said, message }: GitHubError): void {
  run.stuck.add(attemptKey(action));
  const error = new GitHubError(message, status, false, said);
  if (isTokenFault(error) && !isMergeStep(action)) {
    run.failures.add(message);
    return;
  }
  const { number } = 'number' in action ? action : { number: undefined };
  const head = 'head' in action ? action.head : undefined;
  const tip = action.kind === 'merge' ? action.tip : run.last?.tip;
  run.refusals.push({
    action: action.kind,
    what: attemptText(action),
    status,
    words: said === '' ? message : said,
    ...defined({ number, head, tip }),
  });
}

/** GitHub's answer to its merge, which is tried again in the same run. */
function forget({ refusals, stuck, refusedOnce }: ReconcileRun, number: number): void {
  const kept = refusals.filter((one) => one.number !== number || !isMergeStep({ kind: one.action }));
  refusals.splice(0, refusals.length, ...kept);
  stuck.delete(`merge #${number}`);
  refusedOnce.clear();
}

/** Why its bytes are not in the store, where they are to be; they can be gone from where they were since they were evaluated. */
async function bytesNotKept(
  { keepBytes }: EvaluatedPullRequest,
  when: 'before-merge' | 'after-merge',
): Promise<string | undefined> {
  try {
    await keepBytes?.(when);
    return undefined;
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.message;
  }
}

type Merging = Extract<Action, { kind: 'merge' }>;

/** Reads again what the decision depends on, merges exactly that state, and verifies the merge commit. */
async function mergeGuarded(
  run: WritingRun,
  action: Merging,
  evaluatedPulls: ReadonlyMap<number, EvaluatedPullRequest>,
): Promise<ActionResult> {
  const { options, execution, branch } = run;
  const { path, remote } = options;
  const evaluated = evaluatedPulls.get(action.number);
  // Before the last look, because it can take minutes. Somebody else's of the same number may have been kept since the evaluation.
  const lost = evaluated && (await bytesNotKept(evaluated, 'before-merge'));
  if (lost !== undefined) {
    run.stuck.add(attemptKey(action));
    run.failures.add(`#${action.number} is not merged, because its bytes could not be kept: ${lost}`);
    return { moved: `the bytes of #${action.number} could not be kept` };
  }
  const { tip, pull: now } = await run.reader.fresh(action.number);
  // Also where another run merged it meanwhile: the run that commented last removes the duplicate.
  if (now) await deleteDuplicateComments(run, now);
  if (!evaluated || !now || !isSame(now, evaluated.pull)) return { moved: `#${action.number} changed` };
  if (tip !== action.tip) return { moved: `${branch} changed` };
  const done = await executeAction(execution, action);
  const { merged } = done;
  if (merged === undefined) return done;
  try {
    await fetchRefs(path, remote, [`refs/heads/${branch}`]);
    const mismatch = mergeMismatch(path, merged, action, evaluated);
    if (mismatch !== undefined) run.mergeMismatches.push(mismatch);
    // Another run may have kept others of the same number between the last look and the merge.
    const missing = mismatch === undefined ? await bytesNotKept(evaluated, 'after-merge') : undefined;
    if (missing !== undefined)
      run.failures.add(`#${action.number} was merged, but its bytes could not be kept: ${missing}`);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    run.failures.add(`#${action.number} was merged, but what landed could not be looked at: ${error.message}`);
  }
  // A failure here does not undo the merge.
  for (const one of run.withheld.get(action.number) ?? [])
    await tolerateFailure(options.log, () => executeAction(execution, one));
  submitted(run, evaluated);
  if (evaluated.pull.head.isOwn && evaluated.isForBot !== undefined)
    await tolerateFailure(options.log, () => removeBranch(run, evaluated.pull));
  return done;
}

/** A version that this run has just merged has no approval pull request yet, so nobody can have closed one. */
function submitted({ seen }: ReconcileRun, { evaluation }: EvaluatedPullRequest): void {
  for (const { kind, miniapp, version } of evaluation?.decision.transitions ?? [])
    if (kind === 'submit' && miniapp !== undefined && version !== undefined)
      seen?.closed.set(reviewBranch.name(miniapp, version), []);
}

/** Two concurrent runs may both have written the comment, and nobody reads a merged pull request again. */
async function deleteDuplicateComments(
  { execution, last, options }: WritingRun,
  { number, comments }: PullRequestDetails,
): Promise<void> {
  const [, ...doubles] = last ? ownComments(comments, last.bot) : [];
  for (const { id } of doubles) {
    await tolerateFailure(options.log, () => executeAction(execution, { kind: 'delete-comment', number, id }));
  }
}

/** Removes the branch of a merged pull request of the bot's. A failure does no harm. */
async function removeBranch({ execution, options }: WritingRun, { head }: PullRequestDetails): Promise<void> {
  const done = await executeAction(execution, { kind: 'delete-branch', branch: head.ref, head: head.sha });
  if (done.moved !== undefined) options.log(done.moved);
}

/** Whether two readings agree in everything that a merge depends on. */
function isSame(a: PullRequestDetails, b: PullRequestDetails): boolean {
  const facts = (pull: PullRequestDetails) =>
    JSON.stringify([
      [pull.state, pull.isDraft, pull.base, pull.head, isHeld(pull), pull.author?.id, pull.retargetedAt],
      pull.reviews.map(({ id, state, commit, account, body }) => [id, state, commit, account?.id, body]),
    ]);
  return facts(a) === facts(b);
}

/** What is wrong with a merge commit: it must have the evaluated tree, and the tip that it was evaluated against as its first parent. */
function mergeMismatch(
  path: string,
  merged: string,
  { number, tip, head }: Merging,
  { evaluation }: EvaluatedPullRequest,
): string | undefined {
  if (missingCommits(path, [merged]).length > 0) return `#${number} was merged as ${merged}, which cannot be fetched`;
  const parents = parentsOf(path, merged);
  const tree = treeOf(path, merged);
  const isAsEvaluated =
    parents[0] === tip && parents[1] === head && parents.length === 2 && tree === evaluation?.merge.tree;
  if (isAsEvaluated) return undefined;
  return `#${number} landed as ${merged.slice(0, 10)} on another state than it was judged on: run miniapp audit, and let the ruleset require branches to be up to date`;
}
