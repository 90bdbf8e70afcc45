/** What `plan` compares with what: the commits that its words name, or the working tree and where this work began. */
import { identify, inRepository } from '../core/paths.ts';
import { beginningOf, mayBegin } from '../git/history/beginning.ts';
import { localDefault, remoteDefault, type KnownBranch } from '../git/commits/default-branch.ts';
import { gitAnswer } from '../git/process/run.ts';
import { git } from '../git/process/location.ts';
import { parentsOf, revisionsOf } from '../git/commits/revisions.ts';
import type { Scratch } from '../git/stores/scratch.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import { worktreeCommit } from '../git/working-tree/worktree-commit.ts';
import type { CommitsInput } from '../evaluate/commits.ts';
import type { NamedBase } from '../evaluate/named-base.ts';
import { siteOf } from '../github/remotes.ts';
import { homeRemote } from '../propose/base-repository.ts';
import { FILE_LIMIT } from '../read/load.ts';
import { EnvironmentError, text, type Input, type Io } from '../cli/frame/command.ts';

/** What is compared with what. */
export interface PlannedChange extends NamedBase {
  readonly base: string;
  /** Whether the command names the base. */
  readonly isChosen: boolean;
  readonly head: string;
  /** Files of the working tree that are not in `head`, where it was made of that. */
  readonly left: CommitsInput['left'];
  /** The newest commit of the change: that of HEAD where the change is the working tree. */
  readonly committed: string;
  /** Whether the working tree differs from HEAD. */
  readonly isUncommitted: boolean;
  /** The commit of HEAD. */
  readonly tip: string | undefined;
}

/** Whether a working tree is compared with itself, as it is where a platform of its own begins with it. */
export const isOfItself = ({ base, head, isUncommitted, isChosen }: PlannedChange): boolean =>
  base === head && isUncommitted && !isChosen;

interface ChangePlace {
  readonly input: Input;
  readonly io: Io;
  readonly path: string;
  readonly temporary: Scratch;
}

/**
 * What the command's words name: commits, or the working tree as a commit of the temporary store. Throws EnvironmentError for a name that stands for
 * nothing, and where nothing is committed yet.
 */
export async function changeOf({ input, io, path, temporary }: ChangePlace): Promise<PlannedChange> {
  const { prefix } = temporary;
  const [headName, chosen] = [text(input, 'head'), text(input, 'base')];
  const known = revisionsOf(path, ['HEAD', headName ?? '', chosen ?? '']);
  if (headName === undefined && !known.has('HEAD'))
    throw new EnvironmentError(
      'this repository has no commit yet, so there is nothing to compare with: npx miniapp init --commit makes the first',
    );
  // Asked alone, a name that stands for nothing is told with what to do.
  const commitOf = async (name: string) => known.get(name)?.commit ?? (await git(path).commit(name));
  const start = inRepository(prefix);
  const isWanted = (file: string, size: number) =>
    file.startsWith(start) && identify(file.slice(start.length)) !== undefined && size <= FILE_LIMIT;
  const working = headName === undefined ? worktreeCommit(temporary, await commitOf('HEAD'), isWanted) : undefined;
  const head = working?.commit ?? (await commitOf(headName!));
  const tip = known.get('HEAD')?.commit;
  const committed = working ? tip! : head;
  const isUncommitted = working !== undefined && working.tree !== known.get('HEAD')?.tree;
  const { platform } = loadWorkingTree(path, { miniapps: [], kinds: new Set(['platform']) }).workspace;
  const remote = homeRemote(path, siteOf(io.env), platform);
  const isBeginning = isUncommitted && platform.beginning !== undefined && mayBegin(path, committed, prefix);
  const how = { head: committed, name: working ? 'HEAD' : head, prefix, isUncommitted };
  const fallback = () => (isBeginning ? { baseName: head, base: head } : defaultBase(path, remote, how));
  const { base, ...named } = chosen === undefined ? fallback() : { base: undefined, baseName: chosen };
  return {
    ...{ ...named, base: base ?? (await commitOf(named.baseName)), isChosen: chosen !== undefined },
    ...{ head, left: working?.left, committed, isUncommitted, tip },
  };
}

/**
 * The default branch of the remote. Without one what was there before this work: the default branch here, for a branch that has
 * more than it; on that itself the last commit, for what is not committed yet; else the commit before the last.
 */
function defaultBase(
  path: string,
  remote: string | undefined,
  { head, name, prefix, isUncommitted }: { head: string; name: string; prefix: string; isUncommitted: boolean },
): NamedBase & Partial<Pick<PlannedChange, 'base'>> {
  // With its commit: by its short name Git takes a tag that is called so.
  const named = ({ ref, commit }: KnownBranch) => ({
    baseName: ref.replace(/^refs\/(?:heads|remotes)\//, ''),
    base: commit,
  });
  const there = remote === undefined ? undefined : remoteDefault(path, remote);
  if (remote !== undefined && there !== undefined) {
    const branch = there.ref.slice(`refs/remotes/${remote}/`.length);
    return { ...named(there), baseOrigin: { remote, branch } };
  }
  const here = localDefault(path);
  const isBeyond =
    here !== undefined &&
    here.commit !== head &&
    gitAnswer(path, ['merge-base', '--is-ancestor', head, here.commit], { accept: [1] }).status === 1;
  if (isBeyond) return named(here);
  if (isUncommitted) return { baseName: 'HEAD', base: head };
  // As the audit has it, a platform's beginning is taken as it is, and what was before it is another's.
  const [parent] = parentsOf(path, head);
  const isFirst = parent === undefined || beginningOf(path, head, prefix) === head;
  return isFirst ? { baseName: name, base: head } : { baseName: `${name}~1`, base: parent };
}
