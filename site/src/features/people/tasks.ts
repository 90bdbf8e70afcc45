/** What waits for whom: the next step of each miniapp, for everybody whom the policy lets take it. Pure. */
import { defined } from '#core/defined.ts';
import type { Version } from '#core/model.ts';
import { ineligibleApprovers, isReviewStep } from '#core/policy/authorship.ts';
import { identityOf } from '#core/identity/login.ts';
import { missingPeople, peopleFor, type StepPeople } from '#core/transitions/missing-people.ts';
import { rightOf, type Role } from '#core/policy/policy.ts';
import { rolesOf } from '#core/policy/roles.ts';
import { changesPromises, pendingVersion, pushStep, stepsOf, type TransitionKind } from '#core/lifecycle/lifecycle.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { journeyOf } from '../journey/view-model.ts';

export interface Task extends Pick<StepPeople, 'besides'> {
  readonly miniapp: PublicMiniapp;
  readonly kind: TransitionKind | 'push-package';
  readonly version?: string;
  readonly command: string;
  /** Whether a promise has to change first. */
  readonly isStuck?: boolean;
}

const known = new WeakMap<PublicWorkspace, ReadonlyMap<string, readonly Task[]>>();

/** The tasks of everybody who has some, by login; worked out once for all pages, of one moment in milliseconds since 1970. */
export function tasksByLogin(workspace: PublicWorkspace, now: number): ReadonlyMap<string, readonly Task[]> {
  let tasks = known.get(workspace);
  if (!tasks) known.set(workspace, (tasks = gather(workspace, now)));
  return tasks;
}

function gather(workspace: PublicWorkspace, now: number): Map<string, Task[]> {
  const withPlatformRole = [...workspace.people.values()].flatMap(({ login, platformRoles = [] }) =>
    platformRoles.length > 0 ? [login] : [],
  );
  const tasks = new Map<string, Task[]>();
  for (const miniapp of workspace.miniapps.values()) {
    for (const task of tasksOf(workspace, miniapp, now)) {
      if (isUnfinishable(workspace, task, now) || task.isStuck) continue;
      const candidates = new Set([...miniapp.members.map(({ login }) => login), ...withPlatformRole]);
      for (const login of candidates) {
        if (!mayTake(workspace, login, task)) continue;
        const own = tasks.get(login);
        if (own) own.push(task);
        else tasks.set(login, [task]);
      }
    }
  }
  return tasks;
}

/** The next step towards users, and the review of a version that is not the nearest to them. */
function tasksOf(workspace: PublicWorkspace, miniapp: PublicMiniapp, now: number): Task[] {
  const { next, version } = journeyOf(workspace, miniapp, now);
  const own: Task[] = next
    ? [
        {
          miniapp,
          kind: next.kind,
          command: next.command,
          isStuck: next.breaks !== undefined && next.kind !== 'push-package' && !changesPromises({ kind: next.kind }),
          ...defined({
            version: next.kind === 'upload' ? undefined : (next.version ?? version),
            besides: next.besides,
          }),
        },
      ]
    : [];
  const pending = pendingVersion(miniapp);
  if (pending === undefined || next?.kind === 'approve' || (next?.kind === 'push-package' && version === pending))
    return own;
  const reviewed = miniapp.versions.get(pending)!;
  const review = stepsOf(miniapp, reviewed).find(({ kind }) => kind === 'approve') ?? pushStep(miniapp, reviewed);
  if (!review) return own;
  const { kind, command } = review;
  const { besides } =
    kind === 'push-package' ? {} : peopleFor(workspace, { kind, miniapp: miniapp.id, version: pending }, now);
  return [...own, { miniapp, kind, version: pending, command, ...defined({ besides }) }];
}

/** What nobody can finish waits for nobody who may take it, but for somebody who lets more people in. */
const isUnfinishable = (workspace: PublicWorkspace, { miniapp, kind, version }: Task, now: number): boolean =>
  kind !== 'push-package' &&
  version !== undefined &&
  missingPeople(workspace, { kind, miniapp: miniapp.id, version }, now) !== undefined;

/** By a role of their own: what anybody may do waits for nobody. */
function mayTake(workspace: PublicWorkspace, login: string, { miniapp, kind, version }: Task): boolean {
  const roles = rolesOf(workspace, login, miniapp, []);
  // Whoever uploads has the bytes.
  const by = rightOf(workspace.policy, kind === 'push-package' ? 'upload' : kind).by.filter(
    (role: Role) => role !== 'person',
  );
  if (!by.some((role) => roles.has(role))) return false;
  const reviewed: Version | undefined = version === undefined ? undefined : miniapp.versions.get(version);
  if (kind === 'push-package' || !isReviewStep({ kind }) || !reviewed) return true;
  const authors = ineligibleApprovers(workspace.people, { versions: [reviewed] });
  return !authors.has(identityOf(workspace.people, login));
}
