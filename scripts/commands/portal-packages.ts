/** What a portal says of the bytes of versions: whether they are kept, and what comes and goes from one to the next. */
import { defined } from '../core/defined.ts';
import { isJudged, judgesByBytes } from '../core/by-bytes.ts';
import type { Miniapp, Version, Workspace } from '../core/model.ts';
import { stateOf, stepsOf } from '../core/lifecycle/lifecycle.ts';
import { olderIn } from '../evaluate/older-than-packages.ts';
import { isInRepository } from '../git/process/location.ts';
import { comparison } from '../packages/comparison.ts';
import { gitStore } from '../packages/git-store.ts';
import { isRequiring, lackOf, statusesOf, versionsOf, type PackageStatus } from '../packages/status.ts';
import type { PackageStore } from '../packages/store.ts';
import type { VersionId } from '../packages/version-id.ts';
import type { PortalPackage } from '../core/hosts/portal-package.ts';
import { plural } from '../report/terminal.ts';
import type { Io } from '../cli/frame/command.ts';
import { packageStores } from '../cli/config/package-stores.ts';

interface PackagesRequest {
  readonly workspace: Workspace;
  /** The miniapps that are shown. */
  readonly miniapps: readonly Miniapp[];
  readonly path: string;
  readonly io: Io;
  /** Whether the store is asked and fetched from; else what is in this clone is all that is looked at. */
  readonly isAsked: boolean;
  /** Milliseconds that comparisons may take. */
  readonly within?: number;
}

/** Files of each kind that are named. */
const NAMED = 50;
/** Milliseconds that comparisons may take in all, each of which may fetch two packages; a build on GitHub has half an hour. */
const COMPARING_MS = 5 * 60 * 1000;

/** By `<miniapp> <version>`; a version of which nothing is known has none. What steps are refused for is told of all miniapps, as lists of the platform show them. */
export async function packagesShown({
  workspace,
  miniapps,
  path,
  io,
  isAsked,
  within = COMPARING_MS,
}: PackagesRequest): Promise<Map<string, PortalPackage>> {
  const { platform } = workspace;
  if (platform.packages?.store === 'none' || !isInRepository(path)) return new Map();
  const here = gitStore({ folder: path, where: 'this clone', isFetchedToo: true });
  const isJudging = judgesByBytes(platform);
  const opened = isAsked || isJudging ? packageStores(path, platform, io) : undefined;
  // Where this clone is all that there is, looking here is asking.
  const stores = isAsked || opened?.store === undefined ? opened : undefined;
  try {
    const known = stores ?? { here };
    const shownIds = new Set(miniapps.map(({ id }) => id));
    const others = isJudging ? [...workspace.miniapps.values()].filter(({ id }) => !shownIds.has(id)) : [];
    const wanted = [...versionsOf(miniapps), ...versionsOf(others).filter((one) => isWaiting(workspace, one))];
    const found = await statusesOf(wanted, known, { isProven: false });
    const isKnown = stores !== undefined && found.unasked === undefined;
    const isOlder = isRequiring(platform) ? olderIn(path) : () => true;
    const places = [...(stores?.store ? [stores.store] : []), here];
    const shown = new Map<string, PortalPackage>();
    const end = performance.now() + within;
    let left = 0;
    for (const one of found.packages) {
      const { miniapp: id, version: number, status } = one;
      const miniapp = workspace.miniapps.get(id)!;
      const version = miniapp.versions.get(number)!;
      const lack = isJudging ? lackOf(one, { isKnown, isRequired: isRequiring(platform), isOlder }) : undefined;
      // That it is not in this clone says nothing of the store.
      if (status === 'unrecorded' || (status === 'missing' && !isKnown)) {
        if (lack !== undefined) shown.set(`${id} ${number}`, { lack });
        continue;
      }
      const isToCompare = shownIds.has(id) && status === 'stored' && isCompared(miniapp, version);
      const isLate = isToCompare && performance.now() > end;
      if (isLate) left += 1;
      const compared = isToCompare && !isLate ? await comparedIn(places, miniapp, version) : undefined;
      shown.set(`${id} ${number}`, {
        status: status === 'stored' ? placeOf(one, stores !== undefined, compared !== undefined) : status,
        ...defined({ store: one.store, ref: one.ref, compared, lack }),
      });
    }
    if (left > 0)
      io.stderr(`${plural(left, 'version')} not compared with what people have: it would have taken too long\n`);
    return shown;
  } finally {
    here.close();
    opened?.close();
  }
}

/** Whether a version may take a step that rests on its bytes. */
function isWaiting({ miniapps }: Workspace, { miniapp: id, version }: VersionId): boolean {
  const miniapp = miniapps.get(id)!;
  return stepsOf(miniapp, miniapp.versions.get(version)!).some(({ kind }) => isJudged(kind));
}

/** What people have, try or judge now, or may get next: of the others nobody asks what changed, and each costs reading two packages. */
function isCompared(miniapp: Miniapp, version: Version): boolean {
  const { stage, status, isExperience, isRolledOut } = stateOf(miniapp, version);
  return (stage !== 'superseded' && status !== 'rejected') || isExperience || isRolledOut;
}

/** What is compared was read for it. */
function placeOf(
  { isOnlyHere, isUnproven }: PackageStatus,
  isAsked: boolean,
  isRead: boolean,
): NonNullable<PortalPackage['status']> {
  if (!isAsked || isOnlyHere) return 'here';
  return isUnproven && !isRead ? 'listed' : 'stored';
}

async function comparedIn(
  places: readonly PackageStore[],
  miniapp: Miniapp,
  version: Version,
): Promise<PortalPackage['compared'] | undefined> {
  for (const place of places) {
    const found = await comparison(place, miniapp, version);
    if ('why' in found || !found.compared) continue;
    const { diff, with: before } = found.compared;
    const { files, bytes } = diff;
    const rows = [
      ...files.added.slice(0, NAMED).map(({ path, bytes: after }) => ({ path, after })),
      ...files.removed.slice(0, NAMED).map(({ path, bytes: own }) => ({ path, before: own })),
      ...files.changed.slice(0, NAMED),
    ];
    return {
      with: before,
      bytes,
      files: rows,
      added: files.added.length,
      removed: files.removed.length,
      changed: files.changed.length,
    };
  }
  return undefined;
}
