/**
 * When a run of the schedule last looked at everything. GitHub itself keeps the runs of a workflow, and nobody can write one: a run
 * that ended well on the commit that is the tip now saw all that had not moved since it began.
 */
import { ask, GitHubError, type Client } from '../github/client.ts';
import type { Repository } from '../github/types.ts';

const WORKFLOW = '.github/workflows/reconcile.yml';

/** In milliseconds since 1970; undefined where no such run is known. Throws GitHubError for what befalls every request. */
export async function lastFullRun(
  client: Client,
  repository: Repository,
  { branch, tip }: { branch: string; tip: string },
): Promise<number | undefined> {
  try {
    const { data } = await ask('read the runs before', () =>
      client.rest.actions.listWorkflowRunsForRepo({
        ...repository,
        ...{ branch, head_sha: tip, status: 'success', per_page: 100 },
      }),
    );
    const own = data.workflow_runs.filter(
      ({ path, head_sha: sha }) => path.replace(/@.*$/s, '') === WORKFLOW && sha === tip,
    );
    const times = own.map(({ run_started_at: at, created_at: made }) => Date.parse(at ?? made));
    return times.length === 0 ? undefined : Math.max(...times);
  } catch (error) {
    // Without an answer everything is looked at.
    if (error instanceof GitHubError && !error.isWholesale) return undefined;
    throw error;
  }
}
