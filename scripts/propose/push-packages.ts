/** Pushes the bytes of a proposal's versions to where the judging looks for them. */
import type { Platform } from '../core/model.ts';
import { refOf } from '../git/branch.ts';
import type { Connection } from '../github/connection.ts';
import { fullName, isSame } from '../github/remotes.ts';
import type { EvaluatedCommits } from '../judge/commits.ts';
import { isByBytes, isJudged } from '../packages/by-bytes.ts';
import { gitStore } from '../packages/git-store.ts';
import { unlikeRecorded } from '../packages/proven.ts';
import { StoreError, type PackageStore } from '../packages/store.ts';
import { branchOf, keyOf, uploadBranch, type VersionId } from '../packages/version-id.ts';
import type { PushTarget } from './base-repository.ts';
import { pushTo } from './push.ts';

/** Seconds that bytes may take. */
const LONG = 900;

interface PushedProposal {
  readonly path: string;
  readonly target: PushTarget;
  readonly connection: Connection;
  readonly actor: string;
  readonly judged: Pick<EvaluatedCommits, 'verdict' | 'before' | 'workspace'>;
  /** The store of a platform, which is closed here; undefined where that is this clone. */
  readonly storeOf: StoreOf;
}

export type StoreOf = (platform: Platform) => Promise<PackageStore | undefined>;

/** The packages that a proposal uploads, and those that it rests on and that are here and not in the store. */
export async function pushPackages(proposal: PushedProposal): Promise<void> {
  const { path, target, connection, actor, judged } = proposal;
  const { verdict, before } = judged;
  const rests = isByBytes(before, verdict.transitions);
  for (const { kind, miniapp, version } of verdict.transitions) {
    if (miniapp === undefined || version === undefined) continue;
    const id = { miniapp, version };
    const isWanted = kind === 'upload' || (rests && isJudged(kind) && (await isOnlyHere(proposal, id)));
    if (isWanted) await pushPackage(path, target, connection, id, actor);
  }
}

/** Whether the recorded bytes of a version are here, and the store says that it has none of it. */
async function isOnlyHere({ path, judged, storeOf }: PushedProposal, id: VersionId): Promise<boolean> {
  const here = gitStore({ folder: path, where: 'the branches here' });
  const held = (await here.find([id])).get(keyOf(id));
  const recorded = judged.workspace.miniapps.get(id.miniapp)?.versions.get(id.version)?.package;
  if (!held || !recorded || (await unlikeRecorded(here, held, recorded)) !== undefined) return false;
  const store = await storeOf(judged.before.platform);
  try {
    return store !== undefined && !(await store.find([id])).has(keyOf(id));
  } catch (error) {
    // What it holds is not known, and the judging says so.
    if (error instanceof StoreError) return false;
    throw error;
  } finally {
    store?.close();
  }
}

/**
 * To the person's fork under the same name; in the registry's own repository that name is the bot's, and people have another. Gives the
 * branch, and where it is; undefined where no bytes are kept here. Throws EnvironmentError.
 */
export async function pushPackage(
  path: string,
  { push, base }: PushTarget,
  connection: Connection,
  id: VersionId,
  login: string,
): Promise<{ readonly repository: string; readonly branch: string } | undefined> {
  const commit = refOf(path, `refs/heads/${branchOf(id)}`);
  if (commit === undefined) return undefined;
  const branch = isSame(push, base) ? uploadBranch(login, id) : branchOf(id);
  await pushTo(path, push, connection, commit, branch, { isOwn: true, seconds: LONG, skipsHooks: true });
  return { repository: fullName(push), branch };
}
