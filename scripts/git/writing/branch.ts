/** Creates commits without checkout and without the user's index; only the named branch moves. */
import { EnvironmentError } from '../../core/errors.ts';
import type { CommitIdentity } from '../commits/identity.ts';
import { importCommit, type ImportedFile } from './import-commit.ts';
import { gitAnswer, gitText } from '../process/run.ts';

/** A file to commit, from the top of the repository; null takes it away. */
interface CommittedFile {
  readonly path: string;
  readonly content: string | Uint8Array | null;
}

export interface NewCommit {
  readonly parent: string;
  readonly files: readonly CommittedFile[];
  readonly message: string;
  readonly author: CommitIdentity;
  /** Where its objects go, when not among the repository's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it is never to be kept, and so not signed. */
  readonly isDraft?: boolean;
}

/** Commits these files on a parent; no branch holds the commit yet. Signed where `commit.gpgSign` asks for it. Gives the id. Throws EnvironmentError. */
export function commitFiles(folder: string, commit: NewCommit): string {
  const { parent, message, author, env = {}, isDraft = false } = commit;
  const now = Date.now();
  const files = commit.files.map(({ path, content }) =>
    content === null ? { path, isRemoved: true as const } : { path, ...inMemory(content) },
  );
  const zone = zoneOf(new Date(now));
  const made = { files, parent, isOnParent: true, message, author, now, zone, env, isTemporary: isDraft };
  const unsigned = importCommit(folder, made);
  if (isDraft || !isSigning(folder)) return unsigned;
  // The importer does not sign.
  const date = `${Math.floor(now / 1000)} ${zone}`;
  const person = { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email, GIT_AUTHOR_DATE: date };
  const committer = { GIT_COMMITTER_NAME: author.name, GIT_COMMITTER_EMAIL: author.email, GIT_COMMITTER_DATE: date };
  const args = ['commit-tree', '-S', `${unsigned}^{tree}`, '-p', parent, '-F', '-'];
  return gitText(folder, args, { env: { ...env, ...person, ...committer }, input: message });
}

const isSigning = (folder: string): boolean =>
  gitText(folder, ['config', '--type=bool', '--default', 'false', '--get', 'commit.gpgSign']) === 'true';

function inMemory(content: string | Uint8Array): Pick<ImportedFile, 'bytes' | 'each'> {
  const bytes = Buffer.from(content);
  return { bytes: bytes.length, each: (take) => take(bytes) };
}

/** The time zone of this machine as Git writes it: `+0200`. */
function zoneOf(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${String(rest).padStart(2, '0')}`;
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
