/** What is found of one miniapp, and for how long it holds. */
import type { MiniappBasics } from '../../core/model.ts';
import type { LocatedProblem } from '../../read/positions.ts';

/** When a finding holds: from the first moment on, and before the last; milliseconds since 1970, null where nothing ends it. */
export type ClockSpan = readonly [from: number | null, until: number | null];

/** What the rules that compare miniapps are to know of one. */
export interface Compared {
  readonly name: MiniappBasics['name'];
  readonly archived?: true;
  /** Kits that its versions ask for. */
  readonly kits?: readonly string[];
}

/** What is to say of one miniapp once it is judged. */
export interface PartFinding {
  /** Files without the configuration's folder before them. */
  readonly problems: readonly LocatedProblem[];
  readonly span: ClockSpan;
  /** Absent where the miniapp is none to the rules, since nothing in its folder may stand there. */
  readonly compared?: Compared;
}

/** Whether a moment (milliseconds since 1970) is in a span: from its begin on and before its end; null is without a limit. */
export const isWithin = ([from, until]: ClockSpan, now: number): boolean =>
  (from === null || from <= now) && (until === null || now < until);
