/** Where each error shows now: the cells of the resolution tables that answer with it. Pure. */
import type { Language, OutcomeCode } from '#core/problems/messages.ts';
import {
  SOME_DEVICE,
  type AppAnswers,
  type CellAnswer,
  type CellPlace,
  type RegionAnswers,
} from '#core/resolution/resolution-table.ts';
import { decide } from '#core/resolution/resolve.ts';
import { listText } from '#core/problems/list-text.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import { cellId } from '../resolution/cells.ts';

/** As many miniapps are named of an error at once, and as many behind a fold; of each as many places. */
export const NAMED = 8;
export const FOLDED = 40;
export const PLACES = 24;

export interface ShownNow {
  /** The first miniapps by name, at most NAMED and FOLDED, each with the apps and regions that answer so. */
  readonly first: readonly {
    readonly name: string;
    /** Of the first of them, below the portal's address in this language. Others share a row of the table with it, whose cells have its address. */
    readonly path: string;
    /** The first PLACES of them, and how many there are. */
    readonly places: readonly string[];
    readonly count: number;
  }[];
  /** How many miniapps there are of which some cell answers so. */
  readonly count: number;
}

/**
 * `tableOf`: the answers of a miniapp. Archived ones are left out, and errors that show nowhere are absent. What versions of an app cannot run
 * stands in no table: they are asked for everyone's normal link, at `now` in milliseconds since 1970.
 */
export function shownNow(
  workspace: PublicWorkspace,
  tableOf: (id: string) => readonly AppAnswers[],
  language: Language,
  now: number,
): ReadonlyMap<OutcomeCode, ShownNow> {
  const { miniapps, apps, platform } = workspace;
  const name = (text: Parameters<typeof localized>[0]) => localized(text, language, platform.languages);
  const { compare } = new Intl.Collator(language, { numeric: true });
  const listed = [...miniapps.values()]
    .filter(({ basics }) => basics.archived !== true)
    .map(({ id, basics }) => ({ id, name: name(basics.name) }))
    .sort((a, b) => compare(a.name, b.name));
  const found = new Map<OutcomeCode, { first: ShownNow['first'][number][]; count: number }>();
  const countOf = (code: OutcomeCode) => {
    const own = found.get(code) ?? { first: [], count: 0 };
    found.set(code, own);
    own.count += 1;
    return own;
  };
  for (const miniapp of listed) {
    const table = tableOf(miniapp.id);
    const shutOut = shutOutVersions(workspace, miniapp.id, table, now);
    if (shutOut.length > 0) {
      const own = countOf('host-incompatible');
      const places = shutOut.map(
        ({ app, appVersions }) => `${name(apps.get(app)!.name) || app} ${listText(appVersions, language)}`,
      );
      if (own.first.length < NAMED + FOLDED) {
        const path = `miniapps/${miniapp.id}/#rollout`;
        own.first.push({ name: miniapp.name, path, places: places.slice(0, PLACES), count: places.length });
      }
    }
    for (const [code, cells] of cellsByError(table)) {
      const own = countOf(code);
      if (own.first.length >= NAMED + FOLDED) continue;
      const [{ app: firstApp, region: firstRegion, audience, entry }] = cells;
      const path = `miniapps/${miniapp.id}/#${cellId(firstApp, firstRegion, audience, entry)}`;
      const places = cells.slice(0, PLACES).map(({ app, region }) => {
        const [ofApp, ofRegion] = [name(apps.get(app)?.name) || app, name(platform.regions[region]) || region];
        return `${ofApp} · ${ofRegion}`;
      });
      own.first.push({ name: miniapp.name, path, places, count: cells.length });
    }
  }
  return found;
}

/** The versions of each app in which everyone's normal link opens nothing that they can run, although it opens in that app. */
function shutOutVersions(
  workspace: PublicWorkspace,
  miniapp: string,
  table: readonly AppAnswers[],
  now: number,
): { readonly app: string; readonly appVersions: readonly string[] }[] {
  return table.flatMap(({ app, rows }) => {
    const { runtimes = [] } = workspace.apps.get(app)!;
    if (runtimes.length === 0) return [];
    // What an app version can run is the same in all regions.
    const opening = rows.find(({ answers }) =>
      answers.some(
        ({ audience, entry, outcome }) => audience === 'everyone' && entry === 'link' && outcome === 'opens',
      ),
    );
    if (!opening) return [];
    const query = { miniapp, app, region: opening.region, entry: 'link', device: SOME_DEVICE, now } as const;
    const appVersions = runtimes.flatMap(({ appVersion }) => {
      const answer = decide(workspace, { ...query, whitelisted: false, inRollout: false, appVersion });
      return 'code' in answer && answer.code === 'host-incompatible' ? [appVersion] : [];
    });
    return appVersions.length > 0 ? [{ app, appVersions }] : [];
  });
}

/** Of each error the apps and regions that answer somebody with it, each with one cell that does. */
function cellsByError(table: readonly AppAnswers[]): ReadonlyMap<OutcomeCode, readonly [CellPlace, ...CellPlace[]]> {
  const found = new Map<OutcomeCode, [CellPlace, ...CellPlace[]]>();
  /** Regions that are answered alike share their answers. */
  const known = new Map<RegionAnswers, ReturnType<typeof errorsIn>>();
  for (const { app, rows } of table)
    for (const { region, answers } of rows) {
      let errors = known.get(answers);
      if (!errors) known.set(answers, (errors = errorsIn(answers)));
      for (const [code, { audience, entry }] of errors) {
        const own = found.get(code);
        const place = { app, region, audience, entry };
        if (own) own.push(place);
        else found.set(code, [place]);
      }
    }
  return found;
}

const errorsIn = (answers: RegionAnswers): ReadonlyMap<OutcomeCode, CellAnswer> =>
  new Map(answers.flatMap((answer) => (answer.outcome === 'error' ? [[answer.code, answer] as const] : [])));
