/** Timing by turns: every case once a round, so that a busy moment of the machine falls on all of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export interface Case {
  readonly name: string;
  /** Does the work once. */
  run(): void;
  /** Clears up, and is not measured. */
  after?(): void;
}

/** The median milliseconds of each case, by a clock; one round before the counted ones warms caches. */
export function medians(
  cases: readonly Case[],
  rounds: number,
  clock: () => number = () => performance.now(),
): Map<string, number> {
  const times = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const { name, run, after } of cases) {
      const started = clock();
      run();
      if (round >= 0) times.get(name)!.push(clock() - started);
      after?.();
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

/**
 * Processor time of the processes that were started here and ended, and of theirs: milliseconds, to the hundredth of a second that Linux
 * counts by (proc_pid_stat(5), cutime and cstime). Elsewhere the clock on the wall.
 */
export function processorTime(): number {
  const file = '/proc/self/stat';
  if (!existsSync(file)) return performance.now();
  const stat = readFileSync(file, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

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
