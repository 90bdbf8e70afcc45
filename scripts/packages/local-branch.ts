/** One's own branch of a package: where `upload` keeps the bytes, whatever becomes of them. */
import { createHash } from 'node:crypto';
import { defined } from '../core/defined.ts';
import { EnvironmentError } from '../core/errors.ts';
import { compareVersions } from '../core/version.ts';
import type { CommitIdentity } from '../git/commits/identity.ts';
import { importCommit, type ImportedFile } from '../git/writing/import-commit.ts';
import { gitAnswer, gitText, type Environment } from '../git/process/run.ts';
import type { Content } from '../project/content.ts';
import { packageDigest } from '../project/digest.ts';
import { reasonOf, type Tree } from '../project/tree.ts';
import { packageBranch, FOLDER, type VersionId } from './version-id.ts';

export interface Bytes {
  readonly files: Tree;
  readonly content: Content;
  /** What they must be. */
  readonly sha256: string;
}

export interface StoredPackage {
  readonly branch: string;
  readonly commit: string;
  /** Whether nobody kept a package in this clone before; those that were fetched do not count. */
  readonly isFirst: boolean;
}

/** The message of every commit of a package: nothing in it is anybody's to choose. */
export const messageOf = ({ miniapp, version }: VersionId): string => `Package of ${miniapp} ${version}\n`;

/** A branch of packages as this clone knows it. */
export interface PackageBranch {
  readonly id: VersionId;
  /** The remote that it was fetched from; undefined for one's own. */
  readonly remote?: string;
  readonly commit: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly isCheckedOut: boolean;
}

const FORMAT = '%(refname)%00%(objectname)%00%(tree)%00%(parent)%00%(worktreepath)%00%(objecttype)';

/** Every branch of packages here, one's own and those that were fetched. One process. */
export function branchesHere(folder: string): PackageBranch[] {
  const places = ['refs/heads/packages/', 'refs/remotes/*/packages/*/*'];
  const lines = gitText(folder, ['for-each-ref', `--format=${FORMAT}`, ...places]).split('\n');
  return lines.flatMap((line): PackageBranch[] => {
    const [ref = '', commit = '', tree = '', parents = '', worktree = '', type] = line.split('\0');
    const [, remote, branch] = /^refs\/(?:heads|remotes\/([^/]+))\/(packages\/.*)$/.exec(ref) ?? [];
    const id = branch === undefined ? undefined : packageBranch.parse(branch);
    if (!id || type !== 'commit') return [];
    const own = { id, commit, tree, parents: parents.split(' ').filter((parent) => parent !== '') };
    return [{ ...own, isCheckedOut: worktree !== '', ...defined({ remote }) }];
  });
}

/**
 * The commit that a new package of a version follows: that of the highest lower version in the store, as it was fetched from this remote.
 * Never one that is only here: it would leave with the new one, and nobody may ever have proposed what it holds.
 */
export function parentOf(
  id: VersionId,
  branches: readonly PackageBranch[],
  storeRemote: string | undefined,
): string | undefined {
  const lower = branches.filter(
    (one) =>
      one.remote !== undefined &&
      one.remote === storeRemote &&
      one.id.miniapp === id.miniapp &&
      compareVersions(one.id.version, id.version) < 0,
  );
  return lower.sort((a, b) => compareVersions(b.id.version, a.id.version))[0]?.commit;
}

/** Who keeps bytes here, and when (milliseconds since 1970). */
export interface Keeper {
  readonly author: CommitIdentity;
  readonly now: number;
  /** The remote that is the store, where one is. */
  readonly storeRemote?: string | undefined;
  /** The commit that a new package follows where no remote is the store and the branches here are. */
  readonly storedHere?: string | undefined;
}

/**
 * Keeps the bytes of a version in its branch here. What the branch held before is no version that anybody has: whoever asks knows that.
 * Throws EnvironmentError, and where the bytes are not those that they must be.
 */
export function keepHere(folder: string, id: VersionId, bytes: Bytes, keeper: Keeper): StoredPackage {
  const { author, now, storeRemote, storedHere } = keeper;
  const branches = branchesHere(folder);
  const branch = packageBranch.name(id);
  const own = branches.find((one) => one.remote === undefined && packageBranch.name(one.id) === branch);
  if (own?.isCheckedOut) throw new EnvironmentError(`the branch ${branch} is checked out; nothing was kept`);
  const parent = storedHere ?? parentOf(id, branches, storeRemote);
  const isFirst = branches.every(({ remote }) => remote !== undefined);
  const commit = importPackage(folder, { id, bytes, author, now, ...defined({ parent }) });
  const isSame =
    own && own.parents.join() === (parent ?? '') && own.tree === gitText(folder, ['rev-parse', `${commit}^{tree}`]);
  if (isSame) return { branch, commit: own.commit, isFirst };
  const before = own?.commit ?? '0'.repeat(commit.length);
  const update = ['-c', 'core.hooksPath=/dev/null', 'update-ref', '-m', 'miniapp: kept', `refs/heads/${branch}`];
  const { status } = gitAnswer(folder, [...update, commit, before], { accept: [1, 128] });
  if (status !== 0) throw new EnvironmentError(`the branch ${branch} was changed meanwhile, or cannot be written`);
  return { branch, commit, isFirst };
}

export interface PackageCommit {
  readonly id: VersionId;
  readonly bytes: Bytes;
  readonly author: CommitIdentity;
  readonly now: number;
  readonly parent?: string;
  /** Where it goes, when not into the repository around the folder. */
  readonly env?: Environment;
}

/** The bytes as a commit, once they are proven. */
export function importPackage(folder: string, { id, bytes, author, now, parent, env = {} }: PackageCommit): string {
  const lines: { readonly path: Buffer; readonly sha256: string }[] = [];
  const { files, content, sha256 } = bytes;
  const imported = (function* (): Iterable<ImportedFile> {
    for (const { path, bytes: size } of files.values()) {
      const hash = createHash('sha256');
      const each = (take: (chunk: Uint8Array) => void) => {
        let found = 0;
        try {
          content.each(path, size, (chunk) => {
            hash.update(chunk);
            take(chunk);
            found += chunk.length;
          });
        } catch (error) {
          if (error instanceof EnvironmentError) throw error;
          throw new EnvironmentError(`${path} cannot be read any more: ${reasonOf(error)}`);
        }
        if (found !== size) throw new EnvironmentError(`${path} was changed while it was read`);
      };
      yield { path: FOLDER + path, bytes: size, each };
      lines.push({ path: Buffer.from(path), sha256: hash.digest('hex') });
    }
  })();
  const onRead = () => {
    if (packageDigest(lines) !== sha256) throw new EnvironmentError('the files were changed while they were read');
  };
  const commit = { files: imported, message: messageOf(id), author, now, env, onRead };
  return importCommit(folder, { ...commit, ...defined({ parent }) });
}
