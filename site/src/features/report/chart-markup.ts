/** Charts as they stand in a page: drawn at build time, styled by classes, each with a reading for each day. */
import type { Language } from '#core/problems/messages.ts';
import {
  FEW,
  PATH_WIDTH,
  PLOT,
  type Axes,
  type Band,
  type ColumnChart,
  type ShareChart,
  type ValueTick,
} from './charts.ts';
import { count } from '../../lib/format.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';

/** Pixels below the plot, for the days. */
const BELOW = 22;
/** Pixels above it, for the topmost value. */
const ABOVE = 16;

export interface Legend {
  /** The class of its mark. */
  readonly mark: string;
  readonly label: string;
  /** Counts, whose sum over the days that are shown stands behind the label. */
  readonly perDay?: readonly number[];
}

export interface ChartText {
  readonly language: Language;
  readonly title: string;
  /** What somebody is told who does not see it. */
  readonly summary: string;
  readonly legend: readonly Legend[];
  /** What went online on which day. */
  readonly releases: ReadonlyMap<string, string>;
  /** A value as it stands beside its line. */
  valueText(value: number): string;
  /** What is to read at a day. */
  readingAt(index: number): string;
}

/** Columns, and the line over them. */
export const columnChartMarkup = (text: ChartText, chart: ColumnChart, mark: string): Markup =>
  figure(text, chart, chart.line === undefined ? PLOT.low : PLOT.tall, [
    chart.columns.map(
      ({ x, y, width, height }) =>
        markup`<rect class="${mark}" x="${x}%" y="${y}" width="${width}%" height="${height}" />`,
    ),
    chart.line !== undefined && stretched(PLOT.tall, markup`<path class="over" d="${chart.line}" />`),
  ]);

/** Areas on each other, each with its name where there is room. */
export const shareChartMarkup = (text: ChartText, chart: ShareChart, others: string): Markup =>
  figure(text, chart, PLOT.tall, [
    stretched(
      PLOT.tall,
      chart.areas.map(({ path }, index) => markup`<path class="area ${areaMark(chart, index)}" d="${path}" />`),
    ),
    chart.areas.map(
      ({ name = others, label }) =>
        label &&
        markup`<text class="name" x="${label.x}%" y="${label.y}" dy="0.35em" text-anchor="middle">${name}</text>`,
    ),
  ]);

/** The class of an area; all the others together have one of their own. */
export const areaMark = ({ areas }: ShareChart, index: number): string =>
  areas[index]!.name === undefined ? 'part-others' : `part-${index - (areas[0]!.name === undefined ? 1 : 0)}`;

/** A path has no percent: a box of its own is stretched over the plot. */
const stretched = (height: number, paths: Piece): Markup =>
  markup`<svg x="0" y="0" width="100%" height="${height}" viewBox="0 0 ${PATH_WIDTH} ${height}" preserveAspectRatio="none">${paths}</svg>`;

function figure(text: ChartText, { bands, dayTicks, valueTicks, ofFew }: Axes, height: number, marks: Piece): Markup {
  const { language, title, summary, legend } = text;
  return markup`<figure class="chart-figure">
      <figcaption><b>${title}</b>${legend.map((one) => legendMarkup(language, one))}</figcaption>
      <div class="chart-reader">
        <svg class="chart" width="100%" height="${ABOVE + height + BELOW}" role="img" aria-label="${summary}">
          <svg y="${ABOVE}" width="100%" height="${height + BELOW}" overflow="visible">
            <line class="ground" x1="0" x2="100%" y1="${height}" y2="${height}" />
            <g class="values">${valuesMarkup(text, valueTicks)}</g>
            ${ofFew && markup`<g class="values" data-taller="${ofFew.taller}" hidden>${valuesMarkup(text, ofFew.valueTicks)}</g>`}
          </svg>
          <svg class="window" width="100%" height="${ABOVE + height + BELOW}" overflow="visible">
          <svg class="days" y="${ABOVE}" width="100%" height="${height + BELOW}" overflow="visible">
            <g class="marks" data-height="${height}">${marks}</g>
            ${releaseMarks(bands, text.releases, height)}
            ${dayTicks.map(
              ({ date, x, anchor }) =>
                markup`<text x="${anchor === 'end' ? 100 : x}%" y="${height + 16}" text-anchor="${anchor}">${date.slice(5)}</text>`,
            )}
            ${bands.map(
              ({ x, width }, index) =>
                markup`<rect class="day" x="${x}%" width="${width}%" height="${height}"><title>${text.readingAt(index)}</title></rect>`,
            )}
          </svg>
          </svg>
        </svg>
      </div>
      <p class="reading" hidden></p>
    </figure>`;
}

/** The values beside a plot, each with its line. */
const valuesMarkup = (text: ChartText, ticks: readonly ValueTick[]): Markup =>
  markup`${ticks.map(({ y }) => markup`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}" />`)}
    ${ticks.map(
      ({ value, y }) =>
        markup`<text class="value" x="-8" y="${y}" dy="0.35em" text-anchor="end">${text.valueText(value)}</text>`,
    )}`;

/** What a mark means; the script of the charts adds up other days (chart.client.ts). */
function legendMarkup(language: Language, { mark, label, perDay }: Legend): Markup {
  if (!perDay) return markup` <span class="key ${mark}">${label}</span>`;
  const sum = perDay.reduce((all, one) => all + one, 0);
  const said = count(sum, language);
  const told = perDay.length > FEW ? markup`<b data-days="${perDay.join(' ')}">${said}</b>` : markup`<b>${said}</b>`;
  return markup` <span class="key ${mark}">${label} ${told}</span>`;
}

/** So many percent of the width does the number of a version take: a second one nearer than that is not written. */
const APART = 7;

/** A line on each day that brought a version online, with its number above it. */
function releaseMarks(bands: readonly Band[], releases: ReadonlyMap<string, string>, height: number): Piece {
  let last = -Infinity;
  return bands.map(({ date, x, width }) => {
    const version = releases.get(date);
    if (version === undefined) return undefined;
    const at = Math.round((x + width / 2) * 100) / 100;
    const isWritten = at - last >= APART;
    if (isWritten) last = at;
    return markup`<line class="release" x1="${at}%" x2="${at}%" y1="-2" y2="${height}" />
      ${isWritten && markup`<text class="release" x="${at}%" y="-5" text-anchor="${at > 90 ? 'end' : at < 10 ? 'start' : 'middle'}">${version}</text>`}`;
  });
}
