/** The figures of the data report, a file a month. */
import { FIGURES, mergeRows, rowName, type ReportRow, type RowConflict } from '../core/report/statistics.ts';
import type { Miniapp } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { problem, type Place } from '../core/problems/problem.ts';
import { edited, fileEdits, type Edited, type EditState } from './edit.ts';

/** All rows or none: one that is there with other figures counts only where `replace` says so. */
export function importRows(
  given: EditState,
  miniapp: Miniapp,
  rows: readonly ReportRow[],
  replace: boolean,
  placeOf: (row: ReportRow) => Place,
): Edited {
  const { months, added, replaced, same, conflicts } = mergeRows(miniapp.reports, rows, replace);
  if (conflicts.length > 0) return { problems: conflicts.map((conflict) => differs(conflict, placeOf)) };
  const files = [...months].map(([month, all]) => fileEdits(given, pathOf.report(miniapp.id, month), { rows: all }));
  const made = edited(files, `${same} ${same === 1 ? 'row is' : 'rows are'} there already, with the same figures`);
  if (!('edits' in made)) return made;
  const counts = [`${added} new`, `${replaced} replaced`, `${same} there already`].filter((it) => !it.startsWith('0 '));
  return { ...made, notes: [`rows of ${miniapp.id}: ${counts.join(', ')}`] };
}

function differs({ have, given }: RowConflict, placeOf: (row: ReportRow) => Place) {
  const names = FIGURES.filter((name) => have[name] !== given[name]);
  const says = (row: ReportRow) => names.map((name) => `${name} ${row[name]}`).join(', ');
  const args = { what: rowName(given), have: says(have), given: says(given), option: '--replace' };
  return problem('import-differs', placeOf(given), args);
}
