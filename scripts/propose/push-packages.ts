/** Pushes the bytes of a proposal's versions to where the judging looks for them. */
import type { Platform } from '../core/model.ts';
import { refOf } from '../git/writing/branch.ts';
import { gitText } from '../git/process/run.ts';
import { committedAt } from '../git/commits/time.ts';
import { commitTree } from '../git/merges/trees.ts';
import type { Connection } from '../github/connection.ts';
import { fullName, isSame } from '../github/remotes.ts';
import type { EvaluatedCommits } from '../evaluate/commits.ts';
import { isByBytes, isJudged } from '../core/by-bytes.ts';
import { gitStore } from '../packages/git-store.ts';
import { messageOf } from '../packages/local-branch.ts';
import { unlikeRecorded } from '../packages/proven.ts';
import { StoreError, type PackageStore } from '../packages/store.ts';
import { packageBranch, keyOf, uploadBranch, type VersionId } from '../packages/version-id.ts';
import type { PushTarget } from './base-repository.ts';
import { pushTo } from './push.ts';

/** Seconds that bytes may take. */
const LONG = 900;

interface PushedProposal {
  readonly path: string;
  readonly target: PushTarget;
  readonly connection: Connection;
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly judged: Pick<EvaluatedCommits, 'decision' | 'before' | 'workspace'>;
  /** The store of a platform, which is closed here; undefined where that is this clone. */
  readonly storeOf: StoreOf;
}

export type StoreOf = (platform: Platform) => Promise<PackageStore | undefined>;

/** The packages that a proposal uploads, and those that it rests on and that are here and not in the store. */
export async function pushPackages(proposal: PushedProposal): Promise<void> {
  const { path, target, connection, actor, now, judged } = proposal;
  const { decision, before } = judged;
  const rests = isByBytes(before, decision.transitions);
  for (const { kind, miniapp, version } of decision.transitions) {
    if (miniapp === undefined || version === undefined) continue;
    const id = { miniapp, version };
    const isWanted = kind === 'upload' || (rests && isJudged(kind) && (await isOnlyHere(proposal, id)));
    if (isWanted) await pushPackage(path, target, connection, id, { login: actor, now });
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
  { login, now }: { readonly login: string; readonly now: number },
): Promise<{ readonly repository: string; readonly branch: string } | undefined> {
  const kept = refOf(path, `refs/heads/${packageBranch.name(id)}`);
  if (kept === undefined) return undefined;
  const isUpload = isSame(push, base);
  const branch = isUpload ? uploadBranch.name(login, id) : packageBranch.name(id);
  const commit = isUpload ? datedNow(path, id, kept, now) : kept;
  await pushTo(path, push, connection, { commit, branch }, { isOwn: true, seconds: LONG, skipsHooks: true });
  return { repository: fullName(push), branch };
}

/** Milliseconds after which a commit is made again when it is pushed. */
const OLD = 12 * 3_600_000;

/** A commit that is not old: an upload waits a day after its commit for a pull request, and bytes can be kept here for longer before. */
function datedNow(path: string, id: VersionId, commit: string, now: number): string {
  if (now - committedAt(path, commit) < OLD) return commit;
  const format = '--format=%T%x00%P%x00%an%x00%ae';
  const shown = gitText(path, ['show', '-s', format, commit]).split('\0');
  const [tree = '', parents = '', name = '', email = ''] = shown;
  const author = { name, email };
  return commitTree(path, {
    tree,
    message: messageOf(id),
    author,
    now,
    parents: parents.split(' ').filter((parent) => parent !== ''),
  });
}
