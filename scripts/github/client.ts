/** A client of GitHub's API: bounded retries and bounded waits. What is asked by it goes through `request.ts`. */
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
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

export type Client = Octokit;

/**
 * The version of the API whose answers are read here, the one that @octokit's types describe and that GitHub Enterprise Server
 * knows. Without it the oldest supported version answers, whichever that is by then. Nothing that 2026-03-10 takes away is read.
 */
const API_VERSION = '2022-11-28';

/** Milliseconds that one request may take. */
const REQUEST_LIMIT = 30_000;

/**
 * Creates a client of GitHub's API. It retries failed requests, waits for rate limits (`patience`: seconds in all), and ends a request after
 * `REQUEST_LIMIT`. Sends no request by itself. Call it through `ask`, which throws GitHubError for failures of GitHub and of the network.
 */
export function connect(connection: ClientOptions = {}): Client {
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
    ...(token === undefined ? {} : { auth: token }),
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

const LEFT = new WeakMap<Client, Map<string, number>>();

/**
 * How many requests, or points of GraphQL, whichever are fewer, GitHub's last answers said that the token has left; undefined as
 * long as they said nothing.
 */
export function requestsLeft(client: Client): number | undefined {
  const left = [...(LEFT.get(client)?.values() ?? [])];
  return left.length === 0 ? undefined : Math.min(...left);
}

const bounded: typeof fetch = (address, options) =>
  fetch(address, { ...options, signal: AbortSignal.timeout(REQUEST_LIMIT) });
