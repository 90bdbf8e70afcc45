/** `--commit`: an edit as a commit on the branch that is checked out, so that the audit knows who acted; for those without GitHub. */
import { posix } from 'node:path';
import type { Workspace } from '../../core/model.ts';
import { identify } from '../../core/paths.ts';
import { identityIn } from '../../core/identity/login.ts';
import { shellWord } from '../../core/tool-command.ts';
import { identityOf, type CommitIdentity } from '../../git/commits/identity.ts';
import {
  forgetCommit,
  isAsWritten,
  pendingCommits,
  rememberCommit,
  type PendingCommit,
} from '../../edit/pending-commits.ts';
import { attempt } from '../../edit/journal.ts';
import { changedFiles, commitHere, stagedFiles, underWay } from '../../git/writing/commit-here.ts';
import { gitText, LockedError } from '../../git/process/run.ts';
import { checkedOut, prefixOf } from '../../git/process/location.ts';
import { safe } from '../../report/terminal.ts';
import { claimedActors, isActor } from '../../git/history/claimed-actors.ts';
import { EnvironmentError } from '../frame/command.ts';
import { targetBranch } from '../config/target-branch.ts';
import type { CommittedEdit, EditContext } from '../frame/edit-context.ts';
import { commitOf, interruptedState, pathsOf } from './interrupted-edit.ts';
import { texts } from '../frame/options.ts';
import { byHand } from '../output/commit-by-hand.ts';

/** Whether `--commit` was given. */
export const isCommitWanted = ({ input: { values } }: EditContext): boolean => values['commit'] === true;

/** Who else agreed, as the command line says. */
export const approvedBy = ({ input }: EditContext): string[] => texts(input, 'approved-by');

export interface ReadyToCommit {
  readonly branch: string;
  /** The commit that is checked out. */
  readonly head: string;
  /** The branch of which it should become a part, where it is another. */
  readonly target?: string;
  readonly author: CommitIdentity;
}

/**
 * Whether the edit can be committed here, looked at before anything is written. `own`: files, from the folder, that are edited already and are to
 * be committed. Throws EnvironmentError that says why not.
 */
export function readyToCommit(context: EditContext, workspace: Workspace, own: readonly string[] = []): ReadyToCommit {
  if (context.request.isStop !== true) {
    return ready(context, workspace, own);
  }
  try {
    return ready(context, workspace, own);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new EnvironmentError(`${error.message}. --no-pr edits the file alone`);
  }
}

function ready(context: EditContext, workspace: Workspace, own: readonly string[]): ReadyToCommit {
  const { path, who, request } = context;
  // Where there is no repository, or none that Git opens, this says so.
  const here = checkedOut(path);
  if (here === undefined) {
    throw new EnvironmentError(stopped('nothing is committed in this repository yet: git add --all && git commit'));
  }
  const { branch, commit: head } = here;
  if (branch === undefined) {
    throw new EnvironmentError(
      stopped('HEAD is detached, so no branch would hold the commit: git switch BRANCH (or git switch -c BRANCH)'),
    );
  }
  const operation = underWay(path);
  if (operation !== undefined) {
    throw new EnvironmentError(
      stopped(
        `a ${operation} is not finished here: git ${operation} --continue ends it, git ${operation} --abort takes it back`,
      ),
    );
  }
  // A stop commits its own content of its own file, and leaves everything else as it is.
  if (request.isStop !== true) isFree(context, own);
  const author = authorOf(path, who.actor, workspace);
  const target = targetOf(context, workspace);
  const isOther = target !== undefined && target.name !== branch;
  if (isOther) isOwnBranch(context, { branch, base: target.ref }, workspace);
  return { branch, head, author, ...(isOther ? { target: target.name } : {}) };

  function stopped(why: string): string {
    return `nothing was edited and nothing committed: ${why}`;
  }
}

