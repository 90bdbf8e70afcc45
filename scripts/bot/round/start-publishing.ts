/** The portal is published by a workflow of its own, which the bot starts after its merges. */
import { cached } from '../../git/stores/cache.ts';
import { readLog } from '../../git/commits/log.ts';
import { startedStatus } from '../commit-status.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { ReconcileRun } from '../state/reconcile-context.ts';
import type { Action } from '../types.ts';

/** The workflow that publishes. */
const PORTAL = 'portal.yml';

/** The action that starts the publishing after a merge of the bot's, whose push starts no workflow; none where it was started. Throws GitHubError. */
export async function startPublishing({ options, reader }: ReconcileRun, seen: ObservedState): Promise<Action[]> {
  const { path } = options;
  const { tip } = seen;
  const isOwnMerge = cached(path, [tip], ['has a transition'], () =>
    readLog(path, tip, { newest: 1 }).commits.some(({ trailers }) => trailers.has('transition')),
  );
  if (!isOwnMerge) return [];
  const { context } = startedStatus(PORTAL);
  seen.tipStatuses ??= await reader.statuses(tip);
  const isStarted = seen.tipStatuses.some((status) => status.context === context);
  return isStarted ? [] : [{ kind: 'dispatch', workflow: PORTAL, sha: tip }];
}
