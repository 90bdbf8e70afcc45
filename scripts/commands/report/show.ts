/** The data report in the terminal: totals with their trend, lines of little bars, tables, and how versions are taken up. */
import {
  adoptionOf,
  dailySeries,
  dayAfter,
  FIGURES,
  reportRows,
  selectRows,
  sharesBy,
  spanOf,
  sumFigures,
  trendOf,
  type Adoption,
  type Figures,
  type Selection,
} from '../../core/report/statistics.ts';
import { isReal } from '../../core/dates.ts';
import { painter, plural, table, type Paint } from '../../report/terminal.ts';
import { EXIT, isJson, printJson, text, UsageError, words, type Input, type Io } from '../../cli/frame/command.ts';
import { releasesOf } from '../history/release-dates.ts';
import { configFolder, soundConfig } from '../../cli/config/load-config.ts';
import { unknownMiniapp } from '../../cli/input/unknown-miniapp.ts';

/** Days of which the table shows each, when no period is asked for; the rest is counted. */
const SHOWN_DAYS = 31;
/** Days that a line of bars shows: a terminal has eighty columns. */
const MOST_BARS = 70;
/** Days of the trend, when no period is asked for. */
const WEEK = 7;

/**
 * `report show ID`: prints the figures that the options select. Gives the exit code; throws UsageError for an unknown miniapp and for a
 * period that ends before it begins.
 */
export async function showReport(input: Input, io: Io): Promise<number> {
  const [id = ''] = words(input, 'ID');
  const asked: Selection = {
    from: day(input, 'from'),
    to: day(input, 'to'),
    app: text(input, 'app'),
    region: text(input, 'region'),
    version: text(input, 'version'),
  };
  if (asked.from !== undefined && asked.to !== undefined && asked.to < asked.from) {
    throw new UsageError(`--from ${asked.from} is after --to ${asked.to}`);
  }
  const checked = await soundConfig(input, io, { miniapps: [id] });
  if (!checked) return EXIT.no;
  const miniapp = checked.workspace.miniapps.get(id);
  if (!miniapp) throw new UsageError(unknownMiniapp(id));
  const rows = reportRows(miniapp.reports);
  const released =
    rows.length === 0 ? new Map<string, string>() : await releasesOf(configFolder(input, io).path, id, io);
  const answer = reportOf(id, rows, asked, released);
  if (isJson(input)) printJson(io, answer);
  else io.stdout(`${said(answer, isPeriod(asked), painter(io.isColoured))}\n`);
  return EXIT.fine;
}

function day(input: Input, name: string): string | undefined {
  const given = text(input, name);
  if (given === undefined) return undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || !isReal(given))
    throw new UsageError(`--${name} ${given}: a day, as 2026-11-01`);
  return given;
}

const isPeriod = ({ from, to }: Selection): boolean => from !== undefined || to !== undefined;

type ReportRows = ReturnType<typeof reportRows>;

/** Everything that is shown. Without a period the trend is that of the last week. */
function reportOf(
  miniapp: string,
  all: ReportRows,
  { from, to, ...which }: Selection,
  released: ReadonlyMap<string, string>,
) {
  const theirs = selectRows(all, which);
  const rows = selectRows(theirs, { from, to });
  const found = spanOf(rows);
  const span = found && { from: from ?? found.from, to: to ?? found.to };
  const period = span && (isPeriod({ from, to }) ? span : { from: dayAfter(span.to, 1 - WEEK), to: span.to });
  // A version is taken up at the cost of others, so its part is one of all versions, from its first day on.
  const where = { app: which.app, region: which.region };
  const seen = new Set(rows.map((row) => row.version));
  const adoption = adoptionOf(selectRows(all, { ...where, to }), released).filter((one) => seen.has(one.version));
  return {
    miniapp,
    from: span?.from ?? null,
    to: span?.to ?? null,
    ...present(which),
    totals: sumFigures(rows),
    trend: period ? trendOf(theirs, period) : null,
    days: dailySeries(rows, span).map(({ date, figures }) => ({ date, ...(figures ?? NONE) })),
    byApp: sharesBy(rows, 'app').map(({ name, figures, share }) => ({ app: name, ...figures, share })),
    byRegion: sharesBy(rows, 'region').map(({ name, figures, share }) => ({ region: name, ...figures, share })),
    byVersion: sharesBy(rows, 'version').map(({ name, figures, share }) => ({ version: name, ...figures, share })),
    adoption,
    rows,
  };
}

