/** The host apps, and what each opens. */
import { defined } from '#core/defined.ts';
import { fill, type Language } from '#core/problems/messages.ts';
import type { App } from '#core/model.ts';
import { rightOf } from '#core/policy/policy.ts';
import type { NeededApprovals } from '#core/transitions/besides.ts';
import { words } from '../../i18n/index.ts';
import { approvalsText } from '../../lib/approval-text.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import { refOf, type MiniappRef } from '../list/miniapp-ref.ts';
import { personName } from '../../lib/person-name.ts';
import type { AppAnswers, RegionAnswers } from '#core/resolution/resolution-table.ts';

type AskedManagers = Pick<NeededApprovals, 'count' | 'by'>;

export interface AppView {
  readonly id: string;
  readonly name: string;
  readonly scheme: string;
  readonly isDefault: boolean;
  readonly regions: readonly string[];
  /** Who may consent to a delivery: those of its managers who are here. */
  readonly managers: readonly string[];
  /** Those who have left. */
  readonly formerManagers: readonly string[];
  /** Whose approval a new delivery needs, where managers are among them. */
  readonly asked?: AskedManagers;
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
    managers: managersOf(workspace, app, true),
    formerManagers: managersOf(workspace, app, false),
    ...defined({ asked: askedFor(workspace) }),
    count: [...workspace.miniapps.values()].filter(({ basics }) => basics.archived !== true).length,
    opens: opens.get(app.id)!,
  }));
}

const managersOf = (workspace: PublicWorkspace, { managers = [] }: App, isHere: boolean): string[] =>
  managers
    .filter((login) => (workspace.people.get(login)?.left === undefined) === isHere)
    .map((login) => personName(workspace, login));

/** What the policy asks for before something is delivered to an app, where that is the managers' too. */
function askedFor({ policy }: PublicWorkspace): AskedManagers | undefined {
  const { count = 0, by = [] } = rightOf(policy, 'edit-trafficking').approvals ?? {};
  return count > 0 && by.includes('manager') ? { count, by } : undefined;
}

/** Whether a manager is all that is asked for. */
const isOneManager = ({ count, by }: AskedManagers): boolean => count === 1 && by.length === 1;

/** Whose consent a delivery to the app needs, in a sentence; undefined where the policy does not ask its managers. */
export function consentText(language: Language, { asked, managers }: AppView): string | undefined {
  if (!asked) return undefined;
  const { appsPage: t } = words[language];
  if (isOneManager(asked)) return managers.length > 0 ? t.managersHint : t.managersGone;
  return fill(t.managersAsked, { what: approvalsText(language, asked) });
}

const opensForEveryone = (answers: RegionAnswers): boolean =>
  answers.some(({ audience, entry, outcome }) => audience === 'everyone' && entry === 'link' && outcome === 'opens');
