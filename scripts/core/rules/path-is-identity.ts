import { pathOf } from '../paths.ts';
import { at, problem, type Problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

export const pathIsIdentity: Rule = {
  id: 'path-is-identity',
  why: 'Ensure that what a file says it is equals what its path says.',
  *check({ apps, people, miniapps, broken }) {
    for (const [id, app] of apps) yield* same(pathOf.app(id), 'id', app.id, id, pathOf.app(app.id));
    for (const [login, person] of people) {
      yield* same(pathOf.person(login), 'login', person.login, login, pathOf.person(person.login));
    }
    for (const [id, { basics, versions }] of miniapps) {
      const file = pathOf.file(id, 'miniapp');
      if (!broken.has(file)) yield* same(file, 'id', basics.id, id, pathOf.file(basics.id, 'miniapp'));
      for (const [number, { version }] of versions) {
        yield* same(pathOf.version(id, number), 'version', version, number, pathOf.version(id, version));
      }
    }
  },
};

function* same(file: string, field: string, actual: string, expected: string, path: string): Iterable<Problem> {
  if (actual !== expected) yield problem('identity-mismatch', at(file, field), { field, actual, expected, path });
}
