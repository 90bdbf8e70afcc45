/** To and from a remote, with the token where it belongs; what fails is a sentence that says whose fault it is. */
import { EnvironmentError } from '../core/errors.ts';
import { authorization, exchange, NetworkError } from '../git/process/network.ts';
import { gitText } from '../git/process/run.ts';
import type { Connection } from '../github/connection.ts';
import { addressOf, fullName, repositoryOf, type Remote } from '../github/remotes.ts';

/** Seconds that Git may take to get or bring a few files. */
const LIMIT = 60;

/** Fetches these refs, and deletes those that are gone. */
export async function fetchFrom(
  folder: string,
  remote: Remote,
  connection: Connection,
  refspecs: readonly string[],
): Promise<void> {
  const settings = [
    '--quiet',
    '--prune',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-auto-maintenance',
    '--no-recurse-submodules',
  ];
  const env = access(folder, remote, 'fetch', connection);
  await say(`fetch from ${fullName(remote)}`, connection, () =>
    exchange(folder, ['fetch', ...settings, remote.name, ...refspecs], { env, seconds: LIMIT }),
  );
}

interface PushOptions {
  /** Whether the branch is one's own to move. */
  readonly isOwn?: boolean;
  readonly seconds?: number;
  /** Whether no hook of the clone is asked: that of Git LFS takes every file that looks like a pointer for one of its own. */
  readonly skipsHooks?: boolean;
}

/** Pushes a commit as a branch, never over what is there unless it is one's own. */
export async function pushTo(
  folder: string,
  remote: Remote,
  connection: Connection,
  { commit, branch }: { readonly commit: string; readonly branch: string },
  { isOwn = false, seconds = LIMIT, skipsHooks = false }: PushOptions = {},
): Promise<void> {
  // What is there as it is to be needs no push, and no right to push. One's own others may have cleared meanwhile.
  const known = ['for-each-ref', '--format=%(objectname)', `refs/remotes/${remote.name}/${branch}`];
  if (!isOwn && gitText(folder, known) === commit) return;
  const settings = [
    ...['--porcelain', '--no-follow-tags', '--recurse-submodules=no', '--no-force-with-lease'],
    ...(skipsHooks ? ['--no-verify'] : []),
  ];
  const env = access(folder, remote, 'push', connection);
  await say(`push to ${fullName(remote)}`, connection, () =>
    exchange(folder, ['push', ...settings, remote.name, `${isOwn ? '+' : ''}${commit}:refs/heads/${branch}`], {
      env,
      seconds,
    }),
  );
}

/** The token goes to GitHub's own address alone, whatever Git's settings make of the remote's. */
function access(folder: string, remote: Remote, way: 'fetch' | 'push', { site, token }: Connection) {
  const address = addressOf(folder, remote.name, way);
  return repositoryOf(address, site) ? authorization(address, token.value) : {};
}

async function say(what: string, connection: Connection, work: () => Promise<string>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof NetworkError) throw new EnvironmentError(`could not ${what}: ${whyOf(error, connection)}`);
    throw error;
  }
}

/** GitHub refuses workflow files that are new to a repository, also where they come with the newest state of the one it was forked from. */
const WORKFLOW_SCOPE =
  'the branch brings a newer workflow than that repository has, for which the token needs the scope workflow: take one with it (gh auth refresh --scopes workflow), or press Sync fork on the page of the fork and try again';

/** Why Git could not, and what helps. */
export function whyOf(
  { fault, said }: Pick<NetworkError, 'fault' | 'said'>,
  { site, token }: Pick<Connection, 'site' | 'token'>,
): string {
  const words = said === '' ? '' : ` (Git says: ${said})`;
  switch (fault) {
    case 'offline':
      return `${site.host} cannot be reached: this machine seems to be offline${words}`;
    case 'timeout':
      return `${site.host} did not answer in time: ${said}`;
    case 'unknown-login':
      return `it does not know you: the token of ${token.from} is wrong or expired, or the SSH key is not yours${words}`;
    case 'forbidden':
      return `the token of ${token.from} may not: it needs the permission contents: write${words}`;
    case 'missing':
      return `there is no such repository, or you may not see it${words}`;
    case 'moved':
      return `somebody pushed to the same branch meanwhile${words}`;
    case 'refused':
      if (/without [`'"]?workflows?[`'"]? (?:scope|permission)/i.test(said)) return `${WORKFLOW_SCOPE}${words}`;
      return `a rule of the repository refuses it${words}`;
    case 'hook':
      return `a hook of this clone (pre-push) refuses it${words}`;
    case 'remote-fault':
      return `${site.host} has a fault of its own, try later${words}`;
    case 'other':
      return said;
  }
}
