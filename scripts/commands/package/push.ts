/** Brings in the bytes of a version that was recorded without keeping them, and to where the bot takes them into the store. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Miniapp } from '../../core/model.ts';
import { EnvironmentError } from '../../core/errors.ts';
import { identityOf } from '../../git/identity.ts';
import { commitSource } from '../../git/commit-source.ts';
import { isInRepository, prefixOf } from '../../git/run.ts';
import { NOBODY } from '../../git/trees.ts';
import { keepHere } from '../../packages/local-branch.ts';
import { differenceOf } from '../../packages/status.ts';
import { refuseUnfit } from '../../packages/unfit.ts';
import type { OciStore } from '../../packages/oci-store.ts';
import { StoreError } from '../../packages/store.ts';
import { branchOf, uploadBranch, type VersionId } from '../../packages/version-id.ts';
import { readProject, type Project } from '../../project/read-project.ts';
import { load } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import { safe } from '../../report/terminal.ts';
import { connectionOf } from '../../cli/actor.ts';
import { EXIT, isJson, printJson, UsageError, words } from '../../cli/command.ts';
import { targetBranch } from '../../cli/commit-edit.ts';
import { registryStore, storeRemote } from '../../cli/package-stores.ts';
import { printProblems } from '../../cli/load-config.ts';
import { READERS } from '../version/keep-package.ts';
import { no, versionIn, type PackageCall } from './call.ts';

export async function push(call: PackageCall, miniapp: Miniapp | undefined): Promise<number> {
  const { path, input, io } = call;
  const [, version = '', folder = ''] = words(input, 'ID', 'VERSION', 'DIR');
  const { package: recorded } = versionIn(miniapp!, version);
  const id = { miniapp: miniapp!.id, version };
  const root = resolve(io.cwd, folder);
  if (!statSync(root, { throwIfNoEntry: false })) throw new UsageError(`there is no folder ${folder}`);
  if (!recorded)
    return no(
      call,
      id,
      `the file of ${version} records no package, so nothing says which bytes are its own: upload them under a new number`,
    );
  const allowed = new Set((input.values['allow'] ?? []) as string[]);
  const { project, findings } = refuseUnfit(readProject(root, { shown: folder, id: id.miniapp }), allowed);
  if (!project) {
    const problems = locateAll(findings.problems, findings.texts);
    printProblems({ problems, folder, texts: findings.texts }, input, io);
    return EXIT.no;
  }
  const difference = differenceOf(recorded, project.package);
  if (difference !== undefined) return no(call, id, `these are not the bytes of ${version}: ${difference}`);
  const fixed = onDefaultBranch(call, id);
  if (fixed !== undefined && fixed !== project.package.sha256)
    return no(
      call,
      id,
      `the default branch records other bytes for ${version} (${fixed.slice(0, 12)}…), and they are fixed there: git fetch, and bring this branch up to date with it, or upload these under a new number`,
    );
  const isOnlyHere = input.values['no-push'] === true;
  const inRegistry = isOnlyHere ? undefined : await putInRegistry(call, id, project, fixed !== undefined);
  if (inRegistry && 'ref' in inRegistry) {
    const { ref, outcome } = inRegistry;
    if (outcome === 'other')
      return no(
        call,
        id,
        `${ref} holds other bytes, and the default branch does not record these for ${version}: bring the version's file there first (and git fetch), or upload them under a new number`,
      );
    if (isJson(input)) printJson(io, { ok: true, ...id, stored: { store: 'oci', ref }, pushed: null });
    else io.stdout(`stored as ${safe(ref)}\n`);
    return EXIT.fine;
  }
  const bytes = { files: project.files, content: project.content, sha256: project.package.sha256 };
  const { branch, isFirst } = keepHere(path, id, bytes, {
    author: identityOf(path) ?? NOBODY,
    now: io.now,
    storeRemote: storeRemote(path, call.workspace.platform, io),
  });
  const stored = { store: 'git', ref: branch };
  const found: Pushed = isOnlyHere ? { notes: [] } : await pushedTo(call, id);
  const { pushed } = found;
  const notes = [...(inRegistry ? [inRegistry.why] : []), ...found.notes, ...(isFirst ? [READERS] : [])];
  if (isJson(input))
    printJson(io, { ok: true, ...id, stored, pushed: pushed ?? null, ...(notes.length > 0 ? { notes } : {}) });
  else {
    const where = pushed
      ? [`pushed to ${pushed.repository} as ${pushed.branch}: ${pushed.branch === branch ? FROM_FORK : FROM_UPLOAD}`]
      : [];
    io.stdout([`stored in the branch ${branch}`, ...where, ...notes].map((line) => `${safe(line)}\n`).join(''));
  }
  return EXIT.fine;
}

const FROM_UPLOAD = 'the bot proves it and takes it from there';
const FROM_FORK =
  'the bot proves it and takes it from there with your open pull request from this fork that uploads, submits or publishes the version; without one it stays there';

type Kept = Awaited<ReturnType<OciStore['put']>>;

/**
 * Into the registry of containers that is the store; undefined where none is. Other bytes make room only where the default branch says
 * that these are the version's own (`isFixed`): a file that is not merged may have the number of one that was. `why`: it does not let us, and the bot,
 * which it lets, takes them from where Git keeps them.
 */
async function putInRegistry(
  call: PackageCall,
  id: VersionId,
  { files, content, package: { sha256 } }: Project,
  isFixed: boolean,
): Promise<Kept | { readonly why: string } | undefined> {
  const registry = registryStore(call.path, call.workspace.platform, call.io);
  if (!registry) return undefined;
  try {
    return await registry.put({ id, files: { files, content }, sha256, mayReplace: () => isFixed });
  } catch (error) {
    if (error instanceof StoreError) return { why: error.message };
    throw error;
  } finally {
    registry.close();
  }
}

/** The digest that the default branch, as far as this clone knows it, records for a version; undefined where it records none. */
function onDefaultBranch({ path, workspace, io }: PackageCall, { miniapp, version }: VersionId): string | undefined {
  const branch = isInRepository(path) ? targetBranch(path, io, workspace.platform) : undefined;
  if (!branch) return undefined;
  const { workspace: base } = load(commitSource(path, branch.commit, prefixOf(path)), { miniapps: [miniapp] });
  return base.miniapps.get(miniapp)?.versions.get(version)?.package?.sha256;
}

interface Pushed {
  readonly pushed?: { readonly repository: string; readonly branch: string } | undefined;
  readonly notes: readonly string[];
}

/** Where the bot looks for it, as far as GitHub can be reached from here. Throws EnvironmentError. */
async function pushedTo({ path, workspace, io }: PackageCall, id: VersionId): Promise<Pushed> {
  const byHand = `not pushed: git push --no-verify REMOTE ${branchOf(id)}:${uploadBranch('LOGIN', id)} puts it where the bot looks for it`;
  const connection = await connectionOf(io, path);
  if ('missing' in connection) return { notes: [`${byHand} (${connection.why})`] };
  const [{ targetOf }, { pushPackage }] = await Promise.all([
    import('../../propose/base-repository.ts'),
    import('../../propose/push-packages.ts'),
  ]);
  const account = await connection.account();
  if (!account) return { notes: [`${byHand} (the token is nobody's)`] };
  try {
    const target = await targetOf(path, connection, workspace.platform);
    return { pushed: await pushPackage(path, target, connection, id, account.login), notes: [] };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new EnvironmentError(
      `${error.message}. The bytes are kept in the branch ${branchOf(id)} of this clone; the same command goes on from there`,
    );
  }
}
