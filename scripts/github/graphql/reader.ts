/**
 * The facts as GraphQL tells them: many pull requests in one query. What it hides, or tells by halves, is left out. Longer than most
 * files: each query stands beside what reads its answer.
 */
import { defined } from '../../core/defined.ts';
import type { GitHubReader } from '../client.ts';
import { nodesOf, query, toTheEnd, IncompleteAnswer, type NodeConnection, type QueryError } from './query.ts';
import {
  closedQuery,
  detailsQuery,
  freshQuery,
  moreQuery,
  overviewQuery,
  SIZES,
  writtenQuery,
  type CommentNode,
  type ContextNode,
  type DetailsNode,
  type FactNode,
  type PullRequestList,
  type ListedNode,
  type MadeNode,
  type ReviewNode,
  type TipNode,
  type ActorNode,
  type WrittenNode,
} from './queries.ts';
import type {
  Account,
  PullRequestDetails,
  PullRequestSummary,
  Repository,
  SubmittedReview,
  CommitStatus,
} from '../types.ts';
import { commitFact, GITHUB, isSaying, MAX_LISTED_COMMITS, reviewState, timeOf } from '../pull-requests.ts';
import type { ListedPullRequest, RepositoryOverview } from '../reader-types.ts';

type NodesByAlias<Node> = Readonly<Record<string, Node | null>>;
type Details = Pick<PullRequestDetails, 'labels' | 'reviews' | 'comments' | 'mayBePushed'>;

/** What bears on its reviews. */
type ReviewContext = Pick<PullRequestDetails, 'commits' | 'retargetedAt'> & {
  readonly dismissals: ReadonlyMap<number, NonNullable<SubmittedReview['dismissal']>>;
};
interface FoundNode<Data> {
  readonly repository: Data | null;
}
type PullRequestPage = TipNode & { readonly pullRequests: NodeConnection<ListedNode> } & NodesByAlias<unknown>;

/**
 * A reader by GraphQL. Its functions throw IncompleteAnswer where GraphQL refuses or hides what is needed; GitHubError where GitHub
 * cannot be reached.
 */
