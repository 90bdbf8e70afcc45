/** The figures of the data report: what is shown adds up, and importing is the same however often it is done. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  adoptionOf,
  dailySeries,
  dayAfter,
  mergeRows,
  reportRows,
  rowName,
  selectRows,
  sharesBy,
  sumFigures,
  trendOf,
  type ReportRow,
} from './statistics.ts';

const row = (date: string, opens: number, rest: Partial<ReportRow> = {}): ReportRow => ({
  date,
  app: 'a',
  region: 'EU',
  version: '1.0.0',
  opens,
  visitors: opens,
  newVisitors: 0,
  staySeconds: 10,
  errors: 0,
  ...rest,
});

const anyRow: fc.Arbitrary<ReportRow> = fc.record({
  date: fc.integer({ min: 0, max: 70 }).map((days) => dayAfter('2026-09-20', days)),
  app: fc.constantFrom('a', 'b'),
  region: fc.constantFrom('EU', 'AY'),
  version: fc.constantFrom('1.0.0', '1.1.0', '1.10.0'),
  opens: fc.integer({ min: 0, max: 1000 }),
  visitors: fc.integer({ min: 0, max: 1000 }),
  newVisitors: fc.integer({ min: 0, max: 1000 }),
  staySeconds: fc.integer({ min: 0, max: 9000 }).map((tenths) => tenths / 10),
  errors: fc.integer({ min: 0, max: 9 }),
});
const anyRows = fc.uniqueArray(anyRow, { selector: rowName, maxLength: 40 });
const months = (rows: readonly ReportRow[]) =>
  new Map([...mergeRows(new Map(), rows, false).months].map(([month, own]) => [month, { rows: [...own] }]));

test('the stay is that of a visit: rows count as often as they were opened', () => {
  expect(sumFigures([row('2026-10-01', 1, { staySeconds: 100 }), row('2026-10-02', 3, { staySeconds: 20 })])).toEqual({
    opens: 4,
    visitors: 4,
    newVisitors: 0,
    staySeconds: 40,
    errors: 0,
  });
  expect(sumFigures([]).staySeconds).toBe(0);
});

test('a day without rows is there, without figures', () => {
  const days = dailySeries([row('2026-10-30', 5), row('2026-11-01', 7)]);
  expect(days.map(({ date, figures }) => [date, figures?.opens])).toEqual([
    ['2026-10-30', 5],
    ['2026-10-31', undefined],
    ['2026-11-01', 7],
  ]);
  expect(dailySeries([])).toEqual([]);
  expect(dailySeries([], { from: '0001-01-01', to: '9999-12-31' }).length).toBeLessThan(10_000);
});

describe('the trend', () => {
  const rows = [1, 2, 3, 4].map((day) => row(`2026-10-0${day}`, day * 10));
  test('is against as many days before', () => {
    const trend = trendOf(rows, { from: '2026-10-03', to: '2026-10-04' });
    expect(trend.former).toEqual({ from: '2026-10-01', to: '2026-10-02' });
    expect(trend.change.opens).toBeCloseTo(70 / 30 - 1);
    expect(trend.change.errors).toBeNull();
  });
  test('is none where the rows do not go back so far', () => {
    expect(trendOf(rows, { from: '2026-10-02', to: '2026-10-04' }).change.opens).toBeNull();
  });
});

describe('a version is taken up', () => {
  const rows = [
    row('2026-10-01', 100),
    row('2026-10-02', 80),
    row('2026-10-02', 20, { version: '1.1.0' }),
    row('2026-10-04', 10),
    row('2026-10-04', 90, { version: '1.1.0' }),
  ];
  test('from the first day on which somebody opens it', () => {
    const [former, later] = adoptionOf(rows);
    expect(former).toMatchObject({ version: '1.0.0', isFromStart: true, latest: 0.1 });
    expect(later).toMatchObject({
      version: '1.1.0',
      since: '2026-10-02',
      isFromStart: false,
      daysToHalf: 2,
      latest: 0.9,
    });
    expect(later!.days).toEqual([
      { day: 0, date: '2026-10-02', share: 0.2 },
      { day: 2, date: '2026-10-04', share: 0.9 },
    ]);
  });
  test('or from its release, where that is known', () => {
    const found = adoptionOf(rows, new Map([['1.1.0', '2026-10-01']])).find(({ version }) => version === '1.1.0');
    expect(found).toMatchObject({ since: '2026-10-01', isFromStart: false, daysToHalf: 3 });
    const [earlier] = adoptionOf(rows, new Map([['1.0.0', '2026-09-01']]));
    expect(earlier).toMatchObject({ version: '1.0.0', since: '2026-09-01', isFromStart: false, daysToHalf: null });
  });
});

test('parts add up to the whole', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const total = sumFigures(rows);
      for (const field of ['app', 'region', 'version'] as const) {
        const shares = sharesBy(rows, field);
        expect(shares.reduce((sum, { figures }) => sum + figures.opens, 0)).toBe(total.opens);
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(total.opens === 0 ? 0 : 1);
      }
      const days = dailySeries(rows);
      expect(days.reduce((sum, { figures }) => sum + (figures?.errors ?? 0), 0)).toBe(total.errors);
      for (const { days: own } of adoptionOf(rows)) for (const { share } of own) expect(share).toBeLessThanOrEqual(1);
    }),
  );
});

describe('importing', () => {
  test('twice changes nothing the second time, in whatever order', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (have, given) => {
        const before = months(have);
        const first = mergeRows(before, given, true);
        const after = new Map([
          ...before,
          ...[...first.months].map(([month, rows]) => [month, { rows: [...rows] }] as const),
        ]);
        const again = mergeRows(after, given.toReversed(), false);
        expect({ ...again, months: again.months.size }).toEqual({
          months: 0,
          added: 0,
          replaced: 0,
          same: given.length,
          conflicts: [],
        });
        const rows = reportRows(after);
        expect(new Set(rows.map(rowName)).size).toBe(rows.length);
        expect(selectRows(rows, {}).length).toBe(new Set([...have, ...given].map(rowName)).size);
        for (const [month, { rows: own }] of after) {
          for (const { date } of own) expect(date.slice(0, 7)).toBe(month);
          expect(own.map(({ date }) => date)).toEqual(own.map(({ date }) => date).sort());
        }
      }),
    );
  });

  test('other figures of a row are a conflict, unless they are to replace it', () => {
    const before = months([row('2026-10-01', 5)]);
    const other = row('2026-10-01', 6);
    expect(mergeRows(before, [other], false)).toMatchObject({
      added: 0,
      conflicts: [{ have: { opens: 5 }, given: { opens: 6 } }],
    });
    expect(mergeRows(before, [other], true).months.get('2026-10')).toEqual([other]);
  });
});
