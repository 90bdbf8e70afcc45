/** Problems as annotations of a run, and its summary, within what GitHub shows of them. Pure. */
import type { LocatedProblem } from '../read/positions.ts';
import { oneLine } from './one-line.ts';

/** GitHub keeps ten of a kind for each step, and fifty for a job. */
const OF_A_KIND = 10;

/** A summary above 1 MiB is not shown at all. */
const SUMMARY_LIMIT = 1_000_000;

const value = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => value(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** Lines that a run prints to be shown beside the files; what is beyond GitHub's limit is counted. */
export function annotations(problems: readonly LocatedProblem[]): string[] {
  const lines = (severity: LocatedProblem['severity']) => {
    const own = problems.filter((problem) => problem.severity === severity);
    // The last place is kept for the number of those that have none.
    const shown = own.length > OF_A_KIND ? own.slice(0, OF_A_KIND - 1) : own;
    const left = own.length - shown.length;
    const rest =
      left > 0 ? [`::${severity}::${value(`${left} more ${severity}s are not shown here: see the comment`)}`] : [];
    return [...shown.map(line), ...rest];
  };
  return [...lines('error'), ...lines('warning')];
}

/** A warning on the page of the run. */
export const warning = (text: string): string => `::warning::${value(oneLine(text))}`;

const line = ({ severity, file, line: row, column, code, message, hint }: LocatedProblem): string =>
  `::${severity} file=${property(file)},line=${row},col=${column},title=${property(code)}::${value(hint === '' ? message : `${message}\n${hint}`)}`;

/** A line for the log of a run that no runner takes for a command, whatever text it holds. */
export function logLine(text: string): string {
  const [indent = ''] = /^ */.exec(text) ?? [];
  return (indent + oneLine(text)).replace(/##\[/g, '## [').replace(/^\s*::/, ': :');
}

/** The parts of a summary that fit, and how many do not. */
export function summary(parts: readonly string[]): string {
  const shown: string[] = [];
  let size = 0;
  for (const part of parts) {
    size += Buffer.byteLength(part) + 2;
    if (size > SUMMARY_LIMIT) break;
    shown.push(part);
  }
  const left = parts.length - shown.length;
  return `${[...shown, ...(left > 0 ? [`… and ${left} more, which GitHub has no room for here.`] : [])].join('\n\n')}\n`;
}