export function graphqlReader(client: GitHubReader, repository: Repository) {
  const ask = async <Data>(what: string, text: string, variables: Readonly<Record<string, unknown>> = {}) => {
    const { data, errors } = await query<FoundNode<Data>>(client, what, text, { ...repository, ...variables });
    if (data.repository === null) throw new IncompleteAnswer(wordsOf(errors) || 'it knows no such repository');
    return { found: data.repository, errors };
  };

  /** Errors are of single pull requests, or of the whole. */
  const whole = (errors: readonly QueryError[], mayLack: RegExp): void => {
    const others = errors.filter(({ path = [] }) => !mayLack.test(String(path[1])));
    if (others.length > 0) throw new IncompleteAnswer(wordsOf(others));
  };

  const more =
    <Node>(list: PullRequestList, number: number) =>
    async (after: string): Promise<NodeConnection<Node>> => {
      const what = `read more of pull request #${number}`;
      const { found, errors } = await ask<{ pullRequest: { list: NodeConnection<Node> } | null }>(
        what,
        moreQuery(list),
        {
          number,
          after,
        },
      );
      if (!found.pullRequest || errors.length > 0) throw new IncompleteAnswer(wordsOf(errors));
      return found.pullRequest.list;
    };

  const detailsOf = async (number: number, node: DetailsNode): Promise<Details> => {
    const { labels, reviews, comments, maintainerCanModify } = node;
    if (!reviews || !labels || labels.pageInfo?.hasNextPage === true)
      throw new IncompleteAnswer('it hides reviews or labels');
    const given = await toTheEnd(reviews, more<ReviewNode>('reviews', number));
    const said = await toTheEnd(comments, more<CommentNode>('comments', number));
    const facts = given.map((review) => ({
      id: idOf(review.fullDatabaseId),
      account: accountOf(review.author),
      state: reviewState(review.state),
      body: review.body,
      ...defined({ commit: review.commit?.oid }),
      at: timeOf(review.submittedAt),
    }));
    return {
      labels: nodesOf(labels).map(({ name }) => name),
      reviews: facts,
      comments: said.map(({ fullDatabaseId, author, body }) => ({
        id: idOf(fullDatabaseId),
        account: accountOf(author),
        body,
      })),
      mayBePushed: maintainerCanModify,
    };
  };

  const writtenOf = async (number: number, { written, retargeted, dismissed }: WrittenNode): Promise<ReviewContext> => {
    const commits = await toTheEnd(written, more<MadeNode>('written', number));
    // As many as REST lists, so that the facts are the same from either: who wrote others is for the clone to tell.
    const facts = commits.slice(0, MAX_LISTED_COMMITS).map(({ commit: { oid, author, committer } }) => {
      const isGitHub = committer?.email === GITHUB.address;
      return commitFact(oid, [author?.user?.databaseId, isGitHub ? undefined : committer?.user?.databaseId]);
    });
    const [last] = nodesOf(retargeted);
    const said = nodesOf(dismissed).flatMap(({ actor = null, previousReviewState: was, review }) => {
      const by = accountOf(actor);
      return was && review
        ? [[idOf(review.fullDatabaseId), { ...defined({ by: by?.id }), was: reviewState(was) }] as const]
        : [];
    });
    if (said.length < (dismissed.totalCount ?? 0)) throw new IncompleteAnswer('it hides dismissals');
    return {
      dismissals: new Map(said),
      commits: facts,
      ...defined({ retargetedAt: last?.createdAt === undefined ? undefined : timeOf(last.createdAt) }),
    };
  };

  /** Asks about many by parts, which get smaller where GitHub gives up. Whom it cannot tell about is left out. */
  const byParts = async <Node, Fact>(
    numbers: readonly number[],
    size: number,
    text: (part: readonly number[]) => string,
    factOf: (number: number, node: Node) => Promise<Fact>,
  ): Promise<Map<number, Fact>> => {
    const all = new Map<number, Fact>();
    for (let at = 0, now = size; at < numbers.length;) {
      const part = numbers.slice(at, at + now);
      try {
        const { found, errors } = await ask<NodesByAlias<Node>>(`read ${part.length} pull requests`, text(part));
        whole(errors, /^p\d+$/);
        const wrong = new Set(errors.map(({ path = [] }) => path[1]));
        for (const number of part) {
          const node = found[`p${number}`];
          const fact = node && !wrong.has(`p${number}`) ? await unlessHidden(() => factOf(number, node)) : undefined;
          if (fact !== undefined) all.set(number, fact);
        }
        at += now;
      } catch (error) {
        if (!(error instanceof IncompleteAnswer && error.isTooMuch && now > SIZES.least)) throw error;
        now = Math.ceil(now / 2);
      }
    }
    return all;
  };

  const pullsOf = async (listed: readonly ListedPullRequest[], details: ReadonlyMap<number, Details>) => {
    const approved = [...details].flatMap(([number, { reviews }]) => (reviews.some(bears) ? [number] : []));
    const written = await byParts(approved, SIZES.written, writtenQuery, writtenOf);
    return assembled(listed, details, written);
  };

  return {
    async overview(numbers: readonly number[]): Promise<RepositoryOverview> {
      let size = SIZES.page;
      let first: { found: PullRequestPage; errors: readonly QueryError[] } | undefined;
      const page = async (after: string | null): Promise<NodeConnection<ListedNode>> => {
        for (;;) {
          try {
            const named = after === null ? numbers : [];
            const answer = await ask<PullRequestPage>('list the open pull requests', overviewQuery(named), {
              after,
              size,
            });
            whole(answer.errors, /^p\d+$/);
            first ??= answer;
            return answer.found.pullRequests;
          } catch (error) {
            if (!(error instanceof IncompleteAnswer && error.isTooMuch && size > SIZES.least)) throw error;
            size = Math.ceil(size / 2);
          }
        }
      };
      const nodes = await toTheEnd(await page(null), page);
      const { found, errors } = first!;
      const { databaseId, defaultBranchRef: at } = found;
      if (!at?.target) throw new IncompleteAnswer('it knows no default branch');
      // What moves between two pages can come twice.
      const open = [...new Map(nodes.map((node) => [node.number, listedOf(node, databaseId)])).values()];
      const details = new Map<number, Details>();
      const written = new Map<number, ReviewContext>();
      const wrong = new Set(errors.map(({ path = [] }) => path[1]));
      for (const number of numbers) {
        const node = found[`p${number}`] as (DetailsNode & WrittenNode) | null | undefined;
        if (!node || wrong.has(`p${number}`)) continue;
        const both = await unlessHidden(
          async () => [await detailsOf(number, node), await writtenOf(number, node)] as const,
        );
        if (both) void (details.set(number, both[0]), written.set(number, both[1]));
      }
      return {
        branch: at.name,
        tip: at.target.oid,
        tipStatuses: statusesOf(at.target.status?.contexts ?? []),
        open,
        pulls: assembled(open, details, written),
      };
    },

    async pulls(listed: readonly ListedPullRequest[]): Promise<Map<number, PullRequestDetails>> {
      const numbers = listed.map(({ number }) => number);
      return pullsOf(listed, await byParts(numbers, SIZES.details, detailsQuery, detailsOf));
    },

    async closed(branches: readonly string[]): Promise<PullRequestSummary[]> {
      const all: PullRequestSummary[] = [];
      for (let at = 0; at < branches.length; at += SIZES.closed) {
        const part = branches.slice(at, at + SIZES.closed);
        const asked = await ask<{ databaseId: number | null } & NodesByAlias<NodeConnection<FactNode>>>(
          `list the closed pull requests of ${part.length} branches`,
          closedQuery(part),
        );
        whole(asked.errors, /^$/);
        for (const [index, branch] of part.entries()) {
          const list = asked.found[`c${index}`] as unknown as NodeConnection<FactNode>;
          const nodes = await toTheEnd(list, async () =>
            Promise.reject(new IncompleteAnswer('a branch has many pull requests')),
          );
          const facts = nodes.map((node) => factOf(node, asked.found.databaseId));
          all.push(...facts.filter(({ head }) => head.ref === branch && head.isOwn));
        }
      }
      return all;
    },

    async fresh(number: number): Promise<{ tip: string; pull: PullRequestDetails | undefined }> {
      type Fresh = TipNode & NodesByAlias<ListedNode & DetailsNode & WrittenNode>;
      const { found, errors } = await ask<Fresh>(`read pull request #${number}`, freshQuery(number));
      const isGone =
        errors.length > 0 && errors.every(({ type, path = [] }) => type === 'NOT_FOUND' && path.length === 2);
      if (errors.length > 0 && !isGone) throw new IncompleteAnswer(wordsOf(errors));
      const tip = found.defaultBranchRef?.target?.oid;
      if (tip === undefined) throw new IncompleteAnswer('it knows no default branch');
      const node = found[`p${number}`] as unknown as (ListedNode & DetailsNode & WrittenNode) | null;
      if (!node) return { tip, pull: undefined };
      const listed = listedOf(node, found.databaseId);
      const [details, written] = [await detailsOf(number, node), await writtenOf(number, node)];
      const pull = assembled([listed], new Map([[number, details]]), new Map([[number, written]])).get(number);
      if (!pull) throw new IncompleteAnswer('it tells of another head');
      return { tip, pull };
    },
  };
}

/** Undefined where a part of it is hidden. */
async function unlessHidden<T>(make: () => Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof IncompleteAnswer && !error.isTooMuch) return undefined;
    throw error;
  }
}

const wordsOf = (errors: readonly QueryError[]): string =>
  [...new Set(errors.map(({ message = '' }) => message))].slice(0, 3).join('; ');

/** Whether something else is asked about a review. */
const bears = (review: SubmittedReview): boolean => isSaying(review) || review.state === 'dismissed';

const NOTHING: ReviewContext = { dismissals: new Map() };

function assembled(
  listed: readonly ListedPullRequest[],
  details: ReadonlyMap<number, Details>,
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
const statusesOf = (contexts: readonly ContextNode[]): PullRequestDetails['statuses'] =>
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

const factOf = (node: FactNode, repositoryId: number | null): PullRequestSummary => ({
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

function listedOf(node: ListedNode, repositoryId: number | null): ListedPullRequest {
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
