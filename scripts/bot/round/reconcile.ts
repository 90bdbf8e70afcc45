/**
 * The reconciler: reads GitHub's state, evaluates, and executes what is missing, round by round until nothing is. It keeps no state
 * between runs, so a second, late or concurrent run, or one after a crash, ends in the same state.
 */
import { executeAction } from '../actions/action-executors.ts';
import { executeActions } from './execute-actions.ts';
import { evaluateMergeGroup, type Group } from './merge-queue.ts';
import { settleUploads } from './uploads.ts';
import { hasTakenLong } from './evaluate-once.ts';
import { plan } from './plan.ts';
import {
  begin,
  mayWrite,
  outcome,
  type ReconcileOutcome,
  type ReconcileRun,
  type ReconcileOptions,
} from '../state/reconcile-context.ts';

export type { ReconcileOutcome, ReconcileOptions } from '../state/reconcile-context.ts';

/** Rounds of a run at most. Each merges one pull request; the next run does the rest. */
const MAX_ROUNDS = 100;
/** Consecutive rounds in which the state had changed, after which the run gives up. */
const MAX_MOVED_ROUNDS = 5;

/**
 * Takes the repository, the clone and the clock (`now`: milliseconds since 1970), and what the event was about. Gives what was done, what
 * failed and the status of each pull request; a dry run gives the actions of the first round and executes none. Throws GitHubError when
 * GitHub, NetworkError when Git cannot be reached, and EnvironmentError when the clone cannot be read.
 */
export async function reconcile(options: ReconcileOptions): Promise<ReconcileOutcome> {
  const run = await begin(options);
  try {
    const { group } = options.hint;
    if (group) return await queue(run, group);
    let moved = 0;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (round > 0 && hasTakenLong(run)) {
        // A failure, because only after a run without any the next takes what it did not read for seen.
        run.failures.add('what is left is for the next run, as this one has taken long');
        return outcome(run);
      }
      const { actions, evaluatedPulls } = await plan(run);
      if (!mayWrite(run)) return outcome(run, actions);
      if (actions.length === 0) {
        await settleUploads(run);
        return outcome(run);
      }
      const how = await executeActions(run, actions, evaluatedPulls);
      moved = how === 'moved' ? moved + 1 : 0;
      if (moved >= MAX_MOVED_ROUNDS) {
        run.failures.add('everything keeps moving while it is looked at; the next run goes on');
        return outcome(run);
      }
    }
    run.failures.add('what is left is for the next run, as this one has done much');
    return outcome(run);
  } finally {
    run.temporary.remove();
  }
}

/** Evaluates the attempt of a merge queue, which needs one status and nothing else. */
async function queue(run: ReconcileRun, group: Group): Promise<ReconcileOutcome> {
  const action = await evaluateMergeGroup(run, group);
  if (mayWrite(run)) await executeAction(run.execution, action);
  return outcome(run, [action]);
}
