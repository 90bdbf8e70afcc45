/** Which roles somebody has, always by the base's files: a right that a change gives cannot be used in the same change. */
import type { Miniapp, Workspace } from '../model.ts';
import type { Role } from './policy.ts';

/** The roles of a login in a miniapp (or, without one, on the platform alone). Logins are compared exactly. */
export function rolesOf(
  base: Pick<Workspace, 'platform' | 'people' | 'apps'>,
  login: string,
  miniapp: Pick<Miniapp, 'members'> | undefined,
  apps: readonly string[],
): Set<Role> {
  const roles = new Set<Role>();
  if (login === base.platform.bot?.login) roles.add('bot');
  const person = base.people.get(login);
  const isHere = person !== undefined && person.left === undefined;
  if (!isHere) return roles;
  roles.add('person');
  for (const role of person.platformRoles ?? []) roles.add(role);
  const member = miniapp?.members.find((candidate) => candidate.login === login);
  if (member) roles.add(member.role);
  // A manager of each app must agree, so somebody counts as manager here only if they manage all of them.
  const managesAll = apps.length > 0 && apps.every((app) => base.apps.get(app)?.managers?.includes(login));
  if (managesAll) roles.add('manager');
  return roles;
}

/** The logins that hold a right, for messages. */
export function holdersOf(
  base: Pick<Workspace, 'platform' | 'people' | 'apps'>,
  by: readonly Role[],
  miniapp: Pick<Miniapp, 'members'> | undefined,
  apps: readonly string[],
): string[] {
  const logins = [...base.people.keys(), ...(base.platform.bot ? [base.platform.bot.login] : [])];
  return logins.filter((login) => {
    const roles = rolesOf(base, login, miniapp, apps);
    return by.some((role) => roles.has(role));
  });
}
