import { expect, test } from 'vitest';
import { fixtureWorkspace, NOW, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { versionOrCode } from '../../../../scripts/core/resolution/resolution.ts';
import { resolve } from '../../../../scripts/core/resolution/resolve.ts';
import { publish } from '../../lib/public.ts';
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
  const ask = (now: number) =>
    new Set(
      given.apps.get('smart-life')!.regions.map((region) => {
        const query = { miniapp: SMART, app: 'smart-life', region, account: ACCOUNT, entry: 'experience' } as const;
        const answer = resolve(given, { ...query, now });
        return versionOrCode(answer);
      }),
    );
  expect(only!.before).toEqual([...ask(only!.at - 1)]);
  expect(only!.after).toEqual([...ask(only!.at)]);
  expect(only!.account).not.toContain('forecast@example.com');
});

test('a row that has ended is not told', () => expect(forecast(withRow('2026-11-19'))).toEqual([]));

test('rows that end at once and change the same are told as one, others apart', () => {
  const one = { at: 1, account: 'a', app: 'home', before: ['2.0.0'], after: ['1.0.0'] };
  const all = [one, { ...one, account: 'b' }, { ...one, account: 'c', at: 2 }, { ...one, account: 'd', app: 'other' }];
  expect(forecastGroups(all).map(({ accounts }) => accounts)).toEqual([['a', 'b'], ['c'], ['d']]);
});
