/** The facts as REST tells them: a request for each list of each pull request. */
import type { GitHubReader } from './client.ts';
import { ask, GitHubError } from './request.ts';
import type { PullRequestSummary, Repository } from './types.ts';
import { branchTip, closedPulls, openPulls, readPull, readStatuses } from './pull-requests.ts';
import type { KnownState, ListedPullRequest, RepositoryOverview, PullRequestResult } from './reader-types.ts';

/**
 * A reader by REST. Of one pull request that GitHub refuses it gives the error in its place; what concerns all of them is thrown as
 * GitHubError.
 */
export function restReader(client: GitHubReader, repository: Repository) {
  let branch: string | undefined;
  const branchOf = async (): Promise<string> => {
    if (branch === undefined) {
      const { data } = await ask('read the repository', () => client.rest.repos.get({ ...repository }));
      branch = data.default_branch;
    }
    return branch;
  };
  const one = async (listed: ListedPullRequest, { bot, isEnough }: KnownState): Promise<PullRequestResult> => {
    try {
      return await readPull(client, repository, listed.number, isEnough(listed) ? { fact: listed, bot } : undefined);
    } catch (error) {
      if (!(error instanceof GitHubError) || error.isWholesale) throw error;
      return error;
    }
  };
  return {
    async overview(_numbers: readonly number[]): Promise<RepositoryOverview> {
      const name = await branchOf();
      const tip = await branchTip(client, repository, name);
      return { branch: name, tip, open: await openPulls(client, repository), pulls: new Map() };
    },
    async pulls(listed: readonly ListedPullRequest[], known: KnownState): Promise<Map<number, PullRequestResult>> {
      const found = new Map<number, PullRequestResult>();
      for (const each of listed) found.set(each.number, await one(each, known));
      return found;
    },
    async closed(branches: readonly string[]): Promise<PullRequestSummary[]> {
      const found: PullRequestSummary[] = [];
      for (const each of branches) found.push(...(await closedPulls(client, repository, each)));
      return found;
    },
    async fresh(number: number) {
      const name = await branchOf();
      const pull = await readPull(client, repository, number);
      // Last, so that nothing lands between the two unseen.
      return { tip: await branchTip(client, repository, name), pull };
    },
    statuses: (sha: string) => readStatuses(client, repository, sha),
  };
}
