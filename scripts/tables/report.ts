/**
 * Rows of the data report as other systems give them: a CSV table with the columns of the monthly file, or JSON, a list of such rows
 * or `{"rows": […]}`. A column `miniapp` says whose row it is, where the import does not.
 */
import { FIGURES, rowName, type ReportRow } from '../core/report/statistics.ts';
import type { Findings } from '../project/finding.ts';
import { parseJson } from '../project/json.ts';
import { isFewValues } from './json-size.ts';
import { readFigure } from './number.ts';
import { readTable } from './table.ts';

export const REPORT_COLUMNS = ['date', 'app', 'region', 'version', ...FIGURES] as const;

export interface GivenRow {
  readonly miniapp: string | undefined;
  /** Of the shape of a row as far as its fields are there; what they hold is for the schema to judge. */
  readonly row: ReportRow;
  /** In the text of the file. */
  readonly offset: number;
}

/** The rows of a CSV report, unchecked but for their figures; undefined where it is no table, with a finding. */
export function readReportTable(path: string, text: string, findings: Findings): GivenRow[] | undefined {
  const nameOf = ({ cells }: { cells: ReadonlyMap<string, string | undefined> }) => {
    const [date, app, region, version] = REPORT_COLUMNS.map((name) => cells.get(name) ?? '');
    return [cells.get('miniapp'), rowName({ date: date!, app: app!, region: region!, version: version! })]
      .filter((part) => part !== undefined)
      .join(', ');
  };
  const rows = readTable(path, text, { required: REPORT_COLUMNS, known: ['miniapp'], nameOf }, findings);
  return rows?.map(({ cells, offset }) => {
    const values = REPORT_COLUMNS.map((name) => {
      const cell = (cells.get(name) ?? '').trim();
      const isFigure = (FIGURES as readonly string[]).includes(name);
      if (!isFigure) return [name, cell];
      const figure = readFigure(cell);
      if (figure && 'value' in figure) return [name, figure.value];
      const expected = figure
        ? `written so that it is one number: ${figure.readings.join(' or ')}`
        : 'a number, such as 1234 or 42.5';
      const args = { field: name, actual: `"${cell.slice(0, 40)}"`, expected, next: '' };
      findings.add('table-value', path, args, offset, text);
      return [name, 0];
    });
    return { miniapp: cells.get('miniapp'), row: Object.fromEntries(values) as ReportRow, offset };
  });
}

/** The rows of a JSON report (a list, or a map with `rows`), unchecked; undefined where it is neither, with a finding. */
export function readReportJson(path: string, text: string, findings: Findings): GivenRow[] | undefined {
  const json = isFewValues(path, text, findings) ? parseJson(path, text, findings) : undefined;
  if (!json) return undefined;
  const list = json.isArray ? json : json.get('rows');
  if (!list?.isArray) {
    const args = { field: list ? 'rows' : path, actual: (list ?? json).actual, expected: 'a list of rows', next: '' };
    findings.add('table-value', path, args, json.offset, text);
    return undefined;
  }
  const whole = json.get('miniapp')?.string;
  return list.items().map((item, i) => {
    if (!item.isObject) {
      const args = { field: `rows[${i}]`, actual: item.actual, expected: 'a row: { "date": … }', next: '' };
      findings.add('table-value', path, args, item.offset, text);
    }
    const fields = item.entries().filter(([name]) => name !== 'miniapp');
    const row = Object.fromEntries(fields.map(([name, value]) => [name, value.node?.value ?? value.actual]));
    return { miniapp: item.get('miniapp')?.string ?? whole, row: row as unknown as ReportRow, offset: item.offset };
  });
}
