/**
 * What GitHub's API answers: lists read to their end, and failures as sentences that say whose fault it is. Needs no client, so
 * that whoever asks GitHub only now and then loads none.
 */
import { EnvironmentError } from '../core/errors.ts';
import { oneLine, shortened } from './one-line.ts';

/**
 * Why GitHub did not do what it was asked: no answer, a fault of its own, no requests left; a token that it does not take, that lacks a
 * right, or is of a kind that it does not take there; nothing of that name, an answer that is not what it should be, or another refusal.
 */
export type GitHubErrorCode =
  | 'github-unreachable'
  | 'github-fault'
  | 'github-limited'
  | 'github-token-refused'
  | 'github-token-right'
  | 'github-token-kind'
  | 'github-not-found'
  | 'github-refused';

/** GitHub said no, or nothing. The status tells callers that expect one; 0 where no answer came. */
export class GitHubError extends EnvironmentError {
  readonly status: number;
  /** Whether any other call would fare no better now: no network, no valid token, no requests left, a fault of GitHub's. */
  readonly isWholesale: boolean;
  /** GitHub's own words, on one line. */
  readonly said: string;
  constructor(
    message: string,
    status: number,
    isWholesale = false,
    said = '',
    code: GitHubErrorCode = 'github-refused',
  ) {
    super(message, code);
    this.status = status;
    this.isWholesale = isWholesale;
    this.said = said;
  }
}

/** Calls GitHub. `what`: what the call is for, as in "could not WHAT". Throws GitHubError, a sentence for the person. */
export async function ask<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    const code = codeOf(error);
    throw new GitHubError(
      `could not ${what}: ${why(error, code)}`,
      statusOf(error),
      WHOLESALE.has(code),
      words(error),
      code,
    );
  }
}

/** Asks GitHub as `ask` does; gives undefined where GitHub says that there is no such thing. */
export async function askOptional<T>(what: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask(what, call);
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}

/** Whether something is no longer as it was when it was read: to be read again, never forced. */
export const hasMoved = (error: unknown): error is GitHubError =>
  error instanceof GitHubError && [404, 405, 409, 410, 422].includes(error.status);

/** Whether the token lacks a right, as GitHub words it: then the installation is at fault, and no pull request. */
export const isTokenFault = ({ status, said }: GitHubError): boolean =>
  status === 403 && /not accessible by (?:integration|personal access token)/i.test(said);

interface ResponsePage<T> {
  readonly data: readonly T[];
  readonly headers: { readonly link?: string | undefined };
}

const PAGE = 100;
/** Pages of a list, above any that there is reason for. */
const MAX_PAGES = 100;

/**
 * A list to its end. A page that is missing makes the whole unknown, and so a failure: decided is never by a part. `@octokit`
 * has this too, but takes an error 409 in the middle for the end.
 */
export async function listAll<T>(
  what: string,
  page: (at: { page: number; per_page: number }) => Promise<ResponsePage<T>>,
): Promise<T[]> {
  const all: T[] = [];
  for (let number = 1; number <= MAX_PAGES; number++) {
    const { data, headers } = await ask(what, () => page({ page: number, per_page: PAGE }));
    const hasNext = /;\s*rel="next"/.test(headers.link ?? '');
    if (!Array.isArray(data)) throw new GitHubError(`could not ${what}: GitHub answered with no list${NOT_YOURS}`, 0);
    if (hasNext && data.length === 0)
      throw new GitHubError(`could not ${what}: a page in the middle of GitHub's list is empty${NOT_YOURS}`, 0);
    all.push(...data);
    // A full page without a link to the next may be the last one, or may have lost the link: asking tells.
    if (!hasNext && data.length < PAGE) return all;
  }
  throw new GitHubError(`could not ${what}: the list has more than ${MAX_PAGES * PAGE} entries`, 0);
}

export const NOT_YOURS = '; that is not the fault of any change, and the next run tries again';

interface Failure {
  readonly status?: number;
  readonly message?: string;
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>;
    readonly data?: { readonly message?: unknown; readonly errors?: unknown };
  };
}

/** 0 where there was no answer: octokit says 500 for a network that fails. */
function statusOf(error: unknown): number {
  const { status, response } = error as Failure;
  return response === undefined ? 0 : (status ?? 0);
}

const isPaced = (error: unknown): boolean => /secondary rate|abuse/i.test(words(error));

