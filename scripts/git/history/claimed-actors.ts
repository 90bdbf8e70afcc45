/** The actors that the audit will read from commits that are not judged yet. */
import { claimsOf } from '../../core/history/commit-trailers.ts';
import { identityOf } from '../../core/identity/login.ts';
import type { Workspace } from '../../core/model.ts';
import { readLog } from '../commits/log.ts';
import { prefixOf } from '../process/location.ts';

/** Commits of a branch that are read at most. */
const MOST = 200;
/** Seconds that reading them may take. */
const SECONDS = 20;

export interface ClaimedActor {
  readonly commit: string;
  readonly subject: string;
  /** Undefined where the commit names nobody. */
  readonly actor?: string;
  /** What in the commit contradicts its claim. */
  readonly contradiction?: string;
}

export interface BranchToEvaluate {
  readonly base?: string | undefined;
  readonly head: string;
  /** The path of the configuration from the top of the repository, where it is known. */
  readonly prefix?: string;
}

/**
 * The newest commits on the first parents of a head that are not in the base and change the configuration, oldest first. A merge counts
 * by what it changes against its first parent. `workspace`: its people identify the authors. Throws TooMuchError.
 */
export function claimedActors(
  folder: string,
  { base, head, prefix = prefixOf(folder) }: BranchToEvaluate,
  workspace: Workspace,
  newest = MOST,
): ClaimedActor[] {
  const { commits } = readLog(folder, head, {
    newest,
    seconds: SECONDS,
    paths: prefix === '' ? [] : [prefix],
    ...(base === undefined ? {} : { without: base }),
  });
  return commits
    .filter(({ parents }) => parents.length < 2)
    .map((commit) => {
      const { actor, contradiction } = claimsOf(commit, workspace);
      return {
        ...{ commit: commit.id, subject: commit.subject },
        ...(actor === undefined ? {} : { actor }),
        ...(contradiction === undefined ? {} : { contradiction }),
      };
    });
}

/** Whether a commit clearly identifies its actor. */
export const isActor = ({ actor, contradiction }: ClaimedActor, login: string, { people }: Workspace): boolean =>
  contradiction === undefined && actor !== undefined && identityOf(people, actor) === identityOf(people, login);

/**
 * How whoever made these commits mends them, oldest first, before others have them: each by itself, for one that says whose it is
 * already, or is somebody else's, is to stay as it is. `login`: who acted, where that is known.
 */
export function mendingAdvice(unclear: readonly ClaimedActor[], tip: string | undefined, login = 'LOGIN'): string {
  const [first] = unclear;
  const line = `Actor: ${login}`;
  if (unclear.length === 1 && first!.commit === tip) {
    const isSilent = first!.contradiction === undefined && first!.actor === undefined;
    return isSilent
      ? `git commit --amend --no-edit --trailer '${line}'`
      : `git commit --amend, and leave one line of the kind at the end of its message: ${line}`;
  }
  const named = unclear.slice(0, MOST_NAMED).map(({ commit }) => commit.slice(0, 10));
  const more = unclear.length > named.length ? ` and ${unclear.length - named.length} more` : '';
  return `git rebase --interactive ${named[0]}~1, "reword" for ${named.join(', ')}${more} alone, and leave one line of the kind at the end of each message: ${line}`;
}

const MOST_NAMED = 5;
