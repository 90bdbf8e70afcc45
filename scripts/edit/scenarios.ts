/** Promises: added, removed, and brought up to date with a step that makes others true. */
import { parse } from 'yaml';
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

/** Removes the scenario of a name; `already` where there is none. */
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

/** The lists of settings on which answers depend. */
export type AnsweringList = 'trafficking' | 'whitelist';

/** An edit of such a list of a miniapp, together with the promises that it would break. */
export function withPromises(
  given: EditState,
  miniapp: Miniapp,
  made: Edited,
  { list, now }: { readonly list: AnsweringList; readonly now: number },
): Edited {
  const edit = 'edits' in made && made.edits.find(({ path }) => path === pathOf.file(miniapp.id, list));
  if (!edit) return made;
  const rows = edit.after === null ? [] : ((parse(String(edit.after)) as Partial<Miniapp> | null)?.[list] ?? []);
  const miniapps = new Map([...given.workspace.miniapps, [miniapp.id, { ...miniapp, [list]: rows }]]);
  const promises = updateScenarios(given, miniapp, { ...given.workspace, miniapps }, now);
  return { ...made, edits: [...made.edits, ...promises] };
}
