/** What a change takes from, or gives to, versions of host apps: where everyone's normal opening begins or ends to fit. */
import { defined } from '../defined.ts';
import type { Runtime } from './compatibility.ts';
import { versionOrCode } from './resolution.ts';
import { SOME_DEVICE } from './resolution-table.ts';
import { decide, isDelivered, type ResolutionWorkspace } from './resolve.ts';

export interface CompatibilityEffect {
  readonly miniapp: string;
  readonly app: string;
  readonly appVersion: string;
  /** The part of the app's users who have it, in percent, where the app says. */
  readonly share?: number;
  /** The version that opens, or the code of the error; one of them is `host-incompatible`. */
  readonly before: string;
  readonly after: string;
}

const MISFIT = 'host-incompatible';

/** Whether a version opened before and is refused afterwards. */
export const losesFit = ({ after }: CompatibilityEffect): boolean => after === MISFIT;

/** One entry an app version for which it changes in any region, in the order of the configuration. `now` in milliseconds since 1970. */
export function compatibilityEffects(
  before: ResolutionWorkspace,
  after: ResolutionWorkspace,
  ids: readonly string[],
  now: number,
): CompatibilityEffect[] {
  const apps = [...new Set([...before.apps.keys(), ...after.apps.keys()])].filter(
    (app) => before.apps.get(app)?.runtimes !== undefined || after.apps.get(app)?.runtimes !== undefined,
  );
  return ids.flatMap((miniapp) => {
    const isSame = decidesTheSame(before, after, miniapp);
    return apps.flatMap((app) => {
      const [old = [], current = []] = [before, after].map((workspace) => workspace.apps.get(app)?.runtimes);
      if (isSame && sameRuntimes(old, current)) return [];
      const regions = regionsThatDiffer(before, after, miniapp, app);
      const shares = new Map([...old, ...current].map(({ appVersion, share }) => [appVersion, share]));
      return [...shares].flatMap(([appVersion, share]): CompatibilityEffect[] => {
        const ask = (workspace: ResolutionWorkspace, region: string) => {
          const query = { miniapp, app, region, entry: 'link', appVersion, device: SOME_DEVICE, now } as const;
          const answer = decide(workspace, { ...query, whitelisted: false });
          return { opens: 'version' in answer, is: versionOrCode(answer) };
        };
        for (const region of regions) {
          const [was, is] = [ask(before, region), ask(after, region)];
          const changes = (was.opens && is.is === MISFIT) || (is.opens && was.is === MISFIT);
          const rest = { before: was.is, after: is.is };
          if (changes) return [{ miniapp, app, appVersion, ...defined({ share }), ...rest }];
        }
        return [];
      });
    });
  });
}

/** Whether nothing of the miniapp or the platform can change what fits, which is so for most miniapps of a large change. */
function decidesTheSame(before: ResolutionWorkspace, after: ResolutionWorkspace, miniapp: string): boolean {
  const [old, current] = [before, after].map((workspace) => workspace.miniapps.get(miniapp)?.release);
  return (
    before.platform.compatibility === after.platform.compatibility &&
    old?.online?.version === current?.online?.version &&
    String(old?.previous) === String(current?.previous)
  );
}

const sameRuntimes = (a: readonly Runtime[], b: readonly Runtime[]): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** One region of each kind: a region counts only by whether the app serves it and the miniapp is delivered there. */
function regionsThatDiffer(before: ResolutionWorkspace, after: ResolutionWorkspace, id: string, app: string): string[] {
  const kinds = new Map<string, string>();
  const sides = [before, after].map(({ apps, miniapps }) => ({ app: apps.get(app), miniapp: miniapps.get(id) }));
  for (const region of new Set(sides.flatMap((side) => side.app?.regions ?? []))) {
    const kind = sides.map((side) => {
      const isServed = side.app?.regions.includes(region) === true;
      return `${isServed} ${side.miniapp !== undefined && isDelivered(side.miniapp, app, region)}`;
    });
    if (!kinds.has(kind.join())) kinds.set(kind.join(), region);
  }
  return [...kinds.values()];
}

/** What the versions of one app lose, or get back, with one miniapp. */
export interface CompatibilityGroup {
  readonly miniapp: string;
  readonly app: string;
  readonly isLoss: boolean;
  readonly appVersions: readonly string[];
  /** Percent of the app's users, of the versions whose share is known; absent where none is. */
  readonly share?: number;
}

/** One group for each miniapp and app and direction, with the app's versions in it and the sum of the shares that are known (percent). */
export function groupCompatibility(effects: readonly CompatibilityEffect[]): CompatibilityGroup[] {
  const groups = Map.groupBy(effects, (effect) => JSON.stringify([effect.miniapp, effect.app, losesFit(effect)]));
  return [...groups.values()].map((all) => {
    const { miniapp, app } = all[0]!;
    const known = all.flatMap(({ share }) => (share === undefined ? [] : [share]));
    // Shares have few decimals; their sum shows no more than that.
    const share = Math.round(known.reduce((sum, one) => sum + one, 0) * 100) / 100;
    const appVersions = all.map(({ appVersion }) => appVersion);
    return {
      miniapp,
      app,
      isLoss: losesFit(all[0]!),
      appVersions,
      ...defined({ share: known.length > 0 ? share : undefined }),
    };
  });
}
