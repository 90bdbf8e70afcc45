/** Versions of host apps that cannot run a version which would open in them. */
import { defined } from '../defined.ts';
import { fits, type RuntimeNeeds, type Runtime } from './compatibility.ts';
import { isDelivered, type ResolutionApp, type ResolutionMiniapp } from './resolve.ts';

/** The versions of one app that are meant, in the order of its runtimes. */
export interface ShutOut {
  readonly app: string;
  readonly runtimes: readonly Runtime[];
}

/** The app versions that run `former` (or whatever it is, without one) and not `next`, of the apps to which the miniapp is delivered. */
export function shutOutBy(
  apps: Iterable<ResolutionApp>,
  miniapp: ResolutionMiniapp,
  next: RuntimeNeeds,
  former?: RuntimeNeeds,
): ShutOut[] {
  return [...apps].flatMap(({ id: app, regions, runtimes = [] }) => {
    const lost = runtimes.filter((runtime) => fits(former, runtime) && !fits(next, runtime));
    const reaches = lost.length > 0 && regions.some((region) => isDelivered(miniapp, app, region));
    return reaches ? [{ app, runtimes: lost }] : [];
  });
}

/** "6.0.0, 6.3.0 (4 % of its users)": versions with the part of the app's users who have them, where it is known. */
export function appVersionsWithShare(runtimes: readonly Runtime[]): { versions: string; share?: number } {
  const known = runtimes.flatMap(({ share }) => (share === undefined ? [] : [share]));
  const share = Math.round(known.reduce((sum, one) => sum + one, 0) * 100) / 100;
  const versions = runtimes.map(({ appVersion }) => appVersion).join(', ');
  return { versions, ...defined({ share: known.length > 0 ? share : undefined }) };
}
