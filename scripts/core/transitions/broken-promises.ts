/** Which promises a step would break: a change that breaks one is refused, unless the same change has it expect what opens then. */
import { isStopStep, type TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Miniapp, Scenario, Workspace } from '../model.ts';
import { answerTo, isSuspended, meets } from '../resolution/scenarios.ts';
import { releaseAfter } from './release-after.ts';

/**
 * The promises of the miniapp that a step of a version that is there would break, as they stand; none of a step that changes no answer or stops
 * something, and none of a wider rollout, as that depends on how wide. `now`: milliseconds since 1970.
 */
export function brokenPromises(
  { apps, platform }: Pick<Workspace, 'apps' | 'platform'>,
  miniapp: Miniapp,
  { kind, version }: { readonly kind: TransitionKind; readonly version: string },
  now: number,
): readonly Scenario[] {
  if (miniapp.scenarios.length === 0 || isStopStep({ kind }) || kind === 'widen-rollout') return [];
  const release = releaseAfter(miniapp.release, kind, version);
  if (!release) return [];
  const after = { apps, platform, miniapps: new Map([[miniapp.id, { ...reviewed(miniapp, kind, version), release }]]) };
  return miniapp.scenarios.filter((scenario) => {
    const answer = answerTo(after, miniapp.id, scenario, now);
    return !meets(scenario, answer) && !isSuspended(after, miniapp.id, scenario, answer, now);
  });
}

/** With the approval taken back that a step takes back. */
function reviewed(miniapp: Miniapp, kind: TransitionKind, version: string): Miniapp {
  const own = miniapp.versions.get(version);
  if (kind !== 'revoke' || !own?.review) return miniapp;
  const review = { ...own.review, status: 'rejected' as const };
  return { ...miniapp, versions: new Map(miniapp.versions).set(version, { ...own, review }) };
}
