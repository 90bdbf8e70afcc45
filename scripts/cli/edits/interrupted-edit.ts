/**
 * An edit that was to be committed and was ended before: how it stands now, and how it is taken back. The same command makes it anew of
 * what HEAD holds. Nothing is touched before that is decided, and then only what the edit wrote itself.
 */
import { isDeepStrictEqual } from 'node:util';
import type { FileEdit } from '../../edit/edit.ts';
import {
  digestOfContent,
  forgetCommit,
  isAsWritten,
  pendingCommits,
  type PendingCommit,
} from '../../edit/pending-commits.ts';
import { ChangedMeanwhileError, writeEdits } from '../../edit/write.ts';
import { refOf } from '../../git/writing/branch.ts';
import { committedContent, firstCommitsSince, madeBy, unstage } from '../../git/writing/commit-here.ts';
import { workingTree } from '../../git/working-tree/working-tree.ts';
import type { JournalEntry } from '../../read/edit-state.ts';
import { overlaySource } from '../../read/overlay.ts';
import type { Source } from '../../read/source.ts';

/**
 * `open`: its files hold what it wrote, and HEAD holds what it was made of. `committed`: a commit since holds all that it wrote. `other`:
 * somebody went on in its files, or moved the branch.
 */
export type InterruptedState = 'open' | 'committed' | 'other';

/** The edit that this request was ended in; undefined where none is remembered. `config`: the folder of the configuration. */
export const interruptedEdit = (config: string, request: string): PendingCommit | undefined =>
  pendingCommits(config).find((one) => one.request === request);

/** How an interrupted edit stands. Throws EnvironmentError where Git cannot read what HEAD holds. */
export function interruptedState(config: string, pending: PendingCommit): InterruptedState {
  if (refOf(config, 'HEAD') === undefined) return 'other';
  // Where it was committed and reverted since, it is to be made once more.
  if (holds(config, 'HEAD', pending, 'before')) return isAsWritten(config, pending) ? 'open' : 'other';
  return commitOf(config, pending) === undefined ? 'other' : 'committed';
}

/**
 * The first commit since that holds all that an edit wrote, or is the edit's own: made of the commit that was checked out then, with its
 * message and all of its files, which a hook may have formatted. Throws EnvironmentError where Git cannot read it.
 */
export const commitOf = (config: string, pending: PendingCommit): string | undefined =>
  firstCommitsSince(config, pathsOf(pending), pending.head).find(
    (commit) => holds(config, commit, pending, 'after') || isItsOwn(config, commit, pending),
  );

function isItsOwn(config: string, commit: string, pending: PendingCommit): boolean {
  const { parent, message, files } = madeBy(config, commit);
  // A hook may add lines to a message, as Change-Id.
  const isSaid = message.startsWith(pending.message.trim());
  return parent === pending.head && isSaid && pathsOf(pending).every((path) => files.includes(path));
}

const holds = (config: string, commit: string, { entries }: PendingCommit, side: 'before' | 'after'): boolean =>
  entries.every((entry) => contentWith(config, entry.path, commit, entry[side]) !== undefined);

/** The files of an edit, from the folder of the configuration. */
export const pathsOf = ({ entries }: PendingCommit): string[] => entries.map(({ path }) => path);

/**
 * What a commit holds of a file, null for none, where that has this digest; undefined where it has not. With `core.autocrlf` the file on disk
 * may have the form that is stored or the one that is checked out.
 */
function contentWith(config: string, path: string, commit: string, digest: string | null): Buffer | null | undefined {
  for (const form of ['checked-out', 'stored'] as const) {
    const content = committedContent(config, path, commit, form) ?? null;
    if (digestOfContent(content) === digest) return content;
  }
  return undefined;
}

/** What HEAD holds of the files of an open edit, by path; null for no file. Throws EnvironmentError where the branch was moved this moment. */
function atHead(config: string, { entries }: PendingCommit): Map<string, Buffer | null> {
  return new Map(
    entries.map(({ path, before }) => {
      const content = contentWith(config, path, 'HEAD', before);
      if (content === undefined) throw changedMeanwhile(path);
      return [path, content];
    }),
  );
}

/** For a file that somebody writes while a command looks at it. */
export const changedMeanwhile = (path: string): ChangedMeanwhileError =>
  new ChangedMeanwhileError(`${path} was changed meanwhile; nothing was written. Run the same command again`);

/** The files of the configuration as they were before an open edit. Throws EnvironmentError. */
export const withoutInterrupted = (config: string, pending: PendingCommit): Source =>
  overlaySource(workingTree(config), atHead(config, pending));

/**
 * Takes an open edit back: its files become as HEAD has them, in the index too, and it is remembered no more. Throws EnvironmentError where
 * the index is locked or somebody changed a file this moment; then nothing is taken back.
 */
export function takeBackInterrupted(config: string, pending: PendingCommit): void {
  const source = workingTree(config);
  const contents = atHead(config, pending);
  const edits = pending.entries.map(({ path, after }): FileEdit => {
    const before = source.list(path).length > 0 ? source.read(path) : null;
    if (digestOfContent(before) !== after) throw changedMeanwhile(path);
    return { path, before, after: contents.get(path) ?? null };
  });
  // What only the index holds of them would count as somebody's.
  unstage(config, pathsOf(pending));
  // One that is ended here leaves a journal of no request, which the next command that edits finishes.
  writeEdits(config, edits, 'taken back');
  forgetCommit(config, pending.request);
}

/** Whether two edits make the same of the same files. */
export const isSameEdit = (one: PendingCommit, other: PendingCommit): boolean =>
  isDeepStrictEqual(byPath(one.entries), byPath(other.entries));

const byPath = (entries: readonly JournalEntry[]) => new Map(entries.map((entry) => [entry.path, entry]));
