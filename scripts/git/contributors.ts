/** Who wrote the commits of a change: what their addresses claim, which is enough to let an approval not count. */
import type { Person } from '../core/model.ts';
import { gitText, type GitOptions } from './run.ts';

/** GitHub's private addresses, which name the account by its number: `583231+octocat@users.noreply.github.com`. */
const PRIVATE_ADDRESS = /(?:^|<)(\d+)\+[^@\s]+@users\.noreply\.github\.com(?:>|$)/i;

/** The people who are author or co-author of a commit that the head has and the base has not; merges of the base apart. */
export function contributorsOf(
  folder: string,
  base: string,
  head: string,
  people: ReadonlyMap<string, Person>,
  env: GitOptions['env'] = {},
): string[] {
  const format = '--format=%ae%n%(trailers:key=Co-authored-by,valueonly,unfold)';
  const lines = gitText(folder, ['log', '--no-merges', format, `${base}..${head}`], { env }).split('\n');
  const ids = new Set(lines.flatMap((line) => PRIVATE_ADDRESS.exec(line.trim())?.[1] ?? []).map(Number));
  return [...people].filter(([, { githubId }]) => ids.has(githubId)).map(([login]) => login);
}
