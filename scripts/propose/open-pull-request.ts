/** The pull request of a branch: the one that is open, else a new one. */
import { defined } from '../core/defined.ts';
import { ask, GitHubError, listAll } from '../github/request.ts';
import type { Connection } from '../github/connection.ts';
import { fullName, isSame } from '../github/remotes.ts';
import type { PushTarget } from './base-repository.ts';

export interface OpenedPullRequest {
  readonly number: number;
  readonly url: string;
  readonly branch: string;
  /** Whether it was opened just now. */
  readonly isNew: boolean;
}

interface PullRequestText {
  readonly branch: string;
  readonly title: string;
  readonly body: string;
}

/** Gives the open pull request of the branch, or opens one that maintainers may push to where GitHub allows that. Throws GitHubError. */
export async function openPull(
  connection: Connection,
  target: PushTarget,
  text: PullRequestText,
): Promise<OpenedPullRequest> {
  const there = await openOne(connection, target, text.branch);
  if (there) return there;
  const { base, defaultBranch } = target;
  const create = (isLent: boolean) =>
    ask(`open the pull request in ${fullName(base)}`, () =>
      connection.writer().rest.pulls.create({
        owner: base.owner,
        repo: base.repo,
        base: defaultBranch,
        ...headOf(target, text.branch),
        title: text.title,
        body: text.body,
        maintainer_can_modify: isLent,
      }),
    );
  try {
    const { data } = await create(true).catch((error: unknown) => {
      // Only who administers a fork may let others push to it, and a fork of an organization cannot give that right at all.
      if (isUnlendable(error)) return create(false);
      throw error;
    });
    return { number: data.number, url: data.html_url, branch: text.branch, isNew: true };
  } catch (error) {
    // Another run of the same command was faster, or the answer of this one got lost before it was tried again.
    const raced =
      error instanceof GitHubError && error.status === 422 && (await openOne(connection, target, text.branch));
    if (raced) return raced;
    throw error;
  }
}

/** `owner:branch` says which fork, unless both have one owner. */
function headOf({ base, push }: PushTarget, branch: string): { head: string; head_repo?: string } {
  if (isSame(base, push)) return { head: branch };
  const isOfOneOwner = base.owner.toLowerCase() === push.owner.toLowerCase();
  return { head: `${push.owner}:${branch}`, ...defined({ head_repo: isOfOneOwner ? push.repo : undefined }) };
}

/** What GitHub says: "Fork collab can't be granted by someone without permission". */
const isUnlendable = (error: unknown): boolean =>
  error instanceof GitHubError && error.status === 422 && /fork.collab/i.test(error.said);

async function openOne(
  { client }: Connection,
  target: PushTarget,
  branch: string,
): Promise<OpenedPullRequest | undefined> {
  const { base, push, defaultBranch } = target;
  const pulls = await listAll(`list the pull requests of ${fullName(base)}`, (at) =>
    client.rest.pulls.list({
      owner: base.owner,
      repo: base.repo,
      state: 'open',
      base: defaultBranch,
      head: `${push.owner}:${branch}`,
      ...at,
    }),
  );
  const own = pulls.find(
    ({ head }) => head.ref === branch && head.repo?.full_name.toLowerCase() === fullName(push).toLowerCase(),
  );
  return own && { number: own.number, url: own.html_url, branch, isNew: false };
}
