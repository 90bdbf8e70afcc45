/** The facts as GraphQL tells them: many pull requests in one query. What it hides, or tells by halves, is left out. */
import type { GitHubReader } from '../client.ts';
import type { ListedPullRequest, RepositoryOverview } from '../reader-types.ts';
import type { PullRequestDetails, PullRequestSummary, Repository } from '../types.ts';
import {
  assembled,
  bears,
  contextOf,
  detailsOf,
  factOf,
  listedOf,
  statusesOf,
  type ReviewContext,
  type ReviewedDetails,
} from './facts.ts';
import {
  closedQuery,
  detailsQuery,
  freshQuery,
  overviewQuery,
  SIZES,
  writtenQuery,
  type CommentNode,
  type DetailsNode,
  type FactNode,
  type ListedNode,
  type MadeNode,
  type ReviewNode,
  type TipNode,
  type WrittenNode,
} from './queries.ts';
import { IncompleteAnswer, toTheEnd, type NodeConnection } from './query.ts';
import {
  byParts,
  furtherPages,
  hiddenParts,
  inHalves,
  repositoryQuery,
  unlessHidden,
  wordsOf,
  type NodesByAlias,
  type RepositoryAnswer,
  type RepositoryQuery,
} from './repository-query.ts';

/**
 * A reader by GraphQL. Its functions throw IncompleteAnswer where GraphQL refuses or hides what is needed; GitHubError where GitHub
 * cannot be reached.
 */
export function graphqlReader(client: GitHubReader, repository: Repository) {
  const ask = repositoryQuery(client, repository);
  return {
    overview: (numbers: readonly number[]) => overview(ask, numbers),
    pulls: (listed: readonly ListedPullRequest[]) => pulls(ask, listed),
    closed: (branches: readonly string[]) => closed(ask, branches),
    fresh: (number: number) => fresh(ask, number),
  };
}

type PullRequestPage = TipNode & { readonly pullRequests: NodeConnection<ListedNode> } & NodesByAlias<unknown>;

async function overview(ask: RepositoryQuery, numbers: readonly number[]): Promise<RepositoryOverview> {
  let least = SIZES.page;
  const page = async (after: string | null): Promise<RepositoryAnswer<PullRequestPage>> => {
    const named = after === null ? numbers : [];
    const { answer, size } = await inHalves(least, async (most) => {
      const what = 'list the open pull requests';
      const given = await ask<PullRequestPage>(what, overviewQuery(named), { after, size: most });
      hiddenParts(given.errors);
      return given;
    });
    least = size;
    return answer;
  };
  const { found, errors } = await page(null);
  const nodes = await toTheEnd(found.pullRequests, async (after) => (await page(after)).found.pullRequests);
  const { databaseId, defaultBranchRef: at } = found;
  if (!at?.target) throw new IncompleteAnswer('it knows no default branch');
  // What moves between two pages can come twice.
  const open = [...new Map(nodes.map((node) => [node.number, listedOf(node, databaseId)])).values()];
  const details = new Map<number, ReviewedDetails>();
  const contexts = new Map<number, ReviewContext>();
  const hidden = hiddenParts(errors);
  for (const number of numbers) {
    const node = found[`p${number}`] as (DetailsNode & WrittenNode) | null | undefined;
    if (!node || hidden.has(`p${number}`)) continue;
    const both = await unlessHidden(
      async () => [await readDetails(ask, number, node), await readContext(ask, number, node)] as const,
    );
    if (!both) continue;
    details.set(number, both[0]);
    contexts.set(number, both[1]);
  }
  return {
    branch: at.name,
    tip: at.target.oid,
    tipStatuses: statusesOf(at.target.status?.contexts ?? []),
    open,
    pulls: assembled(open, details, contexts),
  };
}

async function pulls(
  ask: RepositoryQuery,
  listed: readonly ListedPullRequest[],
): Promise<Map<number, PullRequestDetails>> {
  const numbers = listed.map(({ number }) => number);
  const details = await byParts<DetailsNode, ReviewedDetails>(ask, numbers, {
    size: SIZES.details,
    text: detailsQuery,
    factOf: (number, node) => readDetails(ask, number, node),
  });
  const reviewed = [...details].flatMap(([number, { reviews }]) => (reviews.some(bears) ? [number] : []));
  const contexts = await byParts<WrittenNode, ReviewContext>(ask, reviewed, {
    size: SIZES.written,
    text: writtenQuery,
    factOf: (number, node) => readContext(ask, number, node),
  });
  return assembled(listed, details, contexts);
}

async function closed(ask: RepositoryQuery, branches: readonly string[]): Promise<PullRequestSummary[]> {
  const all: PullRequestSummary[] = [];
  for (let at = 0; at < branches.length; at += SIZES.closed) {
    const part = branches.slice(at, at + SIZES.closed);
    const { found, errors } = await ask<{ databaseId: number | null } & NodesByAlias<NodeConnection<FactNode>>>(
      `list the closed pull requests of ${part.length} branches`,
      closedQuery(part),
    );
    if (errors.length > 0) throw new IncompleteAnswer(wordsOf(errors));
    for (const [index, branch] of part.entries()) {
      const list = found[`c${index}`] as unknown as NodeConnection<FactNode>;
      const nodes = await toTheEnd(list, async () =>
        Promise.reject(new IncompleteAnswer('a branch has many pull requests')),
      );
      const facts = nodes.map((node) => factOf(node, found.databaseId));
      all.push(...facts.filter(({ head }) => head.ref === branch && head.isOwn));
    }
  }
  return all;
}

async function fresh(
  ask: RepositoryQuery,
  number: number,
): Promise<{ tip: string; pull: PullRequestDetails | undefined }> {
  type Fresh = TipNode & NodesByAlias<ListedNode & DetailsNode & WrittenNode>;
  const { found, errors } = await ask<Fresh>(`read pull request #${number}`, freshQuery(number));
  const isGone = errors.length > 0 && errors.every(({ type, path = [] }) => type === 'NOT_FOUND' && path.length === 2);
  if (errors.length > 0 && !isGone) throw new IncompleteAnswer(wordsOf(errors));
  const tip = found.defaultBranchRef?.target?.oid;
  if (tip === undefined) throw new IncompleteAnswer('it knows no default branch');
  const node = found[`p${number}`] as unknown as (ListedNode & DetailsNode & WrittenNode) | null;
  if (!node) return { tip, pull: undefined };
  const listed = listedOf(node, found.databaseId);
  const [details, context] = [await readDetails(ask, number, node), await readContext(ask, number, node)];
  const pull = assembled([listed], new Map([[number, details]]), new Map([[number, context]])).get(number);
  if (!pull) throw new IncompleteAnswer('it tells of another head');
  return { tip, pull };
}

/** Reads the lists of a node to their end. */
async function readDetails(ask: RepositoryQuery, number: number, node: DetailsNode): Promise<ReviewedDetails> {
  if (!node.reviews) throw new IncompleteAnswer('it hides reviews');
  const reviews = await toTheEnd(node.reviews, furtherPages<ReviewNode>(ask, 'reviews', number));
  const comments = await toTheEnd(node.comments, furtherPages<CommentNode>(ask, 'comments', number));
  return detailsOf(node, reviews, comments);
}

async function readContext(ask: RepositoryQuery, number: number, node: WrittenNode): Promise<ReviewContext> {
  return contextOf(node, await toTheEnd(node.written, furtherPages<MadeNode>(ask, 'written', number)));
}
