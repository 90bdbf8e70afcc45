/**
 * What a host app needs to decide by itself, without an account in it: what everyone gets on the normal link, and what versions need.
 * A document depends on nothing but the configuration, so that it is the same bytes until an answer changes.
 */
import { defined } from '../defined.ts';
import type { MiniappBasics, Version } from '../model.ts';
import { isRolledOutTo, SOME_DEVICE } from '../resolution/resolution-table.ts';
import {
  decide,
  isDelivered,
  type ResolutionApp,
  type ResolutionMiniapp,
  type ResolutionVersion,
  type ResolutionWorkspace,
} from '../resolution/resolve.ts';

export interface PackageArchive {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
}

interface DescribedVersion extends ResolutionVersion {
  readonly package?: NonNullable<Version['package']>;
}
interface Described extends Omit<ResolutionMiniapp, 'basics' | 'versions'> {
  readonly basics: Pick<MiniappBasics, 'type' | 'name'>;
  readonly versions: ReadonlyMap<string, DescribedVersion>;
}
export interface RuntimeWorkspace extends Omit<ResolutionWorkspace, 'miniapps'> {
  readonly miniapps: ReadonlyMap<string, Described>;
}

interface RegionsAnswer {
  readonly app: string;
  readonly regions: string[];
  readonly version?: string;
  readonly code?: string;
  readonly fallback?: readonly string[];
  readonly rollout?: { readonly version: string; readonly percent: number };
}

/** The document of one miniapp. `archives`: where its versions can be fetched, by version. */
export function runtimeDocument(
  workspace: RuntimeWorkspace,
  id: string,
  archives: ReadonlyMap<string, PackageArchive> = new Map(),
) {
  const { basics, release, versions } = workspace.miniapps.get(id)!;
  const cells = [...workspace.apps.values()].flatMap((app) => cellsOf(workspace, id, app));
  const named = new Set(
    cells.flatMap(({ version, rollout, fallback = [] }) => [version, rollout?.version, ...fallback]),
  );
  return {
    $schema: '../schemas/runtime.schema.json',
    id,
    type: basics.type,
    name: basics.name,
    sequence: release.sequence ?? 0,
    releases: [...named].flatMap((version) => {
      const own = version === undefined ? undefined : versions.get(version);
      return own ? [releaseOf(own, archives.get(own.version))] : [];
    }),
    cells,
  };
}

const releaseOf = (
  { version, baseLibrary, kits, package: made, pages }: DescribedVersion,
  archive: PackageArchive | undefined,
) => ({
  version,
  ...defined({
    baseLibrary,
    kits,
    package: made === undefined ? undefined : { sha256: made.sha256, bytes: made.bytes, files: made.files },
    archive,
    pages,
  }),
});

/**
 * The answers of an app, regions that are answered alike together. Nothing of it depends on who asks, nor on the time, and of a region only
 * whether the miniapp is delivered and rolled out there: one region of a kind is asked for all.
 */
function cellsOf(
  workspace: RuntimeWorkspace,
  id: string,
  { id: app, regions, runtimes }: ResolutionApp,
): RegionsAnswer[] {
  const miniapp = workspace.miniapps.get(id)!;
  const { rollout, previous = [] } = miniapp.release;
  const mayFallBack =
    workspace.platform.compatibility === 'newest-fitting' && runtimes !== undefined && previous.length > 0;
  const byKind = new Map<string, RegionsAnswer>();
  const alike = new Map<string, RegionsAnswer>();
  for (const region of regions) {
    const isReached = rollout !== undefined && isRolledOutTo(miniapp, app, region);
    const kind = `${isDelivered(miniapp, app, region)} ${isReached}`;
    const known = byKind.get(kind);
    if (known) {
      known.regions.push(region);
      continue;
    }
    const query = { miniapp: id, app, region, entry: 'link', whitelisted: false, inRollout: false } as const;
    const answer = decide(workspace, { ...query, device: SOME_DEVICE, now: 0 });
    const isOpen = 'version' in answer;
    const isRolledOut = isOpen && isReached;
    const key = `${isOpen ? answer.version : answer.code} ${isRolledOut}`;
    const cell = alike.get(key) ?? {
      app,
      regions: [],
      ...(isOpen ? { version: answer.version } : { code: answer.code }),
      ...defined({
        fallback: isOpen && mayFallBack ? previous : undefined,
        rollout: isRolledOut ? { version: rollout.version, percent: rollout.percent } : undefined,
      }),
    };
    cell.regions.push(region);
    alike.set(key, cell);
    byKind.set(kind, cell);
  }
  return [...alike.values()];
}

/** The bytes of a document, which its digest in the index is of. */
export const documentText = (document: object): string => `${JSON.stringify(document)}\n`;

export interface IndexEntry {
  readonly sequence: number;
  readonly sha256: string;
}

/** One small file by which a host finds out what has changed. `commit`: whose configuration it is, where Git tells. */
export const runtimeIndex = (commit: string | null, miniapps: ReadonlyMap<string, IndexEntry>) => ({
  $schema: '../schemas/runtime-index.schema.json',
  commit,
  miniapps: Object.fromEntries(miniapps),
});
