/**
 * Verifies that the pull request of a setting holds what its run was asked for. The run's name, which GitHub keeps, holds the arguments. The
 * same command on the same base must give the same files: otherwise somebody who can write to the branch could add other rows.
 */
import { ExpectedError } from '../../core/errors.ts';
import { missingCommits } from '../../git/commits/fetch.ts';
import { gitAnswer } from '../../git/process/run.ts';
import type { ResolvedActor } from './actor.ts';
import type { Account, FileChange, PullRequestDetails } from '../../github/types.ts';
import { editsOf, settingOf, wordsOf, type CommandLine } from '../manual-transition/command-line.ts';

export interface DispatchTarget {
  /** The configuration's folder in the clone, and its path from the top of the repository. */
  readonly path: string;
  readonly prefix: string;
  readonly tip: string;
  readonly bot: Account;
  /** Undefined where no command line is available; then nothing can be verified. */
  readonly commandLine?: CommandLine;
}

/** Gives the actor back, or an actor without any right where the branch holds something else than the run's name asks for. */
export async function verifiedActor(
  place: DispatchTarget,
  pull: PullRequestDetails,
  acting: ResolvedActor,
): Promise<ResolvedActor> {
  const form = acting.asked === undefined ? undefined : settingOf(acting.asked);
  const { path, prefix, tip, commandLine } = place;
  const { sha } = pull.head;
  // The evaluation reports missing commits.
  if (form === undefined || missingCommits(path, [sha]).length > 0) return acting;
  const nobody = (actsForNobody: string): ResolvedActor => ({ actor: place.bot.login, actsForNobody });
  const base = gitAnswer(path, ['merge-base', tip, sha], { accept: [1] })
    .stdout.toString('utf8')
    .trim();
  if (base === '') return acting;
  if (!commandLine) return nobody('what its run was asked for cannot be made again here');
  try {
    const words = wordsOf(form);
    const run = (line: readonly string[], folder: string) => commandLine(line, folder, acting.actor, pull.createdAt);
    const wanted = await editsOf({ path, commit: base, prefix }, words, form.miniapp, run);
    if (wanted && isExactly(path, base, sha, wanted)) return acting;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
  }
  return nobody('its branch holds something else than its run was asked for; start a new run');
}

/** Whether a head differs from a base by these plain files and nothing else. */
function isExactly(path: string, base: string, head: string, wanted: readonly FileChange[]): boolean {
  const raw = gitAnswer(path, ['diff-tree', '-r', '-z', '--no-renames', '--raw', base, head]).stdout.toString('utf8');
  const fields = raw.split('\0').filter((field) => field !== '');
  const changed = new Map<string, string>();
  for (let at = 0; at + 1 < fields.length; at += 2) changed.set(fields[at + 1]!, fields[at]!.split(' ')[1]!);
  const bytesOf = (file: string) => gitAnswer(path, ['cat-file', 'blob', `${head}:${file}`]).stdout;
  return (
    changed.size === wanted.length &&
    wanted.every(({ path: file, content }) => {
      const mode = changed.get(file);
      if (content === null) return mode === '000000';
      return mode === '100644' && bytesOf(file).equals(Buffer.from(content));
    })
  );
}
