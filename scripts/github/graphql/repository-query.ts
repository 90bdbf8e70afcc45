/** Queries about one repository: a part that is hidden is told apart from a whole that is, and what is too much is asked by halves. */
import type { GitHubReader } from '../client.ts';
import type { Repository } from '../types.ts';
import { moreQuery, SIZES, type PullRequestList } from './queries.ts';
import { IncompleteAnswer, query, type NodeConnection, type QueryError } from './query.ts';

export type NodesByAlias<Node> = Readonly<Record<string, Node | null>>;

/** What the repository's node says, and the errors of its parts. */
export interface RepositoryAnswer<Data> {
  readonly found: Data;
  readonly errors: readonly QueryError[];
}

/** Asks, as `query` does. Throws what it throws, and IncompleteAnswer where the repository is hidden. */
export type RepositoryQuery = <Data>(
  what: string,
  text: string,
  variables?: Readonly<Record<string, unknown>>,
) => Promise<RepositoryAnswer<Data>>;

/** Queries of `repository` by this client. */
export const repositoryQuery =
  (client: GitHubReader, repository: Repository): RepositoryQuery =>
  async <Data>(what: string, text: string, variables: Readonly<Record<string, unknown>> = {}) => {
    const whole = { ...repository, ...variables };
    const { data, errors } = await query<{ readonly repository: Data | null }>(client, what, text, whole);
    if (data.repository === null) throw new IncompleteAnswer(wordsOf(errors) || 'it knows no such repository');
    return { found: data.repository, errors };
  };

/** The further pages of a list of pull request `number`, for `toTheEnd`. */
export const furtherPages =
  <Node>(ask: RepositoryQuery, list: PullRequestList, number: number) =>
  async (after: string): Promise<NodeConnection<Node>> => {
    const { found, errors } = await ask<{ pullRequest: { list: NodeConnection<Node> } | null }>(
      `read more of pull request #${number}`,
      moreQuery(list),
      { number, after },
    );
    if (!found.pullRequest || errors.length > 0) throw new IncompleteAnswer(wordsOf(errors));
    return found.pullRequest.list;
  };

/** Errors are of single pull requests, `p` and their number, or of the whole: the latter throw IncompleteAnswer. Gives the names of the former. */
export function hiddenParts(errors: readonly QueryError[]): ReadonlySet<unknown> {
  const others = errors.filter(({ path = [] }) => !/^p\d+$/.test(String(path[1])));
  if (others.length > 0) throw new IncompleteAnswer(wordsOf(others));
  return new Set(errors.map(({ path = [] }) => path[1]));
}

/** Asks for less, by halves of `size`, for as long as GitHub says that it is too much. */
export async function inHalves<T>(
  size: number,
  attempt: (size: number) => Promise<T>,
): Promise<{ answer: T; size: number }> {
  for (let now = size; ; now = Math.ceil(now / 2)) {
    try {
      return { answer: await attempt(now), size: now };
    } catch (error) {
      if (!(error instanceof IncompleteAnswer && error.isTooMuch && now > SIZES.least)) throw error;
    }
  }
}

/** Asks about many by parts, which get smaller where GitHub gives up. Whom it cannot tell about is left out. */
export async function byParts<Node, Fact>(
  ask: RepositoryQuery,
  numbers: readonly number[],
  { size, text, factOf }: PartQuery<Node, Fact>,
): Promise<Map<number, Fact>> {
  const all = new Map<number, Fact>();
  for (let at = 0, now = size; at < numbers.length; at += now) {
    const part = await inHalves(now, async (most) => {
      const asked = numbers.slice(at, at + most);
      const { found, errors } = await ask<NodesByAlias<Node>>(`read ${asked.length} pull requests`, text(asked));
      const hidden = hiddenParts(errors);
      const known: [number, Fact][] = [];
      for (const number of asked) {
        const node = found[`p${number}`];
        const fact = node && !hidden.has(`p${number}`) ? await unlessHidden(() => factOf(number, node)) : undefined;
        if (fact !== undefined) known.push([number, fact]);
      }
      return known;
    });
    now = part.size;
    for (const [number, fact] of part.answer) all.set(number, fact);
  }
  return all;
}

export interface PartQuery<Node, Fact> {
  /** Pull requests of the first query. */
  readonly size: number;
  /** The query for these. */
  readonly text: (numbers: readonly number[]) => string;
  /** May throw IncompleteAnswer, which leaves that one out. */
  readonly factOf: (number: number, node: Node) => Promise<Fact>;
}

/** Undefined where a part of it is hidden. */
export async function unlessHidden<T>(make: () => Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof IncompleteAnswer && !error.isTooMuch) return undefined;
    throw error;
  }
}

/** The first three different sentences of errors. */
export const wordsOf = (errors: readonly QueryError[]): string =>
  [...new Set(errors.map(({ message = '' }) => message))].slice(0, 3).join('; ');
