import { pathOf } from '../paths.ts';
import { loginKey } from '../identity/login.ts';
import { at, problem, type Problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

export const rowsAreUnique: Rule = {
  id: 'rows-are-unique',
  why: 'Ensure one trafficking row per app, one member row per login, one whitelist row per app and account, one report row per day, app, region and version, one acknowledgement per commit, one runtime per app version.',
  *check({ apps, miniapps, platform }) {
    yield* unique(pathOf.platform, 'acknowledged', platform.acknowledged ?? [], ({ commit }) => commit);
    for (const [id, { runtimes = [] }] of apps) {
      yield* unique(pathOf.app(id), 'runtimes', runtimes, ({ appVersion }) => appVersion);
    }
    for (const [id, { trafficking, whitelist, members, reports }] of miniapps) {
      yield* unique(pathOf.file(id, 'trafficking'), 'trafficking', trafficking, (row) => row.app);
      yield* unique(pathOf.file(id, 'members'), 'members', members, (row) => loginKey(row.login));
      yield* unique(pathOf.file(id, 'whitelist'), 'whitelist', whitelist, (row) => `${row.account} in ${row.app}`);
      for (const [month, { rows }] of reports) {
        const name = (row: (typeof rows)[number]) => `${row.date}, ${row.app}, ${row.region}, ${row.version}`;
        yield* unique(pathOf.report(id, month), 'rows', rows, name);
      }
    }
  },
};

function* unique<Row>(file: string, list: string, rows: readonly Row[], name: (row: Row) => string): Iterable<Problem> {
  const seen = new Map<string, number>();
  for (const [i, row] of rows.entries()) {
    const what = name(row);
    const first = seen.get(what);
    if (first === undefined) seen.set(what, i);
    else yield problem('row-duplicate', at(file, list, i), { what, first: first + 1 });
  }
}
