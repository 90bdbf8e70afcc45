/** Two commits judged as a pull request: the tip of the base, and the tree that merging the head into it gives. */
import { decide, type Review, type Verdict } from '../core/decide.ts';
import type { Workspace } from '../core/model.ts';
import { problem, type Problem } from '../core/problem.ts';
import { commitSource } from '../git/commit-source.ts';
import { contributorsOf } from '../git/contributors.ts';
import { merge, type Merge, type Scratch } from '../git/merge.ts';
import { pastOf } from '../git/past.ts';
import { load, type Loaded } from '../read/load.ts';
import { locateAll, type LocatedProblem } from '../read/locate.ts';
import { touchedOnly } from './touched.ts';

export interface Asked {
  /** The configuration's folder on this machine, what its user calls it, and its path from the top of the repository. */
  readonly path: string;
  readonly folder: string;
  readonly prefix: string;
  /** The two commits; the name of the base is for sentences. */
  readonly base: string;
  readonly baseName: string;
  readonly head: string;
  /** Where merged trees go; whoever made it removes it. */
  readonly temporary: Scratch;
  readonly actor: string;
  /** Reviews of exactly this head. */
  readonly reviews: readonly Review[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Judged {
  readonly verdict: Verdict;
  readonly problems: readonly LocatedProblem[];
  readonly texts: ReadonlyMap<string, string>;
  /** The state before, and what merging gives; without a clean merge that is the state before. */
  readonly before: Workspace;
  readonly workspace: Workspace;
  readonly merge: Merge;
}

/** Judges what merging the head into the base would change. Throws OutsideError when Git cannot tell. */
export function judgeCommits(asked: Asked): Judged {
  const { path, folder, prefix, base, baseName, head, temporary, actor, reviews, now } = asked;
  const merged = merge(path, base, head, temporary);
  const start = prefix === '' ? '' : `${prefix}/`;
  const inConfig = merged.differences.filter((difference) => difference.path.startsWith(start));
  const differences = inConfig.map((difference) => ({ ...difference, path: difference.path.slice(start.length) }));
  const otherFiles = merged.differences.map((difference) => difference.path).filter((name) => !name.startsWith(start));
  const options = { ...touchedOnly(differences.map((difference) => difference.path)) };
  const before = load(commitSource(path, base, prefix, temporary.env), options);
  const after: Loaded = merged.tree ? load(commitSource(path, merged.tree, prefix, temporary.env), options) : before;
  const conflicts: Problem[] = merged.conflicts.map((file) => {
    const isOwn = file.startsWith(start);
    const place = isOwn ? { file: file.slice(start.length) } : { file, isOutside: true as const };
    return problem('merge-conflict', place, { file, base: baseName });
  });
  const { people } = before.workspace;
  const contributors = contributorsOf(path, base, head, people, temporary.env);
  const verdict = decide({
    base: before.workspace,
    merged: after.workspace,
    differences,
    fileProblems: [...conflicts, ...after.problems],
    pullRequest: { author: actor, otherFiles, contributors },
    reviews,
    history: pastOf(path, base, prefix, temporary.env),
    now,
  });
  const problems = locateAll(verdict.problems, after.texts, folder);
  return {
    verdict,
    problems,
    texts: after.texts,
    before: before.workspace,
    workspace: after.workspace,
    merge: merged,
  };
}
