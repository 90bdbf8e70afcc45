/** Merges that bring what this platform was before somebody began its history anew: the new beginning would hide all of it. */
import type { Platform } from '../../core/model.ts';
import { pathOf } from '../../core/paths.ts';
import { problem } from '../../core/problems/problem.ts';
import { everAnywhere, everSince } from '../../git/beginning.ts';
import { commitSource } from '../../git/commit-source.ts';
import type { LoggedCommit } from '../../git/log.ts';
import type { MergedLine } from '../../git/merged-lines.ts';
import { UnfoldingError } from '../../git/unfolding.ts';
import { load } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import type { HistoryFinding } from './report.ts';

export interface BegunHistory {
  readonly path: string;
  readonly folder: string;
  readonly prefix: string;
  /** The commit that the history begins with. */
  readonly first: string;
  /** The newest. */
  readonly tip: string;
}

/** The platform.yaml of a commit, read. `path`: a folder in the repository; `prefix`: the configuration's path from its top. */
export const platformAt = (path: string, commit: string, prefix: string): Platform =>
  load(commitSource(path, commit, prefix), { miniapps: [], kinds: new Set(['platform']) }).workspace.platform;

/** A finding for each of these commits whose other lines hold this very platform and do not come after its first commit. */
export function apartFindings(
  commits: readonly LoggedCommit[],
  lines: ReadonlyMap<string, MergedLine>,
  begun: BegunHistory,
): HistoryFinding[] {
  return commits.flatMap((commit) => {
    const other = lines.get(commit.id)?.apart.find((id) => isOfThisPlatform(id, begun));
    return other === undefined ? [] : [findingOf(commit, other, begun)];
  });
}

/**
 * The tool's own history is another, in which nobody but the example's people ever was, and so is that of another platform, which has no
 * miniapp of this one: who begins anew keeps those. Where one of the two has none yet, the people tell. That a beginning differs proves
 * nothing: whoever begins anew writes it. What unfolds to more than anybody lists could hide anything, so it counts as this one's.
 */
function isOfThisPlatform(commit: string, begun: BegunHistory): boolean {
  try {
    return isAlike(commit, begun);
  } catch (error) {
    if (error instanceof UnfoldingError) return true;
    throw error;
  }
}

function isAlike(commit: string, { path, prefix, first, tip }: BegunHistory): boolean {
  const own = platformAt(path, first, prefix).beginning;
  if (own !== undefined && platformAt(path, commit, prefix).beginning === own) return true;
  const theirs = everAnywhere(path, commit, prefix);
  if (theirs.people.size === 0) return false;
  const ours = everSince(path, first, tip, prefix);
  const kind = theirs.miniapps.size > 0 && ours.miniapps.size > 0 ? 'miniapps' : 'people';
  return [...theirs[kind]].some((one) => ours[kind].has(one));
}

function findingOf(commit: LoggedCommit, other: string, { first, folder }: BegunHistory): HistoryFinding {
  const args = { first: first.slice(0, 10), other: other.slice(0, 10) };
  return {
    commit: commit.id,
    when: new Date(commit.time).toISOString(),
    actor: null,
    pullRequest: null,
    subject: commit.subject,
    transitions: [],
    problems: locateAll([problem('beginning-apart', { file: pathOf.platform }, args)], new Map(), folder),
    approvals: { required: 0, given: [], missing: 0 },
    contradiction: null,
  };
}
