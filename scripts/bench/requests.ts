/**
 * Requests of GitHub's API that the bot makes, counted by the test forge: this build's beside those of the build before requests
 * were counted. Numbers of requests are the same on every machine, so each is counted once.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const COUNTER = join(ROOT, 'scripts/fixtures/traffic/measure.ts');
/** Reads each pull request by requests of its own. */
const BEFORE = 'f2fc018';

/** How many are open, and how many requests an idle run may take then. */
const OPEN: readonly (readonly [number, number | undefined])[] = [
  [10, undefined],
  [25, undefined],
  [50, 5],
  [100, undefined],
  [500, 20],
];
/** More than that the build before is not asked about: it takes an hour, and its numbers lie on a line. */
const MOST_BEFORE = 100;

interface Traffic {
  readonly requests: number;
  readonly points: number;
}

export interface RequestCount {
  readonly what: string;
  readonly requests: number;
  readonly points: number;
  readonly target?: number;
  /** Of the build before; undefined where it was not counted. */
  readonly before?: number;
}

/**
 * A row for each kind of run and number of open pull requests; `counts`: which numbers. Takes the build before out of Git's history
 * into `folder`, and leaves its figures out where the clone has none.
 */
export function countRequests(folder: string, counts = OPEN.map(([count]) => count)): RequestCount[] {
  const now = count(counts);
  const before = countBefore(
    folder,
    counts.filter((one) => one <= MOST_BEFORE),
  );
  const row = (what: string, key: string, target?: number): RequestCount => ({
    what,
    ...now[key]!,
    ...(target === undefined ? {} : { target }),
    ...(before?.[key] ? { before: before[key].requests } : {}),
  });
  const idle = OPEN.filter(([open]) => counts.includes(open)).flatMap(([open, target]) => [
    row(`an idle run, ${open} open`, `idle ${open}`, target),
    row(`the same, when everything is looked at`, `sweep ${open}`, target),
  ]);
  return [row('a submission', 'submission', 16), row('its approval', 'approval', 12), ...idle];
}

function count(open: readonly number[], build?: string): Record<string, Traffic> {
  const words = [COUNTER, '--open', open.join(','), ...(build === undefined ? [] : ['--build', build])];
  const output = execFileSync(process.execPath, words, {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(output) as Record<string, Traffic>;
}

/** Undefined in a clone that does not have it. */
function countBefore(folder: string, open: readonly number[]): Record<string, Traffic> | undefined {
  const build = join(folder, 'before');
  mkdirSync(build, { recursive: true });
  try {
    const archive = execFileSync('git', ['-C', ROOT, 'archive', BEFORE, 'scripts', 'package.json'], {
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    execFileSync('tar', ['-x', '-C', build], { input: archive });
  } catch {
    return undefined;
  }
  symlinkSync(join(ROOT, 'node_modules'), join(build, 'node_modules'));
  return count(open, build);
}
