/** The branch that changes of a clone go to. */
import type { Platform } from '../../core/model.ts';
import { localDefault, remoteDefault, type KnownBranch } from '../../git/commits/default-branch.ts';
import { siteOf } from '../../github/remotes.ts';
import { homeRemote } from '../../propose/base-repository.ts';
import type { Io } from '../frame/command.ts';

/** What the remote that is this registry is called, by place and platform: no command changes its remotes before it asks for it. */
const homes = new WeakMap<Io, Map<string, string | undefined>>();

function homeOf(path: string, io: Io, platform: Platform): string | undefined {
  const known = homes.get(io) ?? new Map<string, string | undefined>();
  homes.set(io, known);
  const key = JSON.stringify([path, platform.portal?.repository, platform.beginning]);
  if (!known.has(key)) known.set(key, homeRemote(path, siteOf(io.env), platform));
  return known.get(key);
}

/** The default branch: that of the remote which is this registry, else of this clone; undefined where neither is known. */
export function targetBranch(path: string, io: Io, platform: Platform): KnownBranch | undefined {
  const remote = homeOf(path, io, platform);
  return (remote === undefined ? undefined : remoteDefault(path, remote)) ?? localDefault(path);
}
