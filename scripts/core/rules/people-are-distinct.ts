import { pathOf } from '../paths.ts';
import { loginKey } from '../identity/login.ts';
import { at, problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

export const peopleAreDistinct: Rule = {
  id: 'people-are-distinct',
  why: 'Ensure that a GitHub account is one person and a login is nobody else; that somebody owns the platform.',
  *check({ platform, people, broken }) {
    const { bot } = platform;
    const byId = new Map<number, string>(bot ? [[bot.githubId, bot.login]] : []);
    // Two files of logins that differ by letter case alone are found by their names.
    const byLogin = new Map<string, string>(bot ? [[loginKey(bot.login), bot.login]] : []);
    for (const login of people.keys()) if (!byLogin.has(loginKey(login))) byLogin.set(loginKey(login), login);
    for (const [login, { githubId, formerLogins = [], platformRoles = [], left }] of people) {
      const file = pathOf.person(login);
      const other = byId.get(githubId);
      if (other !== undefined) yield problem('github-id-duplicate', at(file, 'githubId'), { login, other, githubId });
      byId.set(githubId, login);
      if (bot && byLogin.get(loginKey(login)) === bot.login)
        yield problem('login-taken', at(file, 'login'), { login, other: bot.login });
      for (const [i, former] of formerLogins.entries()) {
        const holder = byLogin.get(loginKey(former)) ?? login;
        byLogin.set(loginKey(former), holder);
        if (holder !== login)
          yield problem('login-taken', at(file, 'formerLogins', i), { login: former, other: holder });
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
