/** What each transition needs besides the right to do it: signatures, order, history, time. */
import { rolesOf } from '../policy/roles.ts';
import { automaticApproval } from '../policy/auto-approval.ts';
import { stateOf } from '../lifecycle/lifecycle.ts';
import type { Workspace } from '../model.ts';
import { pathOf } from '../paths.ts';
import { delegatesOf, type Circumstances } from '../policy/circumstances.ts';
import { rightOf } from '../policy/policy.ts';
import { at, problem, type Problem } from '../problems/problem.ts';
import { compareVersions, newestFirst } from '../version.ts';
import type { Transition } from '../lifecycle/transition.ts';

type Condition = (transition: Transition, circumstances: Circumstances) => Problem[];

/** The problems of a transition in its circumstances, its right apart. */
export const conditionsOf = (transition: Transition, circumstances: Circumstances): Problem[] =>
  CONDITIONS[transition.kind]?.(transition, circumstances) ?? [];

const create: Condition = ({ miniapp = '' }, { merged, actor, history }) => {
  const problems: Problem[] = [];
  const own = merged.miniapps.get(miniapp)!;
  const file = pathOf.file(miniapp, 'miniapp');
  const isAdmin = own.members.some(({ login, role }) => login === actor && role === 'admin');
  if (!isAdmin)
    problems.push(problem('create-without-admin', { file: pathOf.file(miniapp, 'members') }, { actor, miniapp }));
  if (history.wasEver(miniapp)) problems.push(problem('miniapp-id-used', at(file, 'id'), { miniapp }));
  const isReleased = Object.keys(own.release).length > 0;
  if (isReleased) {
    problems.push(
      problem('create-released', { file: pathOf.file(miniapp, 'release') }, { miniapp, what: 'a release' }),
    );
  }
  for (const [version, { review }] of own.versions) {
    const place = at(pathOf.version(miniapp, version), 'review');
    if (review) problems.push(problem('create-released', place, { miniapp, what: `a review of ${version}` }));
  }
  return problems;
};

const upload: Condition = ({ miniapp = '', version = '' }, { base, merged, actor, history }) => {
  const file = pathOf.version(miniapp, version);
  const { uploadedBy } = merged.miniapps.get(miniapp)!.versions.get(version)!;
  const others = [...(base.miniapps.get(miniapp)?.versions.keys() ?? []), ...history.versionsEver(miniapp)];
  const [highest] = newestFirst(others);
  const isHigher = highest === undefined || compareVersions(version, highest) > 0;
  return [
    ...signature(file, ['uploadedBy'], uploadedBy, actor),
    ...(isHigher ? [] : [problem('version-not-higher', at(file, 'version'), { version, highest: highest! })]),
  ];
};

const remove: Condition = ({ miniapp = '', version = '' }, { base }) => {
  const own = base.miniapps.get(miniapp)!;
  const { stage, isExperience } = stateOf(own, own.versions.get(version)!);
  if (stage === 'development' && !isExperience) return [];
  const what = isExperience ? 'the experience version' : stage === 'review' ? 'in review' : stage;
  return [problem('delete-refused', { file: pathOf.version(miniapp, version) }, { version, what })];
};

const submit: Condition = ({ miniapp = '', version = '' }, { merged, actor }) => {
  const { submittedBy = '' } = merged.miniapps.get(miniapp)!.versions.get(version)!.review ?? {};
  return signature(pathOf.version(miniapp, version), ['review', 'submittedBy'], submittedBy, actor);
};

/**
 * `reviewedBy` must name the actor, an approver, or for a rejection somebody who requested changes; and that person must have the right,
 * not another approver.
 */
