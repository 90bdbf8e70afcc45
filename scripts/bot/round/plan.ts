/** One round of the reconciler: reads, evaluates, and returns the actions to execute now. */
import { defined } from '../../core/defined.ts';
import { EnvironmentError } from '../../core/errors.ts';
import { answerTo, type ReviewResponse } from '../approvals/review-responses.ts';
import { approvalPulls, noteText, withBytesIn } from '../approvals/pull-requests.ts';
import { cleanUpBranch, reviewBranch } from '../branch-names.ts';
import { cleanUpAnswer, cleanUpPulls } from '../approvals/whitelist-expiry.ts';
import { GitHubError } from '../../github/request.ts';
import { codeChecksOf } from '../evaluate/code-checks.ts';
import { ownComments } from '../comment-mark.ts';
import { fetchPullRequests } from '../state/fetch-heads.ts';
import { byCost, evaluateOnce, hasTakenLong, inTime } from './evaluate-once.ts';
import type { EvaluationContext } from '../evaluate/evaluation-context.ts';
import { mentionedIn, mentionsMarkdown } from '../approvals/mentions.ts';
import { isByBot, type Action, type EvaluatedPullRequest, type Snapshot } from '../types.ts';
import type { PullRequestDetails, PullRequestSummary } from '../../github/types.ts';
import { details, observed, batches } from '../state/load-pull-requests.ts';
import { conflictNote, neighboursOf, type Neighbours } from './conflict-advice.ts';
import { comparedOnce, keepsPackages } from '../packages/comparison.ts';
import { rotated, statusOwner } from '../prioritize.ts';
import { paced } from '../actions/write-budget.ts';
import { attemptKey } from '../refusals.ts';
import { dismissals } from '../approvals/rejection.ts';
import { orderFeedback, awaitsMergeRetry, mayTryMerge, refusalsOf } from './retry.ts';
import { mayWrite, type ReconcileRun, type ReconciledPullRequest } from '../state/reconcile-context.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { takeSnapshot } from '../state/snapshot.ts';
import { evaluationStatus } from '../evaluate/status.ts';
import { startPublishing } from './start-publishing.ts';
import { nextMerge, feedbackActions, desiredState, type FeedbackContext } from '../feedback/desired-state.ts';
import { writersOf } from '../approvals/authors.ts';

/** What of a round does not depend on a single pull request. */
interface Round {
  readonly seen: ObservedState;
  readonly snapshot: Snapshot;
  readonly context: EvaluationContext;
  /** The bot's own pull requests to open and to close: approvals, and clean-ups of whitelists. */
  readonly approvals: readonly Action[];
  readonly cleanUps: readonly Action[];
  /** Starts the publishing of the tip, where it is not started. */
  readonly publishing: readonly Action[];
  /** Whether an action was neither executed nor refused in this run. */
  readonly isFree: (action: Action) => boolean;
}

/** The actions for the pull requests of a batch, and the one step towards a merge that is taken now. */
interface BatchPlan {
  readonly perPull: readonly Action[];
  readonly next: readonly Action[];
}

/**
 * Plans a round. It returns as soon as a batch of pull requests yields actions, before it reads more: many pull requests of outsiders
 * must not delay the merges of the others. Gives the actions in the order of execution, and the evaluations by number. Throws GitHubError
 * and NetworkError for errors that affect every pull request.
 */
export async function plan(
  run: ReconcileRun,
): Promise<{ actions: Action[]; evaluatedPulls: Map<number, EvaluatedPullRequest> }> {
  const round = await beginRound(run);
  const { snapshot } = round;
  const perPull: Action[] = [];
  let actions: Action[] = [];
  for (const batch of batches(run, snapshot)) {
    const planned = await planBatch(run, round, batch.pulls);
    perPull.push(...planned.perPull);
    actions = selectActions(run, round, { perPull, next: planned.next }, batch.isOwnRead);
    if ((actions.length > 0 || run.postponed > 0) && mayWrite(run)) break;
  }
  const evaluatedPulls = new Map([...run.reconciled].map(([number, { evaluated }]) => [number, evaluated]));
  const isCompared = keepsPackages(snapshot.given.workspace.platform);
  return { actions: isCompared ? await compared(run, snapshot, actions) : actions, evaluatedPulls };
}

