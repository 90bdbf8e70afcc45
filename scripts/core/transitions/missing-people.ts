/** Whether enough people are left to take a step of a version and to approve it, and who is missing otherwise. */
import { defined } from '../defined.ts';
import { identityOf } from '../identity/login.ts';
import type { NamedTransition } from '../lifecycle/transition.ts';
import type { Miniapp, Version } from '../model.ts';
import { ineligibleApprovers, isReviewStep } from '../policy/authorship.ts';
import { automaticApproval } from '../policy/auto-approval.ts';
import { rightOf, type Role } from '../policy/policy.ts';
import { needsOf, together, type PolicyState } from '../policy/required-approvals.ts';
import { holdersOf, rolesOf } from '../policy/roles.ts';
import { besidesOf, isForReach, type NeededApprovals, type ServedState } from './besides.ts';
import { GATEKEEPERS } from './blast-radius.ts';

/** Why nobody can finish a step. */
export interface MissingPeople {
  /** `act`: nobody may take it; `approve`: whoever takes it, too few others are left whose approval counts. */
  readonly what: 'act' | 'approve';
  /** One of these roles is needed for that. */
  readonly roles: readonly Role[];
  /** How many approvals it needs besides whoever takes it. */
  readonly approvals: number;
  /** The logins whose approval would count if the right one of them took it. */
  readonly able: readonly string[];
  /** Whether whoever made the version is passed over. */
  readonly isReview: boolean;
}

/**
 * Who is missing for a step of a version that is there: whoever takes it, or approvals by the base's policy, also the one more that it may ask
 * for where the effect is large. Undefined where it can be finished, and where the platform approves the version by itself. `now`: milliseconds
 * since 1970.
 */
export function missingPeople(
  state: ServedState,
  { kind, miniapp = '', version = '' }: NamedTransition,
  now: number,
): MissingPeople | undefined {
  const { policy, people, miniapps } = state;
  const own = miniapps.get(miniapp);
  const right = rightOf(policy, kind);
  const isReview = isReviewStep({ kind });
  const reviewed = own?.versions.get(version);
  if (kind === 'approve' && own && reviewed && isLeftToBot(state, own, reviewed)) return undefined;
  const authors = ineligibleApprovers(people, { versions: isReview && reviewed ? [reviewed] : [] });
  const mayAct = (login: string) => {
    const roles = rolesOf(state, login, own, []);
    return right.by.some((role) => roles.has(role)) && !authors.has(identityOf(people, login));
  };
  const isGated = () => isForReach(state, { kind, miniapp, version }, now);
  let found: MissingPeople | undefined;
  for (const actor of new Set(candidatesFor(state, own, right.by))) {
    if (!mayAct(actor)) continue;
    const mayApprove = (login: string) => identityOf(people, login) !== identityOf(people, actor);
    const passes = () => holdersOf(state, GATEKEEPERS, undefined, []).some(mayApprove) || !isGated();
    if ((right.approvals?.count ?? 0) === 0) {
      if (passes()) return undefined;
      found ??= { what: 'approve', roles: GATEKEEPERS, approvals: 1, able: [], isReview };
      continue;
    }
    const { approvals } = needsOf(
      { kind, miniapp, version, at: { file: '' } },
      { base: state, merged: state, actor, mayApprove, approvers: [], changesRequestedBy: [], reasons: new Map() },
    );
    // A step of a version asks one set of people.
    const [{ missing, from } = { missing: 0, from: [] }] = together(approvals).waits;
    if (from.length >= missing) {
      if (passes()) return undefined;
      found ??= { what: 'approve', roles: GATEKEEPERS, approvals: 1, able: [], isReview };
      continue;
    }
    if (!found || from.length > found.able.length)
      found = { what: 'approve', roles: right.approvals!.by, approvals: missing, able: from, isReview };
  }
  return found ?? { what: 'act', roles: right.by, approvals: 0, able: [], isReview };
}

/** Whether the bot approves a version under review once the time for that has passed, whenever that is. */
export function isLeftToBot(
  state: PolicyState,
  miniapp: Pick<Miniapp, 'release' | 'versions'>,
  version: Version,
): boolean {
  const { platform, policy } = state;
  const isBots = platform.bot !== undefined && rightOf(policy, 'auto-approve').by.includes('bot');
  return isBots && automaticApproval(state, miniapp, version, 0, 0).state !== 'refused';
}

/** Everybody who can have one of these roles in a miniapp, perhaps twice: of thousands of people few have any. */
function candidatesFor(
  { people }: PolicyState,
  own: Pick<Miniapp, 'members'> | undefined,
  by: readonly Role[],
): Iterable<string> {
  if (by.includes('person')) return people.keys();
  let platform = withPlatformRoles.get(people);
  if (!platform) {
    platform = [...people.values()]
      .filter(({ platformRoles = [] }) => platformRoles.length > 0)
      .map(({ login }) => login);
    withPlatformRoles.set(people, platform);
  }
  return [...platform, ...(own?.members ?? []).map(({ login }) => login)];
}

/** By the people of a state, which never change. */
const withPlatformRoles = new WeakMap<PolicyState['people'], readonly string[]>();

/** Who a step waits for. */
export interface StepPeople {
  /** Who is missing, where nobody can finish it. */
  readonly missing?: MissingPeople;
  /** The approvals that it needs; none where it needs none. */
  readonly besides?: readonly NeededApprovals[];
}

/** Who a step of a version that is there waits for. `now`: milliseconds since 1970. */
export function peopleFor(state: ServedState, step: NamedTransition, now: number): StepPeople {
  const besides = besidesOf(state, step, now);
  return defined({
    missing: missingPeople(state, step, now),
    besides: besides.length > 0 ? besides : undefined,
  });
}

/** Steps of a miniapp's versions, each with who it waits for. `now`: milliseconds since 1970. */
export const withPeople = <Step extends NamedTransition>(
  state: ServedState,
  miniapp: string,
  steps: readonly Step[],
  now: number,
): (Step & StepPeople)[] => steps.map((step) => ({ ...step, ...peopleFor(state, { ...step, miniapp }, now) }));

/** What stands between a step and its end, as commands and the portal's API give it to programs: who is missing, what it needs besides, what it breaks. */
export const hindrancesJson = ({ missing, besides, breaks }: StepPeople & { readonly breaks?: readonly string[] }) =>
  defined({
    missing: missing && missingJson(missing),
    besides: besides?.map(({ count, by, newApis: apis, isForReach: reach }) => ({
      count,
      by,
      ...defined({ apis, reach }),
    })),
    breaks,
  });

const missingJson = ({ what, roles, approvals, able }: MissingPeople) => ({ what, roles, approvals, able });
