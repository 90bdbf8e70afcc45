import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

export const membersHaveAdmin: Rule = {
  id: 'members-have-admin',
  why: 'Ensure that somebody can always manage a miniapp.',
  *check({ miniapps, people, broken }) {
    for (const [id, { members }] of miniapps) {
      const file = pathOf.file(id, 'members');
      if (broken.has(file)) continue;
      const admins = members.filter(({ role }) => role === 'admin');
      const isGone = ({ login }: { login: string }) => people.get(login)?.left !== undefined;
      if (admins.every(isGone)) yield problem('admin-missing', at(file, 'members'), {});
      for (const [i, { login, role }] of members.entries()) {
        const left = people.get(login)?.left;
        if (left) yield problem('person-left', at(file, 'members', i, 'login'), { login, left, role });
      }
    }
  },
};
