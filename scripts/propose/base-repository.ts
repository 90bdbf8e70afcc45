/** Where a proposal goes: the repository that is asked to take it, and the one that its branch is pushed to. */
import { loginKey } from '../core/identity/login.ts';
import { defined } from '../core/defined.ts';
import { EnvironmentError } from '../core/errors.ts';
import type { Platform } from '../core/model.ts';
import { gitText } from '../git/process/run.ts';
import { ask } from '../github/request.ts';
import type { Connection } from '../github/connection.ts';
import { fullName, isSame, remotesHere, type Remote, type GitHubSite } from '../github/remotes.ts';

/** The repository that is asked to take changes. */
export interface BaseRepository {
  readonly base: Remote;
  readonly defaultBranch: string;
  /** Whether GitHub says that the token's user may push to it; of an app's token it tells no such thing. */
  readonly mayPush: boolean;
  readonly isPrivate: boolean;
  /** The setting "Allow merge commits"; undefined where the token may not see it. */
  readonly allowsMergeCommits?: boolean;
}

export interface PushTarget extends BaseRepository {
  /** Where the branch goes: the same, or a fork of it. */
  readonly push: Remote;
}

/** The fields of platform.yaml that say which repository this registry is in. */
export type Registry = Pick<Platform, 'portal' | 'beginning'>;

/**
 * A fork of somebody else's registry may be a registry of its own, so the parent of a fork is never taken without being named.
 * Throws EnvironmentError where no remote is this registry.
 */
export async function homeOf({ client, remotes, site }: Connection, registry: Registry): Promise<BaseRepository> {
  const named = registry.portal?.repository;
  const base = baseOf(remotes, registry);
  if (!base) throw new EnvironmentError(noHome(remotes, site.host, named));
  const { owner, repo } = base;
  const { data } = await ask(`read ${fullName(base)}`, () => client.rest.repos.get({ owner, repo }));
  if (data.archived)
    throw new EnvironmentError(`${fullName(base)} is archived on GitHub: nothing can be proposed to it`);
  const parent = data.parent?.full_name;
  const isForkOfHome = parent !== undefined && parent.toLowerCase() === named?.toLowerCase();
  if (isForkOfHome) {
    throw new EnvironmentError(
      `${fullName(base)} is a fork of ${parent}, which platform.yaml names as the registry, and no remote is that: git remote add upstream https://${site.host}/${parent}.git`,
    );
  }
  const { default_branch: defaultBranch, permissions, private: isPrivate, allow_merge_commit: allows } = data;
  const mayPush = permissions?.push ?? true;
  return { base, defaultBranch, mayPush, isPrivate, ...defined({ allowsMergeCommits: allows }) };
}

/** Where branches for it are pushed. Throws EnvironmentError that says how to fork. */
export async function pushRemote(
  folder: string,
  { remotes, site, account }: Connection,
  home: BaseRepository,
): Promise<Remote> {
  const { base, mayPush } = home;
  const wanted = pushDefault(folder, remotes);
  if (wanted) return wanted;
  const person = mayPush ? undefined : await account();
  if (!person) return base;
  const login = gitText(folder, ['config', '--default', '', '--get', 'github.user']) || person.login;
  const isTheirs = (remote: Remote) => loginKey(remote.owner) === loginKey(login) && !isSame(remote, base);
  const fork = remotes.find(isTheirs);
  if (fork) return fork;
  throw new EnvironmentError(noFork(base, site.host, login));
}

/**
 * Finds both, by the remotes of the clone around `folder`, the platform's settings and the rights of whoever connects. Throws
 * EnvironmentError where there is none or it takes no proposals, GitHubError where GitHub does not answer.
 */
export async function targetOf(folder: string, connection: Connection, registry: Registry): Promise<PushTarget> {
  const home = await homeOf(connection, registry);
  return { ...home, push: await pushRemote(folder, connection, home) };
}

/**
 * The remote that is this registry: the one that platform.yaml names. `upstream` is what somebody's fork came from, which is the
 * registry where nothing else is said; but of a platform that names another repository, or has a beginning, it is the project
 * that newer versions of the tool come from, and nothing of the platform belongs there.
 */
export function baseOf(remotes: readonly Remote[], { portal, beginning }: Registry): Remote | undefined {
  const home = portal?.repository;
  const isHome = (remote: Remote) => fullName(remote).toLowerCase() === home?.toLowerCase();
  const named = (name: string) => remotes.find((remote) => remote.name === name);
  const upstream = home === undefined && beginning === undefined ? named('upstream') : undefined;
  return remotes.find(isHome) ?? upstream ?? named('origin') ?? remotes.find(({ name }) => name !== 'upstream');
}

/**
 * The remote that is this registry, wherever it is hosted: of several that nothing tells apart, `origin`. Undefined where there is
 * none, or only the one that the tool comes from.
 */
export function homeRemote(folder: string, site: GitHubSite, registry: Registry): string | undefined {
  const { names, remotes } = remotesHere(folder, site);
  const known = baseOf(remotes, registry)?.name;
  if (known !== undefined) return known;
  const others = names.filter((name) => name !== 'upstream');
  return others.includes('origin') ? 'origin' : others[0];
}

const noHome = (remotes: readonly Remote[], host: string, named: string | undefined): string =>
  [
    `no remote is this registry's repository${named === undefined ? '' : `, ${named}`}: ${remotes.map(({ name, ...remote }) => `${name} is ${fullName(remote)}`).join(', ')}, where the tool comes from.`,
    `git remote add origin https://${host}/${named ?? 'OWNER/REPOSITORY'}.git`,
  ].join(' ');

/** The remote that Git's own settings name for pushing. */
function pushDefault(folder: string, remotes: readonly Remote[]): Remote | undefined {
  const name = gitText(folder, ['config', '--default', '', '--get', 'remote.pushDefault']);
  return remotes.find((remote) => remote.name === name);
}

const noFork = (base: Remote, host: string, login: string): string =>
  [
    `${login} may not push to ${fullName(base)}, and no remote is a fork of ${login}'s.`,
    `Fork it on https://${host}/${fullName(base)}/fork, then: git remote add fork https://${host}/${login}/${base.repo}.git`,
    `(git config remote.pushDefault NAME names a remote that is called otherwise)`,
  ].join(' ');
