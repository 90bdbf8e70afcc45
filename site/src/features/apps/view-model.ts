/** The host apps, and what each opens. */
import type { Language } from '#core/problems/messages.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import { refOf, type MiniappRef } from '../list/miniapp-ref.ts';
import { personName } from '../../lib/person-name.ts';
import type { AppAnswers, RegionAnswers } from '#core/resolution/resolution-table.ts';

export interface AppView {
  readonly id: string;
  readonly name: string;
  readonly scheme: string;
  readonly isDefault: boolean;
  readonly regions: readonly string[];
  readonly managers: readonly string[];
  /** How many miniapps there are in all. */
  readonly count: number;
  readonly opens: readonly (MiniappRef & {
    readonly version: string;
    readonly regions: readonly string[];
    readonly isEverywhere: boolean;
  })[];
}

/** What each app opens by a normal link for everyone. `tableOf` gives the resolution table of a miniapp. */
export function appViews(
  workspace: PublicWorkspace,
  tableOf: (miniapp: string) => readonly AppAnswers[],
  language: Language,
): AppView[] {
  const { languages, regions } = workspace.platform;
  const regionName = (region: string) => localized(regions[region], language, languages) || region;
  const opens = new Map<string, AppView['opens'][number][]>([...workspace.apps.keys()].map((id) => [id, []]));
  for (const miniapp of workspace.miniapps.values()) {
    for (const { app, rows } of tableOf(miniapp.id)) {
      const where = rows.filter(({ answers }) => opensForEveryone(answers)).map(({ region }) => region);
      if (where.length === 0) continue;
      opens.get(app)!.push({
        ...refOf(workspace, miniapp, language),
        version: miniapp.release.online!.version,
        regions: where.map(regionName),
        isEverywhere: where.length === rows.length,
      });
    }
  }
  const order = new Intl.Collator(language, { numeric: true }).compare;
  for (const own of opens.values()) own.sort((a, b) => order(a.name, b.name) || order(a.id, b.id));
  return [...workspace.apps.values()].map((app) => ({
    id: app.id,
    name: localized(app.name, language, languages),
    scheme: app.scheme,
    isDefault: app.default === true,
    regions: app.regions.map(regionName),
    managers: (app.managers ?? []).map((login) => personName(workspace, login)),
    count: [...workspace.miniapps.values()].filter(({ basics }) => basics.archived !== true).length,
    opens: opens.get(app.id)!,
  }));
}

const opensForEveryone = (answers: RegionAnswers): boolean =>
  answers.some(({ audience, entry, outcome }) => audience === 'everyone' && entry === 'link' && outcome === 'opens');
