/** The overview: which miniapps the errors of its figures come from, and which versions wait for their bytes. */
import { expect, test } from 'vitest';
import type { BytesLack } from '../../../../scripts/core/by-bytes.ts';
import { NOW, PANEL, SMART, fixtureWorkspace } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { hereIn } from '../people/view-model.ts';
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

test('versions that a step is refused for without bytes wait for them; where nobody asked, nothing is known to wait', () => {
  const lackIn = (lack: BytesLack) =>
    homeView(
      {
        workspace: publish(fixtureWorkspace(), undefined, () => lack),
        ...{ pasts: new Map(), warnings: [], now: NOW, mask: (text: string) => text },
      },
      'en',
    ).lacking;
  // 1.1.0 is online, and what stands behind 1.2.0, which is under review, is not submitted before.
  const versions = (lack: BytesLack) => lackIn(lack).rows.map(({ miniapp, version }) => `${miniapp.id} ${version}`);
  expect(versions('missing')).toEqual([`${PANEL} 1.0.0`, `${SMART} 1.2.0`]);
  expect(versions('differs')).toEqual([`${PANEL} 1.0.0`, `${SMART} 1.0.0`, `${SMART} 1.2.0`]);
  expect([lackIn('unasked').count, lackIn('unrecorded').count]).toEqual([0, 0]);
});

test('a warning is told in the language of the page, and by its title where nobody worded it', () => {
  const warning = { code: 'person-left' as const, file: 'apps/a.yaml', line: 5 };
  const warnings = [
    { ...warning, messages: { en: 'bob left', zh: 'bob 已离开' } },
    { ...warning, messages: { en: 'eve left' } },
  ];
  const told = (language: 'en' | 'zh') =>
    homeView(
      { workspace: publish(fixtureWorkspace()), pasts: new Map(), warnings, now: NOW, mask: (text: string) => text },
      language,
    ).warnings.rows.map(({ text }) => text);
  expect(told('en')).toEqual(['bob left', 'eve left']);
  expect(told('zh')).toEqual(['bob 已离开', '人员已离开']);
});

test('who has left is not counted', () => {
  const workspace = publish(fixtureWorkspace());
  const rita = workspace.people.get('rita')!;
  const people = new Map([...workspace.people, ['rita', { ...rita, left: '2026-01-01' }] as const]);
  expect(hereIn({ people })).toBe(people.size - 1);
});
