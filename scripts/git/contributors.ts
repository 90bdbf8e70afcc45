/** Who wrote the commits of a change: what their addresses claim, which is enough to let an approval not count. */
import { identityIn, type Identity } from '../core/identity.ts';
import { remembered } from './memory.ts';
import { gitText, type GitOptions } from './run.ts';

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

/** Who is author or co-author of a commit that the head has and the base has not, as far as an address names an account. */
export function commitAuthorsOf(folder: string, base: string, head: string, env: GitOptions['env'] = {}): Identity[] {
  return addressesIn(folder, { base, head }, env).flatMap((address) => identityIn(address) ?? []);
}
