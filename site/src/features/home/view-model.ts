/** The overview of the platform: its figures, what somebody has to do, and what happened last. Pure. */
import { messages, type Language, type ProblemCode } from '#core/problems/messages.ts';
import { isLive } from '#core/dates.ts';
import { defined } from '#core/defined.ts';
import { pushStep } from '#core/lifecycle/lifecycle.ts';
import { reportRows, selectRows, spanOf, sumFigures, dayAfter } from '#core/report/statistics.ts';
import { isReachable } from '#core/resolution/resolve.ts';
import type { ChangeRecord } from '#core/history/timeline.ts';
import { recordView, newestStep, type ChangeRecordView, type Past } from '../history/view-model.ts';
import { journeyOf } from '../journey/view-model.ts';
import { hereIn } from '../people/view-model.ts';
import { refOf, type MiniappRef } from '../list/miniapp-ref.ts';
import { statesOf } from '../list/view-model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';

/** Rows of the whitelist that end within so many days are named. */
export const ENDING_DAYS = 14;
/** As many rows stand in a list of the overview. */
export const SHOWN = 8;
const DAY = 86_400_000;
const WEEK = 7;

/** The rows of a list: the first ones, and how many there are. */
export interface ShownRows<T> {
  readonly rows: readonly T[];
  readonly count: number;
}

/** A version that waits for somebody, or was stopped. */
export interface VersionEntry {
  readonly miniapp: MiniappRef;
  readonly version: string;
  /** Since when and by whom, as far as Git told. */
  readonly since?: ChangeRecordView;
  /** The part of the accounts that gets it, where it is rolled out. */
  readonly percent?: number;
  /** Whether it is out of service, so that a rollout reaches nobody. */
  readonly isStopped?: boolean;
}

export interface Home {
  readonly figures: {
    readonly miniapps: number;
    readonly online: number;
    readonly pending: number;
    readonly apps: number;
    readonly people: number;
    /** Of the last seven days that have figures, all miniapps together. */
    readonly week?: { readonly opens: number; readonly errors: number; readonly from: string; readonly to: string };
  };
  /** Errors of those seven days by miniapp, most first. */
  readonly errors: ShownRows<{ readonly miniapp: MiniappRef; readonly opens: number; readonly errors: number }>;
  /** Approved, and the next step is to publish it. */
  readonly toPublish: ShownRows<VersionEntry>;
  /** Refused the next step without bytes, which somebody brings. */
  readonly lacking: ShownRows<VersionEntry>;
  readonly outOfService: ShownRows<VersionEntry>;
  readonly rolledOut: ShownRows<VersionEntry>;
  readonly ending: ShownRows<{
    readonly miniapp: MiniappRef;
    readonly app: string;
    readonly account: string;
    readonly expires: string;
  }>;
  readonly warnings: ShownRows<{ readonly text: string; readonly place: string; readonly miniapp?: MiniappRef }>;
}

/** A warning of `validate`, and where it stands. */
export interface Warning {
  readonly code: ProblemCode;
  readonly file: string;
  readonly line: number;
  /** In words; in a language that is absent its title stands for it. */
  readonly messages: { readonly en: string } & { readonly [language in Language]?: string };
}

