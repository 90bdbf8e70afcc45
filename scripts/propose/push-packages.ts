/** The bytes of versions that a proposal brings, pushed to where whoever judges it looks for them. */
import type { Transition } from '../core/transitions/index.ts';
import { refOf } from '../git/branch.ts';
import type { Connection } from '../github/connection.ts';
import { isSame } from '../github/remotes.ts';
import { branchOf, uploadBranch } from '../packages/version-id.ts';
import type { Target } from './base-repository.ts';
import { pushTo } from './push.ts';

/** Seconds that bytes may take. */
const LONG = 900;

/** To the person's fork under the same name; in the registry's own repository that name is the bot's, and people have another. */
export async function pushPackages(
  path: string,
  { push, base }: Target,
  connection: Connection,
  transitions: readonly Transition[],
  actor: string,
): Promise<void> {
  for (const { kind, miniapp, version } of transitions) {
    if (kind !== 'upload' || miniapp === undefined || version === undefined) continue;
    const id = { miniapp, version };
    const commit = refOf(path, `refs/heads/${branchOf(id)}`);
    if (commit === undefined) continue;
    const branch = isSame(push, base) ? uploadBranch(actor, id) : branchOf(id);
    await pushTo(path, push, connection, commit, branch, { isOwn: true, seconds: LONG });
  }
}
