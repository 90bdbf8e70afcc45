/** A line of what was measured, and whether the measurement is precise enough. */
import { compared, isMeasured, type CostComparison, type Cost, type Spread } from './measure.ts';

export interface BenchRow {
  readonly what: string;
  readonly measured: number;
  /** The range of the middle half of the turns; absent where it was measured once. */
  readonly spread?: Spread;
  /** Absent on a row that only explains another. */
  readonly target?: number;
  /** Whether the target is a minimum; otherwise it is a maximum. */
  readonly isFloor?: true;
  readonly unit: '×' | 'ms' | 'MB' | 'requests' | '/s';
  readonly detail: string;
}

/** Milliseconds as people read them: two decimals below ten. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

type Costs = readonly Cost[];

/** The ratio of our processor time to theirs, for each turn; beside it the elapsed time. */
export function ratio(what: string, ours: Costs, theirs: Costs, target?: number): BenchRow {
  return row(what, '×', target, ours, theirs, (a, b) => a / b);
}

/** The difference of our processor time and theirs in milliseconds, for each turn. */
export function excess(what: string, ours: Costs, theirs: Costs, target?: number): BenchRow {
  return row(what, 'ms', target, ours, theirs, (a, b) => a - b);
}

/** The ratio of our elapsed time to theirs, for each turn: for work that uses more than one processor. */
export function onTheWall(what: string, ours: Costs, theirs: Costs, target?: number): BenchRow {
  const swapped = (costs: Costs) => costs.map(({ cpu, wall }) => ({ cpu: wall, wall: cpu }));
  const { detail, ...rest } = row(what, '×', target, swapped(ours), swapped(theirs), (a, b) => a / b);
  return { ...rest, detail: detail.replace('wall', 'processor time') };
}

function row(
  what: string,
  unit: '×' | 'ms',
  target: number | undefined,
  ours: Costs,
  theirs: Costs,
  compare: (ours: number, theirs: number) => number,
): BenchRow {
  const { cpu, wall }: CostComparison = compared(ours, theirs, compare);
  const of = (costs: Costs) => compared(costs, costs, (own) => own).cpu.middle;
  const detail = `${ms(of(ours))}, ${ms(of(theirs))}; wall ${text(wall.middle, unit)} (${range(wall)})`;
  return { what, measured: cpu.middle, spread: cpu, unit, detail, ...(target === undefined ? {} : { target }) };
}

const text = (value: number, unit: BenchRow['unit']): string =>
  unit === '×' ? `${value.toFixed(2)} ×` : unit === 'ms' ? ms(value) : `${value.toFixed(0)} ${unit}`;

const range = ({ low, high }: Spread): string => `${short(low)} to ${short(high)}`;

const short = (value: number): string => value.toFixed(Math.abs(value) < 10 ? 2 : 0);

/** The line. It says whether the target is met, unless the turns differ too much to tell. */
export function lineOf({ what, measured, spread, target, isFloor, unit, detail }: BenchRow): string {
  const wanted = target === undefined ? '' : `${isFloor ? '≥' : '≤'} ${target} ${unit}`;
  const isKept = target === undefined || (isFloor ? measured >= target : measured <= target);
  const judged = target === undefined ? '' : isKept ? 'kept' : 'MISSED';
  const verdict = spread && !isMeasured(spread) ? 'UNSURE' : judged;
  const between = spread ? range(spread) : '';
  return `${what.padEnd(60)}${text(measured, unit).padStart(12)}  ${between.padEnd(16)}${wanted.padEnd(14)}${verdict.padEnd(8)}${detail}`;
}
