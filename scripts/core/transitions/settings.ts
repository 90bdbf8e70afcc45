/** What a difference in a settings file of a miniapp is: one of the edits. */
import { isEqual, type Change } from './changes.ts';
import type { TransitionKind } from '../lifecycle/lifecycle.ts';
import { defined } from '../defined.ts';
import type { Domains, Miniapp, TraffickingRow } from '../model.ts';
import { at, problem } from '../problems/problem.ts';
import { answerTo, asksTheSame, expectationOf } from '../resolution/scenarios.ts';
import { EDITS_OF } from './editing.ts';
import type { DatedSides, Recognised } from '../lifecycle/transition.ts';

/**
 * The edit that one changed file is. `step`: the one of a version or release in the same change, which an edit of scenarios follows.
 * Nothing for files of releases and versions.
 */
export function settingsTransitions(
  sides: DatedSides,
  { path, identity, how }: Change,
  step?: TransitionKind,
): Recognised {
  const { base, merged } = sides;
  const { kind, miniapp = '' } = identity;
  const before = base.miniapps.get(miniapp);
  const after = merged.miniapps.get(miniapp);
  // The steps of a release and of a review are recognised elsewhere.
  const [edit] = kind === 'release' ? [] : EDITS_OF[kind];
  if (!edit || !before || !after) return { transitions: [], problems: [] };
  const isBasics = kind === 'miniapp' && how === 'changed';
  if (isBasics && before.basics.type !== after.basics.type) {
    const args = { before: before.basics.type, after: after.basics.type };
    return { transitions: [], problems: [problem('type-changed', at(path, 'type'), args)] };
  }
  const managedApps =
    edit === 'edit-trafficking' ? newDeliveries(before, after).filter((app) => base.apps.get(app)?.managers) : [];
  const widensOnline =
    edit === 'edit-domains' && before.release.online !== undefined && widens(before.domains, after.domains);
  const follows = edit === 'edit-scenarios' && step && isOfTheStep(sides, miniapp, before, after) ? step : undefined;
  const extra = {
    ...defined({
      follows,
      managedApps: managedApps.length > 0 ? managedApps : undefined,
      widensOnline: widensOnline || undefined,
    }),
  };
  return { transitions: [{ kind: edit, miniapp, at: { file: path }, ...extra }], problems: [] };
}

/** Whether promises ask the same as before, and expect something else only where another answer comes of the step. */
function isOfTheStep({ base, merged, now }: DatedSides, miniapp: string, before: Miniapp, after: Miniapp): boolean {
  if (!asksTheSame(before.scenarios, after.scenarios)) return false;
  return after.scenarios.every((scenario, i) => {
    if (isEqual(scenario.expect, before.scenarios[i]!.expect)) return true;
    const [was, is] = [base, merged].map((workspace) => expectationOf(answerTo(workspace, miniapp, scenario, now)));
    return !isEqual(was, is);
  });
}

/** The apps to which the miniapp is delivered where it was not. */
export function newDeliveries(before: Pick<Miniapp, 'trafficking'> | undefined, after: Miniapp): string[] {
  const wasDelivered = ({ app }: TraffickingRow, region: string) =>
    before?.trafficking.some((row) => row.app === app && row.regions.includes(region)) === true;
  const isNew = (row: TraffickingRow) => row.regions.some((region) => !wasDelivered(row, region));
  return [...new Set(after.trafficking.filter(isNew).map(({ app }) => app))];
}

/** Whether something may be called after that could not be called before. */
function widens(before: Domains, after: Domains): boolean {
  const apis = ['request', 'upload', 'download', 'static'] as const;
  const hasNewOrigin = apis.some((api) =>
    Object.entries(after[api] ?? {}).some(([region, origins]) =>
      origins.some((origin) => !before[api]?.[region]?.includes(origin)),
    ),
  );
  return hasNewOrigin || (after.cloud ?? []).some((name) => !before.cloud?.includes(name));
}
