/** Which versions are older than a platform's packages, so that nobody asks for their bytes. */
import type { Workspace } from '../core/model.ts';
import { inRepository, pathOf } from '../core/paths.ts';
import { readPlatformLog } from '../git/history/beginning.ts';
import { continuedLines } from '../git/history/continued-lines.ts';
import { commitSource } from '../git/objects/commit-source.ts';
import { isShallow, prefixOf } from '../git/process/location.ts';
import { refOf } from '../git/writing/branch.ts';
import type { VersionId } from '../packages/version-id.ts';
import { load } from '../read/load.ts';

/**
 * Whether a version was merged into a branch before its platform.yaml had `packages`. It is read from the history, because anybody can
 * write any time into a file: in one walk, when it is first asked. `base`: the branch's tip; `prefix`: the configuration's path from the top.
 */
export function isOlderThanPackages(path: string, base: string, prefix: string): (id: VersionId) => boolean {
  let older: ReadonlySet<string> | undefined;
  return ({ miniapp, version }) =>
    (older ??= filesBeforePackages(path, base, prefix)).has(pathOf.version(miniapp, version));
}

/**
 * The same of what is committed in a clone: where nothing is, nothing is older. In a clone of the end of the history everything may be, and counts
 * as if. `path`: the configuration's folder.
 */
export function olderIn(path: string): (id: VersionId) => boolean {
  if (isShallow(path)) return () => true;
  const tip = refOf(path, 'HEAD');
  return tip === undefined ? () => false : isOlderThanPackages(path, tip, prefixOf(path));
}

/** The files of versions that first came while the platform had no `packages`: in the history of a tip, and before it in those that it continues. */
function filesBeforePackages(path: string, base: string, prefix: string): Set<string> {
  const start = inRepository(prefix);
  const paths = [start + pathOf.platform, `${start}miniapps`];
  const lines = continuedLines(path, base, prefix).toReversed();
  const commits = lines.flatMap(({ tip }) => readPlatformLog(path, tip, prefix, { paths }).commits);
  const [seen, older] = [new Set<string>(), new Set<string>()];
  let hasPackages: boolean | undefined;
  for (const { id, changes } of commits) {
    const files = new Set(changes.map(({ path: name }) => name.slice(start.length)));
    const after = () => stateAt(path, id, prefix).platform.packages !== undefined;
    // Without a commit before, the platform and the version began together.
    const before = (hasPackages ??= after());
    for (const file of files) {
      if (!before && !seen.has(file)) older.add(file);
      seen.add(file);
    }
    if (files.has(pathOf.platform)) hasPackages = after();
  }
  return older;
}

const stateAt = (path: string, commit: string, prefix: string): Workspace =>
  load(commitSource(path, commit, prefix), { miniapps: [], kinds: new Set(['platform']) }).workspace;
