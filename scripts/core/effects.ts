/** The resolution table: every app, each of its regions, both entries, everyone and who is whitelisted. */
import type { Entry } from './model.ts';
import { resolve, type Resolution, type ResolutionMiniapp, type ResolutionWorld } from './resolve.ts';
import { isLive } from './time.ts';

export type Audience = 'everyone' | 'whitelisted';

export interface Cell {
  readonly app: string;
  readonly region: string;
  readonly audience: Audience;
  readonly entry: Entry;
  readonly resolution: Resolution;
}

/** Stands for the device that a panel needs: a table answers for those who have one. */
const SOME_DEVICE = 'vdevo000000000000000';

/** Whether an app has a row that still counts. */
export const hasLiveRow = (miniapp: ResolutionMiniapp, app: string, now: number): boolean =>
  miniapp.whitelist.some((row) => row.app === app && isLive(row.expires, now));

/** Every cell of one miniapp, apps and regions in the order of the configuration. `now` in milliseconds since 1970. */
export function resolutionTable(world: ResolutionWorld, id: string, now: number): Cell[] {
  const miniapp = world.miniapps.get(id);
  if (!miniapp) return [];
  const cells: Cell[] = [];
  for (const app of world.apps.values()) {
    const audiences: Audience[] = hasLiveRow(miniapp, app.id, now) ? ['everyone', 'whitelisted'] : ['everyone'];
    for (const region of app.regions) {
      for (const audience of audiences) {
        for (const entry of ['link', 'experience'] as const) {
          const whitelisted = audience === 'whitelisted';
          const query = { miniapp: id, app: app.id, region, entry, whitelisted, device: SOME_DEVICE, now };
          cells.push({ app: app.id, region, audience, entry, resolution: resolve(world, query) });
        }
      }
    }
  }
  return cells;
}