/** What somebody changed and did not commit would go into the commit in this one's name, or the commit would rest on it. */
function isFree(context: EditContext, own: readonly string[]): void {
  const { path, folder, input, who } = context;
  const everything = changedFiles(path);
  const changed = everything.filter((file) => !own.includes(file));
  const shown = (files: readonly string[]) =>
    `${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''}`;
  const pending = pendingCommits(path);
  // A file that is ignored is not said to be changed.
  const isOver = (one: PendingCommit) =>
    !pathsOf(one).some((file) => everything.includes(file)) && interruptedState(path, one) !== 'open';
  // A dry run has no lock, and somebody may be about to write.
  if (input.values['dry-run'] !== true) for (const one of pending) if (isOver(one)) forgetCommit(path, one.request);
  if (changed.length > 0) {
    const files = withBegun(changed, pending).map((file) => inFolder(context, file));
    const ended = pending.find(({ entries }) => changed.every((file) => entries.some((entry) => entry.path === file)));
    const how = ended
      ? ` by an edit of ${ended.actor}, which was ended before it was committed${wayOn(context, ended)}`
      : `. Commit that first: ${byHand(files, folder, 'SUBJECT', who.actor)}`;
    throw new EnvironmentError(
      `nothing was edited and nothing committed: ${shown(files)}, changed and not committed yet${how}; or put it aside: git stash push --include-untracked -- ${shellWord(folder)}`,
    );
  }
  const top = prefixOf(path);
  const owned = own.map((file) => (top === '' ? file : `${top}/${file}`));
  const staged = stagedFiles(path).filter((file) => !owned.includes(file));
  if (staged.length > 0) {
    throw new EnvironmentError(
      `nothing was edited and nothing committed: ${shown(staged)}, staged and not committed yet. git commit ends that first, git restore --staged . unstages it and keeps the files`,
    );
  }
}

/** A file that somebody put into a new miniapp whose edit was ended is committed with the miniapp: alone it would belong to none. */
function withBegun(files: readonly string[], pending: readonly PendingCommit[]): string[] {
  const begun = pending
    .flatMap(({ entries }) => entries)
    .filter(({ path, before }) => before === null && identify(path)?.kind === 'miniapp')
    .map(({ path }) => posix.dirname(path));
  return [...new Set(files.map((file) => begun.find((folder) => file.startsWith(`${folder}/`)) ?? file))];
}

/** What is to be done with an edit that was ended before it was committed. */
function wayOn(context: EditContext, ended: PendingCommit): string {
  const { path, folder } = context;
  if (interruptedState(path, ended) === 'open')
    return `. The same command again commits it; by hand: ${pendingByHand(context, ended)}`;
  const all = `git diff HEAD -- ${shellWord(folder)} shows all of it`;
  return isAsWritten(path, ended)
    ? `, and the branch holds something else of these files since: ${all}`
    : `, and by somebody else since. What is theirs is committed apart: ${all}`;
}

const inFolder = ({ folder }: EditContext, file: string): string => `${folder.replace(/(?<!\/)\/+$/, '')}/${file}`;

/** The author whom Git knows, unless that address is another account's: the audit gives an address precedence over a trailer. */
function authorOf(path: string, actor: string, { people }: Workspace): CommitIdentity {
  const person = people.get(actor);
  const own = person && {
    name: person.name,
    email: `${person.githubId}+${person.login}@users.noreply.github.com`,
  };
  const author = identityOf(path) ?? own;
  if (!author) {
    throw new EnvironmentError(
      'Git does not know who you are, so nothing was committed: git config user.name "NAME"; git config user.email ADDRESS',
    );
  }
  const account = identityIn(author.email);
  if (account === undefined || account === person?.githubId) return author;
  const other = [...people.values()].find(({ githubId }) => githubId === account)?.login ?? 'nobody in people/';
  const mend = own ? `git config user.email ${own.email}, or ` : '';
  throw new EnvironmentError(
    `nothing was edited and nothing committed: Git's user.email is ${author.email}, the account of ${other}, so the audit would not take the commit for ${actor}'s. ${mend}--actor LOGIN for whoever works here`,
  );
}