/** Reads the tip, and forgets what the round before found. */
async function beginRound(run: ReconcileRun): Promise<Round> {
  const { options, branch, prefix, temporary, reader } = run;
  const seen = await observed(run);
  const { snapshot, at: branchSnapshot } = await takeSnapshot(options, { reader, seen, prefix, last: run.last });
  run.last = branchSnapshot;
  const base = snapshot.given.workspace;
  const context: EvaluationContext = { ...options, ...branchSnapshot, prefix, branch, base, temporary };
  run.reconciled.clear();
  run.left.clear();
  run.notes.clear();
  const { actions: approvals, notes } = approvalPulls(snapshot);
  for (const note of notes) run.notes.add(noteText(note));
  const cleanUps = cleanUpPulls(snapshot);
  const publishing = await startPublishing(run, seen);
  return { seen, snapshot, context, approvals, cleanUps, publishing, isFree: freeActions(run) };
}

/** An action that was executed in this run and is planned again has no effect, such as a review request that GitHub ignores. */
function freeActions(run: ReconcileRun): Round['isFree'] {
  const wasDone = new Set(run.done.map((action) => JSON.stringify(action)));
  const wasAsked = (action: Action) =>
    action.kind === 'ask-review' && action.logins.every((login) => run.unasked.get(action.number)?.includes(login));
  return (action) => !run.stuck.has(attemptKey(action)) && !wasDone.has(JSON.stringify(action)) && !wasAsked(action);
}

/** Reads and evaluates the pull requests of a batch: first those that cost no bytes. */
async function planBatch(run: ReconcileRun, round: Round, batch: readonly PullRequestSummary[]): Promise<BatchPlan> {
  const { options, branch, prefix, temporary } = run;
  const { seen, snapshot, context, isFree } = round;
  const { path, folder } = options;
  const { tip, now } = snapshot;
  const pulls = await details(run, seen, snapshot, batch);
  await fetchPullRequests(run, pulls);
  const others = pulls.length > 0 ? snapshot : { ...snapshot, open: [] };
  const merging = { path, folder, prefix, base: tip, baseName: branch, temporary, now };
  const neighbours = await neighboursOf(merging, options, others, run);
  const planContext: PlanContext = { context, snapshot, neighbours, isFree };
  const perPull: Action[] = [];
  const { atOnce, byBytes } = await byCost(run, context, snapshot, pulls);
  for (const pull of atOnce) perPull.push(...(await considerPullRequest(run, planContext, pull)));
  let next = nextMergeStep(run, planContext);
  // A run for an event begins with what the event is about; one by the schedule, which may not come to all, with another each time.
  for (const pull of inTime(run, options.isPeriodic === true ? rotated(byBytes, now) : byBytes)) {
    // After a step towards a merge everything is evaluated again, which here costs reading bytes again; it waits for no bytes of others.
    if (next.length > 0 && mayWrite(run)) break;
    perPull.push(...(await considerPullRequest(run, planContext, pull)));
    next = nextMergeStep(run, planContext);
  }
  return { perPull, next };
}

/**
 * The actions that are executed now, in their order. A merge goes first, and publishing follows once, after the last. The other pull
 * requests get their feedback when nothing is merged. `isOwnRead`: whether all of ours were read.
 */
