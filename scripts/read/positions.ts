/** Problems with their line and column, in words, sorted and without duplicates: what every report is made from. */
import { lineStarts } from '../core/lines.ts';
import { describe, type ProblemCode, type Severity } from '../core/problems/messages.ts';
import { severityOfProblem, type Place, type Problem } from '../core/problems/problem.ts';
import { locate } from './yaml.ts';

export interface LocatedProblem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** As somebody would open it: with the configuration's folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  /** Files with a problem. */
  readonly files: number;
}

/** Line and column of a place; 1:1 for a file that has no text. */
export function positionOf(place: Place, text: string | undefined): { line: number; column: number } {
  if (text === undefined) return { line: 1, column: 1 };
  const offset = place.offset ?? offsetOf(place, text);
  const starts = startsOf(text);
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}

let last: { readonly text: string; readonly starts: Uint32Array } | undefined;

/** The offset at which each line begins. Problems come file by file, so the last file's are kept. */
function startsOf(text: string): Uint32Array {
  if (last?.text !== text) last = { text, starts: lineStarts(text) };
  return last.starts;
}

function offsetOf({ path = [], part }: Place, text: string): number {
  const span = locate(text, path);
  if (!span) return 0;
  return part === 'key' ? (span.key ?? span.value) : span.value;
}

/** The path of a file as somebody would open it, who named the configuration's folder so. */
export const fileIn = (folder: string, file: string): string =>
  folder === '' ? file : `${folder.replace(/(?<!\/)\/+$/, '')}/${file}`;

/** A problem with its line, column and sentences. */
export function locateProblem(problem: Problem, texts: ReadonlyMap<string, string>, folder = ''): LocatedProblem {
  const { code, at } = problem;
  return {
    code,
    severity: severityOfProblem(problem),
    file: at.isOutside ? at.file : fileIn(folder, at.file),
    ...positionOf(at, texts.get(at.file)),
    ...describe(problem),
  };
}

/** All of them, sorted by file, line, column and code; the same finding once. */
export function locateAll(
  problems: readonly Problem[],
  texts: ReadonlyMap<string, string>,
  folder = '',
): LocatedProblem[] {
  return sortedOnce(problems.map((problem) => locateProblem(problem, texts, folder)));
}

/** Sorted by file, line, column and code; the same finding once. */
export function sortedOnce(located: readonly LocatedProblem[]): LocatedProblem[] {
  const key = ({ file, line, column, code, message }: LocatedProblem) =>
    JSON.stringify([file, line, column, code, message]);
  const once = new Map(located.map((problem) => [key(problem), problem]));
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...once.values()].sort(
    (a, b) =>
      text(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      text(a.code, b.code) ||
      text(a.message, b.message),
  );
}

/** How many errors and warnings there are, and in how many files. */
export function count(problems: readonly LocatedProblem[]): Counts {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: problems.length - errors, files: new Set(problems.map(({ file }) => file)).size };
}
