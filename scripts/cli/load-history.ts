/** What history tells an editing command. */
import { noHistory, type History } from '../core/history/history.ts';
import type { Platform } from '../core/model.ts';
import { ExpectedError, type Io } from './command.ts';

/** The past of a folder up to HEAD; where there is none, says so and goes on without. */
export async function pastOrNone(path: string, io: Io): Promise<History> {
  const [{ git }, { pastOf }] = await Promise.all([import('../git/run.ts'), import('../git/past.ts')]);
  try {
    const repository = git(path);
    const head = await repository.commit('HEAD');
    return pastOf(path, head, await repository.prefix());
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    io.stderr(`history is left out: ${error.message}\n`);
    return noHistory;
  }
}

/**
 * What history tells of an edit that will be merged: numbers and ids are used once the default branch had them. What was tried in the branch
 * that is checked out, and taken back, is free. Where no other branch is known to be the default it is the past up to HEAD.
 */
export async function pastOfEdit(path: string, io: Io, platform: Platform): Promise<History> {
  const past = await pastOrNone(path, io);
  if (past === noHistory) return past;
  const [{ targetRef }, { refOf }, { git }, { pastOf }] = await Promise.all([
    import('./commit-edit.ts'),
    import('../git/branch.ts'),
    import('../git/run.ts'),
    import('../git/past.ts'),
  ]);
  const ref = targetRef(path, io, platform);
  const tip = ref === undefined ? undefined : refOf(path, ref);
  if (tip === undefined || tip === refOf(path, 'HEAD')) return past;
  const { versionsEver, wasEver } = pastOf(path, tip, await git(path).prefix());
  return { ...past, versionsEver, wasEver };
}
