/** The data report: totals, by app and region, by day, and the bars of a chart. */
import type { Language } from '#core/catalogue.ts';
import type { PublicMiniapp, PublicWorkspace } from './public.ts';
import { localized } from './text.ts';

export interface Figures {
  readonly opens: number;
  readonly visitors: number;
  readonly newVisitors: number;
  /** Weighted by visits. */
  readonly staySeconds: number;
  readonly errors: number;
}

export interface ReportView {
  readonly from: string;
  readonly to: string;
  readonly total: Figures;
  readonly byApp: readonly { readonly app: string; readonly region: string; readonly figures: Figures }[];
  readonly byDay: readonly { readonly date: string; readonly figures: Figures }[];
  readonly chart: Chart;
}

export interface Chart {
  readonly width: number;
  readonly height: number;
  readonly most: number;
  readonly bars: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[];
}

type Row = NonNullable<ReturnType<PublicMiniapp['reports']['get']>>['rows'][number];

export function reportView(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  language: Language,
): ReportView | undefined {
  const rows = [...miniapp.reports.values()].flatMap((report) => report.rows);
  if (rows.length === 0) return undefined;
  const { languages, regions } = workspace.platform;
  const name = (app: string) => localized(workspace.apps.get(app)?.name, language, languages) || app;
  const byDay = [...Map.groupBy(rows, ({ date }) => date)]
    .map(([date, own]) => ({ date, figures: sum(own) }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  return {
    from: byDay[0]!.date,
    to: byDay.at(-1)!.date,
    total: sum(rows),
    byApp: [...Map.groupBy(rows, ({ app, region }) => `${app} ${region}`).values()]
      .map((own) => ({
        app: name(own[0]!.app),
        region: localized(regions[own[0]!.region], language, languages) || own[0]!.region,
        figures: sum(own),
      }))
      .sort((a, b) => b.figures.opens - a.figures.opens),
    byDay,
    chart: chart(byDay.map(({ figures }) => figures.opens)),
  };
}

function sum(rows: readonly Row[]): Figures {
  const add = (field: 'opens' | 'visitors' | 'newVisitors' | 'errors') =>
    rows.reduce((total, row) => total + row[field], 0);
  const opens = add('opens');
  const seconds = rows.reduce((total, row) => total + row.staySeconds * row.opens, 0);
  return {
    opens,
    visitors: add('visitors'),
    newVisitors: add('newVisitors'),
    staySeconds: opens === 0 ? 0 : Math.round(seconds / opens),
    errors: add('errors'),
  };
}

const WIDTH = 640;
const HEIGHT = 120;

function chart(figures: readonly number[]): Chart {
  const most = Math.max(1, ...figures);
  const step = WIDTH / figures.length;
  const gap = Math.min(2, step / 4);
  const round = (value: number) => Math.round(value * 10) / 10;
  const bars = figures.map((figure, index) => {
    const height = round((figure / most) * (HEIGHT - 4));
    return { x: round(index * step), y: round(HEIGHT - height), width: round(Math.min(step - gap, 48)), height };
  });
  return { width: WIDTH, height: HEIGHT, most, bars };
}
