/** Brings in the bytes of a version that was recorded without keeping them, and to where the bot takes them into the store. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { defined } from '../../core/defined.ts';
import type { Miniapp } from '../../core/model.ts';
import { EnvironmentError } from '../../core/errors.ts';
import { identityOf } from '../../git/commits/identity.ts';
import { commitSource } from '../../git/objects/commit-source.ts';
import { isInRepository, prefixOf } from '../../git/process/location.ts';
import { NOBODY } from '../../git/merges/trees.ts';
import { keepHere, type Bytes } from '../../packages/local-branch.ts';
import { isProven, provenIn, type Unproven } from '../../packages/proven.ts';
import { differenceOf } from '../../packages/status.ts';
import { refuseUnfit } from '../../packages/unfit.ts';
import type { OciStore } from '../../packages/oci-store.ts';
import { StoreError, type OpenPackage } from '../../packages/store.ts';
import { packageBranch, bringCommand, keyOf, uploadBranch, type VersionId } from '../../packages/version-id.ts';
import type { Package } from '../../project/digest.ts';
import { readProject } from '../../project/read-project.ts';
import { load } from '../../read/load.ts';
import { locateAll } from '../../read/positions.ts';
import { safe } from '../../report/terminal.ts';
import { connectionOf } from '../../cli/input/actor.ts';
import { EXIT, isJson, printJson, UsageError, words } from '../../cli/frame/command.ts';
import { followed, registryStore } from '../../cli/config/package-stores.ts';
import { targetBranch } from '../../cli/config/target-branch.ts';
import { printProblems } from '../../cli/config/load-config.ts';
import { READERS } from '../version/keep-package.ts';
import { no, versionIn, type PackageCall } from './call.ts';

/**
 * `package push ID VERSION [DIR]`: without a folder, what this clone keeps is pushed. Gives the exit code, `no` where the bytes are not
 * those that the version records. Throws UsageError for wrong words.
 */
export async function push(call: PackageCall, miniapp: Miniapp | undefined): Promise<number> {
  const { id, recorded, folder } = pushedVersion(call, miniapp!);
  if (!recorded)
    return no(call, id, {
      code: 'package-unrecorded',
      why: `the file of ${id.version} records no package, so nothing says which bytes are its own: upload them under a new number`,
    });
  const given = folder === undefined ? await keptHere(call, id, recorded) : filesOf(call, id, recorded, folder);
  if (given === undefined) return EXIT.no;
  if (!isProven(given)) return no(call, id, given);
  const fixed = onDefaultBranch(call, id);
  if (fixed !== undefined && fixed !== recorded.sha256)
    return no(call, id, {
      code: 'package-fixed',
      why: `the default branch records other bytes for ${id.version} (${fixed.slice(0, 12)}…), and they are fixed there: git fetch, and bring this branch up to date with it, or upload these under a new number`,
    });
  const bytes = { files: given.files, content: given.content, sha256: recorded.sha256 };
  const inRegistry = isOnlyHere(call) ? undefined : await putInRegistry(call, id, bytes, fixed !== undefined);
  if (inRegistry && 'ref' in inRegistry) return tellRegistry(call, id, inRegistry);
  const kept = folder === undefined ? { branch: packageBranch.name(id), isFirst: false } : await keep(call, id, bytes);
  const found: PushOutcome = isOnlyHere(call) ? { notes: [] } : await pushedTo(call, id);
  const notes = [...(inRegistry ? [inRegistry.why] : []), ...found.notes, ...(kept.isFirst ? [READERS] : [])];
  tellBranch(call, id, { branch: kept.branch, pushed: found.pushed, notes });
  return EXIT.fine;
}

/** Whether the bytes are kept in this clone and pushed nowhere. */
const isOnlyHere = ({ input }: PackageCall): boolean => input.values['no-push'] === true;

/** What the words name: a version with what its file records, and a folder unless the bytes are those that this clone keeps. */
function pushedVersion(call: PackageCall, miniapp: Miniapp) {
  const { input, io } = call;
  const isFromHere = input.positionals.length === 2;
  const [, version = '', folder] = words(input, 'ID', 'VERSION', ...(isFromHere ? [] : ['DIR']));
  const { package: recorded } = versionIn(miniapp, version);
  if (isFromHere && isOnlyHere(call))
    throw new UsageError('DIR is missing: without it, what this clone keeps is pushed', 'word-missing');
  if (folder !== undefined && !statSync(resolve(io.cwd, folder), { throwIfNoEntry: false }))
    throw new UsageError(`there is no folder ${folder}`);
  return { id: { miniapp: miniapp.id, version }, recorded, folder };
}

