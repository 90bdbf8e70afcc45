/** The stores that a command reads packages from: as platform.yaml says, and what is kept here. */
import type { Miniapp, Platform, Workspace } from '../../core/model.ts';
import { compareVersions } from '../../core/version.ts';
import { commitSource } from '../../git/objects/commit-source.ts';
import { localDefault, remoteDefault, type KnownBranch } from '../../git/commits/default-branch.ts';
import { gitAccess, withoutLogin } from '../../git/process/network.ts';
import { gitText } from '../../git/process/run.ts';
import { isInRepository, prefixOf } from '../../git/process/location.ts';
import { addressOf, repositoryOf, siteOf } from '../../github/remotes.ts';
import { tokenOf } from '../../github/token.ts';
import { nothingDerived, remembering } from '../../packages/derived.ts';
import type { RemoteRepository } from '../../packages/commit-places.ts';
import { gitStore } from '../../packages/git-store.ts';
import type { Keeper } from '../../packages/local-branch.ts';
import { ociStore, type OciPlace, type OciStore } from '../../packages/oci-store.ts';
import { HOST_VARIABLE, TOKEN_VARIABLE } from '../../packages/oci/credentials.ts';
import { differenceOf, versionsOf, type Stores } from '../../packages/status.ts';
import { isUsable, type PackageStore } from '../../packages/store.ts';
import { keyOf, type VersionId } from '../../packages/version-id.ts';
import { homeRemote } from '../../propose/base-repository.ts';
import { load } from '../../read/load.ts';
import type { Io } from '../frame/command.ts';

export interface OpenStores extends Stores {
  /** Where a version that is new in a change has its bytes: here, and where they are put at once in a registry of containers. */
  readonly head: readonly PackageStore[];
  close(): void;
}

/** `path`: the configuration's folder, in a repository. Close what it gives. */
export function packageStores(path: string, platform: Platform, io: Io): OpenStores {
  const derived = nothingDerived();
  const here = gitStore({ folder: path, where: 'the branches here' });
  const found = registryStore(path, platform, io);
  const registry = found && remembering(found, derived);
  const remote = registry ? undefined : storeRepository(path, platform, io);
  const store = registry ?? (remote && remembering(gitStore({ folder: path, remote, where: remote.name }), derived));
  const close = () => {
    here.close();
    store?.close();
  };
  return { here, head: registry ? [here, registry] : [here], ...(store ? { store } : {}), close };
}

/** The registry of containers that is the store, where one is. Close it. */
export function registryStore(path: string, { packages }: Platform, io: Io): OciStore | undefined {
  const { env } = io;
  const oci = packages?.store === 'oci' ? packages.oci : undefined;
  if (!oci) return undefined;
  const isTokens = env[TOKEN_VARIABLE] !== undefined && isTokensRegistry(path, oci, io);
  return ociStore({ ...oci, env: isTokens ? env : { ...env, [TOKEN_VARIABLE]: undefined } });
}

/**
 * Whether the token in the environment is for this registry. Docker keeps every secret under the host that it is for; a variable has no
 * host, and the platform.yaml in the working tree may be of a stranger's branch. So whoever set the token names the host, or the default
 * branch of this platform does, as it was fetched, or as it is here: that one says itself which remote is this platform.
 */
function isTokensRegistry(path: string, oci: OciPlace, { env }: Io): boolean {
  const named = env[HOST_VARIABLE];
  if (named) return named === `${oci.insecure === true ? 'http://' : ''}${oci.registry}`;
  if (!isInRepository(path)) return false;
  const here = localDefault(path);
  const own = here && platformAt(path, here);
  const home = homeRemote(path, siteOf(env), own ?? {});
  const fetched = home === undefined ? undefined : remoteDefault(path, home);
  const theirs = (fetched ? platformAt(path, fetched) : own)?.packages?.oci;
  return theirs?.registry === oci.registry && (theirs.insecure === true) === (oci.insecure === true);
}

const platformAt = (path: string, { commit }: KnownBranch): Platform =>
  load(commitSource(path, commit, prefixOf(path)), { miniapps: [], kinds: new Set(['platform']) }).workspace.platform;

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
  return { name: withoutLogin(remote), url, access: token && gitAccess(token.value, url, { mayPush: false }) };
}

/** The name of the remote that is the store, where packages of the store are fetched from; undefined where no remote is. */
function storeRemote(path: string, platform: Platform, io: Io): string | undefined {
  const remote = platform.packages?.git?.remote ?? homeRemote(path, siteOf(io.env), platform);
  return remote !== undefined && remotesOf(path).has(remote) ? remote : undefined;
}

/** What `keepHere` is told of the store, for a version of this configuration. Nothing is asked over the network. */
export async function followed(
  path: string,
  workspace: Workspace,
  id: VersionId,
  io: Io,
): Promise<Pick<Keeper, 'storeRemote' | 'storedHere'>> {
  const { platform, miniapps } = workspace;
  const isHere = platform.packages?.store !== 'oci' && storeRepository(path, platform, io) === undefined;
  return isHere
    ? { storedHere: await storedBelow(path, miniapps.get(id.miniapp), id.version) }
    : { storeRemote: storeRemote(path, platform, io) };
}

/** The commit of the highest lower version whose branch here holds what its file records: what nobody recorded is followed by nothing. */
async function storedBelow(path: string, miniapp: Miniapp | undefined, version: string): Promise<string | undefined> {
  const lower = versionsOf(miniapp ? [miniapp] : []).filter((one) => compareVersions(one.version, version) < 0);
  const here = gitStore({ folder: path, where: 'the branches here' });
  try {
    const held = await here.find(lower);
    for (const one of lower) {
      const own = held.get(keyOf(one));
      const proof = own && here.proveHere([own]).get(keyOf(one));
      const isStored = one.recorded && proof && isUsable(proof) && differenceOf(one.recorded, proof) === undefined;
      if (isStored) return own.object;
    }
    return undefined;
  } finally {
    here.close();
  }
}

const remotesOf = (path: string): ReadonlySet<string> => new Set(gitText(path, ['remote']).split('\n'));
