/** Whether a transition was made or approved by somebody with the right, and which further approvals it needs. */
import { holdersOf, rolesOf } from './roles.ts';
import type { AdviceCode, Args } from '../problems/messages.ts';
import { ineligibleApprovers, isReviewStep, versionsOf } from './authorship.ts';
import { currentLogin, identityOf, writtenLogin } from '../identity/login.ts';
import { isStopStep, type TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Miniapp, Workspace } from '../model.ts';
import { newApis } from './new-apis.ts';
import { rightOf, type Right, type Role } from './policy.ts';
import { problem, type Problem } from '../problems/problem.ts';
import { delegatesOf, type Circumstances } from './circumstances.ts';
import { stepText, type Transition } from '../lifecycle/transition.ts';

/** Of a state what rights and approvals depend on. */
export type PolicyState = Pick<Workspace, 'platform' | 'policy' | 'people' | 'apps'> & {
  readonly miniapps: ReadonlyMap<string, PolicyMiniapp>;
};

type PolicyMiniapp = Pick<Miniapp, 'members' | 'release' | 'versions'>;

/** Who acts, and who approved, against which two states. */
type PolicyCase = Omit<Circumstances, 'base' | 'merged' | 'history' | 'now'> & {
  readonly base: PolicyState;
  readonly merged: PolicyState;
};

/** Approvals by one set of people. */
export interface ApprovalNeed {
  readonly required: number;
  /** Logins whose approval counts. */
  readonly given: readonly string[];
  /** Everybody whose approval counts or would count. */
  readonly able: readonly string[];
  /** The roles that are asked, as a name for this need. */
  readonly by: string;
}

/** What several needs ask for together. */
export interface Approvals extends Pick<ApprovalNeed, 'required' | 'given'> {
  readonly missing: number;
  /** What is missing, one for each set of people that is asked. */
  readonly waits: readonly ApprovalWait[];
}

/** Approvals that are missing, and who could give them. */
export interface ApprovalWait {
  readonly missing: number;
  readonly from: readonly string[];
}

export interface ApprovalNeeds {
  readonly problems: readonly Problem[];
  /** One for each set of people that are asked. */
  readonly approvals: readonly ApprovalNeed[];
  /** Whose approval is what allows it, where the actor has no right: any one of them acts, and approves nothing more. */
  readonly delegates: readonly string[];
}

/** Stands in a message for the people who have a right, where there are none. */
export const NOBODY_YET = 'nobody yet';

/**
 * The approvals that a transition needs, by the base's policy, people and members. Where several rights allow it, or several people lend one,
 * those with which the fewest are missing, and of those the actor's own: another approval never makes it lack more, and in whatever order they
 * come they give the same.
 */
export function needsOf(transition: Transition, circumstances: PolicyCase): ApprovalNeeds {
  const own = wayUnder(transition, transition.kind, circumstances);
  const isOwn = own.problems.length === 0 && own.delegates.length === 0;
  const isEdit = transition.kind.startsWith('edit-');
  const ways = isOwn || !isEdit ? [own] : [own, ...otherWays(own, transition, circumstances)];
  const cases = ways.filter(({ problems }) => problems.length === 0).flatMap(casesOf);
  const [chosen, ...others] = cases.map(withTotal).sort(byLack);
  if (!chosen) return { problems: own.problems, approvals: own.approvals(), delegates: [] };
  const { acting, approvals, total } = chosen;
  const equal = others.filter((other) => other.total.missing === total.missing);
  const delegates = acting === undefined ? [] : [chosen, ...equal].flatMap((one) => one.acting ?? []);
  return { problems: [], approvals, delegates: [...new Set(delegates)] };
}

/** A way with one person who acts: one of those who lend the right, or the actor. */
interface ActingCase {
  readonly acting: string | undefined;
  readonly approvals: readonly ApprovalNeed[];
}

const casesOf = ({ delegates, approvals }: AllowingRight): ActingCase[] =>
  (delegates.length > 0 ? delegates : [undefined]).map((acting) => ({ acting, approvals: approvals(acting) }));

const withTotal = (one: ActingCase) => ({ ...one, total: together(one.approvals) });

/** What lacks the fewest first, then what the actor's own right allows, then what needs the fewest. */
const byLack = (one: ReturnType<typeof withTotal>, other: ReturnType<typeof withTotal>): number =>
  one.total.missing - other.total.missing ||
  Number(one.acting !== undefined) - Number(other.acting !== undefined) ||
  one.total.required - other.total.required;

