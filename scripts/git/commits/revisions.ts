/** What names of commits stand for, all by one process. */
import { isId, keep, known, cached } from '../stores/cache.ts';
import { isAmbiguous, isShallow, refsNamed } from '../process/location.ts';
import { gitAnswer, gitText, type GitOptions } from '../process/run.ts';

export interface Revision {
  readonly commit: string;
  readonly tree: string;
}

/**
 * The commits that these names stand for (gitrevisions); what stands for none is left out, and what may mean several, which `git(…).commit` tells.
 * `env`: where else Git finds objects.
 */
export function revisionsOf(
  folder: string,
  given: readonly string[],
  env: GitOptions['env'] = {},
): Map<string, Revision> {
  const asked = given.filter((name) => name !== '' && !name.includes('\n'));
  const refs = asked.map((name) => refsNamed(name));
  const names = [
    ...asked.flatMap((name) => [`${name}^{commit}`, `${name}^{tree}`]),
    ...refs.flat().map((ref) => `${ref}^{commit}`),
  ];
  const input = names.map((name) => `${name}\n`).join('');
  const lines = gitAnswer(folder, ['cat-file', '--batch-check'], { input, env }).stdout.toString('utf8').split('\n');
  const idOf = (line = '', type: string): string => new RegExp(`^([0-9a-f]+) ${type} \\d+$`).exec(line)?.[1] ?? '';
  const found = new Map<string, Revision>();
  let at = 2 * asked.length;
  for (const [i, name] of asked.entries()) {
    const commits = refs[i]!.map(() => idOf(lines[at++], 'commit')).filter(isId);
    if (isAmbiguous(name, commits)) continue;
    const [commit, tree] = [idOf(lines[2 * i], 'commit'), idOf(lines[2 * i + 1], 'tree')];
    if (!isId(commit) || !isId(tree)) continue;
    found.set(name, { commit, tree });
    rememberTree(commit, tree);
  }
  return found;
}

/** A commit's tree and parents are the same wherever the commit is. */
const ANYWHERE = '';
const TREE = ['tree'];
const PARENTS = ['parents'];

/** Notes what is known of a commit already. That it has none is not: a shallow history may end there. */
export const noteParents = (commit: string, parents: readonly string[]): void => {
  if (parents.length > 0) keep(ANYWHERE, [commit], PARENTS, parents);
};

/** The ids of a commit's parents, the first parent first; none for a first commit. Throws EnvironmentError where the commit is not here. */
export function parentsOf(folder: string, commit: string, env: GitOptions['env'] = {}): readonly string[] {
  const before = known<readonly string[]>(ANYWHERE, [commit], PARENTS);
  if (before) return before;
  const [, ...parents] = gitText(folder, ['rev-list', '--parents', '-1', commit], { env }).split(' ');
  if (parents.length > 0 || !isShallow(folder)) keep(ANYWHERE, [commit], PARENTS, parents);
  return parents;
}

/** Notes what is known already, so that nobody asks. */
export const rememberTree = (commit: string, tree: string): void => keep(ANYWHERE, [commit], TREE, tree);

/** The tree of a commit. Throws EnvironmentError where it is not here. */
export const treeOf = (folder: string, commit: string, env: GitOptions['env'] = {}): string =>
  cached(ANYWHERE, [commit], TREE, () =>
    gitText(folder, ['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`], { env }),
  );
