/**
 * What is asked of GraphQL, and the shape of its answers. By GitHub's formula a page of the overview costs 2 points, a question for
 * details 1, and what bears on the reviews of one pull request half a point; the workflow token has 1,000 of an hour.
 */
import type { NodeConnection } from './query.ts';

/** Pull requests of a page, and of one question; fewer where GitHub gives up on that many. Fifty with details cost a point more. */
export const SIZES = { page: 100, details: 49, written: 10, closed: 20, least: 20 };

const WHO = `fragment Who on Actor {
  __typename login
  ... on User { databaseId } ... on Bot { databaseId } ... on Mannequin { databaseId } ... on Organization { databaseId }
}`;

const CONTEXT = `fragment Context on StatusContext { context state description creator { ...Who } }`;

const FACT = `fragment Fact on PullRequest {
  number title body state isDraft createdAt closedAt updatedAt baseRefName headRefName headRefOid
  author { ...Who } headRepository { databaseId nameWithOwner owner { __typename } }
}`;

/** GitHub lets a pull request have fewer reviewers. */
const LISTED_FRAGMENT = `fragment Listed on PullRequest {
  ...Fact
  reviewRequests(first: 100) {
    nodes { requestedReviewer { ... on User { databaseId login } ... on Bot { databaseId login } } }
    pageInfo { hasNextPage endCursor }
  }
  commits(last: 1) { nodes { commit { oid status { contexts { ...Context } } } } }
}`;

const REVIEW = `fragment Review on PullRequestReview {
  fullDatabaseId state body submittedAt author { ...Who } commit { oid }
}`;
const COMMENT = `fragment Remark on IssueComment { fullDatabaseId body author { ...Who } }`;
const MADE = `fragment Made on PullRequestCommit {
  commit {
    oid
    author { user { databaseId } }
    committer { email user { databaseId } }
  }
}`;

const DETAILS = `fragment Details on PullRequest {
  maintainerCanModify
  labels(first: 100) { nodes { name } pageInfo { hasNextPage endCursor } }
  reviews(first: 50) { totalCount nodes { ...Review } pageInfo { hasNextPage endCursor } }
  comments(first: 50) { totalCount nodes { ...Remark } pageInfo { hasNextPage endCursor } }
}`;

/** What bears on the reviews of one that was reviewed. */
const WRITTEN = `fragment Written on PullRequest {
  dismissed: timelineItems(last: 100, itemTypes: [REVIEW_DISMISSED_EVENT]) {
    totalCount nodes {
      ... on ReviewDismissedEvent { actor { ...Who } previousReviewState review { fullDatabaseId } }
    }
  }
  retargeted: timelineItems(last: 1, itemTypes: [BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]) {
    nodes { ... on BaseRefChangedEvent { createdAt } ... on AutomaticBaseChangeSucceededEvent { createdAt } }
  }
  written: commits(first: 50) { totalCount nodes { ...Made } pageInfo { hasNextPage endCursor } }
}`;

const LISTING = [LISTED_FRAGMENT, FACT, CONTEXT, WHO];
const DETAILING = [DETAILS, REVIEW, COMMENT];
const WRITING = [WRITTEN, MADE, WHO];

const repository = (inner: string, fragments: readonly string[], more = ''): string =>
  [
    `query ($owner: String!, $repo: String!${more}) { repository(owner: $owner, name: $repo) { ${inner} } }`,
    ...new Set(fragments),
  ].join('\n');

const TIP = 'databaseId defaultBranchRef { name target { oid ... on Commit { status { contexts { ...Context } } } } }';

const named = (numbers: readonly number[], inner: string): string =>
  numbers.map((number) => `p${number}: pullRequest(number: ${number}) { ${inner} }`).join('\n');

/** A page of the open ones, the tip, and all about those that an event named. */
export const overviewQuery = (numbers: readonly number[]): string =>
  repository(
    `${TIP}
    pullRequests(states: OPEN, first: $size, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount nodes { ...Listed } pageInfo { hasNextPage endCursor }
    }
    ${named(numbers, '...Details ...Written')}`,
    [...LISTING, ...(numbers.length > 0 ? [...DETAILING, ...WRITING] : [])],
    ', $size: Int!, $after: String',
  );

