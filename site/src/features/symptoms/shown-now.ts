/** Where each error shows now: the cells of the resolution tables that answer with it. Pure. */
import type { Language, OutcomeCode } from '#core/problems/messages.ts';
import type { AppAnswers, CellAnswer, CellPlace, RegionAnswers } from '#core/resolution/resolution-table.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import { cellId } from '../resolution/cells.ts';

/** As many miniapps are named of an error. */
export const NAMED = 8;

export interface ShownNow {
  /** The first miniapps by name, each with one cell that answers so and in how many apps and regions it does. */
  readonly first: readonly {
    readonly name: string;
    readonly where: string;
    readonly places: number;
    /** Below the portal's address in this language. */
    readonly path: string;
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
    for (const [code, { app, region, audience, entry, places }] of cellsByError(tableOf(miniapp.id))) {
      const own = found.get(code) ?? { first: [], count: 0 };
      found.set(code, own);
      own.count += 1;
      if (own.first.length >= NAMED) continue;
      const [ofApp, ofRegion] = [name(apps.get(app)?.name) || app, name(platform.regions[region]) || region];
      const path = `miniapps/${miniapp.id}/#${cellId(app, region, audience, entry)}`;
      own.first.push({ name: miniapp.name, where: `${ofApp} · ${ofRegion}`, places, path });
    }
  return found;
}

/** Of each error the first cell of a table, and how many apps and regions answer somebody with it. */
function cellsByError(table: readonly AppAnswers[]): ReadonlyMap<OutcomeCode, CellPlace & { readonly places: number }> {
  const found = new Map<OutcomeCode, CellPlace & { places: number }>();
  /** Regions that are answered alike share their answers. */
  const known = new Map<RegionAnswers, ReturnType<typeof errorsIn>>();
  for (const { app, rows } of table)
    for (const { region, answers } of rows) {
      let errors = known.get(answers);
      if (!errors) known.set(answers, (errors = errorsIn(answers)));
      for (const [code, { audience, entry }] of errors) {
        const own = found.get(code);
        if (own) own.places += 1;
        else found.set(code, { app, region, audience, entry, places: 1 });
      }
    }
  return found;
}

const errorsIn = (answers: RegionAnswers): ReadonlyMap<OutcomeCode, CellAnswer> =>
  new Map(answers.flatMap((answer) => (answer.outcome === 'error' ? [[answer.code, answer] as const] : [])));
