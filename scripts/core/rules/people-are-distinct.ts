import { pathOf } from '../paths.ts';
import { at, problem } from '../problem.ts';
import type { Rule } from './rule.ts';

export const peopleAreDistinct: Rule = {
  id: 'people-are-distinct',
  why: 'Ensure that a GitHub account is one person and a login is nobody else; that somebody owns the platform.',
  *check({ people, broken }) {
    const byId = new Map<number, string>();
    for (const [login, { githubId, formerLogins = [], platformRoles = [], left }] of people) {
      const file = pathOf.person(login);
      const other = byId.get(githubId);
      if (other !== undefined) yield problem('github-id-duplicate', at(file, 'githubId'), { login, other, githubId });
      byId.set(githubId, login);
      for (const [i, former] of formerLogins.entries()) {
        const holder = [...people.keys()].find((name) => name.toLowerCase() === former.toLowerCase());
        const isTaken = holder !== undefined && holder !== login;
        if (isTaken) yield problem('login-taken', at(file, 'formerLogins', i), { login: former, other: login });
      }
      for (const [i, role] of platformRoles.entries()) {
        if (left) yield problem('person-left', at(file, 'platformRoles', i), { login, left, role });
      }
    }
    const isOwner = ({ platformRoles, left }: { platformRoles?: readonly string[]; left?: string }) =>
      left === undefined && platformRoles?.includes('owner');
    const mayBeInBroken = [...broken].some((file) => file.startsWith('people/') || file === pathOf.platform);
    const hasOwner = [...people.values()].some(isOwner);
    if (!hasOwner && !mayBeInBroken) yield problem('owner-missing', { file: pathOf.platform }, {});
  },
};
