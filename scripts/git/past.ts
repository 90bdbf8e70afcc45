/** What only history can tell, asked of Git when somebody wants to know. */
import { UsageError } from '../core/failure.ts';
import type { History } from '../core/history.ts';
import { identify, pathOf } from '../core/paths.ts';
import { gitText } from './run.ts';

/**
 * The past of a configuration up to a commit. `prefix`: its path from the top of the repository. Throws UsageError in a
 * shallow clone, where the answer would be wrong.
 */
export function pastOf(folder: string, commit: string, prefix: string): History {
  const top = gitText(folder, ['rev-parse', '--show-toplevel']);
  const start = prefix === '' ? '' : `${prefix}/`;
  const log = (path: string, ...args: string[]): string => {
    const isShallow = gitText(top, ['rev-parse', '--is-shallow-repository']) === 'true';
    if (isShallow)
      throw new UsageError(
        'this clone is shallow, so numbers and ids used before are not known: git fetch --unshallow',
      );
    return gitText(top, ['log', ...args, commit, '--', `:(top,literal)${start}${path}`]);
  };
  return {
    versionsEver(miniapp) {
      const names = log(`${pathOf.folder(miniapp)}/versions`, '--format=', '--name-only', '--no-renames', '-z');
      const numbers = names.split('\0').flatMap((name) => identify(name.slice(start.length))?.id ?? []);
      return [...new Set(numbers)];
    },
    wasEver: (miniapp) => log(pathOf.folder(miniapp), '-1', '--format=%H') !== '',
    submittedAt(miniapp, version) {
      // A version under review changes by nothing but its review, so the last merge that touched it submitted it.
      const seconds = log(pathOf.version(miniapp, version), '-1', '--first-parent', '--format=%ct');
      return seconds === '' ? undefined : Number(seconds) * 1000;
    },
  };
}