/** What the configuration is looked at with. */
export interface HomeInput {
  readonly workspace: PublicWorkspace;
  readonly pasts: ReadonlyMap<string, Past>;
  readonly warnings: readonly Warning[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Masks accounts in the sentences of warnings. */
  readonly mask: (text: string) => string;
}

const some = <T>(rows: readonly T[]): ShownRows<T> => ({ rows: rows.slice(0, SHOWN), count: rows.length });

/** The figures and lists of all miniapps that are not archived. `now`: milliseconds since 1970. */
export function homeView({ workspace, pasts, warnings, now, mask }: HomeInput, language: Language): Home {
  const listed = [...workspace.miniapps.values()].filter(({ basics }) => basics.archived !== true);
  const states = new Map(listed.map((miniapp) => [miniapp, statesOf(miniapp)]));
  const withState = (state: ReturnType<typeof statesOf>[number]) =>
    listed.filter((miniapp) => states.get(miniapp)!.includes(state));
  const ref = (miniapp: PublicMiniapp) => refOf(workspace, miniapp, language);
  const since = (record: ChangeRecord | undefined) =>
    record ? { since: recordView(workspace, language, record) } : {};
  const lastStep = ({ id }: PublicMiniapp, kinds: readonly string[], version: string) =>
    since(newestStep(pasts.get(id), kinds, version)?.record);
  const week = weekOf(listed);
  return {
    figures: {
      miniapps: listed.length,
      online: withState('online').length,
      pending: withState('pending').length,
      apps: workspace.apps.size,
      people: hereIn(workspace),
      ...defined({ week: week ? { from: week.from, to: week.to, opens: week.opens, errors: week.errors } : undefined }),
    },
    errors: {
      rows: (week?.withErrors ?? []).slice(0, SHOWN).map((own) => ({ ...own, miniapp: ref(own.miniapp) })),
      count: week?.withErrors.length ?? 0,
    },
    toPublish: some(
      withState('approved').flatMap((miniapp) => {
        const { next, version, rolledOut } = journeyOf(workspace, miniapp, now);
        return next?.kind === 'publish' && rolledOut === undefined
          ? [{ miniapp: ref(miniapp), version: version! }]
          : [];
      }),
    ),
    lacking: some(
      listed.flatMap((miniapp) =>
        [...miniapp.versions.values()].flatMap((version) =>
          pushStep(miniapp, version) ? [{ miniapp: ref(miniapp), version: version.version }] : [],
        ),
      ),
    ),
    outOfService: some(
      withState('disabled').map((miniapp) => {
        const { version } = miniapp.release.online!;
        return { miniapp: ref(miniapp), version, ...lastStep(miniapp, ['disable'], version) };
      }),
    ),
    rolledOut: some(
      listed.flatMap((miniapp) => {
        const { rollout, online } = miniapp.release;
        if (!rollout) return [];
        const { version, percent } = rollout;
        const step = lastStep(miniapp, ['start-rollout', 'widen-rollout'], version);
        return [{ miniapp: ref(miniapp), version, percent, isStopped: online?.enabled === false, ...step }];
      }),
    ),
    ending: some(endingRows(workspace, listed, now, language)),
    warnings: some(
      warnings.map(({ code, file, line, messages: inWords }) => {
        const [, id = ''] = /^miniapps\/([^/]+)\//.exec(file) ?? [];
        const miniapp = workspace.miniapps.get(id);
        return {
          text: mask(inWords[language] ?? messages[language].problems[code].title),
          place: mask(`${file}:${line}`),
          ...defined({ miniapp: miniapp ? ref(miniapp) : undefined }),
        };
      }),
    ),
  };
}

/** Whitelist rows that give something today and end soon, the first to end first. */
function endingRows(
  workspace: PublicWorkspace,
  listed: readonly PublicMiniapp[],
  now: number,
  language: Language,
): Home['ending']['rows'] {
  const appName = (app: string) =>
    localized(workspace.apps.get(app)?.name, language, workspace.platform.languages) || app;
  return listed
    .flatMap((miniapp) =>
      miniapp.whitelist.flatMap(({ app, account, expires }) => {
        const isEnding = isLive(expires, now) && !isLive(expires, now + ENDING_DAYS * DAY);
        if (!isEnding || miniapp.release.experience === undefined || !isReachable(workspace, miniapp, app)) return [];
        return [{ miniapp: refOf(workspace, miniapp, language), app: appName(app), account, expires: expires! }];
      }),
    )
    .sort((a, b) => (a.expires < b.expires ? -1 : 1));
}

/** The newest seven days of figures of all miniapps, and those with errors in them, most first. */
function weekOf(listed: readonly PublicMiniapp[]) {
  const all = listed
    .map((miniapp) => ({ miniapp, rows: reportRows(miniapp.reports) }))
    .filter(({ rows }) => rows.length > 0);
  const to = all
    .map(({ rows }) => spanOf(rows)!.to)
    .sort()
    .at(-1);
  if (to === undefined) return undefined;
  const from = dayAfter(to, 1 - WEEK);
  const sums = all.map(({ miniapp, rows }) => {
    const { opens, errors } = sumFigures(selectRows(rows, { from, to }));
    return { miniapp, opens, errors };
  });
  const sum = (name: 'opens' | 'errors') => sums.reduce((total, own) => total + own[name], 0);
  const withErrors = sums.filter(({ errors }) => errors > 0).sort((a, b) => b.errors - a.errors);
  return { opens: sum('opens'), errors: sum('errors'), from, to, withErrors };
}
