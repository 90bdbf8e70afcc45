/** What a difference in release.yaml is: publish, rollback, disable, enable, set-experience, clear-experience, or nothing. */
import type { TransitionKind } from './lifecycle.ts';
import type { Release } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, problem, type Place } from '../problems/problem.ts';
import type { Recognised, Sides, Transition } from './transition.ts';

/**
 * Plays what the difference claims on the release before it and compares: a list that lost, reordered or invented an entry
 * is explained by no step. `revoked`: versions whose approval the same change takes back, so that they leave the release;
 * that is part of the revocation and no step beside it.
 */
export function releaseTransitions({ base, merged }: Sides, miniapp: string, revoked: ReadonlySet<string>): Recognised {
  const file = pathOf.file(miniapp, 'release');
  const before = base.miniapps.get(miniapp)?.release ?? {};
  const after = merged.miniapps.get(miniapp)?.release ?? {};
  const transitions: Transition[] = [];
  const step = (kind: TransitionKind, version: string, place: Place) =>
    transitions.push({ kind, miniapp, version, at: place });

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
    expected = { ...expected, ...(wanted === undefined ? {} : { experience: { version: wanted } }) };
    if (wanted === undefined) delete (expected as { experience?: unknown }).experience;
  }
  const fault = unexplained(expected, after);
  if (!fault) return { transitions, problems: [] };
  const place = after[fault.field] === undefined ? { file } : at(file, fault.field);
  const args = { field: fault.field, actual: fault.actual, expected: fault.expected };
  return { transitions: [], problems: [problem('release-unexplained', place, args)] };
}

/** The release without versions whose approval was taken back: they are not online any more, and none to roll back to. */
export function without(release: Release, revoked: ReadonlySet<string>): Release {
  const { online, previous = [], ...rest } = release;
  const left = previous.filter((version) => !revoked.has(version));
  const isOnline = online !== undefined && !revoked.has(online.version);
  return { ...(isOnline ? { online } : {}), ...rest, ...(left.length > 0 ? { previous: left } : {}) };
}

/** The release after a version went online: enabled, the former one at the head of `previous`. */
export function published(release: Release, version: string): Release {
  const rest = (release.previous ?? []).filter((other) => other !== version);
  const previous = release.online ? [release.online.version, ...rest] : rest;
  const { experience, ...others } = release;
  const keepsMark = experience !== undefined && experience.version !== version;
  return { ...others, ...(keepsMark ? { experience } : {}), online: { version, enabled: true }, previous };
}

function unexplained(expected: Release, actual: Release) {
  const shown = {
    online: (release: Release) =>
      release.online ? `${release.online.version}, enabled: ${release.online.enabled}` : 'none',
    experience: (release: Release) => release.experience?.version ?? 'none',
    previous: (release: Release) => (release.previous ?? []).join(', ') || 'none',
  } as const;
  for (const [field, show] of Object.entries(shown) as [keyof typeof shown, (release: Release) => string][]) {
    if (show(expected) !== show(actual)) return { field, expected: show(expected), actual: show(actual) };
  }
  return undefined;
}
