import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

export const managersAreHere: Rule = {
  id: 'managers-are-here',
  why: 'Ensure that somebody can agree to new delivery to an app that names managers.',
  *check({ apps, people }) {
    for (const [app, { managers = [] }] of apps) {
      const file = pathOf.app(app);
      const leftOf = (login: string) => people.get(login)?.left;
      if (managers.length > 0 && managers.every(leftOf))
        yield problem('manager-missing', at(file, 'managers'), { app });
      for (const [i, login] of managers.entries()) {
        const left = leftOf(login);
        if (left) yield problem('person-left', at(file, 'managers', i), { login, left, role: 'manager' });
      }
    }
  },
};
