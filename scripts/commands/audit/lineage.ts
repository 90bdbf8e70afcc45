/** A history with those that its first commit continues. */
import { readPlatformLog } from '../../git/history/beginning.ts';
import type { LoggedCommit } from '../../git/commits/log.ts';
import { differencesIn } from '../../git/history/replay.ts';
import { newestWithPeople, parentsOfSameConfig } from '../../git/history/continued-lines.ts';
import { parentsOf } from '../../git/commits/revisions.ts';

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
  const continued = first
    ? parentsOfSameConfig(path, prefix, { id: first.id, parents: parentsOf(path, first.id) })
    : [];
  const tips = newestWithPeople(path, prefix, continued);
  const before = tips.flatMap((tip) => {
    if (known.has(tip)) return [];
    known.add(tip);
    return [lineageOf(path, prefix, readPlatformLog(path, tip, prefix).commits, known)];
  });
  return { commits, first, before };
}

/** The first commits of a history and of those that it continues, by id. */
export const firstsOf = ({ first, before }: Lineage): string[] => [
  ...(first ? [first.id] : []),
  ...before.flatMap(firstsOf),
];

/** Whether the bot merged any of it, or of what it continues. */
export const hasPullRequest = ({ commits, before }: Lineage): boolean =>
  commits.some(({ trailers }) => trailers.has('pull-request')) || before.some(hasPullRequest);