/** A query for all that is read of pull requests, by number: reviews, comments, labels, statuses. */
export const detailsQuery = (numbers: readonly number[]): string =>
  repository(named(numbers, '...Details'), [...DETAILING, WHO]);

/** A query for who wrote the commits of pull requests, by number. */
export const writtenQuery = (numbers: readonly number[]): string => repository(named(numbers, '...Written'), WRITING);

/** What a merge rests on, as it is now. */
export const freshQuery = (number: number): string =>
  repository(`${TIP} ${named([number], '...Listed ...Details ...Written')}`, [...LISTING, ...DETAILING, ...WRITING]);

/** A query for the closed and merged pull requests of branches: the 20 newest of each, and how many there are. */
export const closedQuery = (branches: readonly string[]): string =>
  repository(
    `databaseId ${branches
      .map(
        (branch, at) => `c${at}: pullRequests(states: [CLOSED, MERGED], headRefName: ${JSON.stringify(branch)},
          first: 20, orderBy: { field: CREATED_AT, direction: DESC }) {
          totalCount nodes { ...Fact } pageInfo { hasNextPage endCursor }
        }`,
      )
      .join('\n')}`,
    [FACT, WHO],
  );

const LISTS = {
  reviews: ['reviews', '...Review', [REVIEW, WHO]],
  comments: ['comments', '...Remark', [COMMENT, WHO]],
  written: ['commits', '...Made', [MADE]],
} as const;
export type PullRequestList = keyof typeof LISTS;

/** The next page of a list of a pull request's. */
export function moreQuery(list: PullRequestList): string {
  const [field, inner, fragments] = LISTS[list];
  return repository(
    `pullRequest(number: $number) {
      list: ${field}(first: 100, after: $after) { totalCount nodes { ${inner} } pageInfo { hasNextPage endCursor } }
    }`,
    fragments,
    ', $number: Int!, $after: String!',
  );
}

export interface ActorNode {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number | null;
}

export interface ContextNode {
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
  readonly creator: ActorNode | null;
}

interface StatusNode {
  readonly contexts: readonly ContextNode[];
}

export interface FactNode {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly updatedAt: string;
  readonly baseRefName: string;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly author: ActorNode | null;
  readonly headRepository: {
    readonly databaseId: number | null;
    readonly nameWithOwner: string;
    readonly owner: { readonly __typename: string };
  } | null;
}

export interface ListedNode extends FactNode {
  readonly reviewRequests: NodeConnection<{
    readonly requestedReviewer: { readonly databaseId?: number | null; readonly login?: string } | null;
  }> | null;
  readonly commits: NodeConnection<{ readonly commit: { readonly oid: string; readonly status: StatusNode | null } }>;
}

export interface ReviewNode {
  readonly fullDatabaseId: string | null;
  readonly state: string;
  readonly body: string;
  readonly submittedAt: string | null;
  readonly author: ActorNode | null;
  readonly commit: { readonly oid: string } | null;
}

export interface CommentNode {
  readonly fullDatabaseId: string | null;
  readonly body: string;
  readonly author: ActorNode | null;
}

export interface MadeNode {
  readonly commit: {
    readonly oid: string;
    readonly author: { readonly user: { readonly databaseId: number | null } | null } | null;
    readonly committer: {
      readonly email: string | null;
      readonly user: { readonly databaseId: number | null } | null;
    } | null;
  };
}

export interface DetailsNode {
  readonly maintainerCanModify: boolean;
  readonly labels: NodeConnection<{ readonly name: string }> | null;
  readonly reviews: NodeConnection<ReviewNode> | null;
  readonly comments: NodeConnection<CommentNode>;
}

export interface WrittenNode {
  readonly retargeted: NodeConnection<{ readonly createdAt?: string }>;
  readonly dismissed: NodeConnection<{
    readonly actor?: ActorNode | null;
    readonly previousReviewState?: string;
    readonly review?: { readonly fullDatabaseId: string | null } | null;
  }>;
  readonly written: NodeConnection<MadeNode>;
}

export interface TipNode {
  readonly databaseId: number | null;
  readonly defaultBranchRef: {
    readonly name: string;
    readonly target: { readonly oid: string; readonly status?: StatusNode | null } | null;
  } | null;
}
