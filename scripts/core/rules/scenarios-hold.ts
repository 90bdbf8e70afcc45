import type { Scenario } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import { versionOrCode } from '../resolution/resolution.ts';
import { answerTo, isSuspended, meets } from '../resolution/scenarios.ts';
import { shellWord, toolCommand } from '../tool-command.ts';
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
        const answer = answerTo(workspace, id, scenario, now);
        const isBroken = answer.outcome === 'opens' && !versions.has(answer.version);
        if (isBroken || meets(scenario, answer)) continue;
        const place = at(pathOf.file(id, 'scenarios'), 'scenarios', i, 'expect');
        const actual = versionOrCode(answer);
        const { name } = scenario;
        if (isSuspended(workspace, id, scenario, answer, now)) {
          yield problem('scenario-suspended', place, { name, actual, miniapp: id });
          continue;
        }
        const expected = scenario.expect.opens ?? scenario.expect.error ?? '';
        yield problem('scenario-broken', place, { name, expected, actual, command: commandOf(id, scenario) });
      }
    }
  },
};

function commandOf(miniapp: string, scenario: Scenario): string {
  const { app, region, entry, account, audience, page, device, appVersion } = scenario;
  const options = { app, region, account, audience, entry, page, device, 'app-version': appVersion };
  const words = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, shellWord(value)],
  );
  return toolCommand(['resolve', miniapp, ...words].join(' '));
}
