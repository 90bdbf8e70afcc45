import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

export const reportFiguresAgree: Rule = {
  id: 'report-figures-agree',
  why: 'Ensure that new visitors are visitors, and that every visitor opened the miniapp.',
  *check({ miniapps }) {
    for (const [id, { reports }] of miniapps) {
      for (const [month, { rows }] of reports) {
        for (const [i, row] of rows.entries()) {
          const pairs = [
            ['newVisitors', 'visitors'],
            ['visitors', 'opens'],
          ] as const;
          for (const [smaller, larger] of pairs) {
            if (row[smaller] <= row[larger]) continue;
            const place = at(pathOf.report(id, month), 'rows', i, smaller);
            const args = { smaller, smallerValue: row[smaller], larger, largerValue: row[larger] };
            yield problem('report-figures', place, args);
          }
        }
      }
    }
  },
};
