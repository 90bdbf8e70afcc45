/**
 * Compares the claims of a commit on the default branch with GitHub: whether a merged pull request brought it, who opened that, and
 * whether the claimed approvers approved it. Anybody who can push can write any claim.
 */
import type { Claims } from '../../core/history/commit-trailers.ts';
import type { Workspace } from '../../core/model.ts';
import type { FirstParent } from '../../git/commits/fetch.ts';
import { transitionBranch } from '../branch-names.ts';
import { resolveActor } from './actor.ts';
import { readRun, type RunQuestion } from '../manual-transition/workflow-run.ts';
import type { GitHubReader } from '../../github/client.ts';
import { listAll } from '../../github/request.ts';
import { personOf } from '../../github/accounts.ts';
import { isByBot } from '../types.ts';
import type { Account, PullRequestSummary, Repository, SubmittedReview } from '../../github/types.ts';
import { summaryOfPull, readEvents, readReviews } from '../../github/pull-requests.ts';
import { isTakenOver, reasonOf } from '../approvals/rejection.ts';

export interface ClaimedTransition {
  readonly commit: string;
  readonly claims: Claims;
  /** The configuration before the commit, whose people/ identifies accounts, and after it. */
  readonly before: Workspace;
  readonly after: Workspace;
}

export interface ClaimContext {
  readonly client: GitHubReader;
  readonly repository: Repository;
  /** The default branch. */
  readonly branch: string;
  /** The parents of a commit, and the first parents of one of the branch's, newest first. */
  readonly parentsOf: (commit: string) => readonly string[];
  readonly pastOf: (commit: string) => readonly Pick<FirstParent, 'commit'>[];
  readonly isAutomatic: RunQuestion['isAutomatic'];
}

/** The claims that are false, as sentences. Throws GitHubError when GitHub cannot be asked. */
export async function contradictions(claimContext: ClaimContext, claimed: ClaimedTransition): Promise<string[]> {
  const { client, repository, branch } = claimContext;
  const { commit, claims, before } = claimed;
  const found = await listAll(`ask which pull request brought ${commit.slice(0, 10)}`, (page) =>
    client.rest.repos.listPullRequestsAssociatedWithCommit({ ...repository, commit_sha: commit, ...page }),
  );
  const merged = found.filter((pull) => pull.merged_at !== null && pull.base.ref === branch);
  const data = await landedAs(claimContext, commit, merged);
  if (!data) return [`no merged pull request brought it: it was pushed to ${branch}, or somebody went round the rules`];
  const pull = summaryOfPull(data);
  const number = `#${pull.number}`;
  const reviews = await readReviews(client, repository, pull.number);
  const wrong: string[] = [];
  const { pullRequest } = claims;
  if (pullRequest !== undefined && pullRequest !== pull.number)
    wrong.push(`it names #${pullRequest}, but GitHub knows it as the merge of ${number}`);
  const actor = await actorOf(claimContext, pull, claimed);
  if (claims.actor !== undefined && actor !== undefined && claims.actor !== actor)
    wrong.push(`it says that ${claims.actor} acted, but ${number} acts for ${actor}`);
  const mergedAt = Date.parse(data.merged_at!);
  const isOf = (login: string, { at, account }: SubmittedReview) =>
    at <= mergedAt && personOf(account, before) === login;
  const gave = (login: string, state: SubmittedReview['state']) =>
    reviews.some((review) => review.state === state && isOf(login, review));
  // The bot may have dismissed the review so that GitHub merged the rejection; the version's file holds the review's text.
  const tookOver = async (login: string) => {
    const dismissed = reviews.filter((review) => review.state === 'dismissed' && isOf(login, review));
    const reasons = reasonsOf(login, claimed);
    if (dismissed.some(({ body }) => reasons.has(reasonOf(body)))) return true;
    if (dismissed.length === 0) return false;
    // An emergency stop holds no text of a review; GitHub knows who dismissed it.
    const { dismissals } = await readEvents(client, repository, pull.number);
    const withEvents = dismissed.map((review) => ({ ...review, dismissal: dismissals.get(review.id) }));
    return withEvents.some(
      ({ dismissal, ...review }) => dismissal && isTakenOver({ ...review, dismissal }, botOf(before)),
    );
  };
  for (const login of claims.approvedBy)
    if (!gave(login, 'approved')) wrong.push(`it says that ${login} approved, but ${number} has no such review`);
  for (const login of claims.changesRequestedBy)
    if (!gave(login, 'changes-requested') && !(await tookOver(login)))
      wrong.push(`it says that ${login} requested changes, but ${number} has no such review`);
  return wrong;
}

/**
 * The pull request that this commit merged. The second parent of a merge commit is the head of the pull request. For any other commit,
 * such as a squash, and for two pull requests with one head, GitHub's merge commits are compared.
 */
async function landedAs<Listed extends { readonly number: number; readonly head: { readonly sha: string } }>(
  { client, repository, parentsOf }: ClaimContext,
  commit: string,
  merged: readonly Listed[],
): Promise<Listed | undefined> {
  const [, head] = parentsOf(commit);
  const ofHead = merged.filter((pull) => pull.head.sha === head);
  if (ofHead.length === 1) return ofHead[0];
  for (const pull of ofHead.length > 1 ? ofHead : merged) {
    const events = await listAll(`read the events of #${pull.number}`, (page) =>
      client.rest.issues.listEvents({ ...repository, issue_number: pull.number, ...page }),
    );
    if (events.some(({ event, commit_id: id }) => event === 'merged' && id === commit)) return pull;
  }
  return undefined;
}

/** The reasons with which this commit rejects versions in a reviewer's name. */
const reasonsOf = (login: string, { before, after }: ClaimedTransition): ReadonlySet<string | undefined> =>
  new Set(
    [...after.miniapps.values()].flatMap(({ id, versions }) =>
      [...versions.values()].flatMap(({ version, review }) => {
        const earlier = before.miniapps.get(id)?.versions.get(version)?.review;
        const isNew = review?.status === 'rejected' && earlier?.status !== 'rejected';
        return isNew && review.reviewedBy === login && review.reason !== undefined ? [review.reason] : [];
      }),
    ),
  );

/** The actor of a merged pull request; undefined where GitHub no longer has the workflow run that determines it. */
async function actorOf(
  { client, repository, branch, pastOf, isAutomatic }: ClaimContext,
  pull: PullRequestSummary,
  { commit, before }: ClaimedTransition,
): Promise<string | undefined> {
  const bot = botOf(before);
  const id = isByBot(pull, bot) ? transitionBranch.parse(pull.head.ref) : undefined;
  const run = id === undefined ? undefined : await readRun(client, repository, { id, pull, bot, isAutomatic });
  if (id !== undefined && !run) return undefined;
  return resolveActor(pull, { base: before, bot, branch, past: run ? pastOf(commit) : [], run }).actor;
}

function botOf({ platform }: Workspace): Account {
  const account = platform.bot;
  return account ? { id: account.githubId, login: account.login } : NOBODY;
}

/** No account has this number. */
const NOBODY: Account = { id: -1, login: '<nobody>' };
