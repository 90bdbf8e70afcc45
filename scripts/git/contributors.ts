/** Who wrote the commits of a change: what their addresses claim, which is enough to let an approval not count. */
import type { Person } from '../core/model.ts';
import { remembered } from './memory.ts';
import { gitText, type GitOptions } from './run.ts';

/** GitHub's private addresses, which name the account by its number: `583231+octocat@users.noreply.github.com`. */
const PRIVATE_ADDRESS = /(?:^|<)(\d+)\+[^@\s]+@users\.noreply\.github\.com(?:>|$)/i;

/** The number of the account that an address names. */
export const accountIn = (address: string): number | undefined => {
  const id = PRIVATE_ADDRESS.exec(address.trim())?.[1];
  return id === undefined ? undefined : Number(id);
};

/** Commits up to the head, without those of the base; of a file (from the top of the repository), those that touched it. */
export interface Range {
  readonly base?: string;
  readonly head: string;
  readonly file?: string;
}

/** The addresses of authors and co-authors in a log, merges apart. */
export function addressesIn(folder: string, { base, head, file }: Range, env: GitOptions['env'] = {}): string[] {
  const ids = base === undefined ? [head] : [base, head];
  const paths = file === undefined ? [] : [`:(top,literal)${file}`];
  const format = '--format=%ae%n%(trailers:key=Co-authored-by,valueonly,unfold)';
  const args = ['log', '--no-merges', '--no-show-signature', format, ids.join('..'), '--', ...paths];
  const lines = remembered(folder, ids, ['addresses', ...paths], () => gitText(folder, args, { env })).split('\n');
  return [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))];
}

/** The people who are author or co-author of a commit that the head has and the base has not; merges of the base apart. */
export function contributorsOf(
  folder: string,
  base: string,
  head: string,
  people: ReadonlyMap<string, Person>,
  env: GitOptions['env'] = {},
): string[] {
  const ids = new Set(addressesIn(folder, { base, head }, env).map(accountIn));
  return [...people].filter(([, { githubId }]) => ids.has(githubId)).map(([login]) => login);
}
