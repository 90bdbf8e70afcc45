/** Promises: added, removed, and brought up to date with a step that makes others true. */
import type { Miniapp, Scenario, Workspace } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { answerTo, expectationOf, isSuspended, meets } from '../core/resolution/scenarios.ts';
import { edited, fileEdits, type Edited, type FileEdit, type EditState } from './edit.ts';

const saved = (given: EditState, { id }: Miniapp, scenarios: readonly Scenario[]): FileEdit =>
  fileEdits(given, pathOf.file(id, 'scenarios'), { scenarios });

/** A promise more; one of the same name is exchanged for it. */
export function addScenario(given: EditState, miniapp: Miniapp, added: Scenario): Edited {
  const { scenarios } = miniapp;
  const known = scenarios.findIndex(({ name }) => name === added.name);
  const next = known === -1 ? [...scenarios, added] : scenarios.with(known, added);
  return edited([saved(given, miniapp, next)], `"${added.name}" is promised already`);
}

export function removeScenario(given: EditState, miniapp: Miniapp, name: string): Edited {
  const next = miniapp.scenarios.filter((scenario) => scenario.name !== name);
  const already = `nothing is promised under the name "${name}"`;
  return next.length === miniapp.scenarios.length ? { already } : edited([saved(given, miniapp, next)], already);
}

/**
 * The promises of a miniapp as they hold in `after`, the state that a step of it leads to: each that would be broken expects
 * what is answered then. Nothing when all hold or wait.
 */
export function updateScenarios(given: EditState, miniapp: Miniapp, after: Workspace, now: number): FileEdit[] {
  const next = miniapp.scenarios.map((scenario): Scenario => {
    const answer = answerTo(after, miniapp.id, scenario, now);
    const isKept = meets(scenario, answer) || isSuspended(after, miniapp.id, scenario, answer, now);
    return isKept ? scenario : { ...scenario, expect: expectationOf(answer) };
  });
  const isSame = next.every((scenario, i) => scenario === miniapp.scenarios[i]);
  return isSame ? [] : [saved(given, miniapp, next)];
}
