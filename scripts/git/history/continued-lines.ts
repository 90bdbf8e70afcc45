/** Histories that the first commit of another continues, as its merge with the very configuration that they ended with. */
import { inRepository } from '../../core/paths.ts';
import { parentsOf } from '../commits/revisions.ts';
import { beginningOf } from './beginning.ts';
import { gitAnswer, gitText, type Environment } from '../process/run.ts';

/** A history by its newest commit and where it begins; of one without a beginning all that comes before its newest commit counts. */
export interface HistoryLine {
  readonly tip: string;
  readonly beginning: string | undefined;
}

/**
 * A history, and after it those that its beginning continues, each once. `prefix`: the configuration's path from the top; `env`: where Git finds
 * objects that are not the repository's own. Throws EnvironmentError.
 */
export function continuedLines(
  folder: string,
  tip: string,
  prefix: string,
  env: Environment = {},
  known = new Set<string>(),
): HistoryLine[] {
  if (known.has(tip)) return [];
  known.add(tip);
  const beginning = beginningOf(folder, tip, prefix, env);
  if (beginning === undefined) return [{ tip, beginning }];
  const first = { id: beginning, parents: parentsOf(folder, beginning, env) };
  const continued = parentsOfSameConfig(folder, prefix, first, env);
  const before = newestWithPeople(folder, prefix, continued, env);
  return [{ tip, beginning }, ...before.flatMap((one) => continuedLines(folder, one, prefix, env, known))];
}

interface FirstCommit {
  readonly id: string;
  /** As Git knows them: of a beginning the log of a platform names none. */
  readonly parents: readonly string[];
}

/**
 * The parents of a first commit, besides the first one, with the very configuration that it has. `prefix`: the configuration's path from the
 * top; `env`: where Git finds objects that are not the repository's own. Throws EnvironmentError.
 */
export const parentsOfSameConfig = (
  folder: string,
  prefix: string,
  { id, parents }: FirstCommit,
  env: Environment = {},
): string[] => parents.slice(1).filter((tip) => isSameConfig(folder, prefix, [id, tip], env));

/** Those of these commits that no other of them has; none where nobody was ever in people/ of any. Throws EnvironmentError. */
export function newestWithPeople(
  folder: string,
  prefix: string,
  tips: readonly string[],
  env: Environment = {},
): string[] {
  if (tips.length === 0) return [];
  // There may be more of them than Git takes as arguments.
  const options = { input: tips.map((tip) => `${tip}\n`).join(''), env };
  const people = `:(top,literal)${inRepository(prefix, 'people')}`;
  if (gitText(folder, ['rev-list', '-1', '--full-history', '--stdin', '--', people], options) === '') return [];
  const listed = gitText(folder, ['rev-list', '--parents', '--stdin'], options).split('\n');
  const earlier = new Set(listed.flatMap((line) => line.split(' ').slice(1)));
  return [...new Set(tips)].filter((tip) => !earlier.has(tip));
}

function isSameConfig(folder: string, prefix: string, commits: readonly string[], env: Environment): boolean {
  const trees = commits.map((commit) => {
    const asked = ['rev-parse', '-q', '--verify', `${commit}:${prefix}`];
    const { stdout, status } = gitAnswer(folder, asked, { accept: [1, 128], env });
    return status === 0 ? stdout.toString('utf8') : undefined;
  });
  return trees.every((tree) => tree !== undefined && tree === trees[0]);
}
