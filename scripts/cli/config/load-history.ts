/** What history tells an editing command. */
import { noHistory, type History } from '../../core/lifecycle/history.ts';
import type { Platform } from '../../core/model.ts';
import { ExpectedError, type Io } from '../frame/command.ts';

/** The past of a folder up to HEAD; where there is none, says so and goes on without. */
export async function pastOrNone(path: string, io: Io): Promise<History> {
  return (await pastHere(path, io))?.past ?? noHistory;
}

async function pastHere(path: string, io: Io) {
  const [{ headOf }, { pastOf }] = await Promise.all([
    import('../../git/process/location.ts'),
    import('../../git/history/past.ts'),
  ]);
  try {
    const head = await headOf(path);
    return { ...head, past: pastOf(path, head.commit, head.prefix, head) };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    io.stderr(`history is left out: ${error.message}\n`);
    return undefined;
  }
}

/**
 * What history tells of an edit that will be merged: numbers and ids are used once the default branch had them. What was tried in the branch
 * that is checked out, and taken back, is free. Where no other branch is known to be the default it is the past up to HEAD.
 */
export async function pastOfEdit(path: string, io: Io, platform: Platform): Promise<History> {
  const here = await pastHere(path, io);
  if (!here) return noHistory;
  const [{ targetBranch }, { pastOf }] = await Promise.all([
    import('./target-branch.ts'),
    import('../../git/history/past.ts'),
  ]);
  const target = targetBranch(path, io, platform);
  if (target === undefined || target.commit === here.commit) return here.past;
  const { versionsEver, wasEver } = pastOf(path, target.commit, here.prefix, { isShallow: here.isShallow });
  return { ...here.past, versionsEver, wasEver };
}
