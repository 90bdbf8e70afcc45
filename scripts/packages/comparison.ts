/** The bytes of a version beside those of the version that people have now, or of the nearest lower one that is kept. */
import { defined } from '../core/defined.ts';
import { EnvironmentError } from '../core/errors.ts';
import type { Miniapp, Version } from '../core/model.ts';
import { comparedWith } from '../core/transitions/compared-with.ts';
import { compareVersions, newestFirst } from '../core/version.ts';
import { factsOf } from '../project/facts.ts';
import { readPackage } from '../project/read-project.ts';
import { packageDiff, type PackageDiff, type DiffSide } from './diff.ts';
import { isProven, provenIn } from './proven.ts';
import type { OpenPackage, PackageStore } from './store.ts';
import { keyOf, type VersionId } from './version-id.ts';

export interface PackageComparison {
  readonly id: VersionId;
  /** Versions that it would be compared with first, and whose bytes are not kept as they were recorded. */
  readonly unkept: readonly string[];
  /** Undefined where no earlier bytes are kept. */
  readonly compared?: {
    readonly with: string;
    readonly diff: PackageDiff;
    /** What stands in the store for both: commits, of a store of Git. */
    readonly objects: { readonly before: string; readonly after: string };
  };
}

/** Why there is none. `isUnasked`: the store did not answer, so another time there may be one. */
export interface NoComparison {
  readonly id: VersionId;
  readonly why: string;
  readonly isUnasked?: true;
}

/** Lower versions up to which one with bytes is looked for, besides what people have now. */
const LOOKED_AT = 5;

/** The versions that one is compared with, the first whose bytes are kept. */
export function earlierVersions(miniapp: Miniapp, version: Version): Version[] {
  const lower = newestFirst(miniapp.versions.keys())
    .filter((number) => compareVersions(number, version.version) < 0)
    .slice(0, LOOKED_AT)
    .map((number) => miniapp.versions.get(number)!);
  const now = comparedWith(miniapp, version);
  return [...new Set([...(now && now.version !== version.version ? [now] : []), ...lower])];
}

/** Compares what one store holds. The store stays open; whoever made it closes it. `made`: comparisons that need not be made again. */
export async function comparison(
  store: PackageStore,
  miniapp: Miniapp,
  version: Version,
  made: Map<string, PackageComparison> = new Map(),
): Promise<PackageComparison | NoComparison> {
  const idOf = (one: Version): VersionId => ({ miniapp: miniapp.id, version: one.version });
  const id = idOf(version);
  if (!version.package) return { id, why: 'its file records no package, so nothing can be proven' };
  const earlier = earlierVersions(miniapp, version);
  try {
    const found = await store.find([version, ...earlier].map(idOf));
    const held = found.get(keyOf(id));
    if (!held) return { id, why: `its bytes are not in ${store.where}` };
    // All that it rests on: what stands in the store now, and what the files of the versions record.
    const key = JSON.stringify([id, ...[version, ...earlier].map((one) => [one, found.get(keyOf(idOf(one)))?.object])]);
    const known = made.get(key);
    if (known) return known;
    const after = await provenIn(store, held, version.package);
    if (!isProven(after)) {
      const isUnasked = after.code === 'package-unasked' || undefined;
      return { id, why: after.why, ...defined({ isUnasked }) };
    }
    const unkept: string[] = [];
    let isLasting = true;
    for (const one of earlier) {
      const other = found.get(keyOf(idOf(one)));
      const before = other && one.package ? await provenIn(store, other, one.package) : undefined;
      if (!before || !isProven(before)) {
        unkept.push(one.version);
        // What stands in the store and could not be read may be readable the next time.
        if (other) isLasting = false;
        continue;
      }
      const diff = packageDiff(sideOf(before, miniapp, one), sideOf(after, miniapp, version));
      const objects = { before: other!.object, after: held.object };
      const whole = { id, unkept, compared: { with: one.version, diff, objects } };
      if (isLasting) remember(made, key, whole);
      return whole;
    }
    return { id, unkept };
  } catch (error) {
    // That nothing can be compared keeps no version from being judged.
    if (error instanceof EnvironmentError) return { id, why: error.message, isUnasked: true };
    throw error;
  }
}

/** Files that remembered comparisons name together at most: a comparison may name two hundred thousand. */
const MOST_NAMES = 200_000;

/** Remembers a comparison under its key, in place of all before where they would be too many. */
function remember(comparisons: Map<string, PackageComparison>, key: string, made: PackageComparison): void {
  let names = namesIn(made);
  for (const one of comparisons.values()) names += namesIn(one);
  if (names > MOST_NAMES) comparisons.clear();
  comparisons.set(key, made);
}

const namesIn = ({ compared }: PackageComparison): number => {
  if (!compared) return 0;
  const { added, removed, changed } = compared.diff.files;
  return added.length + removed.length + changed.length;
};

/** A package with what it gives; of one that today's reader does not take, what its version's file records. */
export function sideOf({ files, content }: OpenPackage, { id }: Miniapp, version: Version): DiffSide {
  const { project } = readPackage(files, content, { shown: version.version, id });
  return { files, content, facts: project ? factsOf(project) : version };
}
