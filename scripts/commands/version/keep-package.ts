/** The bytes of an upload, kept where platform.yaml says, and what is told of that. */
import type { Workspace } from '../../core/model.ts';
import type { EditRequest, KeptPackage } from '../../cli/frame/edit-context.ts';
import { NOBODY } from '../../git/merges/trees.ts';
import { identityOf } from '../../git/commits/identity.ts';
import { isInRepository } from '../../git/process/location.ts';
import { keepHere, type Keeper } from '../../packages/local-branch.ts';
import { StoreError } from '../../packages/store.ts';
import { bringCommand, type VersionId } from '../../packages/version-id.ts';
import type { Project, Read } from '../../project/read-project.ts';
import type { Io } from '../../cli/frame/command.ts';
import { byteProgress, counted } from '../../cli/output/byte-progress.ts';
import { followed, registryStore } from '../../cli/config/package-stores.ts';

interface PackageKeeperOptions {
  readonly io: Io;
  readonly id: VersionId;
  readonly read: () => Read;
  /** Whether it is to be kept at all. */
  readonly isKept: boolean;
}

type InRegistry = KeptPackage & { readonly isKept: boolean };

/** Keeps what is uploaded. A registry of containers is sent to once, whenever the edit is made again. */
export function packageKeeper({ io, id, read, isKept }: PackageKeeperOptions): NonNullable<EditRequest['keep']> {
  let sent: InRegistry | undefined;
  return async ({ path, workspace, who }) => {
    const { packages } = workspace.platform;
    if (!isKept) return nothing('nothing was stored, because of --no-store: whoever has the bytes brings them', id);
    if (packages?.store === 'none') return nothing('nothing was stored: platform.yaml keeps packages nowhere');
    if (!isInRepository(path)) return nothing('nothing was stored, because there is no Git repository here', id);
    const found = read().project;
    if (!found) throw new Error('only what was read is kept');
    const progress = byteProgress(io, 'storing');
    const project = { ...found, content: counted(found.content, progress) };
    if (packages?.store === 'oci' && !sent) {
      const send = async () => {
        sent = await keepInRegistry(path, workspace, io, id, project);
        progress.end();
      };
      return { send };
    }
    if (sent?.isKept === true) return sent;
    const keeper = {
      author: identityOf(path) ?? NOBODY,
      now: who.now,
      ...(await followed(path, workspace, id, io)),
    };
    const kept = keepByGit(path, keeper, id, project, sent?.notes ?? []);
    progress.end();
    return kept;
  };
}

function keepByGit(
  path: string,
  keeper: Keeper,
  id: VersionId,
  project: Project,
  before: readonly string[],
): KeptPackage {
  const bytes = { files: project.files, content: project.content, sha256: project.package.sha256 };
  const { branch, commit, isFirst } = keepHere(path, id, bytes, keeper);
  return {
    branch,
    notes: [...before, `stored in the branch ${branch} (${commit.slice(0, 10)})`, ...(isFirst ? [READERS] : [])],
    answer: { stored: { store: 'git', ref: branch } },
  };
}

/**
 * Whoever may write in the registry of containers has the bytes there at once. For others they are kept by Git, as for a fork, and the
 * bot brings them there; so too where somebody else's bytes stand under the number: which of them are approved is not known yet.
 */
async function keepInRegistry(
  path: string,
  { platform }: Workspace,
  io: Io,
  id: VersionId,
  { files, content, package: { sha256 } }: Project,
): Promise<InRegistry> {
  const store = registryStore(path, platform, io);
  if (!store) return { isKept: false, notes: [], answer: {} };
  const gitKeeps = (why: string) => ({
    isKept: false,
    notes: [`${why}: Git keeps them, and the bot brings them there`],
    answer: {},
  });
  try {
    const { outcome, ref } = await store.put({ id, files: { files, content }, sha256, mayReplace: () => false });
    if (outcome === 'other') return gitKeeps(`${ref} holds other bytes, which an upload does not replace`);
    return {
      isKept: true,
      notes: [`stored as ${ref}`, `whoever can read ${store.where} can read these files`],
      answer: { stored: { store: 'oci', ref } },
    };
  } catch (error) {
    if (error instanceof StoreError) return gitKeeps(error.message);
    throw error;
  } finally {
    store.close();
  }
}

/** Said once in a clone: afterwards it is known. */
export const READERS =
  'whoever can read the repository that it is pushed to can read these files, also once the version is gone: it is pushed with the pull request, or by you';

const nothing = (why: string, id?: VersionId): KeptPackage => {
  const how = id ? `: ${bringCommand(id)}` : '';
  return { notes: [`${why}${how}`], answer: { stored: null } };
};
