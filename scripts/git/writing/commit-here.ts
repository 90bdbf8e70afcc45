/** A commit of these files alone on the branch that is checked out, made by Git with the user's hooks and signing. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError } from '../../core/errors.ts';
import { inRepository } from '../../core/paths.ts';
import { isLitterPath } from '../../read/litter.ts';
import type { CommitIdentity } from '../commits/identity.ts';
import { moveHead } from './move-head.ts';
import { gitAnswer, gitText, lockedBy, type Environment } from '../process/run.ts';
import { locationOf, prefixOf } from '../process/location.ts';
import { temporaryFolder } from '../stores/temporary.ts';

/** Git operations in progress that another commit would end or disturb, by the file that Git keeps of each. */
const UNDER_WAY = {
  MERGE_HEAD: 'merge',
  CHERRY_PICK_HEAD: 'cherry-pick',
  REVERT_HEAD: 'revert',
  'rebase-merge': 'rebase',
  'rebase-apply': 'rebase',
} as const;

/** The Git operation in progress here. */
export function underWay(folder: string): (typeof UNDER_WAY)[keyof typeof UNDER_WAY] | undefined {
  const { own } = locationOf(folder);
  const found = (Object.keys(UNDER_WAY) as (keyof typeof UNDER_WAY)[]).find((name) => existsSync(join(own, name)));
  return found && UNDER_WAY[found];
}

const paths = (folder: string, args: readonly string[]): string[] =>
  gitAnswer(folder, args).stdout.toString('utf8').split('\0').slice(0, -1);

/** Files that are staged, from the top of the repository. */
export const stagedFiles = (folder: string): string[] =>
  paths(folder, ['diff', '--cached', '--name-only', '--no-renames', '--no-relative', '-z']);

/** Files of the configuration that differ from HEAD, staged or not, new ones too; relative to the folder. */
export function changedFiles(folder: string): string[] {
  const start = inRepository(prefixOf(folder));
  const lines = paths(folder, ['status', '--porcelain', '--untracked-files=all', '--no-renames', '-z', '--', '.']);
  const files = lines.map((line) => ({ isNew: line.startsWith('??'), path: line.slice(3 + start.length) }));
  return files.filter(({ isNew, path }) => !(isNew && isLitterPath(path))).map(({ path }) => path);
}

interface CommitWords {
  readonly message: string;
  readonly author: CommitIdentity;
}

export interface HereCommit extends CommitWords {
  /** From the folder. */
  readonly files: readonly string[];
}

/** `content`: what the file holds in the commit, by its path from the folder; in the working tree it may hold something else. */
export interface ContentCommit extends CommitWords {
  readonly contents: readonly { readonly path: string; readonly content: string | Uint8Array }[];
}

const asAuthor = ({ name, email }: CommitIdentity): Environment => ({
  ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email },
  ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email },
});

/**
 * Commits the current content of these files, or their removal, whatever else is staged. Gives the id of the commit. Throws LockedError,
 * else EnvironmentError with the output of Git and its hooks; the index is then as before, and the files are unchanged. Git can fail after
 * it has committed too: a hook that runs then is ended, or the disk is full.
 */
export function commitHere(folder: string, { files, message, author }: HereCommit): string {
  const env = asAuthor(author);
  const specs = specsOf(files);
  try {
    answeredBy(folder, ['add', '--all', ...specs], { env });
    const how = ['--quiet', '--only', '--cleanup=whitespace', '--file=-'];
    answeredBy(folder, ['commit', ...how, ...specs], { env, input: message });
  } catch (error) {
    // Where the index cannot be written, it stays as it is.
    gitAnswer(folder, ['reset', '--quiet', ...specs], { accept: REFUSALS });
    throw error;
  }
  return gitText(folder, ['rev-parse', 'HEAD']);
}

/** Runs Git. Throws LockedError, else EnvironmentError with all that it and its hooks say. */
function answeredBy(folder: string, args: readonly string[], options: { env: Environment; input?: string }): void {
  const { status, stdout, stderr } = gitAnswer(folder, args, { ...options, accept: REFUSALS });
  if (status === 0) return;
  // A hook can meet a lock too: that of the commit which runs it, and which is gone by now.
  const locked = lockedBy(stderr.toString('utf8'));
  if (locked && existsSync(locked.lock)) throw locked;
  const words = `${stderr.toString('utf8')}${stdout.toString('utf8')}`.trim();
  throw new EnvironmentError(words || `git ${args[0]} ends with ${status}`);
}

/** Exit codes by which Git, or a hook, refuses. */
const REFUSALS = [1, 2, 128, 129];
const specsOf = (files: readonly string[]): string[] => ['--', ...files.map((file) => `:(literal)${file}`)];

