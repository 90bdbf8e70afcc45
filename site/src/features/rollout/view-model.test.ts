import { expect, test } from 'vitest';
import { fixtureWorkspace, NOW, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { rendered } from '../../../tests/rendered.ts';
import FitTable from './FitTable.astro';
import { appFits, fitsOf, rolloutView } from './view-model.ts';

const workspace = publish(fixtureWorkspace());

/** A rollout of the fixture. */
function viewOf(rollout: object, policy = workspace.policy) {
  const own = workspace.miniapps.get(SMART)!;
  const [[number, version]] = [...own.versions] as [[string, object]];
  const review = { status: 'approved', submittedBy: 'alice', reviewedBy: 'rita' };
  const miniapp = {
    ...own,
    versions: new Map(own.versions).set(number, { ...version, review } as never),
    release: { ...own.release, previous: [], rollout: { version: number, ...rollout } },
  } as unknown as typeof own;
  return rolloutView(
    { ...workspace, policy, miniapps: new Map([[SMART, miniapp]]) },
    miniapp,
    { past: undefined, now: NOW },
    'en',
  )!;
}

const commands = (rollout: object) => viewOf(rollout).steps.map(({ command }) => command);

test('a rollout is widened by what can still be widened, and not where nothing can', () => {
  expect(commands({ percent: 10 })).toEqual(
    expect.arrayContaining([expect.stringMatching(/^npx miniapp rollout widen .*--percent/)]),
  );
  expect(commands({ percent: 99 }).filter((command) => command.includes(' widen '))).toEqual([]);
  const apps = commands({ percent: 99, apps: ['smart-life'] }).filter((command) => command.includes(' widen '));
  for (const command of apps) expect(command).not.toContain('--percent');
  expect(apps).toHaveLength(1);
  for (const percent of [10, 99])
    expect(commands({ percent })).toEqual(expect.arrayContaining([`npx miniapp rollout stop ${SMART}`]));
});

test('a rollout names its apps and regions as people do, and says of a step that nobody can finish who is missing', () => {
  const { name } = workspace.apps.get('smart-life')!;
  const region = workspace.platform.regions['EU'] as Record<string, string>;
  const bounded = viewOf({ percent: 10, apps: ['smart-life'], regions: ['EU'] });
  expect(bounded.where).toBe(`${name['en']!} · ${region['en']!}`);
  expect(viewOf({ percent: 10 }).where).toBe('');
  expect(bounded.steps.every(({ missing }) => missing === undefined)).toBe(true);
  const many = { transitions: { publish: { by: ['admin'], approvals: { count: 9, by: ['owner'] } } } };
  const { steps } = viewOf({ percent: 10 }, many as typeof workspace.policy);
  expect(steps.filter(({ missing }) => missing).map(({ kind }) => kind)).toEqual(['publish']);
});

test('an app runs what is rolled out in it, and nothing that is rolled out elsewhere', () => {
  const own = workspace.miniapps.get(SMART)!;
  const app = { ...workspace.apps.get('smart-life')!, runtimes: [{ appVersion: '4.1.0', baseLibrary: '9.9.9' }] };
  const titles = (rollout: object, language: 'en' | 'zh' = 'en') => {
    const release = { ...own.release, rollout: { version: '1.2.0', percent: 10, ...rollout } };
    const changed = {
      ...workspace,
      apps: new Map(workspace.apps).set(app.id, app),
      miniapps: new Map(workspace.miniapps).set(SMART, { ...own, release }),
    };
    const ref = { id: SMART, name: 'Clock', avatar: undefined } as never;
    return appFits(changed, app.id, [ref], language).map(({ title, lacks }) => [title, lacks[0]!.join()]);
  };
  expect(titles({}).map(([title]) => title)).toEqual(['Clock 1.1.0', 'Clock 1.2.0']);
  expect(titles({ apps: ['oem-home'] }).map(([title]) => title)).toEqual(['Clock 1.1.0']);
  expect(titles({ regions: ['nowhere'] }).map(([title]) => title)).toEqual(['Clock 1.1.0']);
  // What it lacks is named as elsewhere on the page.
  expect(titles({}).join()).toContain('base library ');
  expect(titles({}, 'zh').join()).toContain('基础库 ');
});

test('without a rollout there is nothing of it', () => {
  const own = workspace.miniapps.get(SMART)!;
  const { rollout: _none, ...release } = own.release;
  expect(
    rolloutView(workspace, { ...own, release } as typeof own, { past: undefined, now: NOW }, 'en'),
  ).toBeUndefined();
});

test('what versions of an app run is told of versions that somebody can get, each with what it lacks there', async () => {
  const apps = new Map(workspace.apps);
  const app = apps.values().next().value!;
  const { id } = app;
  const runtimes = [
    { appVersion: '4.1.0', baseLibrary: '9.9.9', share: 81.5 },
    { appVersion: '4.2.0', baseLibrary: '2.99.0', kits: { BaseKit: '3.99.0' } },
  ];
  apps.set(id, { ...app, runtimes } as never);
  const changed = { ...workspace, apps };
  const smart = workspace.miniapps.get(SMART)!;
  const [number] = smart.versions.keys();
  const trafficking = [{ app: id, regions: [...app.regions] }];
  const fits = (release: object) => fitsOf(changed, { ...smart, trafficking, release } as typeof smart, 'en');
  const [fit, ...others] = fits({ online: { version: number, enabled: true } });
  expect(others).toEqual([]);
  expect(fit).toMatchObject({ runtimes, rows: [{ title: number }] });
  expect(await rendered(FitTable, { language: 'en', head: 'Version', ...fit })).toMatch(
    /4\.1\.0<br><small>81\.5 % of its users<\/small>.*<tr><th scope=row>/s,
  );
  const [older, newer] = fit!.rows[0]!.lacks;
  expect(older!.map((one) => one.split(' ')[0])).toContain('BaseKit');
  expect(newer).toEqual([]);
  expect(fits({})).toEqual([]);
  const elsewhere = { ...smart, trafficking: [], release: { online: { version: number, enabled: true } } } as never;
  expect(fitsOf(changed, elsewhere, 'en')).toEqual([]);
});
