/** Charts: what is drawn is as high as it is large, every day has its place, and days without figures stay empty. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnChart, PATH_WIDTH, PLOT, shareChart } from './charts.ts';

const day = (index: number): string => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
const numbers = (path: string): number[] => [...path.matchAll(/-?\d+(?:\.\d+)?/g)].map(([one]) => Number(one));

test('columns stand on the ground, as high as their values, each in the band of its day', () => {
  const values = fc.array(fc.option(fc.nat(1_000_000)), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(values, (given) => {
      const days = given.map((value, index) => ({ date: day(index), ...(value === null ? {} : { column: value }) }));
      const { columns, bands, valueTicks } = columnChart(days);
      const known = given.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
      expect(columns).toHaveLength(known.length);
      expect(bands.map(({ date }) => date)).toEqual(days.map(({ date }) => date));
      for (const [at, { index }] of known.entries()) {
        const { x, y, width, height } = columns[at]!;
        const band = bands[index]!;
        expect(y + height).toBeCloseTo(PLOT.low, 1);
        expect(y).toBeGreaterThanOrEqual(0);
        expect([x >= band.x - 0.02, x + width <= band.x + band.width + 0.02]).toEqual([true, true]);
      }
      const heights = known.map(({ value }, at) => [value, columns[at]!.height] as const).sort(([a], [b]) => a - b);
      for (const [at, [, height]] of heights.entries())
        expect(height).toBeGreaterThanOrEqual(heights[at - 1]?.[1] ?? 0);
      for (const { y } of valueTicks) expect(y).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 50 },
  );
});

test('a line is broken where there is no figure, and a single day is a chart too', () => {
  const points = [1, 2, undefined, 4].map((value, index) => ({
    date: day(index),
    ...(value === undefined ? {} : { column: value * 2, line: value }),
  }));
  const { line, columns } = columnChart(points);
  expect(line!.match(/M/g)).toHaveLength(2);
  expect(columns.map(({ height }) => height)).toEqual([40, 80, 160]);
  const { columns: one, dayTicks } = columnChart([{ date: day(0), column: 0 }]);
  expect([one.length, one[0]!.height, dayTicks.length]).toEqual([1, 0, 1]);
});

test('parts fill the whole of each day, and nothing of a day without figures', () => {
  const dates = [0, 1, 2, 3].map(day);
  const days = dates.map((date, index) => ({ date, ...(index === 2 ? {} : { figures: {} }) }));
  const series = [
    { parts: new Map([[dates[0]!, 0.1]]) },
    { name: '1.0.0', parts: new Map(dates.map((date, index) => [date, index === 0 ? 0.9 : 0.25])) },
    { name: '1.1.0', parts: new Map(dates.slice(1).map((date) => [date, 0.75])) },
  ];
  const { areas, shares } = shareChart(days, series);
  expect(shares).toEqual([[0.1, 0.9, 0], [0, 0.25, 0.75], undefined, [0, 0.25, 0.75]]);
  expect(areas.map(({ name }) => name)).toEqual([undefined, '1.0.0', '1.1.0']);
  for (const { path } of areas) {
    expect(path.match(/M/g)).toHaveLength(2);
    for (const number of numbers(path)) expect(number >= 0 && number <= PATH_WIDTH).toBe(true);
  }
  expect(areas[0]!.label).toBeUndefined();
  expect(areas[2]!.label!.y).toBeCloseTo(PLOT.tall * (1 - (0.25 + 0.375)), 1);
});

test('the days below a chart are few enough to be read', () => {
  for (const count of [1, 2, 7, 31, 92]) {
    const { dayTicks } = columnChart(Array.from({ length: count }, (_one, index) => ({ date: day(index), column: 1 })));
    expect(dayTicks.length).toBeLessThanOrEqual(4);
    expect(dayTicks[0]!.date).toBe(day(0));
  }
});

test('where the newest days alone are lower they are drawn taller, beside values that fit them', () => {
  const lower = Array.from({ length: 60 }, (_one, index) => ({ date: day(index), column: index < 30 ? 1000 : 100 }));
  const { ofFew, columns, valueTicks } = columnChart(lower);
  expect(ofFew!.taller).toBeCloseTo(10, 1);
  expect(columns.at(-1)!.height * ofFew!.taller).toBeCloseTo(PLOT.low, 0);
  expect(Math.max(...ofFew!.valueTicks.map(({ value }) => value))).toBeLessThan(valueTicks[0]!.value);
  expect(columnChart(lower.toReversed().map((one, index) => ({ ...one, date: day(index) }))).ofFew).toBeUndefined();
  expect(columnChart(lower.slice(-30)).ofFew).toBeUndefined();
});