const review: Condition = (transition, circumstances) => {
  const { kind, miniapp = '', version = '' } = transition;
  const { base, merged, actor } = circumstances;
  const own = base.miniapps.get(miniapp)!;
  const after = merged.miniapps.get(miniapp)!.versions.get(version)!.review!;
  const before = own.versions.get(version)!.review!;
  const file = pathOf.version(miniapp, version);
  const { by } = rightOf(base.policy, kind);
  const mayReview = (login: string) => {
    const roles = rolesOf(base, login, own, []);
    return by.some((role) => roles.has(role));
  };
  const signers = [actor, ...delegatesOf(transition, circumstances)].filter(mayReview);
  const { reviewedBy: actual = '' } = after;
  const expected = signers.join(' or ') || actor;
  // An actor without the right who signs gets one problem, about the right.
  const isSigned = signers.includes(actual) || (signers.length === 0 && actual === actor);
  const stamp = problem('stamp-wrong', at(file, 'review', 'reviewedBy'), { field: 'reviewedBy', actual, expected });
  return [
    ...(isSigned ? [] : [stamp]),
    ...signature(file, ['review', 'submittedBy'], after.submittedBy, before.submittedBy),
  ];
};

const autoApprove: Condition = ({ miniapp = '', version = '' }, { base, merged, history, now }) => {
  const whole = base.miniapps.get(miniapp)!;
  const own = whole.versions.get(version)!;
  const automatic = automaticApproval(base, whole, own, history.submittedAt(miniapp, version), now);
  const file = pathOf.version(miniapp, version);
  const refused = (why: string) => problem('auto-approve-refused', at(file, 'review', 'reviewedBy'), { version, why });
  const after = merged.miniapps.get(miniapp)!.versions.get(version)!.review!;
  return [
    ...(automatic.state === 'due' ? [] : [refused(automatic.why)]),
    ...signature(file, ['review', 'submittedBy'], after.submittedBy, own.review?.submittedBy ?? ''),
  ];
};

/** Both limits must be exceeded: a fifth of three people is less than one, and two of a hundred are few. */
const FEW = 2;
const PART = 1 / 5;

const platform: Condition = (_, { base, merged }) => {
  const present = ({ people }: Workspace) => [...people.values()].filter(({ left }) => left === undefined);
  const here = present(base);
  // A person is their GitHub account: another id is another person, another login is not, unless it was somebody else's or the old one becomes that.
  const after = new Map(present(merged).map((person) => [person.githubId, person]));
  const removed = here.filter(({ login, githubId }) => {
    const now = after.get(githubId);
    const isRenamed = now !== undefined && !base.people.has(now.login) && !merged.people.has(login);
    const stays = now?.login === login || now?.formerLogins?.includes(login) || isRenamed;
    return !stays && !merged.broken.has(pathOf.person(login));
  });
  const [first = ''] = removed.map(({ login }) => login);
  const total = here.length;
  const isMany = removed.length > FEW && removed.length > total * PART;
  const isOwner = ({ platformRoles, left }: { platformRoles?: readonly string[]; left?: string }) =>
    left === undefined && platformRoles?.includes('owner') === true;
  const hadOwner = [...base.people.values()].some(isOwner);
  const hasOwner = [...merged.people.values()].some(isOwner);
  return [
    ...(isMany ? [problem('people-removed', { file: pathOf.person(first) }, { count: removed.length, total })] : []),
    ...(hadOwner && !hasOwner ? [problem('owner-last', { file: pathOf.platform }, {})] : []),
    ...beginning(base, merged),
  ];
};

/**
 * `beginning` says from where the audit counts. It comes with the first commit of a platform, which is not judged; any later change would
 * remove earlier commits from the audit.
 */
function beginning(base: Workspace, merged: Workspace): Problem[] {
  const before = base.platform.beginning;
  const after = merged.platform.beginning;
  if (before === after || merged.broken.has(pathOf.platform)) return [];
  const place = after === undefined ? { file: pathOf.platform } : at(pathOf.platform, 'beginning');
  return [
    before === undefined ? problem('beginning-added', place, {}) : problem('beginning-changed', place, { before }),
  ];
}

function signature(file: string, path: string[], actual: string, expected: string): Problem[] {
  return actual === expected
    ? []
    : [problem('stamp-wrong', at(file, ...path), { field: path.at(-1)!, actual, expected })];
}

const CONDITIONS: Partial<Record<Transition['kind'], Condition>> = {
  create,
  upload,
  delete: remove,
  submit,
  approve: review,
  reject: review,
  revoke: review,
  'auto-approve': autoApprove,
  'edit-platform': platform,
};
