/** Two commits judged as a pull request: the tip of the base, and the tree that merging the head into it gives. */
import { isDeepStrictEqual } from 'node:util';
import type { FileDifference } from '../core/transitions/changes.ts';
import { accountsNamed } from '../core/history/commit-authors.ts';
import type { Review } from '../core/policy/circumstances.ts';
import { decide, type Decision } from '../core/transitions/decide.ts';
import type { Identity } from '../core/identity/login.ts';
import type { Workspace } from '../core/model.ts';
import { inRepository, pathOf } from '../core/paths.ts';
import { problem, type Problem } from '../core/problems/problem.ts';
import { originsOf } from '../git/commits/branch-commits.ts';
import { folderOf, haveBegun } from '../git/history/beginning.ts';
import { bothSources } from '../git/objects/commit-source.ts';
import { MOST_MERGES, writtenIn, type Contributions } from '../git/history/contributors.ts';
import { merge, type Merge } from '../git/merges/merge.ts';
import { pastOf } from '../git/history/past.ts';
import type { Scratch } from '../git/stores/scratch.ts';
import type { LeftFile } from '../git/working-tree/worktree-commit.ts';
import { load, type Loaded, type LoadOptions } from '../read/load.ts';
import { locateAll, type LocatedProblem } from '../read/positions.ts';
import type { Source, SourceEntry } from '../read/source.ts';
import { alikeNames, withAlike } from './alike.ts';
import { onNewest, type NamedBase } from './named-base.ts';
import { touchedOnly } from './touched.ts';

/** Two commits, and where they are. */
export interface CommitPair {
  /** The configuration's folder on this machine, and its path from the top of the repository. */
  readonly path: string;
  readonly prefix: string;
  readonly base: string;
  readonly head: string;
  /** The temporary store for merged trees; the caller removes it. */
  readonly temporary: Scratch;
  /** Files whose content the head leaves out, because they are too large or no plain files, by path from the top. */
  readonly left?: ReadonlyMap<string, LeftFile>;
  /** The base as it was read before; it is not read again where the same part of it is needed. */
  readonly known?: { readonly options: LoadOptions; readonly loaded: Loaded };
}

