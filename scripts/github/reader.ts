/**
 * What the reconciler asks GitHub about pull requests. One query of GraphQL tells what REST tells in several requests for each of
 * them; where GraphQL is missing, refuses, or hides a part, REST is used: both give the same types.
 */
import type { GitHubReader } from './client.ts';
import { IncompleteAnswer } from './graphql/query.ts';
import { graphqlReader } from './graphql/reader.ts';
import { oneLine, shortened } from './one-line.ts';
import type { PullRequestDetails, Repository } from './types.ts';
import type { PullRequestResult, Reader } from './reader-types.ts';
import { restReader } from './rest-reader.ts';

/**
 * A reader that begins with GraphQL and goes on with REST after the first answer with gaps, which it writes to `log` once. Its
 * functions throw GitHubError.
 */
export function readerOf(client: GitHubReader, repository: Repository, log: (sentence: string) => void): Reader {
  const rest = restReader(client, repository);
  const graphql = graphqlReader(client, repository);
  let why: string | undefined;
  const either = async <T>(query: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> => {
    if (why !== undefined) return otherwise();
    try {
      return await query();
    } catch (error) {
      if (!(error instanceof IncompleteAnswer)) throw error;
      why = shortened(oneLine(error.message), 200);
      log(`GraphQL is not used: ${why}`);
      return otherwise();
    }
  };
  return {
    overview: (numbers) =>
      either(
        () => graphql.overview(numbers),
        () => rest.overview(numbers),
      ),
    async pulls(listed, known) {
      const details = await either(
        () => graphql.pulls(listed),
        async () => new Map<number, PullRequestDetails>(),
      );
      const left = listed.filter(({ number }) => !details.has(number));
      return left.length === 0
        ? details
        : new Map<number, PullRequestResult>([...details, ...(await rest.pulls(left, known))]);
    },
    closed: (branches) =>
      either(
        () => graphql.closed(branches),
        () => rest.closed(branches),
      ),
    fresh: (number) =>
      either(
        () => graphql.fresh(number),
        () => rest.fresh(number),
      ),
    statuses: (sha) => rest.statuses(sha),
    degraded: () => why,
  };
}
