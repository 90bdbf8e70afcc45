/** What a person reads in a terminal. Nothing that came from a file is printed without `safe`. */
import { maskedLogin } from '../core/addresses.ts';
import { replaceInvisible } from '../core/invisible.ts';
import type { Counts, LocatedProblem } from '../read/positions.ts';

export type TerminalStyle = 'red' | 'yellow' | 'green' | 'blue' | 'dim' | 'bold';
export type Paint = (style: TerminalStyle, text: string) => string;

const CODES: Readonly<Record<TerminalStyle, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  blue: [34, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Colours, or none. */
export const painter = (isColoured: boolean): Paint =>
  isColoured ? (style, text) => `\u001B[${CODES[style][0]}m${text}\u001B[${CODES[style][1]}m` : (_, text) => text;

/** Text without anything that could move the cursor, hide or reorder: such characters are shown as their code. */
export const safe = (text: string): string =>
  replaceInvisible(text, (character) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return code.length > 4 ? `\\u{${code}}` : `\\u${code}`;
  });

/** How many problems are written out; the rest is counted. */
const SHOWN = 50;

/** Problems, each with its excerpt, which those of one place share, and next step; then how many there are. `lineOf` gives a line of a file. */
export function problemReport(
  problems: readonly LocatedProblem[],
  counts: Counts,
  lineOf: (file: string, line: number) => string | undefined,
  paint: Paint,
): string {
  const bySeverity = (severity: string) => problems.filter((problem) => problem.severity === severity);
  const shown = new Set([...bySeverity('error'), ...bySeverity('warning')].slice(0, SHOWN));
  const listed = problems.filter((problem) => shown.has(problem));
  const blocks = listed.map((problem, i) => {
    const isThere = i > 0 && isSamePlace(problem, listed[i - 1]!);
    const block = problemBlock(problem, isThere ? undefined : lineOf(problem.file, problem.line), paint);
    return `${isThere || i === 0 ? '' : '\n'}${block}`;
  });
  const left = problems.length - shown.size;
  const rest = left > 0 ? [leftOut(problems, shown, left, paint)] : [];
  const all = blocks.length > 0 ? [blocks.join('\n')] : [];
  return [...all, ...rest, summary(counts, paint)].join('\n\n');
}

/** Whether two problems are of the same place, whose line is shown once. */
const isSamePlace = (one: LocatedProblem, other: LocatedProblem): boolean =>
  one.file === other.file && one.line === other.line && one.column === other.column;

function problemBlock(problem: LocatedProblem, line: string | undefined, paint: Paint): string {
  const { severity, code, file, column, message, hint } = problem;
  const mark = severity === 'error' ? paint('red', 'error') : paint('yellow', 'warning');
  const head = `${paint('bold', `${safe(file)}:${problem.line}:${column}`)} ${mark} ${safe(message)} ${paint('dim', code)}`;
  const lines = [head, ...excerpt(problem.line, column, line, paint)];
  if (hint !== '') lines.push(`  ${paint('green', 'next:')} ${safe(hint)}`);
  return lines.join('\n');
}

/** The line with a caret under the column, at most 100 characters of it. */
function excerpt(number: number, column: number, whole: string | undefined, paint: Paint): string[] {
  if (whole === undefined || whole.trim() === '') return [];
  const line = maskedLogin(whole);
  const start = column <= 60 ? 0 : column - 40;
  const before = `${start > 0 ? '…' : ''}${safe(line.slice(start, column - 1))}`;
  const after = `${safe(line.slice(column - 1, start + 100))}${line.length > start + 100 ? '…' : ''}`;
  const gutter = `  ${number} | `;
  // Widths, not characters: a Chinese character takes two columns of a terminal.
  const indent = ' '.repeat(gutter.length + width(before));
  return [`${paint('dim', gutter)}${before}${after}`, `${indent}${paint('red', '^')}`];
}

function leftOut(
  problems: readonly LocatedProblem[],
  shown: ReadonlySet<LocatedProblem>,
  left: number,
  paint: Paint,
): string {
  const byCode = new Map<string, number>();
  for (const problem of problems) {
    if (!shown.has(problem)) byCode.set(problem.code, (byCode.get(problem.code) ?? 0) + 1);
  }
  const codes = [...byCode].sort((a, b) => b[1] - a[1]).map(([code, number]) => `${code} × ${number}`);
  const named = codes.slice(0, 8).join(', ');
  return paint('dim', `… and ${left} more (${named}${codes.length > 8 ? ', …' : ''}); --format json has all of them`);
}

function summary({ errors, warnings, files }: Counts, paint: Paint): string {
  if (errors + warnings === 0) return paint('green', 'no problems');
  const errorText = plural(errors, 'error');
  const text = `${errors > 0 ? paint('red', errorText) : errorText}, ${plural(warnings, 'warning')} in ${plural(files, 'file')}`;
  return text;
}

/** `1 error`, `2 errors`. */
export const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Columns that a text takes in a terminal: wide East Asian characters and emoji take two. */
export function width(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (/\p{Mn}/u.test(character)) continue;
    const isWide =
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;
    columns += isWide.test(character) ? 2 : 1;
  }
  return columns;
}

/** Rows in aligned columns; the first row is the head. */
export function table(rows: readonly (readonly string[])[], paint: Paint): string {
  const safeRows = rows.map((row) => row.map(safe));
  // After the last cell of a row nothing has to be aligned.
  const widths = (safeRows[0] ?? [])
    .slice(0, -1)
    .map((_, i) => safeRows.reduce((most, row) => Math.max(most, width(row[i] ?? '')), 0));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat(widths[i]! - width(cell))))
      .join('  ')
      .trimEnd();
  return safeRows.map((row, i) => (i === 0 ? paint('bold', line(row)) : line(row))).join('\n');
}
