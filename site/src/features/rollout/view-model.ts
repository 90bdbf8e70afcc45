/** What part of the accounts gets which version, and which versions of each app run which versions of the miniapp. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import { lacksOf, type Runtime, type RuntimeNeeds } from '#core/resolution/compatibility.ts';
import { isRolledOutTo } from '#core/resolution/resolution-table.ts';
import { withPeople } from '#core/transitions/missing-people.ts';
import { isDelivered } from '#core/resolution/resolve.ts';
import { versionsByState } from '#core/lifecycle/lifecycle.ts';
import { newestFirst } from '#core/version.ts';
import { listText } from '#core/problems/list-text.ts';
import { words } from '../../i18n/index.ts';
import type { CardStep } from '../versions/view-model.ts';
import type { MiniappRef } from '../list/miniapp-ref.ts';
import { recordView, newestStep, type ChangeRecordView, type Past } from '../history/view-model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized, type Localized } from '../../lib/text.ts';

/** What is rolled out now. */
export interface RolloutView {
  readonly version: string;
  readonly percent: number;
  /** The names of the apps and regions that it is bounded to; empty where it is not. */
  readonly where: string;
  readonly isOutOfService: boolean;
  /** Who started or widened it, as far as Git told. */
  readonly since?: ChangeRecordView;
  /** What can be done now, as everywhere else on the page, each with why it cannot be finished or what it breaks. */
  readonly steps: readonly CardStep[];
}

/** Of the release of a miniapp, in one language; undefined where nothing is rolled out. `now`: milliseconds since 1970. */
export function rolloutView(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  { past, now }: { readonly past: Past | undefined; readonly now: number },
  language: Language,
): RolloutView | undefined {
  const { rollout, online } = miniapp.release;
  if (!rollout) return undefined;
  const { version, percent, apps = [], regions = [] } = rollout;
  const step = newestStep(past, ['start-rollout', 'widen-rollout'], version);
  const steps = versionsByState(miniapp)
    .filter(({ state }) => state.isRolledOut)
    .flatMap((own) => own.steps.filter(({ command }) => command.startsWith('npx miniapp rollout ')));
  const { languages, regions: known } = workspace.platform;
  const names = (ids: readonly string[], nameOf: (id: string) => Localized | undefined) =>
    ids.length === 0
      ? []
      : [
          listText(
            ids.map((id) => localized(nameOf(id), language, languages) || id),
            language,
          ),
        ];
  return {
    version,
    percent,
    where: [...names(apps, (id) => workspace.apps.get(id)?.name), ...names(regions, (id) => known[id])].join(' · '),
    isOutOfService: online?.enabled === false,
    ...defined({ since: step ? recordView(workspace, language, step.record) : undefined }),
    steps: withPeople(workspace, miniapp.id, steps, now),
  };
}

/** What each version of an app runs. */
export interface FitView {
  /** The name of the app. */
  readonly app: string;
  readonly runtimes: readonly Runtime[];
  readonly rows: readonly FitRow[];
}

interface FitRow {
  readonly title: string;
  /** What each runtime lacks for it, in their order: `BaseKit 3.1.0`; empty where it runs. */
  readonly lacks: readonly (readonly string[])[];
}

const rowOf = (
  title: string,
  needs: RuntimeNeeds,
  { runtimes, language }: { readonly runtimes: readonly Runtime[]; readonly language: Language },
): FitRow => ({
  title,
  lacks: runtimes.map((runtime) =>
    lacksOf(needs, runtime).map(
      ({ what, needed }) => `${what === 'baseLibrary' ? words[language].rollout.baseLibrary : what} ${needed}`,
    ),
  ),
});

/** For each app that it is delivered to and that says what its versions can run: those versions of the miniapp that somebody gets, or can get back. */
export function fitsOf(workspace: PublicWorkspace, miniapp: PublicMiniapp, language: Language): FitView[] {
  const served = servedVersions(miniapp);
  if (served.length === 0) return [];
  return [...workspace.apps.values()].flatMap(({ id, name, regions, runtimes }) =>
    runtimes && regions.some((region) => isDelivered(miniapp, id, region))
      ? [
          {
            app: localized(name, language, workspace.platform.languages) || id,
            runtimes,
            rows: served.map((version) => rowOf(version, miniapp.versions.get(version) ?? {}, { runtimes, language })),
          },
        ]
      : [],
  );
}

/** The versions that somebody gets or can get back, newest first. */
function servedVersions({ release }: PublicMiniapp): string[] {
  const { online, rollout, experience, previous = [] } = release;
  const served = [online?.version, rollout?.version, experience?.version, ...previous];
  return newestFirst(new Set(served.flatMap((version) => version ?? [])));
}

/** What each version of an app runs of what it opens: the online version of each miniapp, and the one that is rolled out in this app. */
export function appFits(
  workspace: PublicWorkspace,
  app: string,
  opens: readonly MiniappRef[],
  language: Language,
): FitRow[] {
  const { runtimes = [], regions } = workspace.apps.get(app)!;
  return opens.flatMap(({ id, name }) => {
    const own = workspace.miniapps.get(id)!;
    const { online, rollout } = own.release;
    const isRolledOut = regions.some((region) => isRolledOutTo(own, app, region));
    return [online?.version, isRolledOut ? rollout?.version : undefined].flatMap((version) =>
      version === undefined
        ? []
        : [rowOf(`${name} ${version}`, own.versions.get(version) ?? {}, { runtimes, language })],
    );
  });
}
