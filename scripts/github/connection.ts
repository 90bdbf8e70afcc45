/** What a command knows of GitHub before it asks: its remotes there, a token, and once asked, whose that is. */
import { defined } from '../core/defined.ts';
import { EnvironmentError } from '../core/errors.ts';
import { NOT_TRUSTED, type Environment } from '../git/process/run.ts';
import type { GitHubReader, GitHubWriter } from './client.ts';
import { ask, GitHubError } from './request.ts';
import type { Account } from './types.ts';
import { remotesOn, siteOf, type Remote, type GitHubSite } from './remotes.ts';
import { TOKEN_PLACES, tokenOf, type Token } from './token.ts';

export interface Connection {
  readonly site: GitHubSite;
  /** At least one. */
  readonly remotes: readonly Remote[];
  readonly token: Token;
  readonly client: GitHubReader;
  /** For what changes something there. */
  writer(): GitHubWriter;
  /** Whose token it is, asked once; undefined for the token of an app or a workflow. Throws GitHubError. */
  account(): Promise<Account | undefined>;
}

/** Why there is nobody to talk to, in words, and the next step. */
export interface MissingConnection {
  readonly missing: 'repository' | 'remote' | 'token';
  readonly why: string;
}

/** `folder`: in the clone. Asks nobody on the network. */
export async function connection(
  folder: string,
  env: Environment,
  log?: (sentence: string) => void,
): Promise<Connection | MissingConnection> {
  const site = siteOf(env);
  const remotes = remotesOrWhy(folder, site);
  if (typeof remotes === 'string') return { missing: 'repository', why: remotes };
  if (remotes.length === 0) {
    const why = `no remote of this repository is on ${site.host} (git remote add origin https://${site.host}/OWNER/REPOSITORY.git; GITHUB_API_URL names another GitHub)`;
    return { missing: 'remote', why };
  }
  const token = tokenOf(env, site.host);
  if (!token) return { missing: 'token', why: `there is no token for ${site.host} (${TOKEN_PLACES})` };
  // In a workflow nobody waits: there the client's own patience, which is a runner's.
  const pace = env['GITHUB_ACTIONS'] === 'true' ? {} : PACE;
  // Most who have nobody to talk to only want to know that.
  const { connect, connectReader } = await import('./client.ts');
  const options = { token: token.value, apiUrl: site.apiUrl, ...pace, ...defined({ log }) };
  const client = connectReader(options);
  let asked: Promise<Account | undefined> | undefined;
  return { site, remotes, token, client, writer: () => connect(options), account: () => (asked ??= accountOf(client)) };
}

function remotesOrWhy(folder: string, site: GitHubSite): Remote[] | string {
  try {
    return remotesOn(folder, site);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.message.startsWith(NOT_TRUSTED) ? error.message : 'this is no Git repository';
  }
}

/** Somebody waits at a terminal: one more try, and no long sleep. */
const PACE = { retries: 1, patience: 20 };

async function accountOf(client: GitHubReader): Promise<Account | undefined> {
  try {
    const { data } = await ask('ask GitHub whose token this is', () => client.rest.users.getAuthenticated());
    return { id: data.id, login: data.login };
  } catch (error) {
    // Tokens of apps and workflows are nobody's.
    if (error instanceof GitHubError && error.code === 'github-token-right') return undefined;
    throw error;
  }
}
