/**
 * The data report as figures: totals, days, shares, the trend, and how fast each version is taken up. Visitors are counted per day,
 * app, region and version, so a sum over rows counts somebody once for each.
 */
import type { Release, Report } from '../model.ts';
import { covers } from '../resolution/rollout.ts';

export type ReportRow = Report['rows'][number];

/** The reports of a miniapp, by month. */
export type Reports = ReadonlyMap<string, { readonly rows: readonly ReportRow[] }>;

export interface Figures {
  readonly opens: number;
  readonly visitors: number;
  readonly newVisitors: number;
  /** Average stay of a visit, weighted by opens, to a tenth of a second. */
  readonly staySeconds: number;
  readonly errors: number;
}

export const FIGURES = ['opens', 'visitors', 'newVisitors', 'staySeconds', 'errors'] as const;

/** What rows are asked for; days are inclusive. */
export interface Selection {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly app?: string | undefined;
  readonly region?: string | undefined;
  readonly version?: string | undefined;
}

/** All rows of a miniapp, by day. */
export const reportRows = (reports: Reports): ReportRow[] =>
  [...reports.values()].flatMap(({ rows }) => rows).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));

/**
 * The rows of a period, an app, a region and a version; both days (`YYYY-MM-DD`) are included, and what is not given selects
 * everything.
 */
export function selectRows(rows: readonly ReportRow[], { from, to, app, region, version }: Selection): ReportRow[] {
  return rows.filter(
    (row) =>
      (from === undefined || row.date >= from) &&
      (to === undefined || row.date <= to) &&
      (app === undefined || row.app === app) &&
      (region === undefined || row.region === region) &&
      (version === undefined || row.version === version),
  );
}

/** The sum of rows; the seconds of a stay are the mean over the opens, to a tenth, and 0 without opens. */
export function sumFigures(rows: readonly ReportRow[]): Figures {
  const add = (valueOf: (row: ReportRow) => number) => rows.reduce((sum, row) => sum + valueOf(row), 0);
  const opens = add((row) => row.opens);
  const seconds = add((row) => row.staySeconds * row.opens);
  return {
    opens,
    visitors: add((row) => row.visitors),
    newVisitors: add((row) => row.newVisitors),
    staySeconds: opens === 0 ? 0 : Math.round((seconds / opens) * 10) / 10,
    errors: add((row) => row.errors),
  };
}

const DAY = 86_400_000;

/** The day some days later; earlier for a negative number. */
export const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** How many days from one to the other, both counted. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY) + 1;

/** The first and the last day; undefined without rows. */
export function spanOf(rows: readonly ReportRow[]): { from: string; to: string } | undefined {
  if (rows.length === 0) return undefined;
  const dates = rows.map(({ date }) => date).sort();
  return { from: dates[0]!, to: dates.at(-1)! };
}

export interface Day {
  readonly date: string;
  /** Absent on a day without a row, which is not a day of zeros. */
  readonly figures?: Figures;
}

/** More days than a report can have: a span is bounded, whatever dates somebody asks for. */
const MOST_DAYS = 4000;

/** Every day of the span, also those without rows. */
export function dailySeries(rows: readonly ReportRow[], span = spanOf(rows)): Day[] {
  if (!span || span.to < span.from) return [];
  const byDate = Map.groupBy(rows, ({ date }) => date);
  const count = Math.min(daysBetween(span.from, span.to), MOST_DAYS);
  return Array.from({ length: count }, (_, i) => {
    const date = dayAfter(span.from, i);
    const own = byDate.get(date);
    return own ? { date, figures: sumFigures(own) } : { date };
  });
}

export interface Share {
  readonly name: string;
  readonly figures: Figures;
  /** Of all opens, 0 to 1. */
  readonly share: number;
}

/** The parts by app, region or version, the largest first. */
export function sharesBy(rows: readonly ReportRow[], field: 'app' | 'region' | 'version'): Share[] {
  const all = sumFigures(rows).opens;
  return [...Map.groupBy(rows, (row) => row[field])]
    .map(([name, own]) => {
      const figures = sumFigures(own);
      return { name, figures, share: all === 0 ? 0 : figures.opens / all };
    })
    .sort((a, b) => b.figures.opens - a.figures.opens || (a.name < b.name ? -1 : 1));
}

export interface Trend {
  readonly period: { readonly from: string; readonly to: string };
  readonly former: { readonly from: string; readonly to: string };
  readonly figures: Figures;
  readonly before: Figures;
  /** By how much of the former value each figure changed; null where that was zero, or the rows begin later than it. */
  readonly change: Readonly<Record<keyof Figures, number | null>>;
}

/** A period against as many days before it. `rows`: all that there are, so that it shows whether they go back so far. */
export function trendOf(rows: readonly ReportRow[], period: { from: string; to: string }): Trend {
  const length = daysBetween(period.from, period.to);
  const former = { from: dayAfter(period.from, -length), to: dayAfter(period.from, -1) };
  const figures = sumFigures(selectRows(rows, period));
  const before = sumFigures(selectRows(rows, former));
  const first = spanOf(rows)?.from;
  const isWhole = first !== undefined && first <= former.from;
  const change = Object.fromEntries(
    FIGURES.map((name) => [name, !isWhole || before[name] === 0 ? null : figures[name] / before[name] - 1]),
  ) as Record<keyof Figures, number | null>;
  return { period, former, figures, before, change };
}

