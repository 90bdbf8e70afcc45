/** Facts as GraphQL's nodes tell them, in the types of REST. What a node hides throws IncompleteAnswer. */
import { defined } from '../../core/defined.ts';
import { commitFact, GITHUB, isSaying, MAX_LISTED_COMMITS, reviewState, timeOf } from '../pull-requests.ts';
import type { ListedPullRequest } from '../reader-types.ts';
import type { Account, CommitStatus, PullRequestDetails, PullRequestSummary, SubmittedReview } from '../types.ts';
import type {
  ActorNode,
  CommentNode,
  ContextNode,
  DetailsNode,
  FactNode,
  ListedNode,
  MadeNode,
  ReviewNode,
  WrittenNode,
} from './queries.ts';
import { IncompleteAnswer, nodesOf } from './query.ts';

export type ReviewedDetails = Pick<PullRequestDetails, 'labels' | 'reviews' | 'comments' | 'mayBePushed'>;

/** What bears on the reviews of a pull request. */
export type ReviewContext = Pick<PullRequestDetails, 'commits' | 'retargetedAt'> & {
  readonly dismissals: ReadonlyMap<number, NonNullable<SubmittedReview['dismissal']>>;
};

/** Labels, reviews and comments. The lists are given to their end, as a node holds their first page. */
export function detailsOf(
  { labels, maintainerCanModify }: DetailsNode,
  reviews: readonly ReviewNode[],
  comments: readonly CommentNode[],
): ReviewedDetails {
  if (!labels || labels.pageInfo?.hasNextPage === true) throw new IncompleteAnswer('it hides labels');
  return {
    labels: nodesOf(labels).map(({ name }) => name),
    reviews: reviews.map((review) => ({
      id: idOf(review.fullDatabaseId),
      account: accountOf(review.author),
      state: reviewState(review.state),
      body: review.body,
      ...defined({ commit: review.commit?.oid }),
      at: timeOf(review.submittedAt),
    })),
    comments: comments.map(({ fullDatabaseId, author, body }) => ({
      id: idOf(fullDatabaseId),
      account: accountOf(author),
      body,
    })),
    mayBePushed: maintainerCanModify,
  };
}

/** Who wrote its commits, who dismissed reviews, and when it got another base. `commits`: the list to its end. */
export function contextOf({ retargeted, dismissed }: WrittenNode, commits: readonly MadeNode[]): ReviewContext {
  // As many as REST lists, so that the facts are the same from either: who wrote others is for the clone to tell.
  const facts = commits.slice(0, MAX_LISTED_COMMITS).map(({ commit: { oid, author, committer } }) => {
    const isGitHub = committer?.email === GITHUB.address;
    return commitFact(oid, [author?.user?.databaseId, isGitHub ? undefined : committer?.user?.databaseId]);
  });
  const [last] = nodesOf(retargeted);
  const dismissals = nodesOf(dismissed).flatMap(({ actor = null, previousReviewState: was, review }) =>
    was && review
      ? [[idOf(review.fullDatabaseId), { ...defined({ by: accountOf(actor)?.id }), was: reviewState(was) }] as const]
      : [],
  );
  if (dismissals.length < (dismissed.totalCount ?? 0)) throw new IncompleteAnswer('it hides dismissals');
  return {
    dismissals: new Map(dismissals),
    commits: facts,
    ...defined({ retargetedAt: last?.createdAt === undefined ? undefined : timeOf(last.createdAt) }),
  };
}

/** Whether a review makes it worth asking who wrote the commits, and who dismissed it. */
export const bears = (review: SubmittedReview): boolean => isSaying(review) || review.state === 'dismissed';

const NOTHING: ReviewContext = { dismissals: new Map() };