/** A right by which a transition may be allowed. */
interface AllowingRight {
  /** That nobody has it. */
  readonly problems: readonly Problem[];
  /** Whose approval gives it, where the actor has it not. */
  readonly delegates: readonly string[];
  /** What it needs besides where one of those acts, or the actor. */
  readonly approvals: (acting?: string) => readonly ApprovalNeed[];
}

/**
 * An edit is also allowed by the right to the step that it follows, and to an owner, who may make any edit of a miniapp to repair it. That
 * counts as an edit of the platform, too, and needs the approvals of both.
 */
function otherWays(own: AllowingRight, transition: Transition, circumstances: PolicyCase): AllowingRight[] {
  const repair = wayUnder(transition, 'edit-platform', circumstances);
  const approvals: AllowingRight['approvals'] = (acting) => [...own.approvals(acting), ...repair.approvals(acting)];
  const step = transition.follows && wayUnder(transition, transition.follows, circumstances);
  return [...(step ? [step] : []), { ...repair, approvals }];
}

function wayUnder(transition: Transition, kind: TransitionKind, circumstances: PolicyCase): AllowingRight {
  const { base, actor } = circumstances;
  const right = rightToEdit(transition, kind, base);
  const subject = subjectOf(transition, circumstances);
  const apps = transition.managedApps ?? [];
  const authors = ineligibleApprovers(base.people, { versions: versionsOf(transition, circumstances) });
  const has: ApprovalContext['has'] = (login, by, managing = apps) => {
    const roles = rolesOf(base, login, subject, managing);
    return by.some((role) => roles.has(role));
  };
  const people: ApprovalContext = {
    has,
    isAuthor: (login) => authors.has(identityOf(base.people, login)),
    subject,
    apps,
  };
  const mayAct = (login: string) => has(login, right.by) && !(isReviewStep({ kind }) && people.isAuthor(login));
  const delegates = delegatesOf(transition, circumstances).filter(mayAct).sort();
  const isOwn = mayAct(actor);
  return {
    problems: isOwn || delegates.length > 0 ? [] : [notAllowed(transition, circumstances, right, people)],
    approvals: approvalsOf(transition, circumstances, right, people),
    delegates: isOwn ? [] : delegates,
  };
}

/** The right to a transition. For a change of bytes alone: the right of everybody who may edit the file, without further approvals. */
function rightToEdit({ kind, alsoBy }: Transition, asked: TransitionKind, { policy }: PolicyState): Right {
  if (alsoBy === undefined || kind !== asked) return rightOf(policy, asked);
  return { by: [...new Set(alsoBy.flatMap((one) => rightOf(policy, one).by))] };
}

interface ApprovalContext {
  /** Whether somebody has one of the roles; `manager` means of all of these apps. */
  readonly has: (login: string, by: readonly Role[], managing?: readonly string[]) => boolean;
  /** The submitter and the uploader of the version, who may not review it. */
  readonly isAuthor: (login: string) => boolean;
  readonly subject: PolicyMiniapp | undefined;
  readonly apps: readonly string[];
}

/** The miniapp whose members count: the base's, or a new one's own, whose admin is its creator. */
function subjectOf({ kind, miniapp = '' }: Transition, { base, merged }: PolicyCase): PolicyMiniapp | undefined {
  return base.miniapps.get(miniapp) ?? (kind === 'create' ? undefined : merged.miniapps.get(miniapp));
}

function notAllowed(
  transition: Transition,
  { base, actor }: PolicyCase,
  right: Right,
  people: ApprovalContext,
): Problem {
  const isKnown = rolesOf(base, actor, undefined, []).size > 0;
  if (!isKnown) return problem('actor-unknown', transition.at, { actor, ...adviceFor(base, actor) });
  const mayBe = (login: string) => !(isReviewStep(transition) && people.isAuthor(login));
  const holders = holdersOf(base, right.by, people.subject, people.apps).filter(mayBe).join(', ') || NOBODY_YET;
  const what = stepText({ kind: transition.kind, version: transition.version });
  return problem('actor-not-allowed', transition.at, { actor, what, roles: right.by.join(', '), holders });
}

/** Advice for an actor whose login has no rights at all. */
function adviceFor({ people }: PolicyState, actor: string): Args & { next: AdviceCode } {
  const owner = currentLogin(people, actor);
  const now = people.has(owner) ? owner : writtenLogin(people, actor);
  const person = people.get(now);
  if (!person) return { next: 'add-person' };
  return person.left === undefined ? { next: 'act-as', now } : { next: 'ask-who-is-here', left: person.left };
}

