/** A history with those that its first commit continues. */
import { readPlatformLog } from '../../git/history/beginning.ts';
import type { LoggedCommit } from '../../git/commits/log.ts';
import { differencesIn } from '../../git/history/replay.ts';
import { mergedBefore } from './apart.ts';

export interface Lineage {
  /** Oldest first. */
  readonly commits: readonly LoggedCommit[];
  /** The commit that brought the configuration. */
  readonly first: LoggedCommit | undefined;
  /** The histories that it continues, each of them once. */
  readonly before: readonly Lineage[];
}

/** Of commits by their first parents, oldest first. `path`: a folder in the repository; `prefix`: the configuration's path from its top. */
export function lineageOf(
  path: string,
  prefix: string,
  commits: readonly LoggedCommit[],
  known = new Set<string>(),
): Lineage {
  const first = commits.find((commit) => differencesIn(commit, prefix).length > 0);
  // Git is asked for the parents: of a beginning the log names none.
  const tips = first ? mergedBefore(path, prefix, first).continued : [];
  const before = tips.flatMap((tip) => {
    if (known.has(tip)) return [];
    known.add(tip);
    return [lineageOf(path, prefix, readPlatformLog(path, tip, prefix).commits, known)];
  });
  return { commits, first, before };
}
