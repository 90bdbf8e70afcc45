/** Timing by turns: every case once a round, so that a busy moment of the machine falls on all of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export interface BenchCase {
  readonly name: string;
  /** Does the work once. */
  run(): void;
  /** How often it is done in a turn, for what is short beside a tick of the clock of processes: 1 unless given. */
  readonly times?: number;
  /** Clears up after each turn, and is not measured. */
  after?(): void;
}

/** What doing the work once took, in milliseconds: of processors, here and in processes started here, and on the wall. */
export interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

/** The costs of each case, a turn each; one round before the counted ones warms caches, and every other goes backwards. */
export function byTurns(cases: readonly BenchCase[], rounds: number): (name: string) => readonly Cost[] {
  const costs = new Map<string, Cost[]>(cases.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const { name, run, times = 1, after } of round % 2 === 0 ? cases : cases.toReversed()) {
      const [cpu, wall] = [processorTime(), performance.now()];
      for (let i = 0; i < times; i += 1) run();
      const cost = { cpu: (processorTime() - cpu) / times, wall: (performance.now() - wall) / times };
      if (round >= 0) costs.get(name)!.push(cost);
      after?.();
    }
  }
  return (name) => costs.get(name)!;
}

/**
 * Processor time of this process, and of those that it started and that ended, and of theirs: milliseconds; of those others to the
 * hundredth of a second that Linux counts by (proc_pid_stat(5), cutime and cstime). Elsewhere the clock on the wall.
 */
function processorTime(): number {
  const file = '/proc/self/stat';
  if (!existsSync(file)) return performance.now();
  const stat = readFileSync(file, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + (Number(fields[13]) + Number(fields[14])) * 10;
}

/** The middle of some values, and between what the middle half of them lies. */
export interface Spread {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** The quartiles of values; there is at least one. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
  return { low: at(0.25), middle: at(0.5), high: at(0.75) };
}

/** Two costs of the same turns, compared turn by turn. */
export interface CostComparison {
  readonly cpu: Spread;
  readonly wall: Spread;
}

/**
 * Our costs beside theirs, turn by turn: `compare` gives a ratio or a difference, of which the quartiles are taken. Both have one cost
 * a turn.
 */
export function compared(
  ours: readonly Cost[],
  theirs: readonly Cost[],
  compare: (ours: number, theirs: number) => number,
): CostComparison {
  const of = (clock: keyof Cost) => spreadOf(ours.map((cost, turn) => compare(cost[clock], theirs[turn]![clock])));
  return { cpu: of('cpu'), wall: of('wall') };
}

/** How far the middle half may lie apart, as a part of the middle. */
const WIDEST = 0.3;

/** Whether a spread says anything: what is divided by nearly nothing, or disturbed by other work, says nothing. */
export const isMeasured = ({ low, middle, high }: Spread): boolean =>
  [low, middle, high].every(Number.isFinite) && middle > 0 && high - low <= middle * WIDEST;

/** The middle value, of an even number the higher one; there is at least one. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Runs this Node on a file to its end. An answer of no (exit 1) is an answer; anything else would measure a failure. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}, input?: Uint8Array): void {
  const { status, stderr, stdout } = spawnSync(process.execPath, args, {
    env: { ...process.env, NO_COLOR: '1', ...env },
    encoding: 'utf8',
    ...(input ? { input } : {}),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr}${stdout}`);
}

export interface Rate {
  /** Times a second of processor time: of one core, whoever else uses the machine. */
  readonly perSecond: number;
  /** Of the clock on the wall. */
  readonly onTheWall: number;
}

/** A slice of a round, in milliseconds: long enough to outweigh the clocks, short enough to take turns. */
const SLICE = 200;

/** How often each case runs a second, medians of the rounds; a case does its work so many times at once. */
export function rates<K extends string>(
  cases: Readonly<Record<K, (count: number) => void>>,
  rounds: number,
): Record<K, Rate> {
  const found = new Map<string, Rate[]>();
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, run] of Object.entries<(count: number) => void>(cases)) {
      const [started, before] = [performance.now(), process.cpuUsage()];
      let count = 0;
      do {
        run(4096);
        count += 4096;
      } while (performance.now() - started < SLICE);
      const { user, system } = process.cpuUsage(before);
      const rate = {
        perSecond: count / ((user + system) / 1e6),
        onTheWall: (count / (performance.now() - started)) * 1000,
      };
      if (round >= 0) found.set(name, [...(found.get(name) ?? []), rate]);
    }
  }
  const of = (all: readonly Rate[], key: keyof Rate) => median(all.map((rate) => rate[key]));
  return Object.fromEntries(
    [...found].map(([name, all]) => [name, { perSecond: of(all, 'perSecond'), onTheWall: of(all, 'onTheWall') }]),
  ) as Record<K, Rate>;
}
