/**
 * The decision whether a difference may become the state. All inputs are arguments: rights come from the base, content from the merged tree.
 * Pure, and never throws.
 */
import { beyond } from '../problems/beyond.ts';
import { holdersOf, rolesOf } from '../policy/roles.ts';
import { ineligibleApprovers } from '../policy/authorship.ts';
import { changesOf, type FileDifference } from './changes.ts';
import { compatibilityEffects, type CompatibilityEffect } from '../resolution/compatibility-effects.ts';
import { effectsOf, type Effect } from '../resolution/resolution-table.ts';
import type { History } from '../lifecycle/history.ts';
import type { Circumstances, Review } from '../policy/circumstances.ts';
import { identityOf, type Identity } from '../identity/login.ts';
import { isStopStep, type TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Workspace } from '../model.ts';
import { identify, miniappOf, pathOf } from '../paths.ts';
import { problem, severityOfProblem, type Problem } from '../problems/problem.ts';
import {
  needsOf,
  together,
  type ApprovalNeed,
  type Approvals,
  type ApprovalNeeds,
} from '../policy/required-approvals.ts';
import { checkRules } from '../rules/index.ts';
import { severityOf } from '../problems/messages.ts';
import { GATEKEEPERS, isFarReaching } from './blast-radius.ts';
import { conditionsOf } from './conditions.ts';
import type { Consequences } from './if-published.ts';
import { recognise, type Transition } from './index.ts';
import { sequenceProblems } from './sequence.ts';

export interface PullRequest {
  /** The login of the actor: the author, or for a pull request of the bot the person who started the run. */
  readonly author: string;
  /** Changed files outside `config/`, from the top of the repository. */
  readonly otherFiles: readonly string[];
  /** The authors and co-authors of its commits; their approval does not count. */
  readonly commitAuthors?: readonly Identity[];
}