function selectActions(
  run: ReconcileRun,
  { snapshot, approvals, cleanUps, publishing, isFree }: Round,
  { perPull, next }: BatchPlan,
  isOwnRead: boolean,
): Action[] {
  // What is opened is compared before, perhaps for minutes, and nothing that may be merged waits for that: ours are read first.
  const isCompared = keepsPackages(snapshot.given.workspace.platform);
  const besidesMerge = approvals.filter(({ kind }) => !isCompared || kind !== 'open-pull');
  const all =
    next.length > 0
      ? [...besidesMerge, ...cleanUps, ...perPull.filter((action) => belongsToMerge(action, next)), ...next]
      : [...perPull, ...(isOwnRead ? approvals : besidesMerge), ...cleanUps, ...publishing];
  const wanted = unique(all).filter(isFree);
  const isNew = (number: number) =>
    ownComments(run.reconciled.get(number)?.evaluated.pull.comments ?? [], snapshot.bot).length === 0;
  const { now, later } = paced(wanted, run.done, isNew);
  const isPaced = run.options.isPeriodic === true && next.length === 0;
  run.postponed = isPaced ? later : 0;
  return isPaced ? now : wanted;
}

/** What is opened now, with what its bytes change; of a run that has taken long the next one opens it. */
async function compared(run: ReconcileRun, snapshot: Snapshot, actions: readonly Action[]): Promise<Action[]> {
  const made: Action[] = [];
  for (const action of actions) {
    if (action.kind !== 'open-pull') made.push(action);
    else if (hasTakenLong(run))
      run.notes.add('what waits for an approval is opened by the next run, as this one has taken long');
    else {
      const one = { actions: [action], notes: [] };
      made.push(...(await withBytesIn(snapshot, one, (subject) => comparedOnce(run, subject))).actions);
    }
  }
  return made;
}

/** The step towards a merge that is taken now, of what was considered so far. */
function nextMergeStep(run: ReconcileRun, { snapshot, isFree }: PlanContext): Action[] {
  const isOpen = ({ evaluated }: ReconciledPullRequest) => !run.stuck.has(`merge #${evaluated.pull.number}`);
  const candidates = mayTryMerge(run) ? [...run.reconciled.values()].filter(isOpen) : [];
  return nextMerge(candidates, snapshot).filter(isFree);
}

/** Whether it is feedback on the pull request that is merged now. A label is left out: it would say "may be merged" of a merged one. */
const belongsToMerge = (action: Action, [next]: readonly Action[]): boolean =>
  next?.kind === 'merge' && 'number' in action && action.number === next.number && action.kind !== 'add-label';

interface PlanContext {
  readonly context: EvaluationContext;
  readonly snapshot: Snapshot;
  readonly neighbours: Neighbours;
  /** Whether it was neither executed nor refused in this run. */
  readonly isFree: (action: Action) => boolean;
}

/** The actions for one pull request. An internal error in one does not stop the evaluation of the others. */
async function considerPullRequest(
  run: ReconcileRun,
  planContext: PlanContext,
  pull: PullRequestDetails,
): Promise<Action[]> {
  try {
    const alone = await withCodeChecks(run, await evaluateOnce(run, planContext.context, planContext.snapshot, pull));
    const answer = responseTo(run, planContext.snapshot, alone);
    return planFeedback(run, planContext, withRefusal(alone, answer), answer);
  } catch (error) {
    if (error instanceof GitHubError && error.isWholesale) throw error;
    const isExpected = error instanceof EnvironmentError;
    const { message } = error instanceof Error ? error : new Error(String(error));
    run.failures.add(`#${pull.number} could not be judged, which is not its fault: ${message}`);
    const refusal = isExpected ? message : 'this program stumbled over it, and its log says how';
    const none = { pull, actor: '<nobody>', reviews: [], changesRequestedBy: [], isUpToDate: false };
    return planFeedback(run, planContext, { ...none, refusal, isOutside: true });
  }
}

