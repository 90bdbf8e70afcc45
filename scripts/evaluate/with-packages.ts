/** A judgement with what the bytes of packages say. */
import { isByBytes } from '../core/by-bytes.ts';
import { severityOfProblem, type Problem } from '../core/problems/problem.ts';
import type { Decision } from '../core/transitions/decide.ts';
import type { PackageCase, PackageEvaluation } from '../packages/evaluate.ts';
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
