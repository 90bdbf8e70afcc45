import { expect, test } from 'vitest';
import { fixtureWorkspace, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { rolloutMarkup } from './markup.ts';

const workspace = publish(fixtureWorkspace());

/** The commands below the bar of a rollout. */
function commands(rollout: object): string[] {
  const own = workspace.miniapps.get(SMART)!;
  const [[number, version]] = [...own.versions] as [[string, object]];
  const review = { status: 'approved', submittedBy: 'alice', reviewedBy: 'rita' };
  const miniapp = {
    ...own,
    versions: new Map(own.versions).set(number, { ...version, review } as never),
    release: { ...own.release, rollout: { version: number, ...rollout } },
  } as unknown as typeof own;
  const { text } = rolloutMarkup('en', workspace, miniapp, undefined, undefined);
  return [...text.matchAll(/<code class="?command"?>([^<]*)<\/code>/g)].map(([, command]) => command!);
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

test('what versions of an app run stands there for versions that somebody can get, each app version with its part of the users', () => {
  const apps = new Map(workspace.apps);
  const app = apps.values().next().value!;
  const { id } = app;
  apps.set(id, { ...app, runtimes: [{ appVersion: '4.1.0', baseLibrary: '9.9.9', share: 81.5 }] } as never);
  const changed = { ...workspace, apps };
  const smart = workspace.miniapps.get(SMART)!;
  const [number] = smart.versions.keys();
  const trafficking = [{ app: id, regions: [...app.regions] }];
  const shown = (release: object) =>
    rolloutMarkup('en', changed, { ...smart, trafficking, release }, undefined, undefined).text;
  expect(shown({ online: { version: number, enabled: true } })).toMatch(
    /4\.1\.0<br><small>81\.5 % of its users<\/small>.*<tr><th scope=row>/s,
  );
  expect(shown({})).toBe('');
});
