/** What a version would bring, as lines: servers of its code that are not allowed, and whose answers change if it goes online. */
import { fill, messages, type Language, type OutcomeCode } from '#core/problems/messages.ts';
import type { BlockedOrigin } from '#core/resolution/requests.ts';
import { listText } from '#core/problems/list-text.ts';
import { words } from '../../i18n/index.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import type { GroupedConsequences } from './view-model.ts';

/** A server and the regions where no kind of call may reach it, by name. */
export const blockedLines = (
  language: Language,
  { platform }: PublicWorkspace,
  blocked: readonly BlockedOrigin[],
): { readonly origin: string; readonly where: string }[] =>
  blocked.map(({ origin, regions }) => ({
    origin,
    where: regionsText(language, platform, regions, Object.keys(platform.regions).length),
  }));

/** Answers that change alike, in one line. */
export interface ChangeLine {
  readonly who: string;
  /** The version that opens, or the title of an error. */
  readonly before: string;
  readonly after: string;
  /** Apps, the default one first, each with its regions. */
  readonly where: string;
}

/** A line for all apps whose answers change alike for the same people, by the same entries. */
export function changeLines(
  language: Language,
  { apps, platform }: PublicWorkspace,
  { changes }: GroupedConsequences,
): ChangeLine[] {
  const { audiences, entries, history, versions: t } = words[language];
  const answer = (one: string | null) =>
    one === null ? history.nothing : (messages[language].outcomes[one as OutcomeCode]?.title ?? one);
  const isDefault = (app: string) => apps.get(app)?.default === true;
  return changes.map((groups) => {
    const { audience, entries: own, before, after } = groups[0]!;
    const by = own.length > 1 ? '' : ` · ${entries[own[0]!]}`;
    const places = groups.toSorted((a, b) => Number(isDefault(b.app)) - Number(isDefault(a.app)));
    const where = places.map(({ app, regions }) => {
      const served = apps.get(app)?.regions.length;
      const name = nameOf(language, { apps, platform }, app);
      return fill(t.place, { app: name, regions: regionsText(language, platform, regions, served) });
    });
    return {
      who: `${audiences[audience]}${by}`,
      before: answer(before),
      after: answer(after),
      where: listText(where, language),
    };
  });
}

/** A sentence for each app of which versions lose the miniapp, or get it back. */
export function fitLines(language: Language, workspace: PublicWorkspace, { fits }: GroupedConsequences): string[] {
  const { losesFit, getsFit } = words[language].versions;
  return fits.map(({ app, isLoss, appVersions }) =>
    fill(isLoss ? losesFit : getsFit, {
      app: nameOf(language, workspace, app),
      versions: listText(appVersions, language),
    }),
  );
}

type PlaceNames = Pick<PublicWorkspace, 'apps' | 'platform'>;

const nameOf = (language: Language, { apps, platform }: PlaceNames, app: string): string =>
  localized(apps.get(app)?.name, language, platform.languages) || app;

/** The names of regions, or one word for all that there are. */
function regionsText(
  language: Language,
  { regions, languages }: PublicWorkspace['platform'],
  ids: readonly string[],
  count: number | undefined,
): string {
  if (ids.length > 1 && ids.length === count) return fill(words[language].resolution.allRegions, { count });
  return listText(
    ids.map((id) => localized(regions[id], language, languages) || id),
    language,
  );
}
