/** The accounts that were ever on a whitelist or in a scenario, of miniapps too that are gone: one log of those files alone. */
import { accountsWrittenIn } from '../../core/redaction/written.ts';
import { isShallow } from '../process/location.ts';
import { cached } from '../stores/cache.ts';
import { listing } from '../objects/unfolding.ts';

/** Options that override the user's settings and the repository's attributes, which could change the output. */
const SETTINGS = [
  ...['log', '--full-history', '--diff-merges=first-parent', '--patch', '--unified=1', '--inter-hunk-context=0'],
  ...['--text', '--no-textconv', '--no-ext-diff', '--no-renames', '--no-color', '--no-relative'],
  ...['--no-mailmap', '--ignore-submodules=none', '--format='],
];
const FILES = ['whitelist', 'scenarios'].map((name) => `:(glob)miniapps/*/${name}.yaml`);

/** Bytes that are read as one text; all of them could be more than a string may have. */
const CHUNK = 64 * 1024 * 1024;

/**
 * The accounts in canonical form. `folder`: the configuration; `tip`: the commit whose history is read, without that of `since`. A shallow
 * clone gives what it has. Throws EnvironmentError where there is no Git or no such commit.
 */
export function formerAccounts(folder: string, tip: string, since: readonly string[] = []): ReadonlySet<string> {
  const range = [tip, ...since.map((commit) => `^${commit}`)];
  const args = ['-c', 'log.showRoot=true', ...SETTINGS, '--end-of-options', ...range, '--', ...FILES];
  const ask = () => accountsWrittenIn(changedLines(listing(folder, args, tip)));
  // More of a shallow history may be fetched yet.
  return isShallow(folder) ? ask() : cached(folder, [tip, ...since], ['former accounts'], ask);
}

function* changedLines(patch: Buffer): Generator<string> {
  for (let from = 0; from < patch.length;) {
    const end = from + CHUNK >= patch.length ? patch.length : patch.lastIndexOf('\n', from + CHUNK) + 1;
    const to = end > from ? end : patch.length;
    // Accounts are ASCII; a byte of anything else is a character of its own.
    for (const line of patch.toString('latin1', from, to).split('\n')) if (/^[-+ ]/.test(line)) yield line.slice(1);
    from = to;
  }
}
