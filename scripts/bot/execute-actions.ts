/** Does what a round found, guarded: what moved is read again, what one cannot do keeps no other back. */
import { EnvironmentError } from '../core/errors.ts';
import { fetchRefs, missingCommits, parentsOf } from '../git/fetch.ts';
import { gitText } from '../git/run.ts';
import { executeAction, tolerateFailure, type ActionResult } from './action-executors.ts';
import { GitHubError, isTokenFault } from '../github/client.ts';
import { ownComments } from './feedback/comment-mark.ts';
import { branchOf } from './branch-names.ts';
import { isHeld, type Action, type EvaluatedPullRequest } from './types.ts';
import type { PullRequestDetails } from '../github/types.ts';
import { attemptText, isLanding, isToldAlready, keyOfTry } from './refusals.ts';
import type { ReconcileRun } from './reconcile-context.ts';
import { fold } from './observed-state.ts';

/** What others rest on: where it had moved, everything is looked at again before anything else is done. */
const BASES: ReadonlySet<Action['kind']> = new Set(['merge', 'update-branch', 'push', 'restart']);

/** Does them in order, until one of them changes what the others rest on. Done: something was done, or refused for good. */
export async function executeActions(
  run: ReconcileRun,
  actions: readonly Action[],
  judgements: ReadonlyMap<number, EvaluatedPullRequest>,
): Promise<'done' | 'moved'> {
  const { world, stuck, refusals } = run;
  const before = refusals.length;
  let hasMoved = false;
  for (const action of actions) {
    if (stuck.has(keyOfTry(action))) continue;
    world.before?.(action);
    try {
      const done =
        action.kind === 'merge'
          ? await mergeGuarded(run, action, judgements)
          : await executeAction(run.execution, action);
      if (done.moved !== undefined) {
        lookAgain(run);
        world.log(`${done.moved}; looking again`);
        hasMoved = !isRefusal(run, action, done, judgements) || hasMoved;
        if (hasMoved && BASES.has(action.kind)) break;
        continue;
      }
      run.done.push(action);
      if (run.seen && !fold(run.seen, action, done)) lookAgain(run);
      if (action.kind === 'dismiss-review') forget(run, action.number);
      const number = done.pull?.number ?? ('number' in action ? action.number : undefined);
      if (number !== undefined && (done.pull ?? done.head) !== undefined) run.touched.add(number);
      if (done.unasked && number !== undefined) run.unasked.set(number, done.unasked);
    } catch (error) {
      if (!(error instanceof GitHubError) || error.isWholesale) throw error;
      lookAgain(run);
      refuse(run, action, error);
    }
  }
  return hasMoved && refusals.length === before ? 'moved' : 'done';
}

/** Somebody else had a hand in it, or nobody knows what became of it: everything is read anew but what lists show unchanged. */
function lookAgain(run: ReconcileRun): void {
  if (run.seen) run.known = run.seen.pulls;
  run.seen = undefined;
}

/**
 * What GitHub twice says no to on the same state waits for what this run cannot give, such as another check or a setting: it is
 * told, and left to a later run, so that the others have their turn.
 */
function isRefusal(
  run: ReconcileRun,
  action: Action,
  { answer }: ActionResult,
  judgements: ReadonlyMap<number, EvaluatedPullRequest>,
): boolean {
  // What was not asked of GitHub, because something had moved, is no answer of GitHub's.
  if (!answer && action.kind !== 'update-branch') return false;
  const error = answer ?? new GitHubError(UNMOVED, 202, false, UNMOVED);
  const pull = 'number' in action ? judgements.get(action.number)?.pull : undefined;
  const isKnown = pull !== undefined && run.last !== undefined && isToldAlready(pull, run.last.bot, error.said);
  const key = JSON.stringify(action);
  const stands = isKnown || run.doubted.has(key);
  run.doubted.add(key);
  if (stands) refuse(run, action, error);
  return stands;
}

const UNMOVED = 'the request was accepted, and the branch did not move';

/** One that cannot be done does not keep the others from being done. What the token may not at all is a fault of the installation. */
function refuse(run: ReconcileRun, action: Action, { status, said, message }: GitHubError): void {
  run.stuck.add(keyOfTry(action));
  const error = new GitHubError(message, status, false, said);
  if (isTokenFault(error) && !isLanding(action)) {
    run.failures.add(message);
    return;
  }
  const { number } = 'number' in action ? action : { number: undefined };
  const head = 'head' in action ? action.head : undefined;
  const tip = action.kind === 'merge' ? action.tip : run.last?.tip;
  run.refusals.push({
    ...{ action: action.kind, what: attemptText(action), status, words: said === '' ? message : said },
    ...(number === undefined ? {} : { number }),
    ...(head === undefined ? {} : { head }),
    ...(tip === undefined ? {} : { tip }),
  });
}

