/** Trees and commits that no branch holds: built from others, or merged. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError } from '../../core/errors.ts';
import { identityOf, type CommitIdentity } from '../commits/identity.ts';
import type { Blob } from '../objects/blobs.ts';
import { gitAnswer, gitText } from '../process/run.ts';
import { temporaryFolder } from '../stores/temporary.ts';

/** What a path holds: a blob that is there, a text, or nothing. */
export type PathContent = Blob | string | null;

/** The tree of a commit with some paths replaced. */
export function treeLike(folder: string, commit: string, changes: ReadonlyMap<string, PathContent>): string {
  const own = temporaryFolder(tmpdir(), 'miniapp-index-');
  try {
    const env = { GIT_INDEX_FILE: join(own.path, 'index') };
    gitText(folder, ['read-tree', commit], { env });
    const gone = `0 ${'0'.repeat(commit.length)}`;
    const lines = [...changes].map(([path, held]) => {
      if (held === null) return `${gone}\t${path}\0`;
      const { mode, id } = typeof held === 'string' ? { mode: '100644', id: blobOf(folder, held) } : held;
      return `${mode} ${id}\t${path}\0`;
    });
    gitAnswer(folder, ['update-index', '-z', '--index-info'], { env, input: lines.join('') });
    return gitText(folder, ['write-tree'], { env });
  } finally {
    own.remove();
  }
}

const blobOf = (folder: string, text: string): string =>
  gitText(folder, ['hash-object', '-w', '--stdin'], { input: text });

/** The text of a file in a commit or tree; undefined where there is none. */
export function textAt(folder: string, commit: string, path: string): string | undefined {
  const { stdout, status } = gitAnswer(folder, ['cat-file', 'blob', `${commit}:${path}`], { accept: [128] });
  return status === 0 ? stdout.toString('utf8') : undefined;
}

/** The text of a file as a listing names it. */
export const blobText = (folder: string, blob: Blob | undefined): string | undefined =>
  blob && gitAnswer(folder, ['cat-file', 'blob', blob.id]).stdout.toString('utf8');

export interface NewTreeCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: CommitIdentity;
  /** When, in milliseconds since 1970; as the machine has it without it. */
  readonly now?: number;
}

/**
 * Makes a commit of a tree and gives its id; no branch moves. `now`: milliseconds since 1970, which Git keeps in seconds. Throws
 * EnvironmentError when Git fails.
 */
export function commitTree(folder: string, { tree, parents, message, author, now }: NewTreeCommit): string {
  const { name, email } = author;
  const date = now === undefined ? undefined : `${Math.floor(now / 1000)} +0000`;
  const env = {
    ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email },
    ...(date === undefined ? {} : { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }),
  };
  return gitText(folder, ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'], {
    env,
    input: message,
  });
}

export interface MergedTree {
  /** With marks of conflict in the files that are named. */
  readonly tree: string;
  readonly conflicts: readonly string[];
}

/** What Git exits with where it does not know an option. */
export const UNKNOWN_OPTION = 129;
export const GIT_TOO_OLD =
  'Git 2.38 or newer is needed to merge without a working tree (git --version says which this is)';

/**
 * Merges two commits that have one parent in common. Renames of files are followed, renames of folders are not: a platform's own files stay
 * where they are. Throws EnvironmentError where Git is older than 2.38.
 */
export function mergedTree(folder: string, ours: string, theirs: string): MergedTree {
  const settings = ['-c', 'merge.directoryRenames=false', '-c', 'merge.conflictStyle=merge'];
  const args = [...settings, 'merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', ours, theirs];
  const { stdout } = gitAnswer(folder, args, { accept: [1, UNKNOWN_OPTION] });
  const [first = '', ...conflicts] = stdout.toString('utf8').split('\0');
  const tree = first.trim();
  if (tree === '')
    throw new EnvironmentError(
      `${GIT_TOO_OLD}. With this one: do it in a clone where Git is newer, and push its branches`,
    );
  return { tree, conflicts: [...new Set(conflicts.filter((path) => path !== ''))] };
}

export const NOBODY: CommitIdentity = { name: 'miniapp', email: 'miniapp@localhost' };

/** Whom Git would name as an author in a folder; NOBODY where its settings name nobody. */
export const authorOf = (folder: string): CommitIdentity => identityOf(folder) ?? NOBODY;
