/** Where a proposal goes: the repository that is asked to take it, and the one that its branch is pushed to. */
import { OutsideError } from '../core/failure.ts';
import { gitText } from '../git/run.ts';
import { ask } from './client.ts';
import type { Connection } from './connection.ts';
import { fullName, isSame, type Remote } from './remote.ts';

export interface Target {
  /** Asked to take the change. */
  readonly base: Remote;
  readonly defaultBranch: string;
  /** Where the branch goes: the same, or a fork of it. */
  readonly push: Remote;
  /** Said besides: what else one should know of this choice. */
  readonly note?: string;
}

/**
 * `home`: what platform.yaml says this registry's repository is, as `owner/repository`. A fork of somebody else's registry may
 * be a registry of its own, so the parent of a fork is never taken without being named.
 */
export async function targetOf(
  folder: string,
  { client, remotes, site, account }: Connection,
  home?: string,
): Promise<Target> {
  const base = baseOf(remotes, home);
  const { data } = await ask(`read ${fullName(base)}`, () =>
    client.rest.repos.get({ owner: base.owner, repo: base.repo }),
  );
  if (data.archived) throw new OutsideError(`${fullName(base)} is archived on GitHub: nothing can be proposed to it`);
  const defaultBranch = data.default_branch;
  const parent = data.parent?.full_name;
  const isForkOfHome = parent !== undefined && parent.toLowerCase() === home?.toLowerCase();
  if (isForkOfHome) {
    throw new OutsideError(
      `${fullName(base)} is a fork of ${parent}, which platform.yaml names as the registry, and no remote is that: git remote add upstream https://${site.host}/${parent}.git`,
    );
  }
  const wanted = pushDefault(folder, remotes);
  if (wanted) return { base, defaultBranch, push: wanted };
  const mayPush = data.permissions?.push ?? true;
  if (mayPush) return { base, defaultBranch, push: base };
  const person = await account();
  // Of an app's token GitHub tells no such rights; pushing does.
  if (!person) return { base, defaultBranch, push: base };
  const login = gitText(folder, ['config', '--default', '', '--get', 'github.user']) || person.login;
  const fork = remotes.find((remote) => remote.owner.toLowerCase() === login?.toLowerCase() && !isSame(remote, base));
  if (fork) return { base, defaultBranch, push: fork };
  throw new OutsideError(noFork(base, site.host, login));
}

function baseOf(remotes: readonly Remote[], home: string | undefined): Remote {
  const isHome = (remote: Remote) => fullName(remote).toLowerCase() === home?.toLowerCase();
  const named = (name: string) => remotes.find((remote) => remote.name === name);
  return remotes.find(isHome) ?? named('upstream') ?? named('origin') ?? remotes[0]!;
}

/** Where Git itself is told to push. */
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