/** Whether no requests or points are left: by the status, or for GraphQL by the type of an error in a response with status 200. */
function isLimited(error: unknown): boolean {
  const status = statusOf(error);
  const { headers = {}, data } = (error as Failure).response ?? {};
  const { 'x-ratelimit-remaining': remaining } = headers;
  const isOfQuery =
    Array.isArray(data?.errors) && data.errors.some((one) => (one as { type?: unknown }).type === 'RATE_LIMITED');
  if (isOfQuery) return true;
  return status === 429 || (status === 403 && (isPaced(error) || String(remaining) === '0'));
}

/** Codes of what any other call would meet now, too. */
const WHOLESALE: ReadonlySet<GitHubErrorCode> = new Set<GitHubErrorCode>([
  'github-limited',
  'github-unreachable',
  'github-fault',
  'github-token-refused',
]);

function codeOf(error: unknown): GitHubErrorCode {
  const status = statusOf(error);
  if (isLimited(error)) return 'github-limited';
  if (status === 0) return 'github-unreachable';
  if (status >= 500) return 'github-fault';
  if (status === 401) return 'github-token-refused';
  if (status === 403)
    return /not accessible by personal access token/i.test(words(error)) ? 'github-token-kind' : 'github-token-right';
  return status === 404 ? 'github-not-found' : 'github-refused';
}

function why(error: unknown, code: GitHubErrorCode): string {
  const { message = '', response } = error as Failure;
  const headers = response?.headers ?? {};
  const said = words(error);
  switch (code) {
    case 'github-limited':
      return limitText(headers, isPaced(error));
    case 'github-unreachable':
      return `GitHub cannot be reached (${trimmed(message)})${NOT_YOURS}`;
    case 'github-fault':
      return `GitHub has a fault of its own (${statusOf(error)}${said && `: ${said}`})${NOT_YOURS}`;
    case 'github-token-refused':
      return 'GitHub does not accept the token: it is wrong, expired or revoked';
    case 'github-token-kind':
      return `${FINE_GRAINED} (GitHub says: ${said})`;
    case 'github-token-right': {
      const permission = permissionOf(headers);
      return `the token may not${permission === undefined ? '' : `: it needs the permission ${permission}`} (GitHub says: ${said})`;
    }
    case 'github-not-found':
      return `there is no such thing, or the token may not see it (GitHub says: ${said})`;
    case 'github-refused':
      return `GitHub says ${statusOf(error)}: ${said}`;
  }
}

const FINE_GRAINED =
  'the fine-grained token may not: it needs the permission for this repository, and in a public one of which you are no member GitHub takes none of its kind. A classic token with the scopes public_repo and workflow, or gh auth login, does it';

type Headers = Readonly<Record<string, string | number | undefined>>;

function limitText(headers: Headers, isSecondary: boolean): string {
  const reset = Number(headers['x-ratelimit-reset']);
  const until = isSecondary || !reset ? 'for some minutes' : `until ${new Date(reset * 1000).toISOString()}`;
  return `GitHub lets no more requests of this token through ${until}${NOT_YOURS}`;
}

/** The error of a limit that an answer tells which is none by its status. */
export const limited = (what: string, headers: Headers, isSecondary: boolean): GitHubError =>
  new GitHubError(`could not ${what}: ${limitText(headers, isSecondary)}`, 200, true, '', 'github-limited');

/** What GitHub says is needed, as `contents=write`; several ways are separated by `;`. */
function permissionOf(headers: Readonly<Record<string, string | number | undefined>>): string | undefined {
  const accepted = headers['x-accepted-github-permissions'] ?? headers['x-accepted-oauth-scopes'];
  return accepted === undefined || accepted === '' ? undefined : trimmed(String(accepted)).replaceAll('=', ': ');
}

function words(error: unknown): string {
  const { response, message = '' } = error as Failure;
  const { message: said, errors } = response?.data ?? {};
  const details = Array.isArray(errors)
    ? errors
        .map((one) => (typeof one === 'string' ? one : String((one as { message?: unknown }).message ?? '')))
        .filter(Boolean)
    : [];
  return trimmed([typeof said === 'string' ? said : message, ...details].join('; '));
}

/** What another machine says may hold anything and be as long as it likes. */
const trimmed = (text: string): string => shortened(oneLine(text), 300);
