/** The resolution table: every app, each of its regions, both entries, everyone and who is whitelisted. */
import { isLive } from '../dates.ts';
import { ENTRIES, type Entry } from '../model.ts';
import type { OutcomeCode } from '../problems/messages.ts';
import { versionOrCode } from './resolution.ts';
import {
  decide,
  isDelivered,
  type Channel,
  type Query,
  type ResolutionMiniapp,
  type ResolutionWorkspace,
} from './resolve.ts';
import { covers } from './rollout.ts';

export const AUDIENCES = ['everyone', 'whitelisted', 'rollout'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Where a cell stands. */
export interface CellPlace {
  readonly app: string;
  readonly region: string;
  readonly audience: Audience;
  readonly entry: Entry;
}

/** What an audience gets by an entry; why, and how to fix it, `resolve` says of one region. */
export type CellAnswer = Pick<CellPlace, 'audience' | 'entry'> &
  (
    | { readonly outcome: 'opens'; readonly version: string; readonly channel: Channel }
    | { readonly outcome: 'error'; readonly code: OutcomeCode }
  );

export type TableCell = CellPlace & CellAnswer;

/** Link and experience for everyone, then for the whitelisted where somebody is, then for who is in a rollout where it reaches. */
export type RegionAnswers = readonly CellAnswer[];

export interface AppAnswers {
  readonly app: string;
  readonly hasWhitelisted: boolean;
  /** Regions with the same answers share one array. */
  readonly rows: readonly { readonly region: string; readonly answers: RegionAnswers }[];
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

/**
 * The table of one miniapp by app and region, in the order of the configuration; empty where there is no such miniapp. Each distinct row
 * is asked once: an app and a region count only by whether it is the default app and whether the miniapp is delivered and rolled out there.
 * `now` in milliseconds since 1970.
 */
export function answersByApp(workspace: ResolutionWorkspace, id: string, now: number): AppAnswers[] {
  const miniapp = workspace.miniapps.get(id);
  if (!miniapp) return [];
  const known = new Map<string, RegionAnswers>();
  return [...workspace.apps.values()].map((app) => {
    const hasWhitelisted = hasLiveRow(miniapp, app.id, now);
    const rows = app.regions.map((region) => {
      const isRolledOut = isRolledOutTo(miniapp, app.id, region);
      const key = `${app.default === true} ${hasWhitelisted} ${isDelivered(miniapp, app.id, region)} ${isRolledOut}`;
      let answers = known.get(key);
      if (!answers) {
        const audiences = AUDIENCES.filter(
          (audience) =>
            audience === 'everyone' ||
            (audience === 'whitelisted' && hasWhitelisted) ||
            (audience === 'rollout' && isRolledOut),
        );
        known.set(key, (answers = answersFor(workspace, { miniapp: id, app: app.id, region, now }, audiences)));
      }
      return { region, answers };
    });
    return { app: app.id, hasWhitelisted, rows };
  });
}

const answersFor = (
  workspace: ResolutionWorkspace,
  place: Pick<Query, 'miniapp' | 'app' | 'region' | 'now'>,
  audiences: readonly Audience[],
): RegionAnswers =>
  audiences.flatMap((audience) =>
    ENTRIES.map((entry): CellAnswer => {
      const who = { whitelisted: audience === 'whitelisted', inRollout: audience === 'rollout' };
      const found = decide(workspace, { ...place, entry, ...who, device: SOME_DEVICE });
      if ('code' in found) return { audience, entry, outcome: 'error', code: found.code };
      return { audience, entry, outcome: 'opens', version: found.version, channel: found.channel };
    }),
  );

/** Every cell of the table, one after the other. */
export const resolutionTable = (workspace: ResolutionWorkspace, id: string, now: number): TableCell[] =>
  answersByApp(workspace, id, now).flatMap(({ app, rows }) =>
    rows.flatMap(({ region, answers }) => answers.map((answer) => ({ app, region, ...answer }))),
  );

/** One text for each place in the table of a miniapp. */
export const cellKey = ({ app, region, audience, entry }: CellPlace): string =>
  JSON.stringify([app, region, audience, entry]);

/** A cell in several states. */
export interface ComparedCell extends CellPlace {
  /** What each state answers: the version that opens, or the code of the error; null where it has no such miniapp, app or region. */
  readonly answers: readonly (string | null)[];
}

/** Every cell that one of the states has, of one miniapp. Where an app has no live whitelist row, everyone is everyone. */
export function compareTables(
  workspaces: readonly ResolutionWorkspace[],
  miniapp: string,
  now: number,
): ComparedCell[] {
  const tables = workspaces.map((workspace) => rowsByPlace(answersByApp(workspace, miniapp, now)));
  const cells: ComparedCell[] = [];
  for (const app of keysOf(tables))
    for (const region of keysOf(tables.map((table) => table.get(app)))) {
      const rows = tables.map((table) => table.get(app)?.get(region));
      for (const audience of AUDIENCES)
        for (const entry of ENTRIES)
          if (rows.some((row) => row && answerIn(row, audience, entry)))
            cells.push({ app, region, audience, entry, answers: rows.map((row) => answerOf(row, audience, entry)) });
    }
  return cells;
}

const rowsByPlace = (table: readonly AppAnswers[]): Map<string, Map<string, RegionAnswers>> =>
  new Map(table.map(({ app, rows }) => [app, new Map(rows.map(({ region, answers }) => [region, answers]))]));

/** The keys that one of the maps has. */
const keysOf = <Key>(maps: readonly (ReadonlyMap<Key, unknown> | undefined)[]): Set<Key> =>
  new Set(maps.flatMap((map) => [...(map?.keys() ?? [])]));

function answerIn(row: RegionAnswers, audience: Audience, entry: Entry): CellAnswer | undefined {
  for (const answer of row) if (answer.audience === audience && answer.entry === entry) return answer;
  return undefined;
}

function answerOf(row: RegionAnswers | undefined, audience: Audience, entry: Entry): string | null {
  const answer = row && (answerIn(row, audience, entry) ?? answerIn(row, 'everyone', entry));
  return answer ? versionOrCode(answer) : null;
}

/** A cell whose answer changes. */
export interface Effect extends CellPlace {
  readonly miniapp: string;
  /** The version that opens, or the code of the error; null where there is no such miniapp, app or region. */
  readonly before: string | null;
  readonly after: string | null;
}

/** The cells of these miniapps that differ between two states. */
export const effectsOf = (
  before: ResolutionWorkspace,
  after: ResolutionWorkspace,
  ids: readonly string[],
  now: number,
): Effect[] =>
  ids.flatMap((miniapp) =>
    compareTables([before, after], miniapp, now)
      .map(({ answers, ...place }): Effect => ({ miniapp, ...place, before: answers[0]!, after: answers[1]! }))
      .filter(isEffect),
  );

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
