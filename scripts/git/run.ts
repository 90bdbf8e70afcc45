/** Git, by package simple-git; the only place that starts it. Errors are sentences for the person. */
import { simpleGit } from 'simple-git';
import { UsageError } from '../core/failure.ts';

export interface Git {
  /** Standard output of a command. Throws UsageError with Git's own words. */
  run(...args: string[]): Promise<string>;
  /** The commit that a name stands for. */
  commit(name: string): Promise<string>;
}

/** Git in a folder. */
export function git(folder: string): Git {
  const repository = simpleGit(folder);
  const run = async (...args: string[]): Promise<string> => {
    try {
      return await repository.raw(args);
    } catch (error) {
      throw new UsageError(sentence(error));
    }
  };
  return {
    run,
    async commit(name) {
      // A name that begins with a hyphen would be an option.
      if (name.startsWith('-')) throw new UsageError(`"${name}" is no commit, branch or tag`);
      // Quiet, so that what is missing is an empty answer rather than a complaint in Git's words.
      const found = await run('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
      if (found.trim() !== '') return found.trim();
      const isShallow = (await run('rev-parse', '--is-shallow-repository')).trim() === 'true';
      const advice = isShallow ? '; this clone is shallow, so its history ends early: git fetch --unshallow' : '';
      throw new UsageError(`there is no commit, branch or tag "${name}" here${advice}`);
    },
  };
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message.trim() : String(error);
  if (/ENOENT/.test(text)) return 'Git is not installed, or not on the PATH';
  if (/not a git repository/i.test(text)) return 'this is no Git repository, so there is nothing to compare with';
  return `Git says: ${text.split('\n')[0]}`;
}
