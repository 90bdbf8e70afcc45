/** When a commit says that it was made. */
import { gitText } from '../process/run.ts';

/** The last second of the year 9999: what comes later has no date that is written in four digits, if any at all. */
const LAST = Date.parse('9999-12-31T23:59:59Z');

/**
 * Takes seconds since 1970 as Git writes them (`%ct`), gives milliseconds. A commit may claim any time: what is no number counts as 0, and a
 * time beyond the calendar as its last second, so that it can be shown and compared.
 */
export function timeOf(seconds: string): number {
  const time = Number(seconds) * 1000;
  if (Number.isNaN(time)) return 0;
  return Math.min(Math.max(time, 0), LAST);
}

/** When a commit was committed, in milliseconds since 1970. */
export const committedAt = (folder: string, commit: string): number =>
  timeOf(gitText(folder, ['show', '-s', '--format=%ct', commit]));