/** Of a day without a row. */
const NONE: Readonly<Record<keyof Figures, null>> = {
  opens: null,
  visitors: null,
  newVisitors: null,
  staySeconds: null,
  errors: null,
};

const present = (selection: Selection): Selection =>
  Object.fromEntries(Object.entries(selection).filter(([, value]) => value !== undefined));

const HEAD = ['opens', 'visitors', 'new', 'stay s', 'errors'];
const cells = (figures: Readonly<Record<keyof Figures, number | null>>): string[] =>
  FIGURES.map((name) => (figures[name] === null ? '-' : String(figures[name])));
const percent = (part: number): string => `${Math.round(part * 100)} %`;

function said(answer: ReturnType<typeof reportOf>, isPeriod: boolean, paint: Paint): string {
  const { from, to, totals, trend, days, byApp, byRegion, byVersion, adoption } = answer;
  if (from === null || to === null || !trend) return 'there are no figures';
  const shown = isPeriod ? days : days.slice(-SHOWN_DAYS);
  const left = days.length - shown.length;
  const parts = (title: string, shares: readonly (Figures & { name: string; share: number })[]) => [
    '',
    table([[title, ...HEAD, 'part'], ...shares.map((one) => [one.name, ...cells(one), percent(one.share)])], paint),
  ];
  const all = isPeriod ? [] : [['all', ...cells(totals)]];
  return [
    paint('bold', `${from} to ${to}`),
    table([['', ...HEAD], ...all, ...trendRows(trend)], paint),
    '',
    ...(['opens', 'visitors', 'errors'] as const).map(
      (name) => `${name.padEnd(9)} ${sparkline(days.slice(-MOST_BARS).map((day) => day[name]))}`,
    ),
    '',
    table([['day', ...HEAD], ...shown.map((day) => [day.date, ...cells(day)])], paint),
    ...(left > 0 ? [paint('dim', `${plural(left, 'day')} before: --from ${from}`)] : []),
    ...parts(
      'app',
      byApp.map((one) => ({ ...one, name: one.app })),
    ),
    ...parts(
      'region',
      byRegion.map((one) => ({ ...one, name: one.region })),
    ),
    ...parts(
      'version',
      byVersion.map((one) => ({ ...one, name: one.version })),
    ),
    '',
    table(
      [['version', 'since', 'after 1 day', 'after 7 days', 'half after', 'last day'], ...adoption.map(adoptionRow)],
      paint,
    ),
  ].join('\n');
}

function adoptionRow({ version, since, isFromStart, days, daysToHalf, latest }: Adoption): string[] {
  const after = (number: number) => {
    const found = days.find(({ day }) => day === number);
    return found && !isFromStart ? percent(found.share) : '-';
  };
  const half = daysToHalf === null || isFromStart ? '-' : plural(daysToHalf, 'day');
  return [version, isFromStart ? `${since} or before` : since, after(1), after(7), half, percent(latest)];
}

function trendRows({
  period,
  former,
  figures,
  before,
  change,
}: NonNullable<ReturnType<typeof reportOf>['trend']>): string[][] {
  const sign = (part: number | null) =>
    part === null ? '-' : `${part > 0 ? '+' : part < 0 ? '−' : '±'}${Math.abs(Math.round(part * 1000) / 10)} %`;
  return [
    [`${period.from} to ${period.to}`, ...cells(figures)],
    [`${former.from} to ${former.to}`, ...cells(before)],
    ['change', ...FIGURES.map((name) => sign(change[name]))],
  ];
}

const BARS = '▁▂▃▄▅▆▇█';

/** A bar for each value from nothing to the largest; a day without figures is a gap. */
export function sparkline(values: readonly (number | null)[]): string {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  return values.map((value) => (value === null ? ' ' : BARS[Math.round((value / most) * (BARS.length - 1))])).join('');
}
