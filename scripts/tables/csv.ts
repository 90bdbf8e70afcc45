/**
 * CSV in and out, without loss, whatever spreadsheet was in between: a byte order mark, semicolons or tabs instead of commas,
 * Windows line ends. An empty cell and a quoted one ("") are told apart; tables take both for nothing.
 *
 * Spreadsheets run a cell that begins with = + - @, a tab or a line end as a formula. Such a text is written with one
 * apostrophe before it, and read without it; a text that has apostrophes before such a character gets one more, so that
 * reading what was written always gives the text.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { excessOf, MOST_ROWS } from './csv-size.ts';

export interface SourceCell {
  readonly text: string;
  /** Nothing between the commas, not even quotes. */
  readonly isMissing: boolean;
}

export interface SourceRow {
  /** From 1: the line on which it begins. */
  readonly line: number;
  readonly cells: readonly SourceCell[];
}

/** The rows, the head being the first; or why there are none. */
export type Csv = { readonly rows: readonly SourceRow[] } | { readonly line: number; readonly detail: string };

const FORMULA = /^'*[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/;

/** A text as a cell that no spreadsheet runs. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text that was meant by a cell. */
export const unguarded = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);

/**
 * The rows of a text, whatever its delimiter. No rows, but the line and the reason, where it is no CSV or longer than tables are; it
 * throws nothing.
 */
export function readCsv(text: string): Csv {
  const delimiter = delimiterOf(text);
  const excess = excessOf(text, delimiter);
  if (excess) return excess;
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      to: MOST_ROWS + 1,
      skip_empty_lines: true,
      cast: (cell, { quoting, lines }) => ({ text: cell, isQuoted: quoting, line: lines }) as never,
    }) as unknown as { text: string; isQuoted: boolean; line: number }[][];
    const rows = records.map((record) => {
      const [first] = record;
      return {
        line: first ? first.line - (first.text.split('\n').length - 1) : 1,
        cells: record.map((cell) => ({
          text: unguarded(cell.text.replace(/\r\n?/g, '\n')),
          isMissing: cell.text === '' && !cell.isQuoted,
        })),
      };
    });
    const [beyond] = rows.slice(MOST_ROWS);
    return beyond ? { line: beyond.line, detail: `it has more than ${MOST_ROWS} rows` } : { rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as { lines?: unknown };
    return { line: typeof lines === 'number' ? lines : 1, detail: error.message };
  }
}

/** Characters of the head that are looked at: names of columns are short. */
const HEAD = 10_000;

/** Spreadsheets of many countries write semicolons; what is first in the head tells. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const head = text.slice(0, Math.min(end === -1 ? text.length : end, HEAD));
  return /[,;\t]/.exec(head.replace(/"[^"]*"/g, ''))?.[0] ?? ',';
}

/** A table as CSV; undefined is a cell that says nothing. */
export const writeCsv = (rows: readonly (readonly (string | undefined)[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (cell === undefined ? undefined : guarded(cell)))),
    // An empty text is quoted, so that it is not taken for a missing one; a line of one missing cell would be none.
    { quoted_empty: false, quoted_match: /^$|^'|[\r\n]/, record_delimiter: '\n' },
  );
