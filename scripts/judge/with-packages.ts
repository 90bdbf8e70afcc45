/** Adds the problems of packages to a judgement. */
import type { Workspace } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { severityOfProblem, type Problem } from '../core/problems/problem.ts';
import type { Verdict } from '../core/transitions/decide.ts';
import { commitSource } from '../git/commit-source.ts';
import { gitText } from '../git/run.ts';
import type { VersionId } from '../packages/version-id.ts';
import { load } from '../read/load.ts';
import { locateAll, type LocatedProblem } from '../read/positions.ts';

interface WithVerdict {
  readonly verdict: Verdict;
  readonly problems: readonly LocatedProblem[];
  readonly texts: ReadonlyMap<string, string>;
}

/** The judgement with more problems. `folder`: the name that the user gave the configuration. */
export function withProblems<Judged extends WithVerdict>(
  judged: Judged,
  found: readonly Problem[],
  folder: string,
): Judged {
  if (found.length === 0) return judged;
  const { verdict, problems, texts } = judged;
  const isRefused = found.some((one) => severityOfProblem(one) === 'error');
  return {
    ...judged,
    verdict: { ...verdict, ok: verdict.ok && !isRefused, problems: [...verdict.problems, ...found] },
    problems: [...problems, ...locateAll(found, texts, folder)],
  };
}

/**
 * Whether a version was merged into a branch before its platform.yaml had `packages`. It is read from the history, because anybody can
 * write any time into a file. `base`: the branch's tip; `prefix`: the configuration's path from the top.
 */
export function isOlderThanPackages(path: string, base: string, prefix: string): (id: VersionId) => boolean {
  const start = prefix === '' ? '' : `${prefix}/`;
  return ({ miniapp, version }) => {
    const file = `:(top,literal)${start}${pathOf.version(miniapp, version)}`;
    const log = ['log', '--first-parent', '--no-show-signature', '--diff-filter=A', '--format=%H %P', base, '--', file];
    const came = gitText(path, log).split('\n').at(-1) ?? '';
    const [commit = '', before = ''] = came.split(' ');
    if (commit === '') return false;
    // Without a commit before, the platform and the version began together.
    const { platform } = stateAt(path, before === '' ? commit : before, prefix);
    return platform.packages === undefined;
  };
}

const stateAt = (path: string, commit: string, prefix: string): Workspace =>
  load(commitSource(path, commit, prefix), { miniapps: [], kinds: new Set(['platform']) }).workspace;
