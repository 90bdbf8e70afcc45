/** The release of a miniapp in the last commit, from which the sequence of uncommitted files is counted. */
import type { Release } from '../../core/model.ts';
import { pathOf } from '../../core/paths.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { gitAnswer } from '../process/run.ts';

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
  const answer = (...args: string[]) => {
    const { stdout, status } = gitAnswer(path, args, { accept: [1, 128] });
    return status === 0 ? stdout : undefined;
  };
  try {
    const listed = answer('ls-tree', '--name-only', 'HEAD', '--', `miniapps/${miniapp}/`)?.toString('utf8') ?? '';
    if (listed === '') return undefined;
    const file = pathOf.file(miniapp, 'release');
    const text = listed.split('\n').includes(file) ? answer('show', `HEAD:./${file}`) : undefined;
    if (text === undefined) return {};
    return load(memorySource({ [file]: text }), { miniapps: [miniapp] }).workspace.miniapps.get(miniapp)?.release ?? {};
  } catch {
    // Without Git the files count on from themselves.
    return undefined;
  }
}
