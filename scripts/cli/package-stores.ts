/** The stores that a command reads packages from: as platform.yaml says, and what is kept here. */
import type { Platform } from '../core/model.ts';
import { authorization } from '../git/network.ts';
import { gitText } from '../git/run.ts';
import { addressOf, repositoryOf, siteOf } from '../github/remotes.ts';
import { tokenOf } from '../github/token.ts';
import { gitStore, type RemoteRepository } from '../packages/git-store.ts';
import { ociStore, type OciStore } from '../packages/oci-store.ts';
import type { Stores } from '../packages/status.ts';
import type { PackageStore } from '../packages/store.ts';
import { homeRemote } from '../propose/base-repository.ts';
import type { Io } from './command.ts';

export interface OpenStores extends Stores {
  /** Where a version that is new in a change has its bytes: here, and where they are put at once in a registry of containers. */
  readonly head: readonly PackageStore[];
  close(): void;
}

/** `path`: the configuration's folder, in a repository. Close what it gives. */
export function packageStores(path: string, platform: Platform, io: Io): OpenStores {
  const here = gitStore({ folder: path, where: 'the branches here' });
  const registry = registryStore(platform, io);
  const remote = registry ? undefined : storeRepository(path, platform, io);
  const store = registry ?? (remote && gitStore({ folder: path, remote, where: remote.name }));
  const close = () => {
    here.close();
    store?.close();
  };
  return { here, head: registry ? [here, registry] : [here], ...(store ? { store } : {}), close };
}

/** The registry of containers that is the store, where one is. Close it. */
export function registryStore({ packages }: Platform, { env }: Io): OciStore | undefined {
  return packages?.store === 'oci' && packages.oci ? ociStore({ ...packages.oci, env }) : undefined;
}

/** The repository that is the store; undefined where that is this one. */
export function storeRepository(
  path: string,
  platform: Platform,
  io: Io,
): (RemoteRepository & { readonly name: string }) | undefined {
  const remote = platform.packages?.git?.remote ?? homeRemote(path, siteOf(io.env), platform);
  if (remote === undefined) return undefined;
  const url = remotesOf(path).has(remote) ? addressOf(path, remote, 'fetch') : remote;
  const site = siteOf(io.env);
  const token = repositoryOf(url, site) ? tokenOf(io.env, site.host) : undefined;
  return { name: withoutLogin(remote), url, env: token ? authorization(url, token.value) : {} };
}

/** The name of the remote that is the store, where packages of the store are fetched from; undefined where no remote is. */
export function storeRemote(path: string, platform: Platform, io: Io): string | undefined {
  const remote = platform.packages?.git?.remote ?? homeRemote(path, siteOf(io.env), platform);
  return remote !== undefined && remotesOf(path).has(remote) ? remote : undefined;
}

const remotesOf = (path: string): ReadonlySet<string> => new Set(gitText(path, ['remote']).split('\n'));

const withoutLogin = (address: string): string => address.replace(/:\/\/[^/@\s]+@/g, '://');
