/** Says who we are to a registry that asks for it: at once (Basic), or by a token of the service that it names (Bearer). */
import { DeniedError, StoreError } from '../store.ts';
import { challengesIn, type Challenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { addressOf, readText, send, shown, type HttpAnswer, type HttpLimits, type HttpRequest } from './http.ts';

export interface Authorizer {
  /** Sends a request to the registry as whoever we are. Throws StoreError where it does not let us. */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

export interface AuthorizerOptions {
  /** As people call the registry. */
  readonly registry: string;
  /** Where it is: credentials go to no other host, except to the token service that it names. */
  readonly origin: string;
  /** Looked for once, when the registry asks for them. */
  readonly credentials: () => Promise<Credentials | undefined>;
  readonly limits: HttpLimits;
}

/** Bytes of a token service's answer. */
const MOST = 1024 ** 2;

/** Asks for credentials once, when the registry first refuses, and sends what it got with every later request to the same origin alone. */
export function authorizer({ registry, origin, credentials, limits }: AuthorizerOptions): Authorizer {
  let asked: Promise<Credentials | undefined> | undefined;
  let authorization: string | undefined;

  const authorized = (request: HttpRequest): HttpRequest =>
    authorization === undefined || request.url.origin !== origin
      ? request
      : { ...request, headers: { ...request.headers, authorization } };

  const howToGetIn = (own: Credentials | undefined): string =>
    own
      ? `it does not take what ${own.from} has for it`
      : `it wants to know who asks: docker login ${registry}, or set MINIAPP_REGISTRY_TOKEN (for a registry that the default branch does not name, with MINIAPP_REGISTRY_HOST)`;

  /** Ways to say who we are, as headers, each tried in turn. */
  async function* answersTo(challenges: readonly Challenge[]): AsyncIterable<string> {
    const own = await (asked ??= credentials());
    for (const { scheme, parameters } of challenges) {
      if (scheme === 'basic' && own?.login) yield basic(own.login);
      if (scheme !== 'bearer') continue;
      if (parameters['realm'] !== undefined) {
        const token = await tokenOf(parameters, own);
        if (token !== undefined) yield `Bearer ${token}`;
      }
      if (own?.bearer !== undefined) yield `Bearer ${own.bearer}`;
    }
  }

  async function tokenOf(
    { realm = '', service, scope }: Challenge['parameters'],
    own: Credentials | undefined,
  ): Promise<string | undefined> {
    const url = addressOf(realm, new URL(origin));
    const scopes = scope?.split(' ').filter((one) => one !== '') ?? [];
    let request: HttpRequest;
    if (own?.identity !== undefined) {
      const form = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'miniapp',
        refresh_token: own.identity,
      });
      if (service !== undefined) form.set('service', service);
      if (scopes.length > 0) form.set('scope', scopes.join(' '));
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      request = { method: 'POST', url, headers, body: () => form.toString() };
    } else {
      if (service !== undefined) url.searchParams.set('service', service);
      for (const one of scopes) url.searchParams.append('scope', one);
      request = { method: 'GET', url, headers: own?.login ? { authorization: basic(own.login) } : {} };
    }
    const answer = await send(request, limits);
    if (answer.status !== 200) {
      answer.drop();
      const isNo = [400, 401, 403].includes(answer.status);
      if (isNo && own?.bearer !== undefined) return undefined;
      if (isNo) throw new DeniedError(`${registry}: ${howToGetIn(own)} (${shown(url)} says ${answer.status})`);
      throw new StoreError(`${shown(url)}, which gives tokens for ${registry}, answers ${answer.status}`);
    }
    const token = tokenIn(await readText(answer, MOST));
    if (token === undefined) throw new StoreError(`${shown(url)} gives no token`);
    return token;
  }

  return {
    async send(request) {
      const used = authorization;
      let answer = await send(authorized(request), limits);
      // Whoever the registry leads to has no right to ask who we are.
      if (answer.status !== 401 || answer.url.origin !== origin) return answer;
      if (used !== authorization) {
        // Another request was told meanwhile how to ask.
        answer.drop();
        answer = await send(authorized(request), limits);
        if (answer.status !== 401) return answer;
      }
      const challenges = challengesIn(answer.headers.get('www-authenticate') ?? '');
      // Before the credentials are looked for, as that may throw.
      answer.drop();
      for await (const header of answersTo(challenges)) {
        authorization = header;
        answer = await send(authorized(request), limits);
        if (answer.status !== 401) return answer;
        answer.drop();
      }
      authorization = undefined;
      throw new DeniedError(`${registry}: ${howToGetIn(await (asked ??= credentials()))}`);
    },
  };
}

const basic = ({ name, secret }: NonNullable<Credentials['login']>): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;

/** Services call it one or the other. Characters alone that a header can have. */
function tokenIn(text: string): string | undefined {
  try {
    const { token, access_token: other } = JSON.parse(text) as { token?: unknown; access_token?: unknown };
    const found = [token, other].find((one): one is string => typeof one === 'string' && one !== '');
    return found !== undefined && /^[\x21-\x7E]+$/.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
