/** Tables as CSV (RFC 4180) that a spreadsheet opens as text: no cell of somebody else's becomes a formula there. Pure. */

export type CsvCell = string | number | boolean | undefined;

/** What makes a spreadsheet compute a cell, in the forms of full width too (OWASP, CSV injection). */
const FORMULA = /^[\s\u00A0\u3000]*[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A row for each row, the first with the names of the columns; with the mark by which spreadsheets know UTF-8. */
export const csvOf = (rows: readonly (readonly CsvCell[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`;

function cellOf(cell: CsvCell): string {
  const text = String(cell ?? '').toWellFormed();
  // The apostrophe is what spreadsheets themselves put before a text that looks like a formula.
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
