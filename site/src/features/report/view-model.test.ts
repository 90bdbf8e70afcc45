/** The data report: sums, weeks, the version under rollout beside the online one, and which change is for the worse. */
import { expect, test } from 'vitest';
import { fixtureWorkspace, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { isWorse, reportView, type Figures } from './view-model.ts';

const workspace = publish(fixtureWorkspace());
const smart = workspace.miniapps.get(SMART)!;

test('the report adds up', () => {
  const row = { app: 'smart-life', version: '1.1.0', newVisitors: 1, errors: 2 };
  const rows = [
    { ...row, date: '2026-10-02', region: 'EU', opens: 30, visitors: 20, staySeconds: 10 },
    { ...row, date: '2026-10-01', region: 'EU', opens: 10, visitors: 8, staySeconds: 50 },
    { ...row, date: '2026-10-02', region: 'AY', opens: 0, visitors: 0, staySeconds: 0 },
  ];
  const view = reportView(workspace, { ...smart, reports: new Map([['2026-10', { rows }]]) }, undefined, 'en')!;
  expect(view).toMatchObject({ from: '2026-10-01', to: '2026-10-02' });
  expect(view.total).toEqual({ opens: 40, visitors: 28, newVisitors: 3, staySeconds: 20, errors: 6 });
  expect(view.byApp.map(({ figures }) => figures.opens)).toEqual([40, 0]);
  expect(view.byApp.map(({ share }) => share)).toEqual([1, 0]);
  expect(view.charts.days.map(({ figures }) => figures?.opens)).toEqual([10, 30]);
  expect([view.trend, view.charts.versions, view.earlier, view.weeks]).toEqual([undefined, undefined, 0, undefined]);
  expect(reportView(workspace, { ...smart, reports: new Map() }, undefined, 'en')).toBeUndefined();
});

test('what is too old to be drawn by day is drawn by week, and no open is lost', () => {
  const rows = Array.from({ length: 200 }, (_one, day) => ({
    app: 'smart-life',
    region: 'EU',
    date: new Date(Date.UTC(2026, 3, 1 + day)).toISOString().slice(0, 10),
    version: day < 150 ? '1.0.0' : '1.1.0',
    opens: 10 + day,
    visitors: 5,
    newVisitors: 1,
    staySeconds: 10,
    errors: 1,
  }));
  const { weeks, charts, total } = reportView(
    workspace,
    { ...smart, reports: new Map([['2026-10', { rows }]]) },
    undefined,
    'en',
  )!;
  expect([charts.days.length, weeks!.days.length]).toEqual([90, 29]);
  const opens = weeks!.days.map(({ figures }) => figures!.opens);
  expect(opens.reduce((all, one) => all + one, 0)).toBe(total.opens);
  // The newest week is whole; the oldest has the four days that are left.
  expect(opens.at(-1)).toBe(7 * 206);
  expect(opens[0]).toBe(10 + 11 + 12 + 13);
  const shares = weeks!.versions!.shares.map((of) => of!.map((share) => Math.round(share * 100)));
  expect([shares[0], shares.at(-1)]).toEqual([
    [100, 0],
    [0, 100],
  ]);
});

test('versions that nobody opened in the days that are drawn are in no chart of those days', () => {
  const row = { app: 'smart-life', region: 'EU', visitors: 1, newVisitors: 0, staySeconds: 1, errors: 0, opens: 3 };
  const versionOn = (day: number) => (day < 20 ? '1.0.0' : day < 150 ? '1.1.0' : '1.2.0');
  const drawn = (count: number) => {
    const rows = Array.from({ length: count }, (_one, day) => ({
      ...row,
      date: new Date(Date.UTC(2026, 3, 1 + day)).toISOString().slice(0, 10),
      version: versionOn(day),
    }));
    const view = reportView(workspace, { ...smart, reports: new Map([['2026-10', { rows }]]) }, undefined, 'en')!;
    return [view.charts, view.weeks!].map(({ versions }) => versions?.areas.map(({ name }) => name));
  };
  expect(drawn(140)).toEqual([undefined, ['1.0.0', '1.1.0']]);
  expect(drawn(200)).toEqual([
    ['1.1.0', '1.2.0'],
    ['1.0.0', '1.1.0', '1.2.0'],
  ]);
});

test('the version under rollout stands beside the online one, over the same days, apps and regions', () => {
  const row = { app: 'smart-life', region: 'EU', visitors: 1, newVisitors: 1, staySeconds: 10 };
  const rows = [
    { ...row, date: '2026-10-01', version: '1.1.0', opens: 500, errors: 0 },
    { ...row, date: '2026-10-02', version: '1.1.0', opens: 200, errors: 1 },
    { ...row, date: '2026-10-02', version: '1.2.0', opens: 20, errors: 2 },
    { ...row, date: '2026-10-03', version: '1.1.0', opens: 100, errors: 2, region: 'AY' },
  ];
  const of = (release: Partial<typeof smart.release>) =>
    reportView(
      workspace,
      { ...smart, release: { ...smart.release, ...release }, reports: new Map([['2026-10', { rows }]]) },
      undefined,
      'en',
    )!.rollout;
  const told = of({ rollout: { version: '1.2.0', percent: 10, regions: ['EU'] } });
  expect(told?.from).toBe('2026-10-02');
  expect(told?.versions.map(({ version, figures, errorRate }) => [version, figures.opens, errorRate])).toEqual([
    ['1.2.0', 20, 100],
    ['1.1.0', 200, 5],
  ]);
  expect(of({ rollout: { version: '1.2.0', percent: 10 } })?.versions[1]?.figures.opens).toBe(300);
  expect(of({ rollout: { version: '1.3.0', percent: 10 } })).toBeUndefined();
  expect(of({})).toBeUndefined();
});

test.each<[keyof Figures, Partial<Record<keyof Figures, number>>, boolean]>([
  ['opens', { opens: -0.2 }, true],
  ['opens', { opens: 0.2 }, false],
  ['opens', { opens: -0.005 }, false],
  ['staySeconds', { staySeconds: -0.1 }, true],
  ['errors', { opens: 0, errors: 0.1 }, true],
  // As many more as opens are.
  ['errors', { opens: 0.1, errors: 0.1 }, false],
  ['errors', { opens: -0.5, errors: -0.1 }, true],
  ['errors', { opens: 0.1, errors: -0.1 }, false],
  ['visitors', {}, false],
])('%s with %o is a change for the worse: %s', (name, change, isBad) => {
  const none = { opens: null, visitors: null, newVisitors: null, staySeconds: null, errors: null };
  expect(isWorse(name, { ...none, ...change })).toBe(isBad);
});
