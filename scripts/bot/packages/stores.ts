/** Where the bot finds packages: the store, and where the author of a pull request can push them. */
import type { Platform } from '../../core/model.ts';
import { authorization } from '../../git/network.ts';
import type { PullRequestDetails } from '../../github/types.ts';
import { gitStore, type RemoteRepository } from '../../packages/git-store.ts';
import type { PackageStore } from '../../packages/store.ts';
import { branchOf, uploadBranch, type VersionId } from '../../packages/version-id.ts';
import type { ReconcileContext } from '../reconcile-context.ts';

/** Where the store is: this repository, or the one that platform.yaml names. */
export function storeOf(
  { remote }: Pick<ReconcileContext, 'remote'>,
  { packages }: Platform,
): { readonly remote: RemoteRepository; readonly where: string } {
  const { url, token } = remote;
  const named = packages?.git?.remote;
  // The token is for the place where this repository is, and goes nowhere else.
  const isHere = named === undefined || originOf(named) === originOf(url);
  const env = isHere && token !== undefined ? authorization(named ?? url, token) : {};
  return { remote: { url: named ?? url, env }, where: named ?? 'packages/ of this repository' };
}

const originOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).origin : undefined);

/** Where the author of a pull request has the bytes of a version that is new in it. */
export function headStores(
  world: Pick<ReconcileContext, 'remote' | 'path' | 'serverUrl'>,
  { head, author }: PullRequestDetails,
): PackageStore[] {
  const { remote, path, serverUrl } = world;
  const { url, token } = remote;
  const env = token === undefined ? {} : authorization(url, token);
  const own = (id: VersionId) => [...(author ? [uploadBranch(author.login, id)] : []), uploadBranch('*', id)];
  const here = gitStore({ folder: path, remote: { url, env }, where: 'upload/ of this repository', branches: own });
  if (head.isOwn || head.repository === undefined) return [here];
  const fork = `${serverUrl}/${head.repository}.git`;
  const access = token === undefined ? {} : authorization(fork, token);
  const there = gitStore({
    folder: path,
    remote: { url: fork, env: access },
    where: head.repository,
    branches: (id) => [branchOf(id), ...own(id)],
  });
  return [there, here];
}
