/** Pull requests as facts: read from the API, every list to its end. */
import { defined } from '../core/defined.ts';
import type { GitHubReader } from './client.ts';
import { ask, askOptional, GitHubError, listAll, NOT_YOURS } from './request.ts';
import type {
  Account,
  IssueComment,
  AttributedCommit,
  PullRequestDetails,
  PullRequestSummary,
  Repository,
  SubmittedReview,
  ReviewState,
  CommitStatus,
} from './types.ts';

type RestPullRequest = Awaited<ReturnType<GitHubReader['rest']['pulls']['list']>>['data'][number];
type RestPullRequestDetails = Awaited<ReturnType<GitHubReader['rest']['pulls']['get']>>['data'];

/** Commits of a pull request that GitHub lists at most; the authors of further ones are unknown. */
export const MAX_LISTED_COMMITS = 250;

/** Every open pull request, oldest first. */
export async function openPulls(client: GitHubReader, repository: Repository): Promise<PullRequestSummary[]> {
  const found = await listAll('list the open pull requests', (page) =>
    client.rest.pulls.list({ ...repository, state: 'open', sort: 'created', direction: 'asc', ...page }),
  );
  // A page is cut anew for each request, so what moved in between can come twice.
  return [...new Map(found.map((pull) => [pull.number, summaryOfPull(pull)])).values()];
}

/** Closed pull requests from a branch of this repository, newest first. */
export async function closedPulls(
  client: GitHubReader,
  repository: Repository,
  branch: string,
): Promise<PullRequestSummary[]> {
  const head = `${repository.owner}:${branch}`;
  const found = await listAll(`list the pull requests from ${branch}`, (page) =>
    client.rest.pulls.list({ ...repository, state: 'closed', head, sort: 'created', direction: 'desc', ...page }),
  );
  // GitHub takes a head that it cannot make sense of for no filter at all.
  return found.map(summaryOfPull).filter((pull) => pull.head.ref === branch && pull.head.isOwn);
}

/**
 * A pull request with all that bears on it; undefined when there is none. `listed`: as a list just showed it, which spares a
 * call where that tells enough.
 */
export async function readPull(
  client: GitHubReader,
  repository: Repository,
  number: number,
  listed?: { readonly fact: PullRequestSummary; readonly bot: Account },
): Promise<PullRequestDetails | undefined> {
  const first = listed && (await readLists(client, repository, number, listed.fact.head.sha));
  if (first && tellsEnough(first, listed)) return bearing(client, repository, { ...listed.fact, ...first }, false);
  const response = await askOptional(`read pull request #${number}`, () =>
    client.rest.pulls.get({ ...repository, pull_number: number }),
  );
  if (!response) return undefined;
  const { data } = response;
  const fact = summaryOfPull(data);
  const isSameHead = fact.head.sha === listed?.fact.head.sha;
  const lists = first && isSameHead ? first : await readLists(client, repository, number, fact.head.sha);
  // GitHub says how many there are; without all of them the bot's own may be among the missing.
  const found = lists.comments.length;
  if (found < data.comments)
    throw new GitHubError(`GitHub gave ${found} of ${data.comments} comments of #${number}${NOT_YOURS}`, 200);
  return bearing(client, repository, { ...fact, ...lists }, data.maintainer_can_modify === true);
}

type Lists = Pick<PullRequestDetails, 'reviews' | 'comments' | 'statuses'>;

async function readLists(client: GitHubReader, repository: Repository, number: number, sha: string): Promise<Lists> {
  const [reviews, comments, statuses] = await Promise.all([
    readReviews(client, repository, number),
    listAll(`read the comments of pull request #${number}`, (page) =>
      client.rest.issues.listComments({ ...repository, issue_number: number, ...page }),
    ),
    readStatuses(client, repository, sha),
  ]);
  const facts = comments.map(({ id, user, body }): IssueComment => ({
    id,
    account: accountOf(user),
    body: body ?? '',
  }));
  return { reviews, comments: facts, statuses };
}

/** Whether a review approves or requests changes; a comment or a dismissed one does neither. */
export const isSaying = ({ state }: SubmittedReview): boolean => state === 'approved' || state === 'changes-requested';

/** Whether the bot's comment is among the comments, and who may push to the branch is no question yet. */
const tellsEnough = (
  { comments, reviews }: Lists,
  { fact, bot }: { fact: PullRequestSummary; bot: Account },
): boolean => comments.some(({ account }) => account?.id === bot.id) && (fact.head.isOwn || !reviews.some(isSaying));

/** With what bears on its reviews. */
async function bearing(
  client: GitHubReader,
  repository: Repository,
  pull: PullRequestSummary & Lists,
  mayBePushed: boolean,
): Promise<PullRequestDetails> {
  const { number } = pull;
  const isReviewed = pull.reviews.some(isSaying);
  const isDismissed = pull.reviews.some(({ state }) => state === 'dismissed');
  const events = isReviewed || isDismissed ? await readEvents(client, repository, number) : NO_EVENTS;
  const { retargetedAt, dismissals } = events;
  const reviews = pull.reviews.map((review) => {
    const dismissal = dismissals.get(review.id);
    return review.state === 'dismissed' && dismissal ? { ...review, dismissal } : review;
  });
  const commits = isReviewed ? await readCommits(client, repository, number) : undefined;
  return {
    ...pull,
    reviews,
    ...defined({ retargetedAt, commits }),
    mayBePushed,
  };
}

/** Every review, oldest first. */
export async function readReviews(
  client: GitHubReader,
  repository: Repository,
  number: number,
): Promise<SubmittedReview[]> {
  const found = await listAll(`read the reviews of pull request #${number}`, (page) =>
    client.rest.pulls.listReviews({ ...repository, pull_number: number, ...page }),
  );
  return found.map((review) => ({
    id: review.id,
    account: accountOf(review.user),
    state: reviewState(review.state),
    body: review.body ?? '',
    ...defined({ commit: review.commit_id || undefined }),
    at: timeOf(review.submitted_at),
  }));
}