/** The index has these files as HEAD has them afterwards; `files`: from the folder. Throws LockedError, else EnvironmentError. */
export function unstage(folder: string, files: readonly string[]): void {
  gitAnswer(folder, ['reset', '--quiet', ...specsOf(files)]);
}

/**
 * A file as a commit holds it: in the form that the working tree would have, or as it is stored; undefined where it holds none. `path`: from
 * the folder. Throws EnvironmentError where there is no such commit, or the file in it cannot be read.
 */
export function committedContent(
  folder: string,
  path: string,
  commit = 'HEAD',
  form: 'checked-out' | 'stored' = 'checked-out',
): Buffer | undefined {
  const isThere = paths(folder, ['ls-tree', '-z', commit, '--', path]).length > 0;
  const how = form === 'stored' ? 'blob' : '--filters';
  return isThere ? gitAnswer(folder, ['cat-file', how, `${commit}:./${path}`]).stdout : undefined;
}

/** The first commits, oldest first, that changed any of these files and came to HEAD after a commit; none where that is not known. */
export function firstCommitsSince(folder: string, files: readonly string[], commit: string): string[] {
  const args = ['rev-list', '--reverse', 'HEAD', `^${commit}`, ...specsOf(files)];
  const lines = gitAnswer(folder, args, { accept: [128] })
    .stdout.toString('utf8')
    .split('\n');
  return lines.slice(0, -1).slice(0, FIRST_COMMITS);
}

/** What a commit says, and changes against its first parent: files below the folder, from it. Throws EnvironmentError. */
export function madeBy(
  folder: string,
  commit: string,
): { readonly parent: string; readonly message: string; readonly files: readonly string[] } {
  const form = [
    '--diff-merges=first-parent',
    '--relative',
    '--no-renames',
    '--name-only',
    '-z',
    '--format=%P%x00%B%x00',
  ];
  const [parents = '', message = '', , ...files] = gitText(folder, ['log', '-1', ...form, commit]).split('\0');
  return { parent: parents.split(' ')[0]!, message, files: files.map((file) => file.replace(/^\n/, '')) };
}

/** The commit of a command that was ended is the first of its files, or follows what somebody else was committing at the time. */
const FIRST_COMMITS = 5;

/**
 * Commits files of HEAD with other content, whatever is staged, changed, locked or being committed, and without hooks: nothing keeps it
 * waiting. What is staged of these files is not any more; the files stay as they are. Gives the id of the commit, whether the index could not
 * be written and still says otherwise, and the locks of the branch that an ended Git left and that are cleared. Throws EnvironmentError where the
 * branch was moved meanwhile.
 */
export function commitContents(
  folder: string,
  { contents, message, author }: ContentCommit,
): { readonly commit: string; readonly isIndexBehind: boolean; readonly clearedLocks: readonly string[] } {
  const { path: home, remove } = temporaryFolder(tmpdir(), 'miniapp-index-');
  try {
    const env = { ...asAuthor(author), GIT_INDEX_FILE: join(home, 'index') };
    const head = gitText(folder, ['rev-parse', 'HEAD^{commit}']);
    gitAnswer(folder, ['read-tree', head], { env });
    const entries = contents.map((one) => entryOf(folder, head, one)).join('');
    gitAnswer(folder, ['update-index', '-z', '--index-info'], { env, input: entries });
    const tree = gitText(folder, ['write-tree'], { env });
    const isSigned =
      gitText(folder, ['config', '--type=bool', '--default=false', '--get', 'commit.gpgSign']) === 'true';
    const made = ['commit-tree', tree, '-p', head, ...(isSigned ? ['-S'] : []), '-F', '-'];
    const commit = gitText(folder, made, { env, input: message });
    const [subject = ''] = message.split('\n', 1);
    const clearedLocks = moveHead(folder, { from: head, to: commit, why: `commit: ${subject}` });
    const staged = gitAnswer(folder, ['update-index', '-z', '--index-info'], { input: entries, accept: [1, 128] });
    return { commit, isIndexBehind: staged.status !== 0, clearedLocks };
  } finally {
    remove();
  }
}

/** An entry for `update-index --index-info`, with the mode that the file has in a commit. */
function entryOf(folder: string, head: string, { path, content }: ContentCommit['contents'][number]): string {
  const [listed = ''] = paths(folder, ['ls-tree', '-z', '--full-name', head, '--', path]);
  const [, mode = '100644', name] = /^(\d+) blob \w+\t(.*)$/s.exec(listed) ?? [];
  if (name === undefined) throw new EnvironmentError(`${path} is in no commit yet`);
  const id = gitText(folder, ['hash-object', '-w', '--stdin', `--path=${path}`], { input: content });
  return `${mode} ${id}\t${name}\0`;
}