export interface Adoption {
  readonly version: string;
  /** The day of its release, or where that is not known the first on which it was opened. */
  readonly since: string;
  /** Whether it was opened on the first day that there is, so that its release was earlier and is not known. */
  readonly isFromStart: boolean;
  /** Its part of each day's opens from then on; `day` 0 is the day itself. */
  readonly days: readonly { readonly day: number; readonly date: string; readonly share: number }[];
  /** The first day on which it had half of the opens. */
  readonly daysToHalf: number | null;
  /** Its part on the last day that there is. */
  readonly latest: number;
}

/** How each version is taken up, in the order of their days. `released`: days that are known from elsewhere. */
export function adoptionOf(rows: readonly ReportRow[], released: ReadonlyMap<string, string> = new Map()): Adoption[] {
  const series = [...Map.groupBy(rows, ({ date }) => date)].sort(([a], [b]) => (a < b ? -1 : 1));
  const totals = series.map(([date, own]) => ({ date, own, opens: sumFigures(own).opens }));
  const versions = [...new Set(rows.map(({ version }) => version))];
  return versions
    .map((version): Adoption => {
      const first = totals.find(({ own }) => own.some((row) => row.version === version && row.opens > 0))?.date;
      const known = released.get(version);
      const since = known ?? first ?? totals[0]!.date;
      const isFromStart = known === undefined && since === totals[0]!.date;
      const days = totals
        .filter(({ date }) => date >= since)
        .map(({ date, own, opens }) => {
          const theirs = sumFigures(own.filter((row) => row.version === version)).opens;
          return { day: daysBetween(since, date) - 1, date, share: opens === 0 ? 0 : theirs / opens };
        });
      // Before the first row nobody knows how it went.
      const isSeen = since >= totals[0]!.date;
      const half = isSeen ? days.find(({ share }) => share >= 0.5) : undefined;
      return { version, since, isFromStart, days, daysToHalf: half?.day ?? null, latest: days.at(-1)?.share ?? 0 };
    })
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.version < b.version ? -1 : 1));
}

/** What makes a row the one that it is. */
export const rowName = ({
  date,
  app,
  region,
  version,
}: Pick<ReportRow, 'date' | 'app' | 'region' | 'version'>): string => `${date}, ${app}, ${region}, ${version}`;

export interface RowConflict {
  readonly have: ReportRow;
  readonly given: ReportRow;
}

export interface MergedRows {
  /** The rows of each month that changes. */
  readonly months: ReadonlyMap<string, readonly ReportRow[]>;
  readonly added: number;
  readonly replaced: number;
  readonly same: number;
  readonly conflicts: readonly RowConflict[];
}

/** What is there with what is given; a row with other figures counts only where `replace` says so. */
export function mergeRows(reports: Reports, given: readonly ReportRow[], replace: boolean): MergedRows {
  const months = new Map<string, readonly ReportRow[]>();
  const conflicts: RowConflict[] = [];
  let [added, replaced, same] = [0, 0, 0];
  for (const [month, rows] of Map.groupBy(given, ({ date }) => date.slice(0, 7))) {
    const former = reports.get(month)?.rows ?? [];
    const known = new Map(former.map((row) => [rowName(row), row]));
    const others = new Map<string, ReportRow>();
    const fresh: ReportRow[] = [];
    for (const row of rows) {
      const have = known.get(rowName(row));
      if (!have) fresh.push(row);
      else if (FIGURES.every((name) => have[name] === row[name])) same += 1;
      else if (replace) others.set(rowName(row), row);
      else conflicts.push({ have, given: row });
    }
    added += fresh.length;
    replaced += others.size;
    if (fresh.length + others.size === 0) continue;
    const kept = former.map((row) => {
      const other = others.get(rowName(row));
      return other ? { ...row, ...other } : row;
    });
    months.set(month, inOrder(kept, fresh));
  }
  return { months, added, replaced, same, conflicts };
}

/** New rows come after those of their day and before; what is there keeps its order. */
function inOrder(kept: readonly ReportRow[], fresh: readonly ReportRow[]): ReportRow[] {
  const sorted = fresh.toSorted((a, b) => (rowName(a) < rowName(b) ? -1 : 1));
  const rows: ReportRow[] = [];
  let next = 0;
  for (const row of kept) {
    while (next < sorted.length && sorted[next]!.date < row.date) rows.push(sorted[next++]!);
    rows.push(row);
  }
  return [...rows, ...sorted.slice(next)];
}

/** A version under rollout beside the one that the others get: the same days, and where the rollout goes. */
export interface RolloutFigures {
  /** The first day on which the version under rollout has figures; undefined before there is one. */
  readonly from?: string;
  readonly rollout: Figures;
  readonly online: Figures;
}

/** Undefined where nothing is rolled out. */
export function rolloutFigures(reports: Reports, { rollout, online }: Release): RolloutFigures | undefined {
  if (!rollout) return undefined;
  const covered = reportRows(reports).filter(({ app, region }) => covers(rollout, app, region));
  const from = selectRows(covered, { version: rollout.version })[0]?.date;
  const figures = (version: string | undefined) =>
    sumFigures(from === undefined || version === undefined ? [] : selectRows(covered, { from, version }));
  const found = { rollout: figures(rollout.version), online: figures(online?.version) };
  return from === undefined ? found : { from, ...found };
}
