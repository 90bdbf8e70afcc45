/** Which commit of a branch changes more than whoever lists the history afterwards can list. */
import type { BaseAndHead } from './branch-commits.ts';
import { changesSince, MOST_FILES, type Excess } from './differences.ts';
import type { Scratch } from '../stores/scratch.ts';
import { unfoldingIn } from '../objects/unfolding.ts';

/** Commits that are looked into for the one to name, and milliseconds after which no further one is. */
const NAMED = 50;
const LONGEST = 15_000;

export interface BranchStep {
  readonly id: string;
  readonly parents: readonly string[];
}

/**
 * What is too much in one of these commits (`steps`, of the branch), which cannot be listed; the tip may be as before: a merge keeps every commit, and the history
 * is listed commit by commit. Throws EnvironmentError when Git fails.
 */
export function historyExcess(temporary: Scratch, { base, head }: BaseAndHead, steps: readonly BranchStep[]): Excess {
  const unfolding = unfoldingIn(temporary.top, { tip: head, without: base }, temporary.env);
  if (unfolding) return { path: unfolding.path || '.', most: MOST_FILES };
  const end = performance.now() + LONGEST;
  for (const { id, parents } of steps.slice(0, NAMED)) {
    if (performance.now() > end) break;
    const [parent] = parents;
    const change = parent === undefined ? { differences: [] } : changesSince(temporary, parent, id);
    if ('excess' in change) return change.excess;
  }
  return { path: '.', most: MOST_FILES };
}
