/** Where errors show now is what the resolution answers there, and what is named is bounded. */
import { expect, test } from 'vitest';
import { fixtureWorkspace, NOW, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { resolve, type ResolutionWorkspace } from '#core/resolution/resolve.ts';
import { rendered } from '../../../tests/rendered.ts';
import { publish } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import { cellIn } from '../resolution/cells.ts';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import { FOLDED, NAMED, PLACES, shownNow } from './shown-now.ts';
import ShownMiniapps from './ShownMiniapps.astro';

const workspace = publish(fixtureWorkspace());
const tableOf = (id: string) => answersByApp(workspace as ResolutionWorkspace, id, NOW);

test('each place that is named answers with that error', () => {
  const shown = shownNow(workspace, tableOf, 'en', NOW);
  expect([...shown.keys()]).toContain('app-not-associated');
  for (const [code, { first, count }] of shown) {
    expect(count).toBeGreaterThanOrEqual(first.length);
    for (const { path } of first) {
      const [, id, hash] = /^miniapps\/([^/]+)\/(#.*)$/.exec(path)!;
      const { app, region, audience, entry } = cellIn(hash!)!;
      const query = { miniapp: id!, app, region, entry, device: 'vdevo1', now: NOW } as const;
      const who = { whitelisted: audience === 'whitelisted', inRollout: audience === 'rollout' };
      const answer = resolve(workspace as ResolutionWorkspace, { ...query, ...who });
      expect(answer.outcome === 'error' && answer.code, path).toBe(code);
    }
  }
});

test.each([
  ['exact', ['6.1.0', '6.0.0']],
  ['newest-fitting', ['6.0.0']],
] as const)(
  'versions of an app that can run nothing of a miniapp are named with it (%s)',
  (compatibility, expected) => {
    const own = workspace.miniapps.get(SMART)!;
    const runtimes = ['6.2.0', '6.1.0', '6.0.0'].map((appVersion, at) => ({
      appVersion,
      baseLibrary: `2.${3 - at}.0`,
    }));
    const needs = { '1.0.0': '2.2.0', '1.1.0': '2.3.0' };
    const versions = new Map(own.versions);
    for (const [number, baseLibrary] of Object.entries(needs))
      versions.set(number, { ...versions.get(number)!, baseLibrary, kits: {} });
    const release = { online: { version: '1.1.0', enabled: true }, previous: ['1.0.0'] };
    const changed = {
      ...workspace,
      platform: { ...workspace.platform, compatibility },
      apps: new Map([...workspace.apps].map(([id, app]) => [id, id === 'smart-life' ? { ...app, runtimes } : app])),
      miniapps: new Map([[SMART, { ...own, versions, release }]]),
    };
    const asked = changed as ResolutionWorkspace;
    const table = (id: string) => answersByApp(asked, id, NOW);
    const { first, count } = shownNow(changed, table, 'en', NOW).get('host-incompatible')!;
    const { name } = changed.apps.get('smart-life')!;
    expect([count, first[0]!.path]).toEqual([1, `miniapps/${SMART}/#rollout`]);
    expect(first[0]!.places).toEqual([`${name['en']!} ${expected.join(', ')}`]);
    for (const { appVersion } of runtimes) {
      const answer = resolve(asked, {
        miniapp: SMART,
        app: 'smart-life',
        region: 'EU',
        entry: 'link',
        appVersion,
        now: NOW,
      });
      const isShutOut = answer.outcome === 'error' && answer.code === 'host-incompatible';
      expect((expected as readonly string[]).includes(appVersion)).toBe(isShutOut);
    }
  },
);

test('every app and region that answers somebody so is named, up to a bound, and all are counted', () => {
  const name = (text: Parameters<typeof localized>[0]) => localized(text, 'en', workspace.platform.languages);
  const whereOf = (app: string, region: string) =>
    `${name(workspace.apps.get(app)!.name)} · ${name(workspace.platform.regions[region])}`;
  const places = new Map<string, Set<string>>();
  for (const { id, basics } of workspace.miniapps.values())
    if (basics.archived !== true)
      for (const { app, rows } of tableOf(id))
        for (const { region, answers } of rows)
          for (const answer of answers)
            if (answer.outcome === 'error') {
              const key = `${answer.code} ${id}`;
              places.set(key, (places.get(key) ?? new Set()).add(whereOf(app, region)));
            }
  const shown = shownNow(workspace, tableOf, 'en', NOW);
  const told = [...shown].flatMap(([code, { first }]) => first.map((one) => [code, one] as const));
  expect(told.length).toBe(places.size);
  expect(Math.max(...told.map(([, { count }]) => count))).toBeGreaterThan(1);
  for (const [code, { path, places: named, count }] of told) {
    const all = places.get(`${code} ${path.split('/')[1]}`)!;
    expect(count).toBe(all.size);
    expect(named).toEqual([...all].slice(0, PLACES));
  }
});

test('of many miniapps the first are named by their names, and all are counted; what is archived is not', () => {
  const smart = workspace.miniapps.get(SMART)!;
  const many = Array.from({ length: 60 }, (_one, at) => {
    const own = {
      ...smart,
      id: `tymany${at}`,
      basics: { ...smart.basics, name: { ...(smart.basics.name as { en: string }), en: `Lamp ${at}` } },
      trafficking: [],
    };
    return [own.id, own] as const;
  });
  const gone = { ...smart, id: 'tygone', basics: { ...smart.basics, archived: true }, trafficking: [] };
  const miniapps: ReadonlyMap<string, typeof smart> = new Map<string, typeof smart>([...many, [gone.id, gone]]);
  const changed = { ...workspace, miniapps };
  const table = (id: string) => answersByApp(changed as ResolutionWorkspace, id, NOW);
  const { first, count } = shownNow(changed, table, 'en', NOW).get('app-not-associated')!;
  expect(count).toBe(60);
  const named = Array.from({ length: NAMED + FOLDED }, (_one, at) => `Lamp ${at}`);
  expect(first.map(({ name }) => name)).toEqual(named);
});

test('how many places there are reads alike before the fold and behind it', async () => {
  const one = { name: 'Lamp', path: 'miniapps/tysmart0000000001/#x', places: ['A · B'], count: 1234 };
  const shown = { first: Array.from({ length: NAMED + 1 }, () => one), count: NAMED + 1 };
  const html = await rendered(ShownMiniapps, { language: 'en', shown });
  expect(html.match(/places: [\d,]+/g)).toEqual(Array(NAMED + 1).fill('places: 1,234'));
});
