/** What a step of a version needs besides whoever takes it, as it stands now: not what the policy may ask for, but what it asks of this version. */
import { defined } from '../defined.ts';
import { isStopStep } from '../lifecycle/lifecycle.ts';
import type { NamedTransition } from '../lifecycle/transition.ts';
import type { Miniapp } from '../model.ts';
import { newApis } from '../policy/new-apis.ts';
import { rightOf, type Role } from '../policy/policy.ts';
import { asksFor, type PolicyState } from '../policy/required-approvals.ts';
import type { ResolutionMiniapp } from '../resolution/resolution.ts';
import { GATEKEEPERS, isFarReaching } from './blast-radius.ts';
import { ifReleased } from './if-published.ts';
import { releaseAfter } from '../lifecycle/release-after.ts';

/** Of a state who may do what, and what is served. */
export type ServedState = Omit<PolicyState, 'miniapps'> & {
  readonly miniapps: ReadonlyMap<string, Pick<Miniapp, 'members' | 'release' | 'versions'> & ResolutionMiniapp>;
};

/** Approvals by people with one of these roles. */
export interface NeededApprovals {
  readonly count: number;
  readonly by: readonly Role[];
  /** The APIs that the version newly uses, where that is why. */
  readonly newApis?: readonly string[];
  /** Whether it is because of how much the step changes. */
  readonly isForReach?: true;
}

/** The approvals that the step needs, by its right and by its reach; none where it is a stop. `now`: milliseconds since 1970. */
export function besidesOf(state: ServedState, step: NamedTransition, now: number): NeededApprovals[] {
  const { kind, miniapp = '', version = '' } = step;
  if (isStopStep(step)) return [];
  const { approvals } = rightOf(state.policy, kind);
  const isAsked =
    approvals !== undefined &&
    approvals.count > 0 &&
    asksFor(approvals, { kind, miniapp, version, at: { file: '' } }, { base: state, merged: state });
  const own = state.miniapps.get(miniapp);
  const uploaded = own?.versions.get(version);
  const named =
    isAsked && approvals.when === 'new-apis' && own && uploaded && newApis(own, uploaded, approvals.apis ?? []);
  return [
    ...(isAsked ? [{ count: approvals.count, by: approvals.by, ...defined({ newApis: named || undefined }) }] : []),
    ...(isForReach(state, step, now) ? [{ count: 1, by: GATEKEEPERS, isForReach: true } as const] : []),
  ];
}

/**
 * Whether the policy asks for one more approval because of what the step changes. `now`: milliseconds since 1970. Worked out once: who is missing is
 * asked, what is needed besides, and both for each language of a portal.
 */
export function isForReach(state: ServedState, step: NamedTransition, now: number): boolean {
  if (state.policy.blastRadius === undefined || isStopStep(step)) return false;
  let known = reaches.get(state);
  if (!known) reaches.set(state, (known = new Map()));
  const key = `${step.miniapp} ${step.kind} ${step.version} ${now}`;
  const found = known.get(key) ?? isReaching(state, step, now);
  known.set(key, found);
  return found;
}

/** By the states asked about, which never change. */
const reaches = new WeakMap<ServedState, Map<string, boolean>>();

function isReaching(state: ServedState, { kind, miniapp = '', version = '' }: NamedTransition, now: number): boolean {
  const own = state.miniapps.get(miniapp);
  const release = own && releaseAfter(own.release, kind, version);
  return release !== undefined && isFarReaching(state.policy, ifReleased(state, own!, release, now).consequences);
}
