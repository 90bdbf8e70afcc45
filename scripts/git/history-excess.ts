/** Which commit of a branch changes more than whoever lists the history afterwards can list. */
import { changesSince, MOST_FILES, type Excess } from './differences.ts';
import type { Scratch } from './scratch.ts';

/** Commits that are looked into for the one to name, and milliseconds after which no further one is. */
const NAMED = 50;
const LONGEST = 15_000;

export interface Step {
  readonly id: string;
  readonly parents: readonly string[];
}

/**
 * What is too much in one of these commits, which cannot be listed; the tip may be as before: a merge keeps every commit, and the history
 * is listed commit by commit. Throws EnvironmentError when Git fails.
 */
export function historyExcess(temporary: Scratch, steps: readonly Step[]): Excess {
  const end = performance.now() + LONGEST;
  for (const { id, parents } of steps.slice(0, NAMED)) {
    if (performance.now() > end) break;
    const [parent] = parents;
    const change = parent === undefined ? { differences: [] } : changesSince(temporary, parent, id);
    if ('excess' in change) return change.excess;
  }
  return { path: '.', most: MOST_FILES };
}
