import type { Scenario, Workspace } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problem.ts';
import { resolve } from '../resolve.ts';
import { isSound, type Rule } from './rule.ts';

export const scenariosHold: Rule = {
  id: 'scenarios-hold',
  why: 'Ensure that what was promised to somebody still opens for them.',
  *check(workspace, now) {
    for (const [id, { scenarios, versions }] of workspace.miniapps) {
      const inputs = ['miniapp', 'release', 'trafficking', 'whitelist'] as const;
      const isReadable =
        inputs.every((kind) => isSound(workspace, pathOf.file(id, kind))) && isSound(workspace, pathOf.platform);
      if (!isReadable) continue;
      for (const [i, scenario] of scenarios.entries()) {
        // What its app would answer is not known, and what is wrong with the app is said there.
        if (!isSound(workspace, pathOf.app(scenario.app))) continue;
        const { version, code } = answer(workspace, id, scenario, now);
        const isBroken = version !== undefined && !versions.has(version);
        const holds = version === undefined ? code === scenario.expect.error : version === scenario.expect.opens;
        if (holds || isBroken) continue;
        const place = at(pathOf.file(id, 'scenarios'), 'scenarios', i, 'expect');
        // An emergency stop breaks every promise knowingly; it must not wait until they are rewritten.
        if (code === 'service-disabled') {
          yield problem('scenario-suspended', place, { name: scenario.name, miniapp: id });
          continue;
        }
        yield problem('scenario-broken', place, {
          name: scenario.name,
          expected: scenario.expect.opens ?? scenario.expect.error ?? '',
          actual: version ?? code ?? '',
          command: commandOf(id, scenario),
        });
      }
    }
  },
};

function answer(workspace: Workspace, miniapp: string, scenario: Scenario, now: number) {
  const { app, region, entry = 'link', account, page, device } = scenario;
  const resolution = resolve(workspace, { miniapp, app, region, entry, account, page, device, now });
  return resolution.outcome === 'opens'
    ? { version: resolution.version, code: undefined }
    : { version: undefined, code: resolution.code };
}

function commandOf(miniapp: string, { app, region, entry, account, page, device }: Scenario): string {
  const options = { app, region, account, entry, page, device };
  const words = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]));
  return `npx miniapp resolve ${miniapp} ${words.join(' ')}`;
}
