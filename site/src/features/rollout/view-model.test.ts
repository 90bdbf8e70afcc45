import { expect, test } from 'vitest';
import { fixtureWorkspace, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { rendered } from '../../../tests/rendered.ts';
import FitTable from './FitTable.astro';
import { fitsOf, rolloutView } from './view-model.ts';

const workspace = publish(fixtureWorkspace());

/** The commands of a rollout. */
function commands(rollout: object): readonly string[] {
  const own = workspace.miniapps.get(SMART)!;
  const [[number, version]] = [...own.versions] as [[string, object]];
  const review = { status: 'approved', submittedBy: 'alice', reviewedBy: 'rita' };
  const miniapp = {
    ...own,
    versions: new Map(own.versions).set(number, { ...version, review } as never),
    release: { ...own.release, rollout: { version: number, ...rollout } },
  } as unknown as typeof own;
  return rolloutView(workspace, miniapp, undefined, 'en')!.commands;
}

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

test('without a rollout there is nothing of it', () => {
  const own = workspace.miniapps.get(SMART)!;
  const { rollout: _none, ...release } = own.release;
  expect(rolloutView(workspace, { ...own, release } as typeof own, undefined, 'en')).toBeUndefined();
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
