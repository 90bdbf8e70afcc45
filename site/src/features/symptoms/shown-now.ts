/** Where each error shows now: the cells of the resolution tables that answer with it. Pure. */
import type { Language, OutcomeCode } from '#core/problems/messages.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import type { AppAnswers } from '../resolution/view-model.ts';

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
    for (const [code, { path, where, places }] of cellsByError(tableOf(miniapp.id), (app, region) => {
      const [ofApp, ofRegion] = [name(apps.get(app)?.name) || app, name(platform.regions[region]) || region];
      return `${ofApp} · ${ofRegion}`;
    })) {
      const own = found.get(code) ?? { first: [], count: 0 };
      own.count += 1;
      if (own.first.length < NAMED)
        own.first.push({ name: miniapp.name, where, places, path: `miniapps/${miniapp.id}/#${path}` });
      found.set(code, own);
    }
  return found;
}

/** Of each error the first cell of a table, and how many apps and regions answer somebody with it. */
function cellsByError(table: readonly AppAnswers[], placeName: (app: string, region: string) => string) {
  const found = new Map<OutcomeCode, { path: string; where: string; places: number }>();
  for (const { app, rows } of table)
    for (const { region, answers } of rows) {
      const errors = new Map(
        answers.flatMap((answer) => (answer.outcome === 'error' ? [[answer.code, answer] as const] : [])),
      );
      for (const [code, { audience, entry }] of errors) {
        const own = found.get(code);
        if (own) own.places += 1;
        else {
          const path = `cell.${app}.${region}.${audience}.${entry}`;
          found.set(code, { path, where: placeName(app, region), places: 1 });
        }
      }
    }
  return found;
}
