/** Which promises a change would break: one that breaks any is refused, unless it has them expect what opens then. */
import { isStopStep, type IntendedChange, type TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Scenario } from '../model.ts';
import type { ResolutionMiniapp, ResolutionWorkspace } from './resolution.ts';
import { answerTo, isSuspended, meets } from './scenarios.ts';
import { releaseAfter } from '../lifecycle/release-after.ts';

/** A miniapp, and what was promised of it: nothing where that is absent. */
type PromisedMiniapp = ResolutionMiniapp & { readonly scenarios?: readonly Scenario[] };

/** What resolution looks at, and what was promised. */
export type PromisedWorkspace = Omit<ResolutionWorkspace, 'miniapps'> & {
  readonly miniapps: ReadonlyMap<string, PromisedMiniapp>;
};

/**
 * The promises of the miniapp that a change would break, as they stand; none of one that changes no answer or stops something. Of a rollout that begins
 * or widens those that it breaks when it is as wide as its command can make it. `now`: milliseconds since 1970.
 */
export function brokenPromises(
  { apps, platform }: Pick<ResolutionWorkspace, 'apps' | 'platform'>,
  miniapp: PromisedMiniapp,
  change: IntendedChange,
  now: number,
): readonly Scenario[] {
  const { scenarios = [] } = miniapp;
  if (scenarios.length === 0 || isStopStep(change)) return [];
  const changed = changedBy(miniapp, change);
  if (!changed) return [];
  const after = { apps, platform, miniapps: new Map([[miniapp.id, changed]]) };
  return scenarios.filter((scenario) => {
    const answer = answerTo(after, miniapp.id, scenario, now);
    return !meets(scenario, answer) && !isSuspended(after, miniapp.id, scenario, answer, now);
  });
}

/** The workspace for a question about one miniapp, whose cures then say what they break of what was promised. `now`: milliseconds since 1970. */
export function withBrokenBy(workspace: PromisedWorkspace, miniapp: string, now: number): ResolutionWorkspace {
  const own = workspace.miniapps.get(miniapp);
  if (!own?.scenarios?.length) return workspace;
  const brokenBy = (change: IntendedChange) => brokenPromises(workspace, own, change, now).map(({ name }) => name);
  return { ...workspace, miniapps: new Map([[miniapp, { ...own, brokenBy }]]) };
}

/** The miniapp after a change; undefined where no answer depends on it. */
function changedBy(miniapp: PromisedMiniapp, change: IntendedChange): PromisedMiniapp | undefined {
  if ('regions' in change) {
    const { app, regions } = change;
    return { ...miniapp, trafficking: [...miniapp.trafficking, { app, regions: [...regions] }] };
  }
  if ('account' in change) {
    const { app, account } = change;
    return { ...miniapp, whitelist: [...miniapp.whitelist, { app, account }] };
  }
  const { kind, version } = change;
  const release = releaseAfter(miniapp.release, kind, version);
  return release && { ...reviewed(miniapp, kind, version), release };
}

/** With the approval taken back that a step takes back. */
function reviewed(miniapp: PromisedMiniapp, kind: TransitionKind, version: string): PromisedMiniapp {
  const own = miniapp.versions.get(version);
  if (kind !== 'revoke' || !own?.review) return miniapp;
  const review = { ...own.review, status: 'rejected' as const };
  return { ...miniapp, versions: new Map(miniapp.versions).set(version, { ...own, review }) };
}
