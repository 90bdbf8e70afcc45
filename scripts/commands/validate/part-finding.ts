/** What is found of one miniapp, and for how long it holds. */
import type { LocatedProblem } from '../../read/positions.ts';
import type { MiniappReading } from './readings.ts';
import type { MiniappSummary } from './summary.ts';

/** When a finding holds: from the first moment on, and before the last; milliseconds since 1970, null where nothing ends it. */
export type ClockSpan = readonly [from: number | null, until: number | null];

/** What is to say of one miniapp once it is judged. */
export interface PartFinding {
  /** Files without the configuration's folder before them. */
  readonly problems: readonly LocatedProblem[];
  readonly span: ClockSpan;
  /** Absent where there is none, since nothing in the folder may stand there. */
  readonly summary?: MiniappSummary;
  /** Where it was asked for, and there is a miniapp. */
  readonly reading?: MiniappReading;
}

/** Whether a moment (milliseconds since 1970) is in a span: from its begin on and before its end; null is without a limit. */
export const isWithin = ([from, until]: ClockSpan, now: number): boolean =>
  (from === null || from <= now) && (until === null || now < until);
