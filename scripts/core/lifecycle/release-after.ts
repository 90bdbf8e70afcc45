/** What a step makes of a release. Apart from what recognises steps, so that whoever asks this loads no sentence of a problem. */
import { MOST_PERCENT, type TransitionKind } from './lifecycle.ts';
import { defined } from '../defined.ts';
import type { Release } from '../model.ts';

/**
 * The release without versions whose approval was taken back: they are not online or rolled out any more, and none to roll back to. A
 * rollout ends with what is online, which the others get.
 */
export function without(release: Release, revoked: ReadonlySet<string>): Release {
  const { online, previous = [], rollout, ...rest } = release;
  const left = previous.filter((version) => !revoked.has(version));
  const isOnline = online !== undefined && !revoked.has(online.version);
  const isRolledOut = rollout !== undefined && isOnline && !revoked.has(rollout.version);
  return {
    ...defined({ online: isOnline ? online : undefined }),
    ...rest,
    ...defined({ rollout: isRolledOut ? rollout : undefined, previous: left.length > 0 ? left : undefined }),
  };
}

/** The release after a version went online: enabled, the former one at the head of `previous`; what was rolled out ends. */
export function published(release: Release, version: string): Release {
  const rest = (release.previous ?? []).filter((other) => other !== version);
  const previous = release.online ? [release.online.version, ...rest] : rest;
  const { experience, rollout: _, ...others } = release;
  const keepsMark = experience !== undefined && experience.version !== version;
  return {
    ...others,
    ...defined({ experience: keepsMark ? experience : undefined }),
    online: { version, enabled: true },
    previous,
  };
}

/**
 * The release after a step of a version that is there, as far as it changes what is served; undefined where it changes none of it. A rollout begins or
 * widens as far as the command of the step can make it: where it reaches is another matter until nearly everybody there has it.
 */
export function releaseAfter(release: Release, kind: TransitionKind, version: string): Release | undefined {
  const { experience, rollout, online, ...rest } = release;
  switch (kind) {
    case 'publish':
    case 'rollback':
      return published(release, version);
    case 'revoke':
      return without(release, new Set([version]));
    case 'enable':
    case 'disable':
      return online && { ...release, online: { ...online, enabled: kind === 'enable' } };
    case 'set-experience':
      return { ...release, experience: { version } };
    case 'clear-experience':
      return { ...rest, ...defined({ rollout, online }) };
    case 'start-rollout':
      return { ...release, rollout: { version, percent: MOST_PERCENT } };
    case 'widen-rollout': {
      const reached = rollout && rollout.percent < MOST_PERCENT ? rollout : { version };
      return { ...release, rollout: { ...reached, percent: MOST_PERCENT } };
    }
    case 'stop-rollout':
      return { ...rest, ...defined({ experience, online }) };
    default:
      return undefined;
  }
}