function targetOf({ path, io }: EditContext, { platform }: Workspace): { name: string; ref: string } | undefined {
  const ref = targetBranch(path, io, platform)?.ref;
  return ref === undefined ? undefined : { ref, name: ref.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, '') };
}

/** A branch is judged as the work of one person, so nobody's commit goes on somebody else's. */
function isOwnBranch(
  { path, who: { actor } }: EditContext,
  { branch, base }: { branch: string; base: string },
  workspace: Workspace,
): void {
  const other = claimedActors(path, { base, head: 'HEAD' }, workspace).find((one) => !isActor(one, actor, workspace));
  if (!other) return;
  const whose = other.contradiction ?? (other.actor === undefined ? 'it does not say whose' : `${other.actor}'s`);
  throw new EnvironmentError(
    `nothing was edited and nothing committed: the branch ${branch} holds ${other.commit.slice(0, 10)} "${other.subject}" (${whose}), and a branch is judged as one person's change. git switch ${base.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, '')}, or a branch of your own: git switch -c NAME`,
  );
}

/** Commits what was written, and removes the note that it is pending. Throws EnvironmentError that says how to go on: the files stay edited. */
export function commitEdit(context: EditContext, ready: ReadyToCommit, pending: PendingCommit): CommittedEdit {
  const { path } = context;
  const files = pending.entries.map((entry) => entry.path);
  let commit: string;
  try {
    commit = commitHere(path, { files, message: pending.message, author: ready.author });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const made = committedAll(path, pending);
    if (made !== undefined) {
      forgetCommit(path, pending.request);
      context.io.stderr(`it is committed, as ${made.slice(0, 10)}; afterwards Git said: ${safe(error.message)}\n`);
      return committedAs(context, ready, made, pending.branches);
    }
    attempt(() => rememberCommit(path, { ...pending, isTold: true }));
    if (error instanceof LockedError)
      throw new EnvironmentError(`the files are edited, and nothing is committed: ${error.message}`);
    const why = error.message
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n');
    throw new EnvironmentError(
      `the files are edited, and nothing is committed: Git, or a hook of this repository, refused it:\n${why}\n  to go on once that is mended: the same command, or ${pendingByHand(context, pending)}`,
    );
  }
  forgetCommit(path, pending.request);
  return committedAs(context, ready, commit, pending.branches);
}

/** The commit that Git made before it failed; undefined where there is none, or Git fails at this too. */
function committedAll(path: string, pending: PendingCommit): string | undefined {
  try {
    return commitOf(path, pending);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return undefined;
  }
}

/** The commit, and how others get it. `branches`: with what was kept beside the edit, which others need too. */
export function committedAs(
  { path }: EditContext,
  { branch, target }: ReadyToCommit,
  commit: string,
  branches: readonly string[] = [],
): CommittedEdit {
  const next =
    target === undefined
      ? pushOf(path, branch, branches)
      : `git switch ${shellWord(target)} && git merge --ff-only ${shellWord(branch)}`;
  return { commit, branch, ...(next === undefined ? {} : { next }) };
}

function pendingByHand(context: EditContext, { entries, message, actor, approvers }: PendingCommit): string {
  const names = entries.map(({ path }) => inFolder(context, path));
  return byHand(names, context.folder, message.split('\n', 1)[0]!, actor, approvers);
}

/**
 * Where others look, if the branch follows a remote's. The bytes of packages go first, as nothing that names them is judged well without
 * them, and past the hooks of the clone: that of Git LFS refuses files that look like its own pointers, and these go as they are.
 */
function pushOf(path: string, branch: string, more: readonly string[]): string | undefined {
  const remote = gitText(path, ['config', '--default', '', '--get', `branch.${branch}.remote`]);
  if (remote === '' || remote === '.') return undefined;
  const push = (...words: readonly string[]) => ['git push', ...words.map(shellWord)].join(' ');
  const own = push(remote, branch);
  return more.length === 0 ? own : `${push('--no-verify', remote, ...more)} && ${own}`;
}