export interface Case {
  readonly base: Workspace;
  readonly merged: Workspace;
  readonly differences: readonly FileDifference[];
  /** What is wrong with the files of the merged tree themselves. */
  readonly fileProblems: readonly Problem[];
  /** What is wrong with merging the branch, whatever its files are. The branch brings it, so it counts for an emergency stop, too. */
  readonly mergeProblems?: readonly Problem[];
  readonly pullRequest: PullRequest;
  readonly reviews: readonly Review[];
  readonly history: History;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Decision {
  /** No error, and no approval missing. */
  readonly ok: boolean;
  readonly transitions: readonly Transition[];
  readonly problems: readonly Problem[];
  readonly approvals: Approvals;
  /** People of the platform who approved it and had no hand in it, whatever their approval is needed for: a commit names them. */
  readonly approvers: readonly string[];
  readonly effects: readonly Effect[];
  /** The versions of host apps for which everyone's normal opening begins or ends to fit. */
  readonly compatibility: readonly CompatibilityEffect[];
}

/**
 * Takes both workspaces, the differing files, the reviews of exactly this content, the history and the clock (milliseconds since 1970).
 * Gives the transitions, all problems (errors and warnings), the approvals that are needed and missing, and the effects. `ok`: no error,
 * and no approval missing.
 */
export function decide(input: Case): Decision {
  const { base, merged, differences, fileProblems, mergeProblems = [], now } = input;
  const circumstances = circumstancesOf(input);
  const recognised = recognise({ base, merged, now }, changesOf(base, merged, differences));
  const transitions = [...recognised.transitions, ...cleanupTransitions(input, recognised.transitions)];
  const needs = transitions.map((transition) => needsOf(transition, circumstances));
  const ids = affectedMiniapps(input);
  const effects = effectsOf(base, merged, ids, now);
  const compatibility = compatibilityEffects(base, merged, ids, now);
  const isStop = isOnlyStop(transitions);
  const touched = new Set(differences.map(({ path }) => path));
  const problems = [
    ...mixed(input),
    ...mergeProblems,
    // Errors elsewhere existed before the change and must not block a stop.
    ...(isStop ? fileProblems.filter(({ at }) => touched.has(at.file)) : fileProblems),
    ...unknownFiles(input),
    ...recognised.problems,
    ...twoSteps(transitions),
    ...sequenceProblems(input, differences, recognised),
    ...transitions.flatMap((transition) => conditionsOf(transition, circumstances)),
    ...needs.flatMap((need) => need.problems),
    ...newProblems(base, merged, now, isStop),
  ];
  const gate = blastRadius(circumstances, transitions, needs, { effects, compatibility });
  const approvals = together([...needs.flatMap((need) => need.approvals), ...gate]);
  const hasError = problems.some((found) => severityOfProblem(found) === 'error');
  const ok = !hasError && approvals.missing === 0;
  const approvers = circumstances.approvers.filter((login) => rolesOf(base, login, undefined, []).has('person'));
  return { ok, transitions, problems, approvals, approvers, effects, compatibility };
}

function circumstancesOf({ base, merged, pullRequest, reviews, history, now }: Case): Circumstances {
  const { author: actor, commitAuthors = [] } = pullRequest;
  // Only the bot may approve automatically: no review gives this right to another actor's change.
  const isBots = ({ login }: Review) => login === base.platform.bot?.login;
  const logins = (state: Review['state']) =>
    new Set(reviews.filter((review) => review.state === state && !isBots(review)).map(({ login }) => login));
  const changesRequestedBy = logins('changes-requested');
  const ineligible = ineligibleApprovers(base.people, { actor, commitAuthors });
  const mayApprove = (login: string) => !ineligible.has(identityOf(base.people, login));
  // A reviewer who requests changes does not approve.
  const approvers = [...logins('approved')].filter((login) => !changesRequestedBy.has(login) && mayApprove(login));
  const reasons = new Map(reviews.flatMap(({ login, reason }) => (reason === undefined ? [] : [[login, reason]])));
  return {
    base,
    merged,
    actor,
    mayApprove,
    approvers,
    changesRequestedBy: [...changesRequestedBy],
    reasons,
    history,
    now,
  };
}

/** Changed files that do not belong. Reading reports them only in the folders that it reads, and these may be elsewhere. */
function unknownFiles({ differences, fileProblems, mergeProblems = [] }: Case): Problem[] {
  const known = new Set([...mergeProblems, ...fileProblems].map(({ at }) => at.file));
  return differences
    .filter(({ path, isInMerged }) => isInMerged && identify(path) === undefined && !known.has(path))
    .map(({ path: file }) => problem('file-unknown', { file }, { file, near: '' }));
}

/** The removal of a file that did not belong is an edit of the platform. */
function cleanupTransitions({ differences }: Case, others: readonly Transition[]): Transition[] {
  const stray = differences.find(({ path, isInMerged }) => !isInMerged && identify(path) === undefined);
  const isKnown = others.some(({ kind }) => kind === 'edit-platform');
  return stray && !isKnown ? [{ kind: 'edit-platform', at: { file: stray.path } }] : [];
}

/** Whether all transitions are emergency stops. */
const isOnlyStop = (transitions: readonly Transition[]): boolean =>
  transitions.length > 0 && transitions.every(isStopStep);

/**
 * The problems of the merged state without the warnings of the base, which do not belong to this change. For an emergency stop, without
 * the errors of the base, too.
 */
function newProblems(base: Workspace, merged: Workspace, now: number, isStop: boolean): readonly Problem[] {
  const after = problemsAt(merged, now);
  const isOld = ({ code }: Problem) => isStop || severityOf(code) === 'warning';
  if (!after.some(isOld)) return after;
  const key = ({ code, at, args }: Problem) => JSON.stringify([code, at.file, args]);
  const before = problemsAt(base, now).filter(isOld);
  return beyond(before, after, key);
}

const checked = new WeakMap<Workspace, { readonly now: number; readonly problems: readonly Problem[] }>();

/** What the rules say of a workspace, which never changes: found once for all that is judged against it at one moment. */
function problemsAt(workspace: Workspace, now: number): readonly Problem[] {
  const known = checked.get(workspace);
  if (known?.now === now) return known.problems;
  const problems = checkRules(workspace, now);
  checked.set(workspace, { now, problems });
  return problems;
}

/** The miniapps whose answers may change: those with a difference, or all when an app or the platform changed. */
function affectedMiniapps({ base, merged, differences }: Case): string[] {
  const ids = differences.map(({ path }) => miniappOf(path));
  const isGeneral = differences.some(({ path }) => path === pathOf.platform || path.startsWith('apps/'));
  const all = isGeneral ? [...base.miniapps.keys(), ...merged.miniapps.keys()] : ids.filter((id) => id !== undefined);
  return [...new Set(all)].sort();
}

const STEPS: ReadonlySet<TransitionKind> = new Set<TransitionKind>([
  'submit',
  'withdraw',
  'approve',
  'auto-approve',
  'reject',
  'revoke',
  'publish',
  'rollback',
  'start-rollout',
  'widen-rollout',
  'stop-rollout',
  'disable',
  'enable',
  'delete',
]);

/** Each review or release step of a version is judged against the base, so one change takes one. */
function twoSteps(transitions: readonly Transition[]): Problem[] {
  const first = new Map<string, TransitionKind>();
  return transitions.flatMap(({ kind, miniapp, version, at }) => {
    if (version === undefined || !STEPS.has(kind)) return [];
    const key = `${miniapp} ${version}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, kind);
    return earlier === undefined ? [] : [problem('two-steps', at, { version, first: earlier, second: kind })];
  });
}

/** The code of the base judges, so code cannot change together with the configuration. */
function mixed({ differences, pullRequest }: Case): Problem[] {
  if (differences.length === 0) return [];
  return pullRequest.otherFiles.map((file) => problem('change-mixed', { file, isOutside: true }, { file }));
}

/** One more approval for a change with a large effect, where the policy asks for it; never for an emergency stop. */
function blastRadius(
  { base, mayApprove, approvers }: Circumstances,
  transitions: readonly Transition[],
  needs: readonly ApprovalNeeds[],
  consequences: Consequences,
): ApprovalNeed[] {
  if (isOnlyStop(transitions) || !isFarReaching(base.policy, consequences)) return [];
  // Whoever alone lends the actor a right to a step acts by that, and is not one more.
  const isFree = (login: string) =>
    needs.every(({ delegates }) => delegates.length === 0 || delegates.some((other) => other !== login));
  const able = holdersOf(base, GATEKEEPERS, undefined, []).filter((login) => mayApprove(login) && isFree(login));
  return [{ required: 1, given: approvers.filter((login) => able.includes(login)), able, by: 'one more' }];
}
