/** The release of a miniapp in the last commit, from which the sequence of uncommitted files is counted. */
import type { Release } from '../../core/model.ts';
import { pathOf } from '../../core/paths.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { readObjects } from '../objects/blobs.ts';

/**
 * By miniapp, each asked for once. Undefined where there is no Git, no commit, or the miniapp is in none: then files are all that
 * there is.
 */
export function committedReleases(path: string): (miniapp: string) => Release | undefined {
  const known = new Map<string, Release | undefined>();
  return (miniapp) => {
    if (!known.has(miniapp)) known.set(miniapp, releaseIn(path, miniapp));
    return known.get(miniapp);
  };
}

function releaseIn(path: string, miniapp: string): Release | undefined {
  try {
    const file = pathOf.file(miniapp, 'release');
    const [folder, release] = [pathOf.folder(miniapp), file].map((name) => `HEAD:./${name}`);
    const found = readObjects(path, [folder!, release!]);
    if (found.get(folder!)?.type !== 'tree') return undefined;
    const text = found.get(release!);
    if (text?.type !== 'blob') return {};
    const { workspace } = load(memorySource({ [file]: text.content }), { miniapps: [miniapp] });
    return workspace.miniapps.get(miniapp)?.release ?? {};
  } catch {
    // Without Git the files count on from themselves.
    return undefined;
  }
}
