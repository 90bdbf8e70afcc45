/** Evaluates a pull request once for a tip and a head: for whom it acts, its content, and the bytes of its versions. */
import type { MergeParts } from '../../git/commits/branch-commits.ts';
import { isAutomaticMerge } from '../../git/history/contributors.ts';
import { GitHubError } from '../../github/request.ts';
import type { PullRequestDetails } from '../../github/types.ts';
import { verifiedActor } from '../evaluate/run-arguments.ts';
import { costsBytes, withBytes } from '../packages/bytes.ts';
import type { ReconcileRun } from '../state/reconcile-context.ts';
import { isByBot, type EvaluatedPullRequest, type Snapshot } from '../types.ts';
import { transitionBranch } from '../branch-names.ts';
import { readRun } from '../manual-transition/workflow-run.ts';
import { resolveActor } from '../evaluate/actor.ts';
import type { EvaluationContext } from '../evaluate/evaluation-context.ts';
import { evaluatePullRequest } from '../evaluate/pull-request.ts';

/** A evaluation is kept while neither the tip nor the pull request changes. */
export async function evaluateOnce(
  run: ReconcileRun,
  context: EvaluationContext,
  snapshot: Snapshot,
  pull: PullRequestDetails,
): Promise<EvaluatedPullRequest> {
  const last = run.evaluationCache.get(pull.number);
  if (last?.tip === context.tip && last.evaluated.pull === pull) return last.evaluated;
  const alone = await evaluateWithoutBytes(run, context, snapshot, pull);
  const evaluated = await withBytes(run.options, context, alone, run.last!.tip);
  run.evaluationCache.set(pull.number, { tip: context.tip, evaluated });
  return evaluated;
}

/** The evaluation without the bytes; it is kept as long as the whole evaluation. */
async function evaluateWithoutBytes(
  run: ReconcileRun,
  context: EvaluationContext,
  snapshot: Snapshot,
  pull: PullRequestDetails,
): Promise<EvaluatedPullRequest> {
  const last = run.evaluationWithoutBytesCache.get(pull.number);
  if (last?.tip === context.tip && last.evaluated.pull === pull) return last.evaluated;
  const acted = await verifiedActor({ ...run.options, ...context }, pull, await acting(run, snapshot, pull));
  const evaluated = evaluatePullRequest(context, pull, acted);
  run.evaluationWithoutBytesCache.set(pull.number, { tip: context.tip, evaluated });
  return evaluated;
}

/**
 * Separates pull requests by the cost of their evaluation: those for which bytes are read, up to a hundred megabytes each, come after all
 * others. One that cannot be evaluated is among the others, which report its fault.
 */
export async function byCost(
  run: ReconcileRun,
  context: EvaluationContext,
  snapshot: Snapshot,
  pulls: readonly PullRequestDetails[],
): Promise<{ readonly atOnce: readonly PullRequestDetails[]; readonly byBytes: readonly PullRequestDetails[] }> {
  const byBytes = new Set<PullRequestDetails>();
  for (const pull of pulls) {
    try {
      if (costsBytes(context, await evaluateWithoutBytes(run, context, snapshot, pull))) byBytes.add(pull);
    } catch (error) {
      if (error instanceof GitHubError && error.isWholesale) throw error;
    }
  }
  return { atOnce: pulls.filter((pull) => !byBytes.has(pull)), byBytes: [...byBytes] };
}

/** Milliseconds after which a run begins nothing long any more, so that it ends before its workflow ends it. */
const RUN_BUDGET_MS = 15 * 60_000;

/** Whether the run began more than RUN_BUDGET_MS ago. */
export const hasTakenLong = ({ began }: Pick<ReconcileRun, 'began'>): boolean =>
  performance.now() - began > RUN_BUDGET_MS;

/**
 * The pull requests whose bytes are read now, one after another. A run that has taken long reads only the first, so that every run makes
 * progress. What it leaves is a failure of the run, because the next run counts them as seen only after a run without failures.
 */
export function* inTime(
  run: Pick<ReconcileRun, 'began' | 'failures'>,
  pulls: readonly PullRequestDetails[],
): Iterable<PullRequestDetails> {
  for (const [i, pull] of pulls.entries()) {
    if (i > 0 && hasTakenLong(run)) {
      const left = pulls.slice(i).map(({ number }) => `#${number}`);
      run.failures.add(`reading the bytes of others took long, so the next run judges ${left.join(', ')}`);
      return;
    }
    yield pull;
  }
}

async function acting(
  { options, runs, branch, last, temporary }: ReconcileRun,
  { given, bot }: Snapshot,
  pull: PullRequestDetails,
) {
  const id = isByBot(pull, bot) ? transitionBranch.parse(pull.head.ref) : undefined;
  // Once for each head, because somebody may have pushed to the branch.
  const key = `${id} ${pull.head.sha}`;
  const isAutomatic = (merge: MergeParts) => isAutomaticMerge(options.path, merge, temporary);
  if (id !== undefined && !runs.has(key))
    runs.set(key, await readRun(options.client, options.repository, { id, pull, bot, isAutomatic }));
  const { workspace: base } = given;
  return resolveActor(pull, { base, bot, branch, past: last?.past ?? [], run: runs.get(key) });
}
