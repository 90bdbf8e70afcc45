/** Who works on the miniapp. */
import type { Miniapp } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { edited, fileEdits, type Edited, type EditState } from './edit.ts';

const saved = (given: EditState, { id }: Miniapp, members: readonly unknown[], already: string): Edited =>
  edited([fileEdits(given, pathOf.file(id, 'members'), { members })], already);

/** As somebody types it: which roles there are is for the schema to say. */
export interface GivenMember {
  readonly login: string;
  readonly role: string;
}

/** One who is a member gets the role instead of theirs. */
export function addMember(given: EditState, miniapp: Miniapp, added: readonly GivenMember[]): Edited {
  const members = new Map<string, GivenMember>(miniapp.members.map((member) => [member.login, member]));
  for (const { login, role } of added) members.set(login, { ...members.get(login), login, role });
  const [first] = added;
  const already =
    added.length === 1 ? `${first!.login} is ${first!.role} already` : 'all of them have these roles already';
  return saved(given, miniapp, [...members.values()], already);
}

/** Removes those of the logins that are members, whatever their role; `already` where none is. */
export function removeMember(given: EditState, miniapp: Miniapp, logins: readonly string[]): Edited {
  const next = miniapp.members.filter((member) => !logins.includes(member.login));
  const who = logins.length === 1 ? `${logins[0]} is` : `none of the ${logins.length} is`;
  const already = logins.length === 1 ? `${who} no member of ${miniapp.id}` : `${who} a member of ${miniapp.id}`;
  return next.length === miniapp.members.length ? { already } : saved(given, miniapp, next, already);
}
