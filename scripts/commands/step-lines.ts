/** What can be done now with a version, in lines of a terminal and as data: the command, who may, and whether anybody can finish it. */
import { changesPromises, dependsOnWidth, pushStep, stepsOf, type NextStep } from '../core/lifecycle/lifecycle.ts';
import type { Policy, Version, Workspace } from '../core/model.ts';
import { authorsOf, isReviewStep } from '../core/policy/authorship.ts';
import { rightOf } from '../core/policy/policy.ts';
import type { NeededApprovals } from '../core/transitions/besides.ts';
import { hindrancesJson, withPeople, type MissingPeople, type StepPeople } from '../core/transitions/missing-people.ts';
import { plural, safe, type Paint } from '../report/terminal.ts';
import type { StagedVersion } from '../core/lifecycle/lifecycle.ts';
import type { ShownMiniapp } from './bytes-lack-text.ts';

/** A next step of a version, and who it waits for. */
export type OfferedStep = NextStep & StepPeople;

/** The steps that a version can take now. `now`: milliseconds since 1970. */
export const offeredSteps = (
  workspace: Workspace,
  miniapp: ShownMiniapp,
  version: StagedVersion,
  now: number,
): OfferedStep[] => withPeople(workspace, miniapp.id, stepsOf(miniapp, version), now);

/** A step as data: its roles, and what stands between it and its end. */
export const stepJson = ({ policy }: Workspace, { kind, command, ...step }: OfferedStep) => ({
  kind,
  command,
  by: rightOf(policy, kind).by,
  ...hindrancesJson(step),
});

/** A line for each: bytes that are brought first, then the steps. */
export function stepLines(
  { policy }: Workspace,
  miniapp: ShownMiniapp,
  version: StagedVersion,
  steps: readonly OfferedStep[],
  paint: Paint,
): string[] {
  const push = pushStep(miniapp, version);
  return [
    ...(push ? [`${commandText(push, paint)}  (${rightOf(policy, 'upload').by.join(', ')})`] : []),
    ...steps.map(
      (step) =>
        `${commandText(step, paint)}  ${whoMay(policy, step, version)}${step.missing ? paint('red', `  ${missingText(step.missing)}`) : ''}${breaksText(step)}`,
    ),
  ];
}

/** The roles of whoever takes it stand before it. */
function missingText({ what, roles, approvals, able }: MissingPeople): string {
  if (what === 'act') return 'nobody can finish it now: nobody has such a role';
  const who = able.length === 0 ? 'nobody' : `only ${able.join(' and ')}`;
  return `nobody can finish it now: it needs ${plural(approvals, 'approval')} of ${roles.join(', ')} besides, and ${who} could give one`;
}

/** What it breaks of what was promised. */
function breaksText({ kind, breaks = [] }: OfferedStep): string {
  if (breaks.length === 0) return '';
  const names = breaks.map((name) => `"${safe(name)}"`).join(', ');
  const isByWidth = dependsOnWidth({ kind });
  const change = changesPromises({ kind }) ? 'changes with it' : 'has to change first';
  return `  ${isByWidth ? 'wide enough, ' : ''}breaks the promise ${names}, which ${isByWidth ? 'then ' : ''}${change}`;
}

const commandText = ({ command }: Pick<NextStep, 'command'>, paint: Paint): string => paint('dim', command);

/** The roles that policy gives the step, who of them made the version and so may not review it, and whose approval it needs. */
function whoMay(policy: Policy, step: OfferedStep, version: Version): string {
  const { by } = rightOf(policy, step.kind);
  const authors = authorsOf(version);
  const parts = [
    by.join(', '),
    ...(isReviewStep(step) && authors.length > 0 ? [`not ${authors.join(' or ')}`] : []),
    ...(step.besides ?? []).map(approvalText),
  ];
  return `(${parts.join('; ')})`;
}

/** "approved by 2 of reviewer, owner, for it newly uses ty.device". */
function approvalText({ count, by, newApis, isForReach }: NeededApprovals): string {
  const why = newApis ? `, for it newly uses ${newApis.join(', ')}` : isForReach ? ', for how much it changes' : '';
  return `approved by ${count} of ${by.join(', ')}${why}`;
}