/** What is known of each pull request, as far as it is known whole: one whose statuses or reviewed commits are hidden is left out. */
export function assembled(
  listed: readonly ListedPullRequest[],
  details: ReadonlyMap<number, ReviewedDetails>,
  written: ReadonlyMap<number, ReviewContext>,
): Map<number, PullRequestDetails> {
  const all = new Map<number, PullRequestDetails>();
  for (const { statuses, ...fact } of listed) {
    const own = details.get(fact.number);
    const isReviewed = own?.reviews.some(bears) === true;
    const more = isReviewed ? written.get(fact.number) : NOTHING;
    if (!own || !statuses || !more) continue;
    const { dismissals, commits, retargetedAt } = more;
    const reviews = own.reviews.map((review) => {
      const dismissal = dismissals.get(review.id);
      return review.state === 'dismissed' && dismissal ? { ...review, dismissal } : review;
    });
    const isSaid = reviews.some(isSaying);
    all.set(fact.number, {
      ...fact,
      ...own,
      statuses,
      reviews,
      ...defined({ commits: (isSaid && commits) || undefined, retargetedAt }),
    });
  }
  return all;
}

/** Larger than GraphQL's integers, so it comes as text. */
function idOf(text: string | null): number {
  const id = Number(text);
  if (text === null || !Number.isSafeInteger(id)) throw new IncompleteAnswer('it hides an id');
  return id;
}

/** Accounts of bots have an ending in REST that GraphQL leaves out. */
const accountOf = (who: ActorNode | null): Account | null =>
  typeof who?.databaseId === 'number'
    ? { id: who.databaseId, login: who.__typename === 'Bot' ? `${who.login}[bot]` : who.login }
    : null;

/** The newest of each context: GraphQL gives no others. A required one that nobody has set is none. */
export const statusesOf = (contexts: readonly ContextNode[]): PullRequestDetails['statuses'] =>
  contexts.flatMap(({ context, state, description, creator }) =>
    state === 'EXPECTED'
      ? []
      : [
          {
            context,
            state: state.toLowerCase() as CommitStatus['state'],
            description: description ?? '',
            by: accountOf(creator),
          },
        ],
  );

/** A pull request as a list names it. `repositoryId`: whose branches are its own. */
export const factOf = (node: FactNode, repositoryId: number | null): PullRequestSummary => ({
  number: node.number,
  title: node.title,
  body: node.body,
  state: node.state === 'OPEN' ? 'open' : 'closed',
  isMerged: node.state === 'MERGED',
  isDraft: node.isDraft,
  author: accountOf(node.author),
  base: node.baseRefName,
  head: {
    ref: node.headRefName,
    sha: node.headRefOid,
    isOwn: repositoryId !== null && node.headRepository?.databaseId === repositoryId,
    ...defined({
      isOfOrganization: node.headRepository?.owner.__typename === 'Organization' ? (true as const) : undefined,
      repository: node.headRepository?.nameWithOwner,
    }),
  },
  labels: [],
  asked: [],
  createdAt: timeOf(node.createdAt),
  ...defined({ closedAt: node.closedAt === null ? undefined : timeOf(node.closedAt) }),
  updatedAt: node.updatedAt,
});

/** The same of an open one. Throws IncompleteAnswer where somebody who was asked for a review is hidden. */
export function listedOf(node: ListedNode, repositoryId: number | null): ListedPullRequest {
  const { reviewRequests, commits } = node;
  if (reviewRequests?.pageInfo?.hasNextPage === true) throw new IncompleteAnswer('a list is longer than it can be');
  const [last] = nodesOf(commits);
  // Where the newest commit is not the head yet, the statuses of the head are not returned.
  const statuses =
    last?.commit.oid === node.headRefOid ? { statuses: statusesOf(last.commit.status?.contexts ?? []) } : {};
  const asked = (reviewRequests ? nodesOf(reviewRequests) : []).flatMap(({ requestedReviewer: who }) =>
    typeof who?.databaseId === 'number' && who.login !== undefined ? [{ id: who.databaseId, login: who.login }] : [],
  );
  return { ...factOf(node, repositoryId), asked, ...statuses };
}
