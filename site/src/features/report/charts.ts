/**
 * The geometry of charts over days. Across, everything is in parts of the width (percent), so that a chart is as wide as its
 * place and its texts keep their size; down, in pixels.
 */
import { scaleBand, scaleLinear } from 'd3-scale';
import { area, line, stack } from 'd3-shape';
import { defined } from '#core/defined.ts';

/** Pixels of the part that shows values. */
export const PLOT = { tall: 160, low: 72 } as const;
/** A path has no percent: it is drawn in a box of this width that is stretched to the plot. */
export const PATH_WIDTH = 1000;
/** As many days are named below a chart. */
const NAMED_DAYS = 4;
/** As many of the newest days are shown where somebody asks for fewer than all. */
export const FEW = 30;

export interface Band {
  readonly date: string;
  /** Percent of the width. */
  readonly x: number;
  readonly width: number;
}

export interface DayTick {
  readonly date: string;
  readonly x: number;
  /** The text stands in the middle of it, or ends there. */
  readonly anchor: 'middle' | 'end';
}

export interface ValueTick {
  readonly value: number;
  /** Pixels from the top. */
  readonly y: number;
}

export interface Axes {
  readonly bands: readonly Band[];
  readonly dayTicks: readonly DayTick[];
  readonly valueTicks: readonly ValueTick[];
  /** Where the newest FEW days alone have lower values: how much taller they are then drawn, and the values beside them. */
  readonly ofFew?: { readonly taller: number; readonly valueTicks: readonly ValueTick[] };
}

export interface ColumnChart extends Axes {
  /** One for each band that has a value. */
  readonly columns: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  /** The line over the columns, where there is one. */
  readonly line?: string;
}

