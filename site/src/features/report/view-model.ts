/** The data report: its figures by app and region, by day and by version, the trend, and its charts. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import {
  adoptionOf,
  dailySeries,
  dayAfter,
  daysBetween,
  reportRows,
  rolloutFigures,
  spanOf,
  sumFigures,
  trendOf,
  type Adoption,
  type Day,
  type Figures,
  type ReportRow,
  type Trend,
} from '#core/report/statistics.ts';
import { columnChart, FEW, shareChart, type ColumnChart, type ShareChart } from './charts.ts';
import type { Past } from '../history/view-model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';

export type { Adoption, Day, Figures, Trend };

export interface ReportView {
  readonly from: string;
  readonly to: string;
  readonly total: Figures;
  /** The last week against the one before; only where there are two. */
  readonly trend?: Trend;
  readonly byApp: readonly {
    readonly app: string;
    readonly region: string;
    readonly figures: Figures;
    /** Of all opens, 0 to 1. */
    readonly share: number;
  }[];
  /** The version under rollout, then the one that the others get, over the same days, apps and regions; once it has figures. */
  readonly rollout?: {
    readonly from: string;
    readonly versions: readonly { readonly version: string; readonly figures: Figures; readonly errorRate: number }[];
  };
  /** The newest days. */
  readonly charts: ReportCharts;
  /** All weeks, where there are more days than are drawn one by one. */
  readonly weeks?: ReportCharts;
  /** How many earlier days are left out. */
  readonly earlier: number;
  /** How versions are taken up; charts of one version alone say nothing. */
  readonly adoption: readonly Adoption[];
}

/** What is drawn of days, or of weeks, each by the date of its first day. */
export interface ReportCharts {
  readonly each: 'day' | 'week';
  /** Oldest first. */
  readonly days: readonly Day[];
  /** What went online on which of these days, as far as the history tells: published, or rolled back to. */
  readonly releases: ReadonlyMap<string, string>;
  readonly opens: ColumnChart;
  readonly errors: ColumnChart;
  readonly versions?: ShareChart;
}

const WEEK = 7;
/** Three months: more columns cannot be told apart on a phone, and a page has to stay light. */
const SHOWN_DAYS = 90;
/** Versions with an area of their own; what is smaller is taken together. */
const MOST_SHARES = 5;

/** The figures of the last SHOWN_DAYS days; undefined for a miniapp without rows. `past`: for the days of releases. */
export function reportView(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  past: Past | undefined,
  language: Language,
): ReportView | undefined {
  const rows = reportRows(miniapp.reports);
  const span = spanOf(rows);
  if (!span) return undefined;
  const { languages, regions } = workspace.platform;
  const name = (app: string) => localized(workspace.apps.get(app)?.name, language, languages) || app;
  const all = dailySeries(rows);
  const days = all.slice(-SHOWN_DAYS);
  const total = sumFigures(rows);
  const adoption = adoptionOf(rows, releaseDays(past));
  const isTwoWeeks = daysBetween(span.from, span.to) >= 2 * WEEK;
  return {
    ...span,
    total,
    ...defined({ trend: isTwoWeeks ? trendOf(rows, { from: dayAfter(span.to, 1 - WEEK), to: span.to }) : undefined }),
    byApp: [...Map.groupBy(rows, ({ app, region }) => `${app} ${region}`).values()]
      .map((own) => {
        const figures = sumFigures(own);
        return {
          app: name(own[0]!.app),
          region: localized(regions[own[0]!.region], language, languages) || own[0]!.region,
          figures,
          share: total.opens === 0 ? 0 : figures.opens / total.opens,
        };
      })
      .sort((a, b) => b.figures.opens - a.figures.opens),
    ...rolloutView(miniapp),
    charts: chartsOf('day', days, adoption, onlineByDay(past)),
    ...defined({ weeks: all.length > days.length ? weeklyCharts(rows, past) : undefined }),
    earlier: all.length - days.length,
    adoption,
  };
}

function chartsOf(
  each: ReportCharts['each'],
  days: readonly Day[],
  adoption: readonly Adoption[],
  releases: ReadonlyMap<string, string>,
): ReportCharts {
  // Weeks are shown all together.
  const few = each === 'week' ? days.length : FEW;
  const shares = largest(adoption, days[0]!.date);
  return {
    each,
    days,
    releases,
    opens: columnChart(
      days.map(({ date, figures }) => ({
        date,
        ...defined({ column: figures?.opens, line: figures?.visitors }),
      })),
      few,
    ),
    errors: columnChart(
      days.map(({ date, figures }) => ({ date, ...defined({ column: figures ? errorRate(figures) : undefined }) })),
      few,
    ),
    ...defined({ versions: shares.length > 1 ? shareChart(days, shares) : undefined }),
  };
}