/** What GitHub said to its merge, which is to be tried again in the same run. */
function forget({ refusals, stuck, doubted }: ReconcileRun, number: number): void {
  const kept = refusals.filter((one) => one.number !== number || !isLanding({ kind: one.action }));
  refusals.splice(0, refusals.length, ...kept);
  stuck.delete(`landing #${number}`);
  doubted.clear();
}

type Merging = Extract<Action, { kind: 'merge' }>;

/** Reads once more what the decision rests on, merges exactly that, and looks at what landed. */
async function mergeGuarded(
  run: ReconcileRun,
  action: Merging,
  judgements: ReadonlyMap<number, EvaluatedPullRequest>,
): Promise<ActionResult> {
  const { world, execution, branch } = run;
  const { path, remote } = world;
  const judgement = judgements.get(action.number);
  const { tip, pull: now } = await run.reader.fresh(action.number);
  // Also where another run merged it meanwhile: whichever said it last looks after that.
  if (now) await deleteDuplicateComments(run, now);
  if (!judgement || !now || !isSame(now, judgement.pull)) return { moved: `#${action.number} changed` };
  if (tip !== action.tip) return { moved: `${branch} changed` };
  // Somebody else's of the same number may have been kept since.
  await judgement.keepBytes?.();
  const done = await executeAction(execution, action);
  const { merged } = done;
  if (merged === undefined) return done;
  try {
    await fetchRefs(path, remote, [`refs/heads/${branch}`]);
    const breach = mergeMismatch(path, merged, action, judgement);
    if (breach !== undefined) run.breaches.push(breach);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    run.failures.add(`#${action.number} was merged, but what landed could not be looked at: ${error.message}`);
  }
  // Merged is merged, whatever becomes of this.
  for (const one of run.withheld.get(action.number) ?? [])
    await tolerateFailure(world.log, () => executeAction(execution, one));
  submitted(run, judgement);
  if (judgement.pull.head.isOwn && judgement.isForBot !== undefined)
    await tolerateFailure(world.log, () => removeBranch(run, judgement.pull));
  return done;
}

/** What this run submitted a moment ago has had no pull request for its approval yet that somebody could have closed. */
function submitted({ seen }: ReconcileRun, { judged }: EvaluatedPullRequest): void {
  for (const { kind, miniapp, version } of judged?.verdict.transitions ?? [])
    if (kind === 'submit' && miniapp !== undefined && version !== undefined)
      seen?.closed.set(branchOf.review(miniapp, version), []);
}

/** Of two runs at once each may have said it first; a merged pull request is not looked at again. */
async function deleteDuplicateComments(
  { execution, last, world }: ReconcileRun,
  { number, comments }: PullRequestDetails,
): Promise<void> {
  const [, ...doubles] = last ? ownComments(comments, last.bot) : [];
  for (const { id } of doubles) {
    await tolerateFailure(world.log, () => executeAction(execution, { kind: 'delete-comment', number, id }));
  }
}

/** Nobody needs the branch of a merged pull request of the bot's; that it stays does no harm. */
async function removeBranch({ execution, world }: ReconcileRun, { head }: PullRequestDetails): Promise<void> {
  const done = await executeAction(execution, { kind: 'delete-branch', branch: head.ref, head: head.sha });
  if (done.moved !== undefined) world.log(done.moved);
}

/** Whether nothing that bears on a merge changed between two readings. */
function isSame(a: PullRequestDetails, b: PullRequestDetails): boolean {
  const facts = (pull: PullRequestDetails) =>
    JSON.stringify([
      [pull.state, pull.isDraft, pull.base, pull.head, isHeld(pull), pull.author?.id, pull.retargetedAt],
      pull.reviews.map(({ id, state, commit, account, body }) => [id, state, commit, account?.id, body]),
    ]);
  return facts(a) === facts(b);
}

/** What is wrong with what a merge made: it is exactly what was judged, on the tip that it was judged against, or not. */
function mergeMismatch(
  path: string,
  merged: string,
  { number, tip, head }: Merging,
  { judged }: EvaluatedPullRequest,
): string | undefined {
  if (missingCommits(path, [merged]).length > 0) return `#${number} was merged as ${merged}, which cannot be fetched`;
  const parents = parentsOf(path, merged);
  const tree = gitText(path, ['rev-parse', `${merged}^{tree}`]);
  const isJudged = parents[0] === tip && parents[1] === head && parents.length === 2 && tree === judged?.merge.tree;
  if (isJudged) return undefined;
  return `#${number} landed as ${merged.slice(0, 10)} on another state than it was judged on: run miniapp audit, and let the ruleset require branches to be up to date`;
}