export interface CommitsInput extends CommitPair, NamedBase {
  /** The name that the user gave the configuration's folder, for messages. */
  readonly folder: string;
  readonly actor: string;
  /** The authors of its commits, where more is known than their addresses. */
  readonly commitAuthors?: readonly Identity[];
  /** Its commits, where they were read. */
  readonly written?: Contributions;
  /** Reviews of exactly this head. */
  readonly reviews: readonly Review[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What merging the head into the base would change, read but not judged. */
export interface CommitComparison {
  readonly base: string;
  readonly merge: Merge;
  /** Of the configuration, relative to it. */
  readonly differences: readonly FileDifference[];
  /** Changed files beside the configuration, from the top of the repository. */
  readonly otherFiles: readonly string[];
  /** The state before, and what merging gives; without a clean merge that is the state before. */
  readonly before: Loaded;
  readonly after: Loaded;
  /** Warnings of new names that people can take for others. */
  readonly alike: readonly Problem[];
}

export interface EvaluatedCommits {
  readonly decision: Decision;
  readonly problems: readonly LocatedProblem[];
  readonly texts: ReadonlyMap<string, string>;
  readonly before: Workspace;
  readonly workspace: Workspace;
  readonly merge: Merge;
}

/** Merges the head into the base, and reads both sides of what differs. Writes only to `temporary`. Throws EnvironmentError when Git fails. */
export function compareCommits({ path, prefix, base, head, temporary, left, known }: CommitPair): CommitComparison {
  const merged = merge(path, base, head, temporary);
  const start = inRepository(prefix);
  const inConfig = merged.differences.filter((difference) => difference.path.startsWith(start));
  const differences = inConfig.map((difference) => ({ ...difference, path: difference.path.slice(start.length) }));
  const otherFiles = merged.differences.map((difference) => difference.path).filter((name) => !name.startsWith(start));
  const options = touchedOnly(differences.map((difference) => difference.path));
  const { tree } = merged;
  // Without a clean merge there is one state.
  const [there, then] = bothSources(path, [base, tree ?? base], prefix, temporary.env);
  const before = known && isDeepStrictEqual(known.options, options) ? known.loaded : load(there, options);
  const after = tree ? load(withLeft(then, start, left), options) : before;
  const alike = tree ? alikeNames(then, before.workspace, after.workspace) : [];
  return { base, merge: merged, differences, otherFiles, before, after, alike };
}

/**
 * Judges what merging the head into the base would change. Gives the decision, its problems with line and column, and the workspaces before
 * and after. A conflict, a change that is too large and a history of its own are problems, not errors. Throws EnvironmentError when Git fails.
 */
export function evaluateCommits(asked: CommitsInput, comparison = compareCommits(asked)): EvaluatedCommits {
  const { path, folder, prefix, base, baseName, head, temporary, actor, reviews, now } = asked;
  const { merge: merged, differences, otherFiles, before, after, alike } = comparison;
  const start = inRepository(prefix);
  const isOwn = (file: string) => file.startsWith(start);
  const placeOf = (file: string) =>
    isOwn(file) ? { file: file.slice(start.length) } : { file, isOutside: true as const };
  const conflicts: Problem[] = merged.conflicts.map((file) =>
    problem('merge-conflict', placeOf(file), { file, command: onNewest(asked, 'git merge') }),
  );
  const written = asked.written ?? writtenIn(path, { base, head }, temporary);
  const tooLarge = merged.excess ?? written.excess;
  const excess: Problem[] = tooLarge
    ? [problem('change-too-large', placeOf(tooLarge.path), { file: tooLarge.path, most: tooLarge.most })]
    : [];
  const apart = apartProblem(asked, comparison);
  const commitAuthors = asked.commitAuthors ?? accountsNamed(before.workspace.people, written.commits);
  const unread: Problem[] = written.isCut
    ? [
        problem(
          'merges-too-many',
          { file: pathOf.platform },
          { most: MOST_MERGES, base: baseName, command: onNewest(asked, 'git rebase') },
        ),
      ]
    : [];
  // Where the folder moved, every file did, and it is told once.
  const all = apart?.code === 'folder-moved' ? [] : [...merged.moves, ...written.moves];
  const moves: Problem[] = all
    .filter(({ from, to }) => isOwn(from) || isOwn(to))
    .map(({ from, to }) =>
      problem('file-moved', placeOf(to), { from, to, base: baseName, command: onNewest(asked, 'git switch -c NAME') }),
    );
  const decided = decide({
    base: before.workspace,
    merged: after.workspace,
    differences,
    fileProblems: after.problems,
    mergeProblems: [...excess, ...(apart ? [apart] : []), ...unread, ...conflicts, ...moves],
    pullRequest: { author: actor, otherFiles, commitAuthors },
    reviews,
    history: pastOf(path, base, prefix, temporary),
    now,
  });
  const decision = { ...decided, problems: withAlike(decided.problems, alike) };
  return {
    decision,
    problems: locateAll(decision.problems, after.texts, folder),
    texts: after.texts,
    before: before.workspace,
    workspace: after.workspace,
    merge: merged,
  };
}

/**
 * That a branch brings commits of another history than that of the base: with a first commit of their own, or from before the platform began.
 * Merged, that would be a history begun anew. Every commit of a platform of one's own has its beginning, which never changes; where its folder
 * moved, the history begins with that for whoever audits it, and a branch from before is told so.
 */
function apartProblem(
  asked: CommitsInput,
  { merge: merged, differences, before }: CommitComparison,
): Problem | undefined {
  const { path, prefix, base, baseName, head, temporary } = asked;
  const named = { base: baseName, command: onNewest(asked, 'git switch -c NAME') };
  const unrelated = problem('history-unrelated', { file: pathOf.platform }, named);
  if (merged.isUnrelated === true) return unrelated;
  if (differences.length + merged.conflicts.length === 0) return undefined;
  const { beginning } = before.workspace.platform;
  const { hasRoot, parted } = originsOf({ base, head }, temporary);
  if (hasRoot || beginning === undefined) return hasRoot ? unrelated : undefined;
  const earlier = parted.filter((commit) => commit !== base);
  if (earlier.length === 0 || haveBegun(path, earlier, prefix, temporary.env)) return undefined;
  const folders = earlier.map((commit) => folderOf(path, commit, beginning, temporary.env));
  const moved = folders.find((folder) => folder !== prefix);
  if (moved === undefined || folders.includes(undefined)) return unrelated;
  const from = moved || '.';
  return problem('folder-moved', { file: pathOf.platform }, { ...named, from, to: prefix || '.' });
}

/** A source in which these are what they are on disk, by path from the top, where the commit holds an empty file in their place. */
function withLeft(source: Source, start: string, left: ReadonlyMap<string, LeftFile> = new Map()): Source {
  if (left.size === 0) return source;
  const sized = (entries: SourceEntry[]) => entries.map((entry) => ({ ...entry, ...left.get(start + entry.path) }));
  const { listEach } = source;
  return {
    ...source,
    list: (under) => sized(source.list(under)),
    ...(listEach ? { listEach: (unders) => sized(listEach(unders)) } : {}),
  };
}