/** Weeks end with the last day, so that the newest one is whole. */
function weeklyCharts(rows: readonly ReportRow[], past: Past | undefined): ReportCharts {
  const { from, to } = spanOf(rows)!;
  const weekOf = (date: string): string => dayAfter(date, 1 - WEEK + ((daysBetween(date, to) - 1) % WEEK));
  const byWeek = rows.map((row) => ({ ...row, date: weekOf(row.date) }));
  const figures = Map.groupBy(byWeek, ({ date }) => date);
  const first = weekOf(from);
  const days = Array.from({ length: Math.ceil(daysBetween(first, to) / WEEK) }, (_one, index): Day => {
    const date = dayAfter(first, index * WEEK);
    const own = figures.get(date);
    return own ? { date, figures: sumFigures(own) } : { date };
  });
  // Events come newest first: the last version of a week counts.
  const releases = new Map([...onlineByDay(past)].toReversed().map(([day, version]) => [weekOf(day), version]));
  const weekly = new Map([...releaseDays(past)].map(([version, day]) => [version, weekOf(day)]));
  return chartsOf('week', days, adoptionOf(byWeek, weekly), releases);
}

function rolloutView({ reports, release }: PublicMiniapp): Pick<ReportView, 'rollout'> {
  const found = rolloutFigures(reports, release);
  if (found?.from === undefined) return {};
  const row = (version: string, figures: Figures) => ({ version, figures, errorRate: errorRate(figures) });
  const versions = [row(release.rollout!.version, found.rollout), row(release.online!.version, found.online)];
  return { rollout: { from: found.from, versions } };
}

/** Errors in a thousand opens. */
export const errorRate = ({ opens, errors }: Figures): number => (opens === 0 ? 0 : (errors / opens) * 1000);

/** Whether a change is for the worse: less of everything but errors, of which more in as many opens are. A hundredth is nothing. */
export function isWorse(name: keyof Figures, change: Trend['change']): boolean {
  const by = change[name];
  if (by === null) return false;
  const more = name === 'errors' ? (1 + by) / (1 + (change.opens ?? 0)) - 1 : -by;
  return more > 0.01;
}

/** The day on which each version first went online, as far as the history tells. */
function releaseDays(past: Past | undefined): Map<string, string> {
  const released = new Map<string, string>();
  for (const { record, steps } of past?.events ?? []) {
    const day = new Date(record.time).toISOString().slice(0, 10);
    // Events come newest first, so that the earliest stays.
    for (const { kind, version } of steps) if (kind === 'publish' && version !== undefined) released.set(version, day);
  }
  return released;
}

/** Which version was online at the end of each day that brought one. */
function onlineByDay(past: Past | undefined): Map<string, string> {
  const byDay = new Map<string, string>();
  for (const { record, steps } of past?.events ?? []) {
    const day = new Date(record.time).toISOString().slice(0, 10);
    const step = steps.find(({ kind }) => kind === 'publish' || kind === 'rollback');
    // Events come newest first: the last of a day counts.
    if (step?.version !== undefined && !byDay.has(day)) byDay.set(day, step.version);
  }
  return byDay;
}

/** The parts of each day of the versions that were opened from the first one on, in the order of their release; without a name all the others. */
function largest(
  adoption: readonly Adoption[],
  first: string,
): { name?: string; parts: ReadonlyMap<string, number> }[] {
  // Of the days that the chart shows: what was large long ago would be named, and what is now taken together.
  const weight = ({ days }: Adoption) => days.reduce((sum, { date, share }) => (date < first ? sum : sum + share), 0);
  const opened = adoption.filter((one) => weight(one) > 0);
  const own = new Set(opened.toSorted((a, b) => weight(b) - weight(a)).slice(0, MOST_SHARES));
  const shown = opened.filter((one) => own.has(one));
  const others = new Map<string, number>();
  for (const { days } of opened.filter((one) => !own.has(one)))
    for (const { date, share } of days) others.set(date, (others.get(date) ?? 0) + share);
  return [
    ...(others.size > 0 ? [{ parts: others }] : []),
    ...shown.map(({ version, days }) => ({
      name: version,
      parts: new Map(days.map(({ date, share }) => [date, share])),
    })),
  ];
}