/** Records the evaluation; returns the actions of its feedback and of its review response. */
function planFeedback(
  run: ReconcileRun,
  { snapshot, neighbours, isFree }: PlanContext,
  evaluated: EvaluatedPullRequest,
  answer?: ReviewResponse,
): Action[] {
  const { repository, serverUrl } = run.options;
  const { pull } = evaluated;
  const { bot, tip, branch, open, redact } = snapshot;
  const feedbackContext: FeedbackContext = { repository, branch, tip, serverUrl, bot };
  // A pull request that is merged now needs no advice on conflicts.
  const conflicts = evaluationStatus(evaluated).isToMerge ? '' : redact.text(conflictNote(neighbours, pull));
  const mentions = mentionsMarkdown([...mentionedIn(pull, bot), ...(run.unasked.get(pull.number) ?? [])]);
  const notes = [mentions, answer?.next ?? '', conflicts].filter((note) => note !== '');
  const refusals = refusalsOf(run, pull.number);
  const dismissing = dismissals(
    evaluated,
    refusals.find(({ action }) => action === 'merge'),
  ).filter(isFree);
  // A refusal of the merge is reported only after the reviews that may block it are dismissed.
  if (dismissing.length > 0) return dismissing;
  const wanted = desiredState(evaluated, feedbackContext, notes, refusals);
  const status = { ...wanted.status, isToMerge: wanted.status.isToMerge && answer?.mayMerge !== false };
  if (awaitsMergeRetry(run, evaluated, status)) {
    const sentence = 'GitHub refused to merge it, as its comment says, and nothing moved since';
    run.reconciled.set(pull.number, { evaluated, status: { state: 'blocked', sentence, isToMerge: false } });
    return [...(answer?.actions ?? [])];
  }
  const isPushed = answer?.actions.some(({ kind }) => kind === 'push') === true;
  const ownsStatus = (statusOwner(open, pull.head.sha, snapshot) ?? pull).number === pull.number;
  // The content changes with the push, so it is evaluated again afterwards.
  const others = (answer?.actions ?? []).filter(isFree);
  const feedback = isPushed
    ? []
    : orderFeedback(run, { evaluated, status, others, isFree }, feedbackActions(evaluated, wanted, feedbackContext));
  run.reconciled.set(pull.number, { evaluated, status, ...defined({ answer }) });
  return [...(answer?.actions ?? []), ...feedback.filter(({ kind }) => ownsStatus || kind !== 'set-status')];
}

/** Adds the result of ci.yml, where the status depends on it. */
async function withCodeChecks(
  { options, codeChecks }: ReconcileRun,
  evaluated: EvaluatedPullRequest,
): Promise<EvaluatedPullRequest> {
  const { sha } = evaluated.pull.head;
  const isTransitionRequested = evaluationStatus(evaluated).state === 'elsewhere';
  if (!isTransitionRequested) return evaluated;
  if (!codeChecks.has(sha)) codeChecks.set(sha, await codeChecksOf(options.client, options.repository, sha));
  const found = codeChecks.get(sha);
  return found === undefined ? evaluated : { ...evaluated, codeChecks: found };
}

/** Applies the refusal of its review response, which overrides the decision. */
function withRefusal(evaluated: EvaluatedPullRequest, answer: ReviewResponse | undefined): EvaluatedPullRequest {
  if (answer?.refusal === undefined) return evaluated;
  const { evaluation: _, ...rest } = evaluated;
  return { ...rest, refusal: answer.refusal };
}

/** The response to the reviews of an approval pull request. */
function responseTo(
  { options, prefix, temporary }: ReconcileRun,
  snapshot: Snapshot,
  evaluated: EvaluatedPullRequest,
): ReviewResponse | undefined {
  const { pull, evaluation } = evaluated;
  const { bot, tip, given } = snapshot;
  const ref = isByBot(pull, bot) ? pull.head.ref : '';
  const [names, cleaned] = [reviewBranch.parse(ref), cleanUpBranch.parse(ref)];
  if (!evaluation || !(names ?? cleaned)) return undefined;
  const own = { path: options.path, prefix, tip, head: pull.head.sha, temporary, base: given.workspace, bot };
  if (names) return answerTo(snapshot, evaluated, writersOf({ ...own, ...names }));
  // A clean-up has no version, so nobody wrote its file.
  return cleanUpAnswer(snapshot, evaluated, writersOf({ ...own, miniapp: cleaned!, version: '0.0.0' }));
}

/** Removes duplicate actions. */
const unique = (actions: readonly Action[]): Action[] => [
  ...new Map(actions.map((action) => [JSON.stringify(action), action])).values(),
];
