/**
 * What ci.yml found of a pull request that changes code. Part of `miniapp/check`, so that one status is required: `ci` as a required
 * check would keep pull requests of config/ alone for ever, for which it does not run.
 */
import type { GitHubReader } from '../../github/client.ts';
import { ask, askOptional } from '../../github/request.ts';
import type { CodeChecks } from '../types.ts';
import type { Repository } from '../../github/types.ts';

/** The workflow that checks code. */
const CI = 'ci.yml';

/** Reads the newest run of ci.yml on a head; undefined where the workflow does not exist or is disabled. Throws GitHubError. */
export async function codeChecksOf(
  client: GitHubReader,
  repository: Repository,
  head: string,
): Promise<CodeChecks | undefined> {
  const of = { ...repository, workflow_id: CI };
  const found = await askOptional(`read the runs of ${CI}`, () =>
    client.rest.actions.listWorkflowRuns({ ...of, head_sha: head, event: 'pull_request', per_page: 1 }),
  );
  if (!found) return undefined;
  const [newest] = found.data.workflow_runs;
  if (newest) return stateOf(newest.status, newest.conclusion);
  const { data } = await ask(`read the state of ${CI}`, () => client.rest.actions.getWorkflow(of));
  return data.state === 'active' ? 'absent' : undefined;
}

/** The state of a run. GitHub reports a run that waits for an approval as completed. */
function stateOf(status: string | null, conclusion: string | null): CodeChecks {
  if (conclusion === 'action_required' || status === 'action_required') return 'held';
  if (conclusion === null) return 'running';
  return conclusion === 'success' ? 'passed' : 'failed';
}
