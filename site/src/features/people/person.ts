/** A person's page: what waits for them, what they may do, and what they did. Nothing private is in it. */
import type { StepPeople } from '#core/transitions/missing-people.ts';
import { isRefusedFor } from '#core/by-bytes.ts';
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import type { Role } from '#core/policy/policy.ts';
import type { Timeline } from '#core/history/timeline.ts';
import type { TransitionKind } from '#core/lifecycle/lifecycle.ts';
import { eventViews, type EventView } from '../history/view-model.ts';
import { refOf, type MiniappRef } from '../list/miniapp-ref.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { tasksByLogin } from './tasks.ts';
import { allowedTo, consentOf, rightRows, type PersonView } from './view-model.ts';

/** As many tasks and events are shown; the rest is counted. */
export const MOST = { tasks: 50, events: 25 } as const;

export interface TaskRow extends Pick<StepPeople, 'besides'> {
  readonly miniapp: MiniappRef;
  readonly kind: TransitionKind | 'push-package';
  readonly version?: string;
  readonly command: string;
  /** When it was submitted for review, in milliseconds since 1970, as far as Git told. */
  readonly since?: number;
}

export interface RoleRow {
  readonly role: Role;
  /** Where it is held: miniapps, or names of host apps; neither for a role on the platform. */
  readonly miniapps: PersonView['miniapps'];
  readonly apps: readonly string[];
  /** What who holds it may do, and what of others they may consent to. */
  readonly steps: readonly TransitionKind[];
  readonly consents: readonly TransitionKind[];
}

export interface PersonPage {
  readonly tasks: readonly TaskRow[];
  readonly taskCount: number;
  /** Whether one of them is refused where the store lacks the bytes, which nobody asked. */
  readonly isUnasked: boolean;
  readonly roles: readonly RoleRow[];
  readonly events: readonly EventView[];
  readonly eventCount: number;
}

/** `submitted`: when versions were submitted, by `<miniapp> <version>`; `now`: milliseconds since 1970. */
export function personPage(
  workspace: PublicWorkspace,
  person: PersonView,
  story: Timeline | undefined,
  submitted: ReadonlyMap<string, number>,
  { language, now }: { readonly language: Language; readonly now: number },
): PersonPage {
  const tasks = tasksByLogin(workspace, now).get(person.login) ?? [];
  const done = (story?.events ?? []).filter(
    ({ record }) => record.actor === person.login || record.approvedBy.includes(person.login),
  );
  const rows = tasks.map(({ miniapp, kind, version, command, besides }): TaskRow => {
    const since = kind === 'approve' ? submitted.get(`${miniapp.id} ${version}`) : undefined;
    return {
      miniapp: refOf(workspace, miniapp, language),
      kind,
      command,
      ...defined({ version, since, besides }),
    };
  });
  // What has waited longest comes first, and what nobody knows the age of last.
  rows.sort((a, b) => (a.since ?? Infinity) - (b.since ?? Infinity) || 0);
  return {
    tasks: rows.slice(0, MOST.tasks),
    taskCount: rows.length,
    isUnasked: tasks.some(
      ({ miniapp, kind, version = '' }) =>
        miniapp.versions.get(version)?.bytesLack === 'unasked' && isRefusedFor('missing', kind),
    ),
    roles: rolesHeld(workspace, person),
    events: eventViews(workspace, done.slice(0, MOST.events), language),
    eventCount: done.length,
  };
}

/** Who left has no right any more: where their name still stands is for whoever takes it out. */
function rolesHeld(
  workspace: PublicWorkspace,
  { login, platformRoles, manages, miniapps, left }: PersonView,
): RoleRow[] {
  if (!workspace.people.has(login)) return [];
  const rights = rightRows(workspace);
  const row = (role: Role, own: RoleRow['miniapps'] = [], apps: RoleRow['apps'] = []): RoleRow => ({
    role,
    miniapps: own,
    apps,
    steps: left === undefined ? allowedTo(rights, role) : [],
    consents: left === undefined ? consentOf(rights, role) : [],
  });
  const inMiniapps = [...Map.groupBy(miniapps, ({ role }) => role)];
  return [
    ...platformRoles.map((role) => row(role)),
    ...(manages.length > 0 ? [row('manager', [], manages)] : []),
    ...inMiniapps.map(([role, own]) => row(role, own)),
    ...(left === undefined ? [row('person')] : []),
  ];
}
