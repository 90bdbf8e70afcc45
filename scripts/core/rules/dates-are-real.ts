import { pathOf } from '../paths.ts';
import { at, problem, type Place, type Problem } from '../problems/problem.ts';
import { isReal } from '../dates.ts';
import type { Rule } from './rule.ts';

export const datesAreReal: Rule = {
  id: 'dates-are-real',
  why: 'Ensure that dates are in the calendar, and report rows in the month of their file.',
  *check({ people, miniapps }) {
    for (const [login, { left }] of people) if (left) yield* real(left, at(pathOf.person(login), 'left'));
    for (const [id, { versions, whitelist, reports }] of miniapps) {
      for (const [number, { uploadedAt }] of versions)
        yield* real(uploadedAt, at(pathOf.version(id, number), 'uploadedAt'));
      for (const [i, { expires }] of whitelist.entries()) {
        if (expires) yield* real(expires, at(pathOf.file(id, 'whitelist'), 'whitelist', i, 'expires'));
      }
      for (const [month, { rows }] of reports) {
        for (const [i, { date }] of rows.entries()) {
          const place = at(pathOf.report(id, month), 'rows', i, 'date');
          if (!isReal(date)) yield* real(date, place);
          else if (!date.startsWith(month))
            yield problem('report-month', place, { date, month, right: date.slice(0, 7) });
        }
      }
    }
  },
};

function* real(value: string, place: Place): Iterable<Problem> {
  if (!isReal(value)) yield problem('date-invalid', place, { value });
}
