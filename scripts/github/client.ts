/** A client of GitHub's API: bounded retries and bounded waits. What is asked by it goes through `request.ts`. */
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { defined } from '../core/defined.ts';
import { PUBLIC_API } from './remotes.ts';

export interface ClientOptions {
  /** Without one, what everybody may read can be read, sixty times an hour. */
  readonly token?: string;
  /** Of GitHub Enterprise: `https://host/api/v3`. */
  readonly apiUrl?: string;
  /** Told of waits and second tries. */
  readonly log?: (sentence: string) => void;
  readonly retries?: number;
  /** Seconds that all waits of this connection may take together. */
  readonly patience?: number;
  /** Another version of GitHub's API; tests try the next one. */
  readonly apiVersion?: string;
}

/** The methods of one area that ask, by the first word of their names; `client.test.ts` holds each against its route. */
type Questions<Area> = {
  readonly [Name in keyof Area as Name extends `${'get' | 'list'}${string}` ? Name : never]: Area[Name];
};

/** What GitHub is read by. It has no method that changes anything. */
export interface GitHubReader {
  readonly rest: { readonly [Area in keyof Octokit['rest']]: Questions<Octokit['rest'][Area]> };
  /** A route that @octokit does not name; or a query of GraphQL, which is sent by POST. */
  readonly request: Pick<Octokit['request'], 'endpoint'> & {
    (route: `GET ${string}`, parameters?: Readonly<Record<string, unknown>>): Promise<AnyResponse>;
    (query: GraphQLRequest): Promise<AnyResponse>;
  };
}

interface GraphQLRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: { readonly retries: number };
}

interface AnyResponse {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** What GitHub is changed by; it reads, too. */
export type GitHubWriter = Octokit;

/**
 * The version of the API whose answers are read here, the one that @octokit's types describe and that GitHub Enterprise Server
 * knows. Without it the oldest supported version answers, whichever that is by then. Nothing that 2026-03-10 takes away is read.
 */
const API_VERSION = '2022-11-28';

/** Milliseconds that one request may take. */
const REQUEST_LIMIT = 30_000;

/**
 * Creates a client that reads GitHub's API, and sends nothing else: a request that would change something throws an Error, whatever
 * the types were told. Otherwise as `connect`.
 */
export function connectReader(connection: ClientOptions = {}): GitHubReader {
  const client = connect(connection);
  client.hook.before('request', (options) => {
    if (!isQuestion(options)) throw new Error(`a client that only reads was asked to ${options.method} ${options.url}`);
  });
  return client;
}

/** Whether a request changes nothing: GET and HEAD, and what is asked of GraphQL unless it is a mutation. */
const isQuestion = ({ method, url, query }: { method: string; url: string; query?: unknown }): boolean =>
  method === 'GET' ||
  method === 'HEAD' ||
  (method === 'POST' && url.endsWith('/graphql') && typeof query === 'string' && !/\bmutation\b/.test(query));

/**
 * Creates a client of GitHub's API that reads and writes. It retries failed requests, waits for rate limits (`patience`: seconds in all), and ends a request after
 * `REQUEST_LIMIT`. Sends no request by itself. Call it through `ask`, which throws GitHubError for failures of GitHub and of the network.
 */
export function connect(connection: ClientOptions = {}): GitHubWriter {
  const { token, apiUrl = PUBLIC_API, log = () => {}, retries = 3, patience = 60 } = connection;
  const { apiVersion = API_VERSION } = connection;
  // GitHub asks for a second between writes, and three where people are notified. Whoever answers on this very machine is a test.
  const isHere = URL.canParse(apiUrl) && new URL(apiUrl).hostname === '127.0.0.1';
  const second = isHere ? 1 : 1000;
  let left = patience;
  const mayWait = (seconds: number, why: string, tries: number): boolean => {
    const may = tries < retries && seconds <= left;
    if (may) {
      left -= seconds;
      log(`${why}: waiting ${seconds} s`);
    }
    return may;
  };
  const unpaced = { key: () => ({ schedule: (_options: unknown, work: () => unknown) => work() }) };
  const pace = isHere ? { write: unpaced, notifications: unpaced } : {};
  const client = new (Octokit.plugin(retry, throttling))({
    baseUrl: apiUrl.replace(/(?<!\/)\/+$/, ''),
    userAgent: 'miniapp-registry',
    ...defined({ auth: token }),
    log: { debug() {}, info() {}, warn: log, error() {} },
    request: { fetch: bounded },
    // Nothing changes by asking again for what is refused, or has moved.
    retry: {
      doNotRetry: [400, 401, 403, 404, 405, 409, 410, 412, 422, 429, 451],
      retries,
      retryAfterBaseValue: second,
    },
    throttle: {
      ...pace,
      retryAfterBaseValue: second,
      onRateLimit: (seconds: number, _options: unknown, _octokit: unknown, tries: number) =>
        mayWait(seconds, 'GitHub lets no more requests through for now', tries),
      onSecondaryRateLimit: (seconds: number, _options: unknown, _octokit: unknown, tries: number) =>
        mayWait(seconds, 'GitHub asks for a slower pace', tries),
    },
  } as ConstructorParameters<typeof Octokit>[0]);
  client.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = apiVersion;
  });
  const remainders = new Map<string, number>();
  LEFT.set(client, remainders);
  client.hook.after('request', ({ headers }) => {
    const { 'x-ratelimit-remaining': remaining, 'x-ratelimit-resource': resource } = headers;
    if (remaining !== undefined) remainders.set(String(resource ?? 'core'), Number(remaining));
  });
  return client;
}

const LEFT = new WeakMap<GitHubReader, Map<string, number>>();

/**
 * How many requests, or points of GraphQL, whichever are fewer, GitHub's last answers said that the token has left; undefined as
 * long as they said nothing.
 */
export function requestsLeft(client: GitHubReader): number | undefined {
  const left = [...(LEFT.get(client)?.values() ?? [])];
  return left.length === 0 ? undefined : Math.min(...left);
}

const bounded: typeof fetch = (address, options) =>
  fetch(address, { ...options, signal: AbortSignal.timeout(REQUEST_LIMIT) });
