/** The branch that changes of a clone go to. */
import type { Platform } from '../../core/model.ts';
import { localDefault, remoteDefault, type KnownBranch } from '../../git/commits/default-branch.ts';
import { siteOf } from '../../github/remotes.ts';
import { homeRemote } from '../../propose/base-repository.ts';
import type { Io } from '../frame/command.ts';

/** The default branch: that of the remote which is this registry, else of this clone; undefined where neither is known. */
export function targetBranch(path: string, io: Io, platform: Platform): KnownBranch | undefined {
  const remote = homeRemote(path, siteOf(io.env), platform);
  return (remote === undefined ? undefined : remoteDefault(path, remote)) ?? localDefault(path);
}
