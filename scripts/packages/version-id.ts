/** A version of a miniapp, and what its package is called where packages are kept. */
import { toolCommand } from '../core/tool-command.ts';

export interface VersionId {
  readonly miniapp: string;
  readonly version: string;
}

/** The key of a version in maps: `miniapp/version`. */
export const keyOf = ({ miniapp, version }: VersionId): string => `${miniapp}/${version}`;

/** The folder of a stored commit that holds the files: nothing of a project stands where a forge looks for its own. */
export const FOLDER = 'package/';

/** The branch of a package in the store, and of one's own. */
export const branchOf = ({ miniapp, version }: VersionId): string => `packages/${miniapp}/${version}`;

/** How the bytes of a version are brought: from their folder, or from this clone where it keeps them. */
export const bringCommand = ({ miniapp, version }: VersionId, isHere = false): string =>
  toolCommand(`package push ${miniapp} ${version}${isHere ? '' : ' DIR'}`);

/** Where somebody who works in the registry's own repository pushes it: the other name is the bot's. */
export const uploadBranch = (login: string, { miniapp, version }: VersionId): string =>
  `upload/${login}/${miniapp}/${version}`;

/** The version that a branch of packages names. */
export function versionOf(branch: string): VersionId | undefined {
  const [, miniapp, version] = /^packages\/([a-z0-9]{8,32})\/(\d+\.\d+\.\d+)$/.exec(branch) ?? [];
  return miniapp !== undefined && version !== undefined ? { miniapp, version } : undefined;
}

/** Whose upload of which version a branch is. */
export function uploadOf(branch: string): { readonly login: string; readonly id: VersionId } | undefined {
  const [, login, rest = ''] = /^upload\/([A-Za-z0-9_-]+)\/(.*)$/.exec(branch) ?? [];
  const id = versionOf(`packages/${rest}`);
  return login !== undefined && id ? { login, id } : undefined;
}