/** By hand, or by GitHub because the branch that it asked for is gone. */
const RETARGETED: ReadonlySet<string> = new Set(['base_ref_changed', 'automatic_base_change_succeeded']);

interface Events {
  /** When its base branch was changed last, in milliseconds since 1970; earlier reviews saw another difference. */
  readonly retargetedAt?: number;
  /** By the review's id. */
  readonly dismissals: ReadonlyMap<number, NonNullable<SubmittedReview['dismissal']>>;
}

const NO_EVENTS: Events = { dismissals: new Map() };

/** What bears on reviews of what happened to it. */
export async function readEvents(client: GitHubReader, repository: Repository, number: number): Promise<Events> {
  const events = await listAll(`read the events of pull request #${number}`, (page) =>
    client.rest.issues.listEvents({ ...repository, issue_number: number, ...page }),
  );
  const times = events.flatMap(({ event, created_at: at }) => (RETARGETED.has(event) ? [timeOf(at)] : []));
  const dismissals = events.flatMap(({ event, actor, ...more }) => {
    if (event !== 'review_dismissed' || !('dismissed_review' in more)) return [];
    const { review_id: id, state } = more.dismissed_review as { review_id: number; state: string };
    return [[id, { ...defined({ by: actor?.id }), was: reviewState(state) }] as const];
  });
  return {
    ...defined({ retargetedAt: times.length === 0 ? undefined : Math.max(...times) }),
    dismissals: new Map(dismissals),
  };
}

/** Who commits for others on GitHub itself: nobody else has a key for it. */
export const GITHUB = { login: 'web-flow', address: 'noreply@github.com' };

async function readCommits(client: GitHubReader, repository: Repository, number: number): Promise<AttributedCommit[]> {
  const commits = await listAll(`read the commits of pull request #${number}`, (page) =>
    client.rest.pulls.listCommits({ ...repository, pull_number: number, ...page }),
  );
  return commits.map(({ sha, author, committer, commit }) =>
    commitFact(sha, [personIn(author), commit.committer?.email === GITHUB.address ? undefined : personIn(committer)]),
  );
}

/** The account under which GitHub commits for people is nobody's. */
export const commitFact = (sha: string, accounts: readonly (number | null | undefined)[]): AttributedCommit => ({
  sha,
  accounts: [...new Set(accounts.filter((id) => typeof id === 'number'))],
});

/** Nobody asks whether a bot wrote it, of which GraphQL does not tell. */
const personIn = (user: { type?: string; id?: number } | null): number | undefined =>
  user?.type === 'Bot' ? undefined : user?.id;

/** The newest status of each context on a commit. */
export async function readStatuses(
  client: GitHubReader,
  repository: Repository,
  sha: string,
): Promise<PullRequestDetails['statuses']> {
  const found = await listAll(`read the statuses of ${sha.slice(0, 10)}`, (page) =>
    client.rest.repos.listCommitStatusesForRef({ ...repository, ref: sha, ...page }),
  );
  const newest = new Map<string, PullRequestDetails['statuses'][number]>();
  for (const { context, state, description, creator } of found) {
    if (newest.has(context)) continue;
    const status: CommitStatus = { context, state: state as CommitStatus['state'], description: description ?? '' };
    newest.set(context, { ...status, by: accountOf(creator) });
  }
  return [...newest.values()];
}

/** The commit that a branch is at. */
export async function branchTip(client: GitHubReader, repository: Repository, branch: string): Promise<string> {
  const { data } = await ask(`read the branch ${branch}`, () =>
    client.rest.git.getRef({ ...repository, ref: `heads/${branch}` }),
  );
  return data.object.sha;
}

/** A pull request of the REST API, as listed or as asked for alone, without what takes further requests. */
export const summaryOfPull = (data: RestPullRequest | RestPullRequestDetails): PullRequestSummary => ({
  number: data.number,
  title: data.title,
  body: data.body ?? '',
  state: data.state === 'open' ? 'open' : 'closed',
  isMerged: data.merged_at !== null && data.merged_at !== undefined,
  isDraft: data.draft === true,
  author: accountOf(data.user),
  base: data.base.ref,
  head: {
    ref: data.head.ref,
    sha: data.head.sha,
    isOwn: data.head.repo != null && data.head.repo.id === data.base.repo.id,
    ...defined({
      isOfOrganization: data.head.repo?.owner.type === 'Organization' ? (true as const) : undefined,
      repository: data.head.repo?.full_name,
    }),
  },
  labels: data.labels.map(({ name }) => name ?? ''),
  asked: (data.requested_reviewers ?? []).flatMap((user) => accountOf(user) ?? []),
  createdAt: timeOf(data.created_at),
  ...defined({ closedAt: data.closed_at ? timeOf(data.closed_at) : undefined }),
  updatedAt: data.updated_at,
});

/** An account of the API, or null for one that was deleted. */
export const accountOf = (user: { id: number; login: string } | null | undefined): Account | null =>
  user ? { id: user.id, login: user.login } : null;

const REVIEW_STATES: Readonly<Record<string, ReviewState>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'dismissed',
  PENDING: 'pending',
};

/** A state of a review as REST or GraphQL write it; one that is unknown counts as a comment. */
export const reviewState = (state: string): ReviewState => REVIEW_STATES[state.toUpperCase()] ?? 'commented';

/** A time of the API as milliseconds since 1970; 0 where it names none. */
export const timeOf = (text: string | null | undefined): number => (text ? Date.parse(text) : 0);
