/** Where each error shows now: the cells of the resolution tables that answer with it. Pure. */
import type { Language, OutcomeCode } from '#core/problems/messages.ts';
import type { AppAnswers, CellAnswer, CellPlace, RegionAnswers } from '#core/resolution/resolution-table.ts';
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

/** `tableOf`: the answers of a miniapp. Archived ones are left out, and errors that show nowhere are absent. */
export function shownNow(
  { miniapps, apps, platform }: PublicWorkspace,
  tableOf: (id: string) => readonly AppAnswers[],
  language: Language,
): ReadonlyMap<OutcomeCode, ShownNow> {
  const name = (text: Parameters<typeof localized>[0]) => localized(text, language, platform.languages);
  const { compare } = new Intl.Collator(language, { numeric: true });
  const listed = [...miniapps.values()]
    .filter(({ basics }) => basics.archived !== true)
    .map(({ id, basics }) => ({ id, name: name(basics.name) }))
    .sort((a, b) => compare(a.name, b.name));
  const found = new Map<OutcomeCode, { first: ShownNow['first'][number][]; count: number }>();
  for (const miniapp of listed)
    for (const [code, cells] of cellsByError(tableOf(miniapp.id))) {
      const own = found.get(code) ?? { first: [], count: 0 };
      found.set(code, own);
      own.count += 1;
      if (own.first.length >= NAMED + FOLDED) continue;
      const [{ app: firstApp, region: firstRegion, audience, entry }] = cells;
      const path = `miniapps/${miniapp.id}/#${cellId(firstApp, firstRegion, audience, entry)}`;
      const places = cells.slice(0, PLACES).map(({ app, region }) => {
        const [ofApp, ofRegion] = [name(apps.get(app)?.name) || app, name(platform.regions[region]) || region];
        return `${ofApp} · ${ofRegion}`;
      });
      own.first.push({ name: miniapp.name, path, places, count: cells.length });
    }
  return found;
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
