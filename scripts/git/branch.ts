/** Creates commits without checkout and without the user's index; only the named branch moves. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError } from '../core/errors.ts';
import { gitAnswer, gitText } from './run.ts';
import { temporaryFolder } from './temporary.ts';

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** A file to commit, from the top of the repository; null takes it away. */
interface CommittedFile {
  readonly path: string;
  readonly content: string | Uint8Array | null;
}

export interface NewCommit {
  readonly parent: string;
  readonly files: readonly CommittedFile[];
  readonly message: string;
  readonly author: Identity;
  /** Where its objects go, when not among the repository's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it is never to be kept, and so not signed. */
  readonly isDraft?: boolean;
}

/** The user's identity in Git's settings; undefined where there is none. */
export function identityOf(folder: string): Identity | undefined {
  // Without the setting Git would make up a name from the account and the machine.
  const asked = ['-c', 'user.useConfigOnly=true', 'var', 'GIT_AUTHOR_IDENT'];
  const { stdout, status } = gitAnswer(folder, asked, { accept: [1, 128] });
  const [, name, email] = /^(.*) <(.*)> \d+ [+-]\d+$/.exec(stdout.toString('utf8').trim()) ?? [];
  return status === 0 && name && email ? { name, email } : undefined;
}

/** Commits these files on a parent; no branch holds the commit yet. Signed where `commit.gpgSign` asks for it. Gives the id. Throws EnvironmentError. */
export function commitFiles(folder: string, commit: NewCommit): string {
  const { parent, files, message, author, isDraft = false } = commit;
  const top = gitText(folder, ['rev-parse', '--show-toplevel']);
  const own = temporaryFolder(tmpdir(), 'miniapp-index-');
  try {
    const env = { ...commit.env, GIT_INDEX_FILE: join(own.path, 'index') };
    gitAnswer(top, ['read-tree', parent], { env });
    const gone = `0 ${'0'.repeat(parent.length)}`;
    // `-z`, because a path may hold anything; the bytes are committed as they are, without filters.
    const lines = files.map(({ path, content }) => {
      if (content === null) return `${gone}\t${path}\0`;
      return `100644 ${gitText(top, ['hash-object', '-w', '--stdin'], { env, input: content })}\t${path}\0`;
    });
    gitAnswer(top, ['update-index', '-z', '--index-info'], { env, input: lines.join('') });
    const tree = gitText(top, ['write-tree'], { env });
    const isSigned =
      gitText(top, ['config', '--type=bool', '--default', 'false', '--get', 'commit.gpgSign']) === 'true';
    const sign = isSigned && !isDraft ? ['-S'] : [];
    const person = { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email };
    const committer = { GIT_COMMITTER_NAME: author.name, GIT_COMMITTER_EMAIL: author.email };
    const args = ['commit-tree', ...sign, tree, '-p', parent, '-F', '-'];
    return gitText(top, args, { env: { ...env, ...person, ...committer }, input: message });
  } finally {
    own.remove();
  }
}

/** The commit that a full name of a branch stands for; undefined where there is none. */
export function refOf(folder: string, ref: string): string | undefined {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const { stdout, status } = gitAnswer(folder, args, { accept: [1, 128] });
  return status === 0 ? stdout.toString('utf8').trim() : undefined;
}

/** Whether the branch is checked out here or in another working tree; moving it would change that working tree's HEAD. */
export const isCheckedOut = (folder: string, branch: string): boolean =>
  gitText(folder, ['for-each-ref', '--format=%(worktreepath)', `refs/heads/${branch}`]) !== '';

/** Moves a branch to a commit if it still is at `from` (undefined: does not exist). */
export function moveBranch(folder: string, branch: string, from: string | undefined, to: string): void {
  const args = ['update-ref', '-m', 'miniapp: proposed', `refs/heads/${branch}`, to, from ?? '0'.repeat(to.length)];
  const { status } = gitAnswer(folder, args, { accept: [1, 128] });
  if (status !== 0) throw new EnvironmentError(`the branch ${branch} was changed meanwhile, or cannot be written`);
}
