/** The workflow run that made a pull request of the bot's, as GitHub's API knows it. */
import { defined } from '../../core/defined.ts';
import type { MergeParts } from '../../git/commits/branch-commits.ts';
import type { GitHubReader } from '../../github/client.ts';
import { closedPulls, GITHUB, MAX_LISTED_COMMITS } from '../../github/pull-requests.ts';
import { ask, askOptional, listAll } from '../../github/request.ts';
import type { Account, PullRequestSummary, Repository } from '../../github/types.ts';
import { isByBot } from '../types.ts';

export const WORKFLOW = '.github/workflows/transition.yml';

/** A workflow run as the API returns it. */
export interface WorkflowRun {
  readonly id: number;
  readonly path: string;
  readonly event: string;
  readonly branch: string | null;
  /** Whether it ran in this repository. */
  readonly isOwn: boolean;
  /** The commit that it ran on. */
  readonly commit: string;
  readonly title: string;
  /** Who started it; for a run that was started again, who started the attempt that made the pull request. */
  readonly by: Account | null;
  /** The period in which it can have made a pull request, in milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** Whether the pull request is the first that the bot opened from its branch. */
  readonly isFirst: boolean;
  /** Whether GitHub's signatures prove that the bot made every commit of the branch. */
  readonly isUntouched: boolean;
  /** Whether only the author field names the bot, as on a server that does not sign its commits. */
  readonly isUnsigned?: true;
}

/** Which run is read, and for which pull request. */
export interface RunQuestion {
  readonly id: number;
  readonly pull: Pick<PullRequestSummary, 'number' | 'createdAt' | 'head'>;
  readonly bot: Account;
  /** Whether a merge is exactly what Git makes of its parents. */
  readonly isAutomatic: (merge: MergeParts) => boolean;
}

/** Milliseconds that a run may continue after GitHub's last update of it, and by which clocks differ. */
const RUN_MARGIN_MS = 60 * 60_000;

/**
 * Reads the run that a pull request's branch names, and whether others wrote to that branch; undefined when there is no such run.
 * Throws GitHubError.
 */
export async function readRun(
  client: GitHubReader,
  repository: Repository,
  { id, pull, bot, isAutomatic }: RunQuestion,
): Promise<WorkflowRun | undefined> {
  const answer = await askOptional(`read the run ${id}`, () =>
    client.rest.actions.getWorkflowRun({ ...repository, run_id: id }),
  );
  if (!answer) return undefined;
  const commits = await listAll(`read the commits of #${pull.number}`, (page) =>
    client.rest.pulls.listCommits({ ...repository, pull_number: pull.number, ...page }),
  );
  // GitHub signs what an app or a workflow commits by its API. An author's address alone could be anybody's, and a signature
  // vouches for the committer only: people can sign what they commit in the name of another.
  // "Update branch" is a merge in the name of who pressed it: one that GitHub signed, and that Git makes of the same parents,
  // holds nothing of theirs.
  const isWhole = commits.length < MAX_LISTED_COMMITS;
  const isEachUntouched = commits.every(({ author, committer, parents, commit }) => {
    const isByGitHub = committer?.login === GITHUB.login || commit.committer?.email === GITHUB.address;
    const isBots = author?.id === bot.id && (isByGitHub || committer?.id === bot.id);
    const merge = { tree: commit.tree.sha, parents: parents.map(({ sha }) => sha) };
    return commit.verification?.verified === true && (isBots || (isByGitHub && isAutomatic(merge)));
  });
  const isUnsigned =
    commits.length > 0 &&
    commits.every(({ author, commit }) => author?.id === bot.id && commit.verification?.reason === 'unsigned');
  const { data } = answer;
  // A run makes one pull request. A second one from its branch would repeat what the person asked for once.
  const before = (await closedPulls(client, repository, pull.head.ref)).filter((one) => isByBot(one, bot));
  const own = `${repository.owner}/${repository.repo}`.toLowerCase();
  const by = await starterOf(client, repository, data, pull.createdAt);
  return {
    id: data.id,
    path: data.path,
    event: data.event,
    branch: data.head_branch,
    commit: data.head_sha,
    from: Date.parse(data.created_at),
    until: Date.parse(data.updated_at) + RUN_MARGIN_MS,
    isFirst: before.every(({ number }) => number >= pull.number),
    isOwn: data.head_repository.full_name.toLowerCase() === own,
    title: data.display_title,
    by: by ? { id: by.id, login: by.login } : null,
    isUntouched: isWhole && isEachUntouched,
    ...defined({ isUnsigned: isUnsigned || undefined }),
  };
}

type RunData = Awaited<ReturnType<GitHubReader['rest']['actions']['getWorkflowRun']>>['data'];

/** The attempt that made the pull request: somebody who starts the run again later did not ask for what it made before. */
async function starterOf(client: GitHubReader, repository: Repository, newest: RunData, madeAt: number) {
  let attempt = newest;
  for (let number = (newest.run_attempt ?? 1) - 1; number > 0 && startOf(attempt) > madeAt; number--) {
    const { data } = await ask(`read attempt ${number} of run ${newest.id}`, () =>
      client.rest.actions.getWorkflowRunAttempt({ ...repository, run_id: newest.id, attempt_number: number }),
    );
    attempt = data;
  }
  return attempt.triggering_actor ?? attempt.actor;
}

const startOf = ({ run_started_at: at, created_at: made }: RunData): number => Date.parse(at ?? made);
