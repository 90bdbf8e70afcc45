/** The bytes of an upload, kept where platform.yaml says, and what is told of that. */
import type { Workspace } from '../../core/model.ts';
import type { StoredAccounts, ActorIdentity } from '../../cli/edit-context.ts';
import { NOBODY } from '../../git/trees.ts';
import { identityOf } from '../../git/branch.ts';
import { isInRepository } from '../../git/run.ts';
import { keepHere } from '../../packages/local-branch.ts';
import type { VersionId } from '../../packages/version-id.ts';
import type { Read } from '../../project/read-project.ts';

interface Keeping {
  readonly path: string;
  readonly workspace: Workspace;
  readonly who: ActorIdentity;
  readonly id: VersionId;
  readonly read: Read;
  /** Whether it is to be kept at all. */
  readonly isKept: boolean;
}

export async function keepPackage({ path, workspace, who, id, read, isKept }: Keeping): Promise<StoredAccounts> {
  const { project } = read;
  const { packages } = workspace.platform;
  if (!isKept) return nothing('nothing was stored, because of --no-store: whoever has the bytes brings them', id);
  if (packages?.store === 'none') return nothing('nothing was stored: platform.yaml keeps packages nowhere');
  if (!isInRepository(path)) return nothing('nothing was stored, because there is no Git repository here', id);
  if (!project) throw new Error('only what was read is kept');
  const bytes = { files: project.files, content: project.content, sha256: project.package.sha256 };
  const { branch, commit, isFirst } = keepHere(path, id, bytes, identityOf(path) ?? NOBODY, who.now);
  return {
    notes: [
      `stored in the branch ${branch} (${commit.slice(0, 10)})`,
      ...(packages?.store === 'oci' ? [NOT_YET] : []),
      ...(isFirst ? [READERS] : []),
    ],
    answer: { stored: { store: 'git', ref: branch } },
  };
}

/** What platform.yaml asks for and this tool cannot do yet is said. */
const NOT_YET =
  'platform.yaml names a registry of containers, which this version of the tool does not push to: Git keeps them';

/** Said once in a clone: afterwards it is known. */
const READERS =
  'whoever can read the repository that it is pushed to can read these files, also once the version is gone: it is pushed with the pull request alone';

const nothing = (why: string, id?: VersionId): StoredAccounts => {
  const how = id ? `: npx miniapp package push ${id.miniapp} ${id.version} DIR` : '';
  return { notes: [`${why}${how}`], answer: { stored: null } };
};
