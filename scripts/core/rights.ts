/** Whether a transition was done or approved by somebody who may, and whose approval it needs besides. */
import { holdersOf, rolesOf } from './authority.ts';
import type { Miniapp, Workspace } from './model.ts';
import { rightOf, type Right, type Role } from './policy.ts';
import { problem, type Problem } from './problem.ts';
import type { Circumstances } from './transitions/conditions.ts';
import type { Transition } from './transitions/index.ts';

export interface Approvals {
  readonly required: number;
  /** Logins whose approval counts. */
  readonly given: readonly string[];
  readonly missing: number;
  /** Who could give what is missing. */
  readonly from: readonly string[];
}

export interface Needs {
  readonly problems: readonly Problem[];
  readonly approvals: Approvals;
}

export const NO_APPROVALS: Approvals = { required: 0, given: [], missing: 0, from: [] };

/** What a transition needs of people, judged by the base's policy, people and members. */
export function needsOf(transition: Transition, circumstances: Circumstances): Needs {
  const { base, actor, approvers, objectors } = circumstances;
  const right = rightOf(base.policy, transition.kind);
  const subject = subjectOf(transition, circumstances);
  const apps = transition.managedApps ?? [];
  const authors = authorsOf(transition, circumstances);
  const isReviewStep = REVIEW_STEPS.has(transition.kind);
  const has = (login: string, by: readonly Role[]): boolean => {
    const roles = rolesOf(base, login, subject, apps);
    return by.some((role) => roles.has(role));
  };
  const lenders = [...approvers, ...(transition.kind === 'reject' ? objectors : [])];
  const candidates = [actor, ...lenders].filter((login) => !isReviewStep || !authors.has(login));
  const mayRepair = transition.kind.startsWith('edit-') && [actor, ...approvers].some((login) => isOwner(base, login));
  const isAllowed = mayRepair || candidates.some((login) => has(login, right.by));
  const people: People = { has, authors, subject, apps };
  return {
    problems: isAllowed ? [] : [notAllowed(transition, circumstances, right, people)],
    approvals: approvalsOf(transition, circumstances, right, people),
  };
}

interface People {
  readonly has: (login: string, by: readonly Role[]) => boolean;
  /** Who submitted or uploaded the version: their approval of it never counts. */
  readonly authors: ReadonlySet<string>;
  readonly subject: Miniapp | undefined;
  readonly apps: readonly string[];
}

const REVIEW_STEPS: ReadonlySet<string> = new Set(['approve', 'reject', 'revoke']);

/** The miniapp whose members are asked: the base's, or of one that is new its own, which its creator leads. */
function subjectOf({ kind, miniapp = '' }: Transition, { base, merged }: Circumstances): Miniapp | undefined {
  return base.miniapps.get(miniapp) ?? (kind === 'create' ? undefined : merged.miniapps.get(miniapp));
}

function authorsOf({ miniapp = '', version = '' }: Transition, { base, merged }: Circumstances): Set<string> {
  const versions = [base, merged].map((side) => side.miniapps.get(miniapp)?.versions.get(version));
  return new Set(versions.flatMap((one) => (one ? [one.uploadedBy, one.review?.submittedBy ?? one.uploadedBy] : [])));
}

/** An owner may make any edit of a miniapp, to repair it: whoever may edit the platform. */
function isOwner(base: Workspace, login: string): boolean {
  const roles = rolesOf(base, login, undefined, []);
  return rightOf(base.policy, 'edit-platform').by.some((role) => roles.has(role));
}

function notAllowed(transition: Transition, { base, actor }: Circumstances, right: Right, people: People): Problem {
  const isKnown = rolesOf(base, actor, undefined, []).size > 0;
  if (!isKnown) return problem('actor-unknown', transition.at, { actor });
  const holders = holdersOf(base, right.by, people.subject, people.apps).join(', ') || 'nobody yet';
  const what = [transition.kind, transition.version].filter((word) => word !== undefined).join(' ');
  return problem('actor-not-allowed', transition.at, { actor, what, roles: right.by.join(', '), holders });
}

function approvalsOf(
  transition: Transition,
  circumstances: Circumstances,
  { approvals }: Right,
  people: People,
): Approvals {
  const { base, actor, approvers } = circumstances;
  const { has, authors, subject, apps } = people;
  if (!approvals || approvals.count === 0 || !applies(approvals.when ?? 'always', transition, base))
    return NO_APPROVALS;
  // A manager's consent may be the actor's own; any other approval is another person's.
  const isOwnConsent = approvals.when === 'managed-app' && has(actor, approvals.by);
  if (isOwnConsent) return NO_APPROVALS;
  const counts = (login: string) => login !== actor && !authors.has(login) && has(login, approvals.by);
  const given = approvers.filter(counts);
  const missing = Math.max(0, approvals.count - given.length);
  const others = holdersOf(base, approvals.by, subject, apps).filter(
    (login) => counts(login) && !given.includes(login),
  );
  return { required: approvals.count, given, missing, from: missing === 0 ? [] : others };
}

type When = NonNullable<NonNullable<Right['approvals']>['when']>;

function applies(when: When, transition: Transition, base: Workspace): boolean {
  const owners = [...base.people.keys()].filter((login) => rolesOf(base, login, undefined, []).has('owner'));
  const is: Record<When, boolean> = {
    always: true,
    'several-owners': owners.length >= 2,
    'widens-online': transition.widensOnline === true,
    'managed-app': (transition.managedApps ?? []).length > 0,
  };
  return is[when];
}

/** What several transitions need together: one person's approval serves each of them. */
export function together(all: readonly Approvals[]): Approvals {
  const required = Math.max(0, ...all.map((one) => one.required));
  const missing = Math.max(0, ...all.map((one) => one.missing));
  const union = (pick: (one: Approvals) => readonly string[]) => [...new Set(all.flatMap(pick))];
  return { required, given: union((one) => one.given), missing, from: union((one) => one.from) };
}
