/** Pushes the bytes of a proposal's versions to where the judging looks for them. */
import type { Transition } from '../core/transitions/index.ts';
import { refOf } from '../git/branch.ts';
import type { Connection } from '../github/connection.ts';
import { fullName, isSame } from '../github/remotes.ts';
import { branchOf, uploadBranch, type VersionId } from '../packages/version-id.ts';
import type { PushTarget } from './base-repository.ts';
import { pushTo } from './push.ts';

/** Seconds that bytes may take. */
const LONG = 900;

/** The packages that a proposal uploads, as far as they are kept here. */
export async function pushPackages(
  path: string,
  target: PushTarget,
  connection: Connection,
  transitions: readonly Transition[],
  actor: string,
): Promise<void> {
  for (const { kind, miniapp, version } of transitions) {
    if (kind !== 'upload' || miniapp === undefined || version === undefined) continue;
    await pushPackage(path, target, connection, { miniapp, version }, actor);
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
