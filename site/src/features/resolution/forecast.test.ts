import { expect, test } from 'vitest';
import { fixtureWorkspace, NOW, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { versionOrCode } from '../../../../scripts/core/resolution/resolution.ts';
import { resolve } from '../../../../scripts/core/resolution/resolve.ts';
import type { Language } from '../../../../scripts/core/problems/messages.ts';
import { rendered } from '../../../tests/rendered.ts';
import { localized } from '../../lib/text.ts';
import { publish } from '../../lib/public.ts';
import ForecastList from './Forecast.astro';
import { forecastGroups, forecastOf } from './forecast.ts';

const ACCOUNT = 'forecast@example.com';
const withRow = (expires: string, app = 'smart-life') =>
  fixtureWorkspace({
    [`miniapps/${SMART}/whitelist.yaml`]: `whitelist:\n  - { app: ${app}, account: ${ACCOUNT}, expires: ${expires} }\n`,
  });
const forecast = (given: ReturnType<typeof fixtureWorkspace>) => {
  const shown = publish(given);
  return forecastOf(shown, shown.miniapps.get(SMART)!, NOW);
};

test('a row that ends is told with what resolve answers before and after it', () => {
  const given = withRow('2026-11-30');
  const [only, another] = forecast(given);
  expect(another).toBeUndefined();
  expect(only!.at).toBe(Date.parse('2026-12-01T00:00:00Z'));
  const ask = (region: string, now: number) => {
    const query = { miniapp: SMART, app: 'smart-life', region, account: ACCOUNT, entry: 'experience' } as const;
    return versionOrCode(resolve(given, { ...query, now }));
  };
  const told = only!.changes.flatMap(({ before, after, regions }) => regions.map((region) => [region, before, after]));
  const asked = given.apps
    .get('smart-life')!
    .regions.map((region) => [region, ask(region, only!.at - 1), ask(region, only!.at)]);
  expect(told.sort()).toEqual(asked.filter(([, before, after]) => before !== after).sort());
  expect(told.length).toBeGreaterThan(0);
  expect(only!.account).not.toContain('forecast@example.com');
});

test('a row that has ended is not told', () => expect(forecast(withRow('2026-11-19'))).toEqual([]));

test('rows that end at once and change the same are told as one, others apart', () => {
  const changes = [{ before: '2.0.0', after: '1.0.0', regions: ['EU'] }];
  const one = { at: 1, account: 'a', app: 'home', changes };
  const all = [one, { ...one, account: 'b' }, { ...one, account: 'c', at: 2 }, { ...one, account: 'd', app: 'other' }];
  expect(forecastGroups(all).map(({ accounts }) => accounts)).toEqual([['a', 'b'], ['c'], ['d']]);
});

/** With 1.2.0 rolled out to some accounts, this version as the one that is tried, and delivered to these regions. */
function rolledOut(given: ReturnType<typeof withRow>, experience: string, regions: readonly string[]) {
  const smart = given.miniapps.get(SMART)!;
  const version = smart.versions.get('1.2.0')!;
  const approved = { ...version, review: { ...version.review!, status: 'approved' as const, reviewedBy: 'rita' } };
  const own = {
    ...smart,
    versions: new Map([...smart.versions, ['1.2.0', approved] as const]),
    trafficking: [{ app: 'smart-life', regions: [...regions] }],
    release: { ...smart.release, experience: { version: experience }, rollout: { version: '1.2.0', percent: 9 } },
  };
  return publish({ ...given, miniapps: new Map([[SMART, own]]) });
}

test('each answer that changes is told with where, and whoever is in a rollout apart; what stays is not told', async () => {
  const given = withRow('2026-11-30');
  const shown = rolledOut(given, '1.3.0', ['EU']);
  const found = forecastOf(shown, shown.miniapps.get(SMART)!, NOW);
  const others = given.apps.get('smart-life')!.regions.filter((region) => region !== 'EU');
  const change = (after: string, regions: readonly string[]) => ({ before: '1.3.0', after, regions });
  expect(found[0]!.changes).toEqual([
    change('app-not-associated', others),
    change('1.1.0', ['EU']),
    { ...change('1.2.0', ['EU']), inRollout: true },
  ]);
  const text = async (language: Language) =>
    (await rendered(ForecastList, { language, workspace: shown, forecast: found })).replaceAll(/<[^>]+>/g, '');
  const eu = (language: Language) => localized(given.platform.regions['EU'], language, ['en']);
  expect(await text('en')).toContain(`; 1.3.0 → 1.1.0 (${eu('en')}); 1.3.0 → 1.2.0 (In the rollout · ${eu('en')})`);
  expect(await text('zh')).toContain(`；1.3.0 → 1.1.0（${eu('zh')}）；`);
});

test('whoever is in a rollout of the very version that they try keeps it, which is told beside what the others get', () => {
  const given = withRow('2026-11-30');
  const { regions } = given.apps.get('smart-life')!;
  const shown = rolledOut(given, '1.2.0', regions);
  expect(forecastOf(shown, shown.miniapps.get(SMART)!, NOW)[0]!.changes).toEqual([
    { before: '1.2.0', after: '1.1.0', regions },
    { before: '1.2.0', after: '1.2.0', regions, inRollout: true },
  ]);
});
