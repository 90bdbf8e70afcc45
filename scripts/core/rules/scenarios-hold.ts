import type { Miniapp, Scenario, Workspace } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problem.ts';
import { resolve, type Resolution } from '../resolve.ts';
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
        const answer = answerOf(workspace, id, scenario, now);
        const isBroken = answer.outcome === 'opens' && !versions.has(answer.version);
        if (isBroken || meets(scenario, answer)) continue;
        const place = at(pathOf.file(id, 'scenarios'), 'scenarios', i, 'expect');
        const actual = answer.outcome === 'opens' ? answer.version : answer.code;
        const { name } = scenario;
        if (isSuspended(workspace.miniapps.get(id)!, scenario, actual)) {
          yield problem('scenario-suspended', place, { name, actual, miniapp: id });
          continue;
        }
        const expected = scenario.expect.opens ?? scenario.expect.error ?? '';
        yield problem('scenario-broken', place, { name, expected, actual, command: commandOf(id, scenario) });
      }
    }
  },
};

/** What the resolution that a promise is about answers. */
function answerOf(workspace: Workspace, miniapp: string, scenario: Scenario, now: number): Resolution {
  const { app, region, entry = 'link', account, page, device } = scenario;
  return resolve(workspace, { miniapp, app, region, entry, account, page, device, now });
}

/** Whether an answer is what a promise expects: this version, whatever version its channel has, or this error. */
function meets({ expect }: Scenario, answer: Resolution): boolean {
  if (answer.outcome === 'error') return answer.code === expect.error;
  return expect.opens === answer.version || expect.opens === answer.channel;
}

/**
 * Whether a promise that does not hold only waits. Whoever stops a service, or takes back the approval of what is online,
 * breaks promises knowingly: neither may have to wait until the promises are rewritten. And a promise of whatever is online, or
 * set as experience version, says nothing while there is none.
 */
function isSuspended({ release, versions }: Miniapp, { expect: { opens = '' } }: Scenario, actual: string): boolean {
  const isRejected = versions.get(opens)?.review?.status === 'rejected';
  const hasNone = (opens === 'online' && !release.online) || (opens === 'experience' && !release.experience);
  return actual === 'service-disabled' || isRejected || hasNone;
}

function commandOf(miniapp: string, { app, region, entry, account, page, device }: Scenario): string {
  const options = { app, region, account, entry, page, device };
  const words = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]));
  return `npx miniapp resolve ${miniapp} ${words.join(' ')}`;
}
