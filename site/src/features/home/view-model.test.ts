/** The overview names the miniapps that the errors of its figures come from. */
import { expect, test } from 'vitest';
import { NOW, PANEL, SMART, fixtureWorkspace } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { homeView } from './view-model.ts';

const report = (day: string, opens: number, errors: number) =>
  `  - { date: ${day}, app: smart-life, region: EU, version: 1.0.0, opens: ${opens}, visitors: 1, newVisitors: 0, staySeconds: 1, errors: ${errors} }\n`;
const homeOf = (smart: string, panel: string) =>
  homeView(
    {
      workspace: publish(
        fixtureWorkspace({
          [`miniapps/${SMART}/reports/2026-10.yaml`]: `rows:\n${smart}`,
          [`miniapps/${PANEL}/reports/2026-10.yaml`]: `rows:\n${panel}`,
        }),
      ),
      pasts: new Map(),
      warnings: [],
      now: NOW,
      mask: (text: string) => text,
    },
    'en',
  );

test('errors of the last seven days stand by miniapp, most first, and are the sum of the figures', () => {
  const { figures, errors } = homeOf(
    report('2026-10-01', 50, 40) + report('2026-10-20', 1000, 3),
    report('2026-10-19', 100, 9),
  );
  expect(errors.rows.map(({ miniapp, opens, errors: own }) => [miniapp.id, opens, own])).toEqual([
    [PANEL, 100, 9],
    [SMART, 1000, 3],
  ]);
  expect(figures.week).toEqual({ from: '2026-10-14', to: '2026-10-20', opens: 1100, errors: 12 });
});

test('a miniapp without an error is not among them', () => {
  const { errors } = homeOf(report('2026-10-20', 10, 0), report('2026-10-20', 10, 2));
  expect([errors.count, errors.rows.map(({ miniapp }) => miniapp.id)]).toEqual([1, [PANEL]]);
});
