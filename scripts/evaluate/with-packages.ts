/** A judgement with what the bytes of packages say. */
import { isShallow, prefixOf } from '../git/process/location.ts';
import { refOf } from '../git/writing/branch.ts';
import { isByBytes } from '../core/by-bytes.ts';
import type { Workspace } from '../core/model.ts';
import { inRepository, pathOf } from '../core/paths.ts';
import { severityOfProblem, type Problem } from '../core/problems/problem.ts';
import type { Decision } from '../core/transitions/decide.ts';
import { readPlatformLog } from '../git/history/beginning.ts';
import { commitSource } from '../git/objects/commit-source.ts';
import { continuedLines } from '../git/history/continued-lines.ts';
import type { PackageCase, PackageEvaluation } from '../packages/evaluate.ts';
import type { VersionId } from '../packages/version-id.ts';
import { load } from '../read/load.ts';
import { locateAll, type LocatedProblem } from '../read/positions.ts';

interface WithDecision {
  readonly decision: Decision;
  readonly problems: readonly LocatedProblem[];
  readonly texts: ReadonlyMap<string, string>;
}

/** The judgement with more problems. `folder`: the name that the user gave the configuration. */
export function withProblems<Judged extends WithDecision>(
  judged: Judged,
  found: readonly Problem[],
  folder: string,
): Judged {
  if (found.length === 0) return judged;
  const { decision, problems, texts } = judged;
  const isRefused = found.some((one) => severityOfProblem(one) === 'error');
  return {
    ...judged,
    decision: { ...decision, ok: decision.ok && !isRefused, problems: [...decision.problems, ...found] },
    problems: [...problems, ...locateAll(found, texts, folder)],
  };
}

type ChangeOfVersions = Pick<PackageCase, 'transitions' | 'base' | 'merged'>;

/** Where the bytes of a change may be, and how they are judged; closed when they are judged. */
export type OpenPlaces = Omit<PackageCase, keyof ChangeOfVersions> & { close(): void };

/**
 * What the bytes of a change's versions say, where it rests on bytes: no other change opens a place. `open` gives undefined where there can be
 * none. Throws EnvironmentError when Git fails here; a failure of a store is a problem.
 */
export async function evaluateBytes(
  change: ChangeOfVersions,
  open: () => OpenPlaces | undefined | Promise<OpenPlaces | undefined>,
): Promise<PackageEvaluation> {
  const opened = isByBytes(change.base, change.transitions) ? await open() : undefined;
  if (!opened) return { problems: [], toCopy: [] };
  // It loads what reads projects, which few changes need.
  const { evaluatePackages } = await import('../packages/evaluate.ts');
  const { close, ...places } = opened;
  try {
    return await evaluatePackages({ ...change, ...places });
  } finally {
    close();
  }
}

/**
 * Whether a version was merged into a branch before its platform.yaml had `packages`. It is read from the history, because anybody can
 * write any time into a file: in one walk, when it is first asked. `base`: the branch's tip; `prefix`: the configuration's path from the top.
 */
export function isOlderThanPackages(path: string, base: string, prefix: string): (id: VersionId) => boolean {
  let older: ReadonlySet<string> | undefined;
  return ({ miniapp, version }) =>
    (older ??= filesBeforePackages(path, base, prefix)).has(pathOf.version(miniapp, version));
}

/**
 * The same of what is committed in a clone: where nothing is, nothing is older. In a clone of the end of the history everything may be, and counts
 * as if. `path`: the configuration's folder.
 */
export function olderIn(path: string): (id: VersionId) => boolean {
  if (isShallow(path)) return () => true;
  const tip = refOf(path, 'HEAD');
  return tip === undefined ? () => false : isOlderThanPackages(path, tip, prefixOf(path));
}

/** The files of versions that first came while the platform had no `packages`: in the history of a tip, and before it in those that it continues. */
function filesBeforePackages(path: string, base: string, prefix: string): Set<string> {
  const start = inRepository(prefix);
  const paths = [start + pathOf.platform, `${start}miniapps`];
  const lines = continuedLines(path, base, prefix).toReversed();
  const commits = lines.flatMap(({ tip }) => readPlatformLog(path, tip, prefix, { paths }).commits);
  const [seen, older] = [new Set<string>(), new Set<string>()];
  let hasPackages: boolean | undefined;
  for (const { id, changes } of commits) {
    const files = new Set(changes.map(({ path: name }) => name.slice(start.length)));
    const after = () => stateAt(path, id, prefix).platform.packages !== undefined;
    // Without a commit before, the platform and the version began together.
    const before = (hasPackages ??= after());
    for (const file of files) {
      if (!before && !seen.has(file)) older.add(file);
      seen.add(file);
    }
    if (files.has(pathOf.platform)) hasPackages = after();
  }
  return older;
}

const stateAt = (path: string, commit: string, prefix: string): Workspace =>
  load(commitSource(path, commit, prefix), { miniapps: [], kinds: new Set(['platform']) }).workspace;