function approvalsOf(
  transition: Transition,
  circumstances: PolicyCase,
  { approvals }: Right,
  people: ApprovalContext,
): AllowingRight['approvals'] {
  const { base, actor, approvers, mayApprove } = circumstances;
  // An emergency stop needs no approval, whatever the policy says.
  if (isStopStep(transition)) return () => [];
  if (!approvals || approvals.count === 0 || !asksFor(approvals, transition, circumstances)) return () => [];
  const needs = (managing: readonly string[]): ApprovalNeed => {
    // The bot reviews nothing, whatever the policy asks of it.
    const isAsked = (login: string) => login !== base.platform.bot?.login && people.has(login, approvals.by, managing);
    const counts = (login: string) => mayApprove(login) && !people.isAuthor(login) && isAsked(login);
    const able = holdersOf(base, approvals.by, people.subject, managing).filter(counts);
    const given = approvers.filter((login) => able.includes(login));
    const managed = approvals.by.includes('manager') ? managing : [];
    return { required: approvals.count, given, able, by: [...approvals.by, ...managed].join(' ') };
  };
  if (approvals.when === 'managed-app') {
    // The managers of each app consent separately; an actor who is a manager is one of those who do.
    const others = (app: string) => approvals.count - Number(people.has(actor, approvals.by, [app]));
    const asked = people.apps.filter((app) => others(app) > 0);
    const waiting = asked.map((app) => ({ ...needs([app]), required: others(app) }));
    return () => waiting;
  }
  const need = needs(people.apps);
  return (acting) => [without(need, acting)];
}

/** The need without the approval of who acts. */
function without(need: ApprovalNeed, acting: string | undefined): ApprovalNeed {
  const others = (logins: readonly string[]) => logins.filter((login) => login !== acting);
  return acting === undefined ? need : { ...need, given: others(need.given), able: others(need.able) };
}

type RequestedApprovals = NonNullable<Right['approvals']>;

/** Whether the case in which a right asks for approvals is the transition's. */
export function asksFor(
  { when = 'always', apis = [] }: RequestedApprovals,
  transition: Transition,
  { base, merged }: Pick<PolicyCase, 'base' | 'merged'>,
): boolean {
  const { miniapp = '', version = '' } = transition;
  const own = base.miniapps.get(miniapp);
  const uploaded = merged.miniapps.get(miniapp)?.versions.get(version);
  const owners = [...base.people.keys()].filter((login) => rolesOf(base, login, undefined, []).has('owner'));
  const is: Record<NonNullable<RequestedApprovals['when']>, boolean> = {
    always: true,
    'several-owners': owners.length >= 2,
    'widens-online': transition.widensOnline === true,
    'managed-app': (transition.managedApps ?? []).length > 0,
    'new-apis': own !== undefined && uploaded !== undefined && newApis(own, uploaded, apis).length > 0,
  };
  return is[when];
}

/**
 * What several transitions need together. Approvals by the same roles are one where the same people can give them: a person's approval
 * serves every transition that asks for it. Approvals by different roles, or in different miniapps by different people, are different ones.
 */
export function together(all: readonly ApprovalNeed[]): Approvals {
  const needs = [...Map.groupBy(all, ({ by }) => by).values()].flatMap(withoutServed);
  const lack = ({ required, given }: ApprovalNeed) => Math.max(0, required - given.length);
  const waits = needs
    .filter((need) => lack(need) > 0)
    .map((need): ApprovalWait => {
      const had = new Set(need.given);
      return { missing: lack(need), from: need.able.filter((login) => !had.has(login)) };
    });
  return {
    required: needs.reduce((sum, { required }) => sum + required, 0),
    given: [...new Set(all.flatMap(({ given }) => given))],
    missing: waits.reduce((sum, { missing }) => sum + missing, 0),
    waits,
  };
}

/** Of needs that ask the same roles those that are given with no other. */
function withoutServed(alike: readonly ApprovalNeed[]): readonly ApprovalNeed[] {
  if (alike.length < 2) return alike;
  const distinct = Map.groupBy(alike, ({ required, able }) => JSON.stringify([required, able]));
  const sets = [...distinct.values()].map(([one]) => ({ need: one!, able: new Set(one!.able) }));
  return sets.filter((one) => !sets.some((other) => other !== one && isServed(one, other))).map(({ need }) => need);
}

interface NeedWithSet {
  readonly need: ApprovalNeed;
  readonly able: ReadonlySet<string>;
}

/** Whether everything that gives the other need what it asks gives this one, too. Two that differ are never so both ways. */
function isServed(one: NeedWithSet, other: NeedWithSet): boolean {
  const isWithin = other.need.able.length > 0 && other.need.able.every((login) => one.able.has(login));
  return one.need.required <= other.need.required && isWithin;
}
