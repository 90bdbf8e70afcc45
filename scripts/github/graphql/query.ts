/**
 * Queries of GitHub's GraphQL API. What it cannot tell is asked of REST instead, so failures are of two kinds: those that would
 * befall any call (no network, no valid token, no requests left) are GitHubErrors, and all others are IncompleteAnswer.
 */
import type { GitHubReader } from '../client.ts';
import { ask, GitHubError, limited } from '../request.ts';

/** GraphQL does not tell it, or not the whole of it. */
export class IncompleteAnswer extends Error {
  /** Whether asking for less may help: GitHub gave up on it, or took it for too much. */
  readonly isTooMuch: boolean;
  constructor(message: string, isTooMuch = false) {
    super(message);
    this.isTooMuch = isTooMuch;
  }
}

export interface QueryError {
  readonly type?: string;
  readonly message?: string;
  readonly path?: readonly (string | number)[];
}

export interface GraphQLAnswer<Data> {
  readonly data: Data;
  /** The parts of the response that could not be read, by path. */
  readonly errors: readonly QueryError[];
}

/** A query that is too much for GitHub gets its fault again, however often: one more try, and then less is asked for. */
const RETRIES = 1;

/** Asks. `what`: what it is for, as in "could not WHAT". Throws GitHubError and IncompleteAnswer. */
export async function query<Data>(
  client: GitHubReader,
  what: string,
  text: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<GraphQLAnswer<Data>> {
  const response = await answered(() =>
    ask(what, () =>
      client.request({ method: 'POST', url: addressOf(client), query: text, variables, request: { retries: RETRIES } }),
    ),
  );
  const { headers } = response;
  const body: unknown = response.data;
  const {
    data,
    errors = [],
    message,
  } = (typeof body === 'object' && body !== null ? body : {}) as {
    data?: Data | null;
    errors?: readonly QueryError[];
    message?: string;
  };
  const words = [message ?? '', ...errors.map((one) => one.message ?? '')].join('; ');
  // Limits are reported with status 200, too.
  const isLimit = errors.some(({ type }) => type === 'RATE_LIMITED') || /rate limit/i.test(words);
  if (isLimit) throw limited(what, headers, /secondary/i.test(words));
  const isTooMuch = errors.some(({ type }) => type === 'RESOURCE_LIMITS_EXCEEDED') || /timed? ?out/i.test(words);
  if (isTooMuch) throw new IncompleteAnswer(`it takes too long: ${words}`, true);
  if (data === undefined || data === null) throw new IncompleteAnswer(words.length > 1 ? words : 'it answers nothing');
  return { data, errors };
}

/** On GitHub Enterprise Server REST has its version in the address, GraphQL has none. */
function addressOf(client: GitHubReader): string {
  const { baseUrl } = client.request.endpoint.DEFAULTS;
  return baseUrl.endsWith('/api/v3') ? baseUrl.replace(/\/v3$/, '/graphql') : '/graphql';
}

async function answered<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const isFault = error.status >= 500;
    if (error.isWholesale && !isFault) throw error;
    throw new IncompleteAnswer(error.message, isFault);
  }
}

export interface NodeConnection<Node> {
  readonly totalCount?: number;
  readonly nodes: readonly (Node | null)[] | null;
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What a list holds, none of it hidden. */
export function nodesOf<Node>({ nodes }: NodeConnection<Node>): Node[] {
  const all = nodes ?? [];
  if (nodes === null || all.includes(null)) throw new IncompleteAnswer('it hides a part of a list');
  return all as Node[];
}

/** Pages of a list, above any that there is reason for. */
const MAX_PAGES = 100;

/** A list to its end: a page that is missing makes the whole unknown, and decided is never by a part. */
export async function toTheEnd<Node>(
  first: NodeConnection<Node>,
  page: (after: string) => Promise<NodeConnection<Node>>,
): Promise<Node[]> {
  const all = nodesOf(first);
  let last = first;
  for (let count = 1; last.pageInfo?.hasNextPage === true; count++) {
    const after = last.pageInfo.endCursor;
    if (count === MAX_PAGES) throw new IncompleteAnswer('a list has too many pages');
    if (after === null) throw new IncompleteAnswer('a page of a list is lost');
    const next = await page(after);
    if (next.pageInfo?.endCursor === after) throw new IncompleteAnswer('a list does not go on');
    all.push(...nodesOf(next));
    last = next;
  }
  if (all.length < (last.totalCount ?? 0))
    throw new IncompleteAnswer(`it gives ${all.length} of ${last.totalCount} in a list`);
  return all;
}
