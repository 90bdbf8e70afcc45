/** A table with a head, read row by row: cells by the name of their column, each row with its place in the text. */
import { lineStarts } from '../core/lines.ts';
import { nearest } from '../core/problems/suggest.ts';
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
  /** The column that another heading stands for, if it stands for one. */
  readonly aliases?: (heading: string) => string | undefined;
  /** What makes a row the one that it is: two of the same are one too many. */
  readonly nameOf: (row: TableRow) => string | undefined;
}

/** Faults after which a table is not looked at any further: the first ones are those to correct. */
const MOST_FAULTS = 1000;
/** Columns of which each is looked at; no table has so many. */
const MOST_COLUMNS = 200;

/** The rows after the head; undefined without a head that says what they are. What is wrong is a finding with its line. */
export function readTable(path: string, text: string, shape: TableShape, findings: Findings): TableRow[] | undefined {
  const { required, known, aliases, nameOf } = shape;
  const starts = lineStarts(text, { withReturns: true });
  const offsetOf = (line: number) => starts[line - 1] ?? 0;
  const csv = readCsv(text);
  if (!('rows' in csv)) {
    findings.add('table-unreadable', path, { detail: csv.detail }, offsetOf(csv.line), text);
    return undefined;
  }
  const columns = [...required, ...known];
  const expected = `The columns are ${columns.join(', ')}`;
  const [head, ...rest] = csv.rows;
  // What a spreadsheet leaves below a table: rows of bare separators.
  const body = rest.filter(({ cells }) => cells.some((cell) => cell.text.trim() !== ''));
  if (!head) {
    findings.add('table-empty', path, { expected }, 0, text);
    return undefined;
  }
  const names = head.cells.slice(0, MOST_COLUMNS).map((cell) => columnOf(cell.text.trim(), columns, aliases));
  const fault = (what: string, near: string) =>
    findings.add('table-column', path, { what, near }, offsetOf(head.line), text);
  for (const name of required) if (!names.includes(name)) fault(`the column "${name}" is missing`, expected);
  for (const [i, name] of names.entries()) {
    if (!columns.includes(name)) fault(`there is no column "${clip(name)}"`, nearest(name, columns));
    else if (names.indexOf(name) < i) fault(`the column "${name}" is there twice`, '');
  }
  if (findings.hasErrors) return undefined;
  const seen = new Map<string, number>();
  const rows: TableRow[] = [];
  for (const row of body) {
    if (findings.problems.length >= MOST_FAULTS) break;
    const offset = offsetOf(row.line);
    if (row.cells.length > names.length) {
      findings.add('table-cells', path, { cells: row.cells.length, columns: names.length }, offset, text);
    }
    const textOf = (i: number) => {
      // Some programs quote what says nothing too.
      return row.cells[i]?.text || undefined;
    };
    const cells = new Map(names.map((name, i) => [name, textOf(i)]));
    for (const name of required) {
      if ((cells.get(name) ?? '') !== '') continue;
      const args = { field: name, actual: 'empty', expected: 'filled in', next: '' };
      findings.add('table-value', path, args, offset, text);
    }
    const found: TableRow = { line: row.line, offset, cells };
    const what = nameOf(found);
    const first = what === undefined ? undefined : seen.get(what);
    if (first !== undefined) findings.add('table-row-twice', path, { what: clip(what!), line: first }, offset, text);
    else if (what !== undefined) seen.set(what, row.line);
    rows.push(found);
  }
  return rows;
}

/** The column that a heading means, whatever its letter case, and with a dash for `zh_CN`'s line. */
function columnOf(heading: string, columns: readonly string[], aliases: TableShape['aliases']): string {
  const folded = (text: string) => text.toLowerCase().replaceAll('_', '-');
  return columns.includes(heading)
    ? heading
    : (columns.find((one) => folded(one) === folded(heading)) ?? aliases?.(heading) ?? heading);
}

const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
