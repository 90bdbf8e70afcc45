/**
 * What a difference in release.yaml is: publish, rollback, a step of a rollout, disable, enable, set-experience, clear-experience, or
 * nothing.
 */
import type { TransitionKind } from '../lifecycle/lifecycle.ts';
import { defined } from '../defined.ts';
import type { Release } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, problem, type Place } from '../problems/problem.ts';
import type { Rollout } from '../resolution/rollout.ts';
import { published, without } from '../lifecycle/release-after.ts';
import type { Recognised, Sides, Transition } from '../lifecycle/transition.ts';

/**
 * Applies the step that the difference suggests to the release of the base, and compares. A list that lost, reordered or gained an entry in
 * another way is explained by no step. `revoked`: versions whose approval the same change revokes, so that they leave the release; that is
 * part of the revocation and no step of its own.
 */
export function releaseTransitions({ base, merged }: Sides, miniapp: string, revoked: ReadonlySet<string>): Recognised {
  const file = pathOf.file(miniapp, 'release');
  const before = base.miniapps.get(miniapp)?.release ?? {};
  const after = merged.miniapps.get(miniapp)?.release ?? {};
  const transitions: Transition[] = [];
  const step = (kind: TransitionKind, version: string, place: Place, percent?: number) =>
    transitions.push({ kind, miniapp, version, ...defined({ percent }), at: place });

  let expected = without(before, revoked);
  const online = after.online?.version;
  const former = expected.online?.version;
  if (online !== undefined && online !== former && !revoked.has(online)) {
    const isRollback = expected.previous?.includes(online) === true;
    step(isRollback ? 'rollback' : 'publish', online, at(file, 'online', 'version'));
    expected = published(expected, online);
  } else if (expected.online && after.online && expected.online.enabled !== after.online.enabled) {
    const { version, enabled } = after.online;
    step(enabled ? 'enable' : 'disable', version, at(file, 'online', 'enabled'));
    expected = { ...expected, online: { version, enabled } };
  }
  const wanted = after.experience?.version;
  const known = expected.experience?.version;
  if (wanted !== known) {
    if (wanted === undefined) step('clear-experience', known!, { file });
    else step('set-experience', wanted, at(file, 'experience', 'version'));
    expected = { ...expected, ...defined({ experience: wanted === undefined ? undefined : { version: wanted } }) };
    if (wanted === undefined) delete (expected as { experience?: unknown }).experience;
  }
  const rolledOut = rolloutStep(before, expected, after);
  if ('kind' in rolledOut) {
    const { kind, version, rollout } = rolledOut;
    step(kind, version, rollout ? at(file, 'rollout', 'percent') : { file }, rollout?.percent);
    const { rollout: _, ...rest } = expected;
    expected = { ...rest, ...defined({ rollout }) };
  }
  if ('narrowed' in rolledOut) {
    const { field, from, to } = rolledOut.narrowed;
    const args = { version: after.rollout!.version, field, from, to, miniapp };
    return { transitions: [], problems: [problem('rollout-narrowed', at(file, 'rollout', field), args)] };
  }
  const fault = unexplained(expected, after);
  if (!fault) return { transitions, problems: [] };
  const place = after[fault.field] === undefined ? { file } : at(file, fault.field);
  const args = { field: fault.field, actual: fault.actual, expected: fault.expected };
  return { transitions: [], problems: [problem('release-unexplained', place, args)] };
}

type RolloutStep =
  | { readonly kind: 'start-rollout' | 'widen-rollout'; readonly version: string; readonly rollout: Rollout }
  | { readonly kind: 'stop-rollout'; readonly version: string; readonly rollout?: undefined }
  | {
      readonly narrowed: { readonly field: 'percent' | 'apps' | 'regions'; readonly from: string; readonly to: string };
    }
  | { readonly none: true };

/**
 * What becomes of a rollout, once what ends it by the way has ended it in `expected`. One starts where the base has something online
 * and none yet; it only widens.
 */
function rolloutStep(before: Release, expected: Release, after: Release): RolloutStep {
  const [old, current] = [expected.rollout, after.rollout];
  if (!old && !current) return { none: true };
  if (!current) return { kind: 'stop-rollout', version: old!.version };
  if (!old) {
    const mayStart = before.rollout === undefined && before.online !== undefined;
    return mayStart ? { kind: 'start-rollout', version: current.version, rollout: current } : { none: true };
  }
  if (old.version !== current.version) return { none: true };
  const everywhere = 'all';
  const shown = (list: readonly string[] | undefined) => list?.join(', ') ?? everywhere;
  if (current.percent < old.percent)
    return { narrowed: { field: 'percent', from: String(old.percent), to: String(current.percent) } };
  for (const field of ['apps', 'regions'] as const) {
    if (!isWithin(old[field], current[field]))
      return { narrowed: { field, from: shown(old[field]), to: shown(current[field]) } };
  }
  const isWider =
    current.percent > old.percent || !isWithin(current.apps, old.apps) || !isWithin(current.regions, old.regions);
  return isWider ? { kind: 'widen-rollout', version: current.version, rollout: current } : { none: true };
}

/** Whether a list names nothing that the other does not; without a list it is everything. */
const isWithin = (list: readonly string[] | undefined, other: readonly string[] | undefined): boolean =>
  other === undefined || (list !== undefined && list.every((one) => other.includes(one)));

/** "1.2.0 to 10 % in smart-life, EU", whatever the order of its lists. */
export const rolloutText = ({ version, percent, apps = [], regions = [] }: Rollout): string => {
  const where = [...apps.toSorted(), ...regions.toSorted()].join(', ');
  return `${version} to ${percent} %${where === '' ? '' : ` in ${where}`}`;
};

function unexplained(expected: Release, actual: Release) {
  const shown = {
    online: (release: Release) =>
      release.online ? `${release.online.version}, enabled: ${release.online.enabled}` : 'none',
    experience: (release: Release) => release.experience?.version ?? 'none',
    previous: (release: Release) => (release.previous ?? []).join(', ') || 'none',
    rollout: ({ rollout }: Release) => (rollout ? rolloutText(rollout) : 'none'),
  } as const;
  for (const [field, show] of Object.entries(shown) as [keyof typeof shown, (release: Release) => string][]) {
    if (show(expected) !== show(actual)) return { field, expected: show(expected), actual: show(actual) };
  }
  return undefined;
}
