/** Time travel: the commit that a name or a date stands for, and the clock of that moment. */
import { EnvironmentError } from '../../core/errors.ts';
import { endOf, instantOf } from '../../core/dates.ts';
import { git, shallowAdvice } from '../process/location.ts';
import { committedAt } from './time.ts';

export interface Moment {
  readonly commit: string;
  /** Milliseconds since 1970: of a date its end, of a time itself, of a commit when it was made. */
  readonly time: number;
}

/**
 * Resolves a commit, branch or tag, or a date (`YYYY-MM-DD`, its end in UTC) or a time with its zone on the first parents of HEAD. Gives the commit and
 * the time in milliseconds since 1970. Throws EnvironmentError when there is no such moment.
 */
export async function momentAt(folder: string, at: string): Promise<Moment> {
  const repository = git(folder);
  if (!/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(at)) {
    const commit = await repository.commit(at);
    return { commit, time: committedAt(folder, commit) };
  }
  const start = instantOf(at);
  if (start === undefined)
    throw new EnvironmentError(`--at ${at}: write a date as 2026-11-20, a time as 2026-11-20T08:00:00Z`);
  const time = at.length === 10 ? endOf(at) - 1 : start;
  // A day includes its last second; Git counts in seconds. A date it reads from 1970 to 2099 alone, and others as if they were something else.
  const before = `--before=@${Math.max(0, Math.floor(time / 1000))} +0000`;
  const found = await repository.run('rev-list', '-1', '--first-parent', before, 'HEAD');
  if (found.trim() !== '') return { commit: found.trim(), time };
  throw new EnvironmentError(`nothing was committed before ${at}${shallowAdvice(folder)}`);
}