function tellRegistry(call: PackageCall, id: VersionId, { ref, outcome }: PutOutcome): number {
  const { input, io } = call;
  if (outcome === 'other')
    return no(call, id, {
      code: 'package-taken',
      why: `${ref} holds other bytes, and the default branch does not record these for ${id.version}: bring the version's file there first (and git fetch), or upload them under a new number`,
    });
  if (isJson(input)) printJson(io, { ok: true, ...id, stored: { store: 'oci', ref }, pushed: null });
  else io.stdout(`stored as ${safe(ref)}\n`);
  return EXIT.fine;
}

async function keep({ path, workspace, io }: PackageCall, id: VersionId, bytes: Bytes) {
  const follows = await followed(path, workspace, id, io);
  return keepHere(path, id, bytes, { author: identityOf(path) ?? NOBODY, now: io.now, ...follows });
}

function tellBranch(
  call: PackageCall,
  id: VersionId,
  { branch, pushed, notes }: { branch: string; pushed: PushOutcome['pushed']; notes: readonly string[] },
): void {
  const { input, io } = call;
  if (isJson(input)) {
    const more = defined({ notes: notes.length > 0 ? notes : undefined });
    printJson(io, { ok: true, ...id, stored: { store: 'git', ref: branch }, pushed: pushed ?? null, ...more });
    return;
  }
  const where = pushed
    ? [`pushed to ${pushed.repository} as ${pushed.branch}: ${takenFrom(call, pushed.branch === branch)}`]
    : [];
  io.stdout([`stored in the branch ${branch}`, ...where, ...notes].map((line) => `${safe(line)}\n`).join(''));
}

/** The bytes of a folder, why not where they are others, or undefined where they cannot be taken, which is printed. */
function filesOf(
  call: PackageCall,
  id: VersionId,
  recorded: Package,
  folder: string,
): OpenPackage | Unproven | undefined {
  const { input, io } = call;
  const allowed = new Set((input.values['allow'] ?? []) as string[]);
  const read = readProject(resolve(io.cwd, folder), { shown: folder, id: id.miniapp });
  const { project, findings } = refuseUnfit(read, allowed);
  if (!project) {
    const problems = locateAll(findings.problems, findings.texts);
    printProblems({ problems, folder, texts: findings.texts }, input, io);
    return undefined;
  }
  const difference = differenceOf(recorded, project.package);
  return difference === undefined
    ? project
    : { code: 'package-differs', why: `these are not the bytes of ${id.version}: ${difference}` };
}

/** The bytes that this clone keeps, or why not where it keeps none, or others. */
async function keptHere({ stores }: PackageCall, id: VersionId, recorded: Package): Promise<OpenPackage | Unproven> {
  const held = (await stores.here.find([id])).get(keyOf(id));
  return held
    ? provenIn(stores.here, held, recorded)
    : {
        code: 'package-missing',
        why: `this clone keeps no bytes of ${id.version}: ${bringCommand(id)} brings them from their folder`,
      };
}

const FROM_UPLOAD = 'the bot proves it and takes it from there';
const FROM_FORK =
  'the bot proves it and takes it from there with your open pull request from this fork that uploads, submits or publishes the version; without one it stays there';

/** What becomes of bytes that were pushed, and of which forks no bot looks into where changes are not judged by them. */
function takenFrom({ workspace: { platform } }: PackageCall, isFork: boolean): string {
  if (!isFork) return FROM_UPLOAD;
  return platform.packages === undefined
    ? 'it stays there, because this platform does not judge by bytes (packages in platform.yaml)'
    : FROM_FORK;
}

type PutOutcome = Awaited<ReturnType<OciStore['put']>>;

/**
 * Into the registry of containers that is the store; undefined where none is. Other bytes make room only where the default branch says
 * that these are the version's own (`isFixed`): a file that is not merged may have the number of one that was. `why`: it does not let us, and the bot,
 * which it lets, takes them from where Git keeps them.
 */
async function putInRegistry(
  call: PackageCall,
  id: VersionId,
  { files, content, sha256 }: Bytes,
  isFixed: boolean,
): Promise<PutOutcome | { readonly why: string } | undefined> {
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

interface PushOutcome {
  readonly pushed?: { readonly repository: string; readonly branch: string } | undefined;
  readonly notes: readonly string[];
}

/** Where the bot looks for it, as far as GitHub can be reached from here. Throws EnvironmentError. */
async function pushedTo({ path, workspace, io }: PackageCall, id: VersionId): Promise<PushOutcome> {
  const byHand = `not pushed: git push --no-verify REMOTE ${packageBranch.name(id)}:${uploadBranch.name('LOGIN', id)} puts it where the bot looks for it`;
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
    return {
      pushed: await pushPackage(path, target, connection, id, { login: account.login, now: io.now }),
      notes: [],
    };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new EnvironmentError(
      `${error.message}. The bytes are kept in the branch ${packageBranch.name(id)} of this clone; the same command goes on from there`,
    );
  }
}
