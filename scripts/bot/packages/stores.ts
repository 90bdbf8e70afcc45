/** Where the bot finds and keeps packages: the store, and where the author of a pull request can push them. */
import { defined } from '../../core/defined.ts';
import type { Platform } from '../../core/model.ts';
import { withoutLogin } from '../../git/process/network.ts';
import type { PullRequestDetails } from '../../github/types.ts';
import type { CommitIdentity } from '../../git/commits/identity.ts';
import { EnvironmentError } from '../../core/errors.ts';
import { copyToGit, type Copy } from '../../packages/copy.ts';
import { remembering } from '../../packages/derived.ts';
import type { RemoteRepository } from '../../packages/commit-places.ts';
import { gitStore } from '../../packages/git-store.ts';
import { ociStore } from '../../packages/oci-store.ts';
import { isUsable, type PackageStore } from '../../packages/store.ts';
import { packageBranch, keyOf, uploadBranch, type VersionId } from '../../packages/version-id.ts';
import type { ReconcileOptions, WritingOptions } from '../state/reconcile-context.ts';

type Places = Pick<ReconcileOptions, 'remote' | 'path' | 'env' | 'derived'>;

/** The store of a platform; the caller closes it. */
export function platformStore(options: Places, platform: Platform): PackageStore {
  const store = registryOf(options, platform) ?? gitStore({ folder: options.path, ...repositoryOf(options, platform) });
  return remembered(options, store);
}

/** A store that remembers what was read in this run. */
export const remembered = ({ derived }: Pick<ReconcileOptions, 'derived'>, store: PackageStore): PackageStore =>
  derived ? remembering(store, derived) : store;

/** Writes proven bytes to the store, and replaces others of this version where that is allowed. Returns whether the store changed. */
export async function keepInStore(
  options: Places & Pick<WritingOptions, 'now' | 'writer'>,
  platform: Platform,
  copy: Copy,
  author: CommitIdentity,
): Promise<boolean> {
  const registry = registryOf(options, platform);
  if (!registry) {
    const { path: folder, now, derived } = options;
    return copyToGit(copy, {
      folder,
      ...repositoryOf(options, platform),
      author,
      now,
      ...defined({ derived }),
    });
  }
  try {
    const { held, from, sha256, mayReplace } = copy;
    // What is kept already is not read from its source again, which may be gone.
    if (await holds(remembered(options, registry), held.id, sha256)) return false;
    const files = await from.open(held);
    const replaced = async () => {
      await mayReplace();
      return true;
    };
    if (!isUsable(files)) throw new EnvironmentError(`the bytes of ${held.id.version} are not there any more`);
    return (await registry.put({ id: held.id, files, sha256, mayReplace: replaced })).outcome === 'kept';
  } finally {
    registry.close();
  }
}

/** Whether a store holds exactly these bytes of a version. Throws StoreError. */
async function holds(store: PackageStore, id: VersionId, sha256: string): Promise<boolean> {
  const held = (await store.find([id])).get(keyOf(id));
  const proof = held && (await store.prove([held])).get(keyOf(id));
  return proof !== undefined && isUsable(proof) && proof.sha256 === sha256;
}

const registryOf = ({ env = process.env }: Places, { packages }: Platform) =>
  packages?.store === 'oci' && packages.oci ? ociStore({ ...packages.oci, env }) : undefined;

/** The repository that is the store: this one, or the one that platform.yaml names. */
function repositoryOf(
  { remote }: Pick<ReconcileOptions, 'remote'>,
  { packages }: Platform,
): { readonly remote: RemoteRepository; readonly where: string } {
  const { url, access } = remote;
  const named = packages?.git?.remote;
  return {
    // The token is for the server of this repository, and is sent to no other.
    remote: { url: named ?? url, access },
    where: named === undefined ? 'packages/ of this repository' : withoutLogin(named),
  };
}

/** Where the author of a pull request has the bytes of a version that is new in it. */
export function headStores(
  options: Pick<ReconcileOptions, 'remote' | 'path' | 'serverUrl' | 'derived'>,
  { head, author }: PullRequestDetails,
): PackageStore[] {
  const { remote, path, serverUrl } = options;
  const { url, access } = remote;
  const own = (id: VersionId) => [...(author ? [uploadBranch.name(author.login, id)] : []), uploadBranch.name('*', id)];
  const place = { folder: path, remote: { url, access }, where: 'upload/ of this repository', branches: own };
  const here = remembered(options, gitStore(place));
  if (head.isOwn || head.repository === undefined) return [here];
  const fork = `${serverUrl}/${head.repository}.git`;
  const there = {
    folder: path,
    remote: { url: fork, access },
    where: head.repository,
    branches: (id: VersionId) => [packageBranch.name(id), ...own(id)],
  };
  return [remembered(options, gitStore(there)), here];
}
