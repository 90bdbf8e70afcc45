/** Who the audit will take for the makers of commits that are not judged yet. */
import { claimsOf } from '../core/history/commit-trailers.ts';
import { identityOf } from '../core/policy/identity.ts';
import type { Workspace } from '../core/model.ts';
import { readLog } from './log.ts';
import { prefixOf } from './run.ts';

/** Commits of a branch that are looked at. */
const MOST = 200;
/** Time that looking at them may take. */
const SECONDS = 20;

export interface ClaimedActor {
  readonly commit: string;
  readonly subject: string;
  /** Undefined where nothing tells. */
  readonly actor?: string;
  /** What of the commit contradicts what it says. */
  readonly contradiction?: string;
}

export interface Branch {
  readonly base?: string | undefined;
  readonly head: string;
  /** The path of the configuration from the top of the repository, where it is known. */
  readonly prefix?: string;
}

/**
 * The commits on the first parents of a head and not in the base that change the configuration, oldest first, the last ones at
 * most; merges are told by what they bring. `workspace`: whose people they are read by. Throws TooMuchError.
 */
export function claimedActors(
  folder: string,
  { base, head, prefix = prefixOf(folder) }: Branch,
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

/** Whether a commit is clearly somebody's. */
export const isActor = ({ actor, contradiction }: ClaimedActor, login: string, { people }: Workspace): boolean =>
  contradiction === undefined && actor !== undefined && identityOf(people, actor) === identityOf(people, login);
