/** Whether the commits of a range, each by itself, change more than whoever lists the history afterwards can list. */
import { changesSince, MOST_FILES, type Excess } from './differences.ts';
import { TooMuchError } from './run.ts';
import { withObjects, type Scratch } from './scratch.ts';

/** As the history is listed later: a merge by what it changes against its first parent. */
const LIST = [
  ...['-c', 'log.showRoot=true', 'log', '--diff-merges=first-parent', '--raw', '-z', '--no-renames'],
  ...['--ignore-submodules=none', '--no-show-signature', '--format='],
];
/** Bytes and seconds: some 300,000 changed files. */
const LIMITS = { most: 64 * 1024 ** 2, seconds: 5 };
/** Commits that are looked into for the one to name, and milliseconds after which no further one is. */
const NAMED = 50;
const LONGEST = 15_000;

export interface Step {
  readonly id: string;
  readonly parents: readonly string[];
}

/**
 * What a commit of the range changes too much of, where the tip may be as before: a merge keeps every commit, and the history is listed
 * commit by commit. `steps`: the commits of the range. Throws EnvironmentError when Git fails.
 */
export function historyExcess(
  temporary: Scratch,
  base: string,
  head: string,
  steps: readonly Step[],
): Excess | undefined {
  // One commit changes what the judged difference says.
  if (steps.length < 2) return undefined;
  try {
    withObjects(temporary, [...LIST, '--end-of-options', `${base}..${head}`, '--'], LIMITS);
    return undefined;
  } catch (error) {
    if (!(error instanceof TooMuchError)) throw error;
  }
  const end = performance.now() + LONGEST;
  for (const { id, parents } of steps.slice(0, NAMED)) {
    if (performance.now() > end) break;
    const [parent] = parents;
    const change = parent === undefined ? { differences: [] } : changesSince(temporary, parent, id);
    if ('excess' in change) return change.excess;
  }
  return { path: '.', most: MOST_FILES };
}
