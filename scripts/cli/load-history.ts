/** What history tells an editing command. */
import { noHistory, type History } from '../core/history/history.ts';
import { UsageError, type Io } from './command.ts';

/** The past of a folder up to HEAD; where there is none, says so and goes on without. */
export async function pastOrNone(path: string, io: Io): Promise<History> {
  const [{ git }, { pastOf }] = await Promise.all([import('../git/run.ts'), import('../git/past.ts')]);
  try {
    const repository = git(path);
    const head = await repository.commit('HEAD');
    return pastOf(path, head, await repository.prefix());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr(`history is left out: ${error.message}\n`);
    return noHistory;
  }
}
