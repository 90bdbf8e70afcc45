/** The resolution table: every app, each of its regions, both entries, everyone and who is whitelisted. */
import type { Entry } from '../model.ts';
import { covers } from './rollout.ts';
import { isDelivered, resolve, type Resolution, type ResolutionMiniapp, type ResolutionWorkspace } from './resolve.ts';
import { isLive } from '../dates.ts';

export const AUDIENCES = ['everyone', 'whitelisted', 'rollout'] as const;
export type Audience = (typeof AUDIENCES)[number];

export interface TableCell {
  readonly app: string;
  readonly region: string;
  readonly audience: Audience;
  readonly entry: Entry;
  readonly resolution: Resolution;
}

/** Stands for the device that a panel needs: a table answers for those who have one. */
export const SOME_DEVICE = 'vdevo000000000000000';

/** Whether an app has a row that still counts. */
export const hasLiveRow = (miniapp: ResolutionMiniapp, app: string, now: number): boolean =>
  miniapp.whitelist.some((row) => row.app === app && isLive(row.expires, now));

/** Whether a rollout reaches an app and a region: it names them, or all, and the miniapp is delivered there. */
export const isRolledOutTo = (miniapp: ResolutionMiniapp, app: string, region: string): boolean =>
  miniapp.release.rollout !== undefined &&
  covers(miniapp.release.rollout, app, region) &&
  isDelivered(miniapp, app, region);

/** Every cell of one miniapp, apps and regions in the order of the configuration. `now` in milliseconds since 1970. */
export function resolutionTable(workspace: ResolutionWorkspace, id: string, now: number): TableCell[] {
  const miniapp = workspace.miniapps.get(id);
  if (!miniapp) return [];
  const cells: TableCell[] = [];
  for (const app of workspace.apps.values()) {
    const named: Audience[] = hasLiveRow(miniapp, app.id, now) ? ['everyone', 'whitelisted'] : ['everyone'];
    for (const region of app.regions) {
      const audiences: Audience[] = isRolledOutTo(miniapp, app.id, region) ? [...named, 'rollout'] : named;
      for (const audience of audiences) {
        for (const entry of ['link', 'experience'] as const) {
          const whitelisted = audience === 'whitelisted';
          const inRollout = audience === 'rollout';
          const query = { miniapp: id, app: app.id, region, entry, whitelisted, inRollout, device: SOME_DEVICE, now };
          cells.push({ app: app.id, region, audience, entry, resolution: resolve(workspace, query) });
        }
      }
    }
  }
  return cells;
}

/** A cell whose answer changes. */
export interface Effect {
  readonly miniapp: string;
  readonly app: string;
  readonly region: string;
  readonly audience: Audience;
  readonly entry: Entry;
  /** The version that opens, or the code of the error; null where there is no such miniapp, app or region. */
  readonly before: string | null;
  readonly after: string | null;
}

/** The cells of these miniapps that differ between two states. Where an app has no live whitelist row, everyone is everyone. */
export function effectsOf(
  before: ResolutionWorkspace,
  after: ResolutionWorkspace,
  ids: readonly string[],
  now: number,
): Effect[] {
  return ids.flatMap((miniapp) => {
    const [old, current] = [before, after].map((workspace) => answers(workspace, miniapp, now)) as [
      TableAnswers,
      TableAnswers,
    ];
    const keys = new Set([...old.cells.keys(), ...current.cells.keys()]);
    return [...keys].flatMap((key) => {
      const [app, region, audience, entry] = JSON.parse(key) as [string, string, Audience, Entry];
      const answer = ({ cells }: TableAnswers) =>
        cells.get(key) ?? cells.get(JSON.stringify([app, region, 'everyone', entry])) ?? null;
      const effect = { miniapp, app, region, audience, entry, before: answer(old), after: answer(current) };
      return isEffect(effect) ? [effect] : [];
    });
  });
}

interface TableAnswers {
  readonly cells: ReadonlyMap<string, string>;
}

function answers(workspace: ResolutionWorkspace, miniapp: string, now: number): TableAnswers {
  const cells = resolutionTable(workspace, miniapp, now).map(({ app, region, audience, entry, resolution }) => {
    const answer = resolution.outcome === 'opens' ? resolution.version : resolution.code;
    return [JSON.stringify([app, region, audience, entry]), answer] as const;
  });
  return { cells: new Map(cells) };
}

/** Where there was nothing before, or is nothing after, an error takes nothing from anybody. */
const isEffect = ({ before, after }: Effect): boolean =>
  before !== after && ((before !== null && after !== null) || isVersion(before) || isVersion(after));

const isVersion = (answer: string | null): boolean => answer !== null && /^[0-9]/.test(answer);

/** Whether somebody to whom a version opened gets an error instead. */
export const losesService = ({ before, after }: Pick<Effect, 'before' | 'after'>): boolean =>
  isVersion(before) && !isVersion(after);

export interface EffectGroup {
  readonly miniapp: string;
  readonly app: string;
  readonly regions: readonly string[];
  readonly audience: Audience;
  readonly entries: readonly Entry[];
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Effects as a person grasps them: the regions and entries of one app and audience that change alike are one line. Everyone
 * includes who is whitelisted, so a cell of theirs is named only where it changes otherwise.
 */
export function groupEffects(effects: readonly Effect[]): EffectGroup[] {
  const merge = <T, K extends string>(items: readonly T[], key: (item: T) => K): T[][] => [
    ...Map.groupBy(items, key).values(),
  ];
  const key = ({ miniapp, app, region, entry, before, after }: Effect) =>
    JSON.stringify([miniapp, app, region, entry, before, after]);
  const everyones = new Set(effects.filter(({ audience }) => audience === 'everyone').map(key));
  const own = effects.filter((effect) => effect.audience === 'everyone' || !everyones.has(key(effect)));
  const byCell = merge(own, ({ miniapp, app, region, audience, before, after }) =>
    JSON.stringify([miniapp, app, region, audience, before, after]),
  ).map((cells) => ({ ...cells[0]!, entries: cells.map(({ entry }) => entry) }));
  return merge(byCell, ({ miniapp, app, audience, entries, before, after }) =>
    JSON.stringify([miniapp, app, audience, entries, before, after]),
  ).map((cells) => {
    const { miniapp, app, audience, entries, before, after } = cells[0]!;
    return { miniapp, app, regions: cells.map(({ region }) => region), audience, entries, before, after };
  });
}
