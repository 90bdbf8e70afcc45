/** People of the platform. */
import { pathOf } from '../core/paths.ts';
import { problem } from '../core/problems/problem.ts';
import { isEqual } from '../core/transitions/changes.ts';
import { toolCommand } from '../core/tool-command.ts';
import { edited, present, fileEdits, type Edited, type EditState } from './edit.ts';

export interface PersonFields {
  readonly name?: string | undefined;
  readonly githubId?: number | undefined;
  readonly internal?: boolean | undefined;
  /** All of them; none takes the field away. */
  readonly platformRoles?: readonly string[] | undefined;
  readonly left?: string | undefined;
}

/** Adds a person; gives `already` where the person exists with the same fields, the problem `already-there` where with other fields. */
export function addPerson(given: EditState, login: string, fields: PersonFields): Edited {
  const file = pathOf.person(login);
  const known = given.workspace.people.get(login);
  const { githubId, name, ...rest } = written(fields);
  const person = { login, githubId, name, ...rest };
  if (!known) return { edits: [fileEdits(given, file, person)] };
  if (isEqual(known, person)) return { already: `${login} is there already` };
  const args = { kind: 'person', name: login, command: toolCommand(`person edit ${login}`) };
  return { problems: [problem('already-there', { file }, args)] };
}

/** Changes the given fields of a person who exists; gives `already` where nothing differs. */
export function editPerson(given: EditState, login: string, fields: PersonFields): Edited {
  const known = given.workspace.people.get(login)!;
  const { platformRoles, internal, ...rest } = { ...known, ...present(fields) };
  // A role that nobody has, and internal: false, are not written: their absence says it.
  const person = written({ ...rest, internal, platformRoles } as PersonFields);
  return edited([fileEdits(given, pathOf.person(login), person)], `${login} is so already`);
}

function written({ internal, platformRoles, left, ...rest }: PersonFields): Record<string, unknown> {
  return present({
    ...rest,
    internal: internal === true ? true : undefined,
    platformRoles: platformRoles && platformRoles.length > 0 ? [...new Set(platformRoles)] : undefined,
    left,
  });
}
