/**
 * When a scheduled run last read everything. GitHub keeps the list of workflow runs, and nobody can forge one. A successful run on the
 * commit that is the tip now has seen everything that has not changed since it began.
 */
import type { GitHubReader } from '../../github/client.ts';
import { ask, GitHubError } from '../../github/request.ts';
import type { Repository } from '../../github/types.ts';

const WORKFLOW = '.github/workflows/reconcile.yml';

/** The start of that run in milliseconds since 1970; undefined when there is none. Throws GitHubError for errors that affect every request. */
export async function lastFullRun(
  client: GitHubReader,
  repository: Repository,
  { branch, tip }: { branch: string; tip: string },
): Promise<number | undefined> {
  try {
    const { data } = await ask('read the runs before', () =>
      client.rest.actions.listWorkflowRunsForRepo({
        ...repository,
        branch,
        head_sha: tip,
        status: 'success',
        per_page: 100,
      }),
    );
    const own = data.workflow_runs.filter(
      ({ path, head_sha: sha }) => path.replace(/@.*$/s, '') === WORKFLOW && sha === tip,
    );
    const times = own.map(({ run_started_at: at, created_at: made }) => Date.parse(at ?? made));
    return times.length === 0 ? undefined : Math.max(...times);
  } catch (error) {
    // Without an answer everything is read.
    if (error instanceof GitHubError && !error.isWholesale) return undefined;
    throw error;
  }
}
