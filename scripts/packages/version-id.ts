/** A version of a miniapp, and what its package is called where packages are kept. */
import type { Version } from '../core/model.ts';
import { pushWords, toolCommand, uploadWords } from '../core/tool-command.ts';

export interface VersionId {
  readonly miniapp: string;
  readonly version: string;
}

/** The key of a version in maps: `miniapp/version`. */
export const keyOf = ({ miniapp, version }: VersionId): string => `${miniapp}/${version}`;

/** The folder of a stored commit that holds the files: nothing of a project stands where a forge looks for its own. */
export const FOLDER = 'package/';

/** `packages/<miniapp>/<version>`: a package in the store, and one's own. `parse` gives undefined for any other name. */
export const packageBranch = {
  name: ({ miniapp, version }: VersionId): string => `packages/${miniapp}/${version}`,
  parse(branch: string): VersionId | undefined {
    const [, miniapp, version] = /^packages\/([a-z0-9]{8,32})\/(\d+\.\d+\.\d+)$/.exec(branch) ?? [];
    return miniapp !== undefined && version !== undefined ? { miniapp, version } : undefined;
  },
};

/**
 * `upload/<login>/<miniapp>/<version>`: where somebody who works in the registry's own repository pushes a package; the other name is the
 * bot's. `parse` gives undefined for any other name.
 */
export const uploadBranch = {
  name: (login: string, { miniapp, version }: VersionId): string => `upload/${login}/${miniapp}/${version}`,
  parse(branch: string): { readonly login: string; readonly id: VersionId } | undefined {
    const [, login, rest = ''] = /^upload\/([A-Za-z0-9_-]+)\/(.*)$/.exec(branch) ?? [];
    const id = packageBranch.parse(`packages/${rest}`);
    return login !== undefined && id ? { login, id } : undefined;
  },
};

/** How the bytes of a version are brought: from their folder, or from this clone where it keeps them. */
export const bringCommand = ({ miniapp, version }: VersionId, isHere = false): string =>
  toolCommand(pushWords(miniapp, version, isHere));

/** What brings the bytes of a version by its file: an upload where that records no package, as nothing could be held against it. */
export const curingCommand = (
  { id, recorded }: { readonly id: VersionId; readonly recorded: Pick<Version, 'package'> },
  isHere = false,
): string => (recorded.package === undefined ? toolCommand(uploadWords(id.miniapp)) : bringCommand(id, isHere));
