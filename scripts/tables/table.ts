/** A table with a head, read row by row: cells by the name of their column, each row with its place in the text. */
import { nearest } from '../core/names.ts';
import type { Findings } from '../project/finding.ts';
import { readCsv } from './csv.ts';

export interface TableRow {
  /** From 1. */
  readonly line: number;
  /** Of the line on which it begins. */
  readonly offset: number;
  /** Undefined: the cell says nothing. */
  readonly cells: ReadonlyMap<string, string | undefined>;
}

export interface TableShape {
  /** Columns that must be there, with a cell in every row. */
  readonly required: readonly string[];
  /** Further columns that there may be. */
  readonly known: readonly string[];
  /** What makes a row the one that it is: two of the same are one too many. */
  readonly nameOf: (row: TableRow) => string | undefined;
}

/** The rows after the head; undefined without a head that says what they are. What is wrong is a finding with its line. */
export function readTable(path: string, text: string, shape: TableShape, findings: Findings): TableRow[] | undefined {
  const { required, known, nameOf } = shape;
  const starts = lineStarts(text);
  const offsetOf = (line: number) => starts[line - 1] ?? 0;
  const csv = readCsv(text);
  if (!('rows' in csv)) {
    findings.add('table-unreadable', path, { detail: csv.detail }, offsetOf(csv.line), text);
    return undefined;
  }
  const columns = [...required, ...known];
  const expected = `The columns are ${columns.join(', ')}`;
  const [head, ...body] = csv.rows;
  if (!head) {
    findings.add('table-empty', path, { expected }, 0, text);
    return undefined;
  }
  const names = head.cells.map((cell) => cell.text.trim());
  const fault = (what: string, near: string) =>
    findings.add('table-column', path, { what, near }, offsetOf(head.line), text);
  for (const name of required) if (!names.includes(name)) fault(`the column "${name}" is missing`, expected);
  for (const [i, name] of names.entries()) {
    if (!columns.includes(name)) fault(`there is no column "${name}"`, nearest(name, columns));
    else if (names.indexOf(name) < i) fault(`the column "${name}" is there twice`, '');
  }
  if (findings.hasErrors) return undefined;
  const seen = new Map<string, number>();
  return body.map((row) => {
    const offset = offsetOf(row.line);
    if (row.cells.length > names.length) {
      findings.add('table-cells', path, { cells: row.cells.length, columns: names.length }, offset, text);
    }
    const cells = new Map(
      names.map((name, i) => [name, row.cells[i]?.isMissing === false ? row.cells[i].text : undefined]),
    );
    const found: TableRow = { line: row.line, offset, cells };
    for (const name of required) {
      if (names.includes(name) && (cells.get(name) ?? '') === '') {
        const args = { field: name, actual: 'empty', expected: 'filled in', next: '' };
        findings.add('table-value', path, args, offset, text);
      }
    }
    const what = nameOf(found);
    const first = what === undefined ? undefined : seen.get(what);
    if (first !== undefined) findings.add('table-row-twice', path, { what: what!, line: first }, offset, text);
    else if (what !== undefined) seen.set(what, row.line);
    return found;
  });
}

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}