export interface ColumnDay {
  readonly date: string;
  /** Absent on a day without figures. */
  readonly column?: number;
  readonly line?: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

const placed = (ticks: readonly number[], valueOf: (value: number) => number): ValueTick[] =>
  ticks.map((value) => ({ value, y: round(valueOf(value)) }));

function axes(dates: readonly string[], valueOf: (value: number) => number, ticks: readonly number[]): Axes {
  const band = scaleBand<string>().domain(dates).range([0, 100]);
  const step = Math.max(1, Math.ceil(dates.length / NAMED_DAYS));
  const center = (date: string) => round(band(date)! + band.bandwidth() / 2);
  return {
    bands: dates.map((date) => ({ date, x: round(band(date)!), width: round(band.bandwidth()) })),
    dayTicks: dates
      .filter((_date, index) => index % step === 0)
      .map((date) => {
        const x = center(date);
        return { date, x, anchor: x > 92 ? 'end' : 'middle' };
      }),
    valueTicks: placed(ticks, valueOf),
  };
}

/** A column a day, and a line over them where days have a second value of the same kind. `few`: how many of the newest can be shown alone. */
export function columnChart(days: readonly ColumnDay[], few: number = FEW): ColumnChart {
  const height = days.some(hasLine) ? PLOT.tall : PLOT.low;
  const dates = days.map(({ date }) => date);
  const y = valueScale(days, height);
  const ofFew = days.length > few ? valueScale(days.slice(-few), height) : y;
  const [most, mostOfFew] = [y, ofFew].map((scale) => scale.domain()[1]!) as [number, number];
  const columns = scaleBand<string>().domain(dates).range([0, 100]).padding(0.2);
  const middle = (date: string) => ((columns(date)! + columns.bandwidth() / 2) / 100) * PATH_WIDTH;
  const path = line<ColumnDay>()
    .defined(hasLine)
    .x(({ date }) => round(middle(date)))
    .y((day) => round(y(day.line!)))(days);
  return {
    ...axes(dates, y, ticksOf(y, height)),
    ...defined({
      ofFew:
        mostOfFew < most
          ? {
              taller: Math.round((1000 * most) / mostOfFew) / 1000,
              valueTicks: placed(ticksOf(ofFew, height), ofFew),
            }
          : undefined,
    }),
    columns: days.flatMap(({ date, column }) =>
      column === undefined
        ? []
        : [
            {
              x: round(columns(date)!),
              width: round(columns.bandwidth()),
              y: round(y(column)),
              height: round(height - y(column)),
            },
          ],
    ),
    ...defined({ line: path === null || !days.some(hasLine) ? undefined : path }),
  };
}

const valueScale = (days: readonly ColumnDay[], height: number) => {
  const most = Math.max(0, ...days.flatMap(({ column = 0, line: over = 0 }) => [column, over]));
  return scaleLinear()
    .domain([0, most === 0 ? 1 : most])
    .range([height, 0])
    .nice(4);
};

const ticksOf = (scale: ReturnType<typeof valueScale>, height: number): number[] =>
  scale.ticks(height === PLOT.tall ? 4 : 2).filter((tick) => tick > 0);

const hasLine = (day: ColumnDay): boolean => day.line !== undefined;

export interface ShareChart extends Axes {
  readonly areas: readonly {
    /** Absent for all the others together. */
    readonly name?: string;
    readonly path: string;
    /** Where there is room for the name. */
    readonly label?: { readonly x: number; readonly y: number };
  }[];
  /** What each day was shared between, in the order of the areas. */
  readonly shares: readonly (readonly number[] | undefined)[];
}

/** Room for a name, as a part of the height. */
const LABELLED = 0.16;

/** The parts of a whole as areas on each other; days without figures are gaps. */
export function shareChart(
  days: readonly { readonly date: string; readonly figures?: unknown }[],
  series: readonly { readonly name?: string; readonly parts: ReadonlyMap<string, number> }[],
): ShareChart {
  const height = PLOT.tall;
  const dates = days.map(({ date }) => date);
  const y = scaleLinear().domain([0, 1]).range([height, 0]);
  const place = scaleBand<string>().domain(dates).range([0, 100]);
  const x = (date: string) => place(date)! + place.bandwidth() / 2;
  const partsOf = (date: string) => series.map(({ parts }) => parts.get(date) ?? 0);
  const layers = stack<{ date: string; parts: number[]; isKnown: boolean }, number>()
    .keys(series.map((_one, index) => index))
    .value(({ parts }, key) => parts[key]!)(
    days.map(({ date, figures }) => ({ date, parts: partsOf(date), isKnown: figures !== undefined })),
  );
  const shape = area<(typeof layers)[number][number]>()
    .defined(({ data }) => data.isKnown)
    // From edge to edge, where the first and the last day are.
    .x(({ data }) => round((edge(x(data.date), place.bandwidth()) / 100) * PATH_WIDTH))
    .y0(([low]) => round(y(low)))
    .y1(([, high]) => round(y(high)));
  return {
    ...axes(dates, y, [0.5, 1]),
    areas: layers.map((layer, index) => {
      const { name } = series[index]!;
      // Apart from the edges, where half of the name would be outside.
      const inner = layer.filter(({ data }) => x(data.date) > 8 && x(data.date) < 92);
      const room = ([low, high]: readonly number[]) => Math.round((high! - low!) * 100);
      const most = Math.max(0, ...inner.map(room));
      const places = inner.filter((point) => room(point) === most);
      const widest = places[Math.floor(places.length / 2)];
      const hasRoom = widest !== undefined && most >= LABELLED * 100;
      return {
        ...defined({ name }),
        path: shape(layer) ?? '',
        ...defined({
          label: hasRoom ? { x: round(x(widest.data.date)), y: round(y((widest[0] + widest[1]) / 2)) } : undefined,
        }),
      };
    }),
    shares: days.map(({ date, figures }) => (figures === undefined ? undefined : partsOf(date))),
  };
}

const edge = (center: number, width: number): number =>
  center - width / 2 <= 0.001 ? 0 : center + width / 2 >= 99.999 ? 100 : center;
