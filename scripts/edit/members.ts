/** Who works on the miniapp. */
import type { Member, Miniapp } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { edited, save, type Edited, type Given } from './edit.ts';

const saved = (given: Given, { id }: Miniapp, members: readonly unknown[], already: string): Edited =>
  edited([save(given, pathOf.file(id, 'members'), { members })], already);

/** One who is a member gets the role instead of theirs. */
export function addMember(given: Given, miniapp: Miniapp, login: string, role: string): Edited {
  const isKnown = miniapp.members.some((member) => member.login === login);
  const next = isKnown
    ? miniapp.members.map((member: Member) => (member.login === login ? { ...member, role } : member))
    : [...miniapp.members, { login, role }];
  return saved(given, miniapp, next, `${login} is ${role} already`);
}

export function removeMember(given: Given, miniapp: Miniapp, login: string): Edited {
  const next = miniapp.members.filter((member) => member.login !== login);
  const already = `${login} is no member of ${miniapp.id}`;
  return next.length === miniapp.members.length ? { already } : saved(given, miniapp, next, already);
}
