/** An edit made in the folder by one command at a time: the lock, what was interrupted before, and the files that it is made on. */
import { recover, type RecoveredEdit } from '../../edit/journal.ts';
import { LockError, withLock } from '../../edit/lock.ts';
import { forgetCommit } from '../../edit/pending-commits.ts';
import { ChangedMeanwhileError } from '../../edit/write.ts';
import { loadFiles, loadWorkingTree, workingTree } from '../../git/working-tree/working-tree.ts';
import { editPlace } from '../../read/edit-state.ts';
import { load } from '../../read/load.ts';
import { safe } from '../../report/terminal.ts';
import { EnvironmentError } from '../frame/command.ts';
import { isCommitWanted } from './commit-edit.ts';
import {
  commitOf,
  interruptedEdit,
  interruptedState,
  pathsOf,
  takeBackInterrupted,
  withoutInterrupted,
} from './interrupted-edit.ts';
import { requestOf } from './distinction.ts';
import { isDryRun, makeEdit, type Applied } from './make-edit.ts';
import type { EditContext, Unsent } from '../frame/edit-context.ts';

/** Milliseconds for which a stop waits; what it changes is one file, compared before it is written. */
const STOP_PATIENCE = 3000;

/**
 * Makes an edit in the folder: takes the lock, reads, edits in memory, judges, and writes only what is accepted. Gives what became of it:
 * written, already there, refused, not yet approved, or impossible, with the state that it was made on. A dry run judges it, takes no lock
 * and writes nothing. What goes over the network is sent while nobody holds the lock; then the edit is made again. A stop waits 3000 ms for
 * the lock, and continues without it. Throws EnvironmentError when files cannot be written or
 * somebody holds the lock for too long.
 */
export async function applyEdit(context: EditContext): Promise<Applied> {
  const { io, request } = context;
  request.prepare?.();
  if (isDryRun(context)) return dryRun(context);
  const say = (sentence: string) => io.stderr(`${safe(sentence)}\n`);
  const work: Work = (how) => (how === 'beside' ? appliedBeside(context) : applied(context, recovered(context, say)));
  for (;;) {
    const found = await lockedFor(context, work, say);
    if (!('send' in found)) return found;
    await found.send();
  }
}

/** `alone`: nobody else edits. `beside`: somebody does, or did and hangs, and what is theirs is left to them. */
type Work = (how: 'alone' | 'beside') => Promise<Applied | Unsent>;

async function lockedFor(
  { path, request }: EditContext,
  work: Work,
  say: (sentence: string) => void,
): Promise<Applied | Unsent> {
  let isHeld = false;
  const locked = () => {
    isHeld = true;
    return work('alone');
  };
  try {
    return await withLock(editPlace(path), locked, { say, ...(request.isStop ? { longest: STOP_PATIENCE } : {}) });
  } catch (error) {
    const isUnlocked = error instanceof LockError || (request.isStop === true && error instanceof EnvironmentError);
    if (!isUnlocked || isHeld) throw error;
    say(`${error.message}; going on without`);
    // Where there are no locks at all, nobody else can clear what was interrupted.
    return work(error instanceof LockError ? 'alone' : 'beside');
  }
}

/** Attempts of a stop beside somebody who edits: what changed in between is read again. */
const MOST_ATTEMPTS = 5;

/** A stop made in the files as they are. An edit of theirs that is not in place yet is not in these, and finds this one there. */
async function appliedBeside(context: EditContext): Promise<Applied | Unsent> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applied(context, [], () => loadFiles(context.path, context.options));
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !(error instanceof ChangedMeanwhileError)) throw error;
    }
  }
}

function recovered({ path, folder }: EditContext, say: (sentence: string) => void): RecoveredEdit[] {
  const found = recover(path);
  for (const { outcome, paths, why } of found) {
    const files = paths.map((file) => `${folder.replace(/(?<!\/)\/+$/, '')}/${file}`).join(', ');
    const what = { finished: 'was finished', 'taken-back': 'was taken back', left: 'could not be finished' }[outcome];
    say(`an edit that was interrupted ${what}: ${files}${why === undefined ? '' : ` (${why})`}`);
  }
  return found;
}

async function dryRun(context: EditContext): Promise<Applied> {
  const found = await applied(context, []);
  if ('send' in found) throw new Error('a dry run keeps nothing');
  return found;
}

async function applied(
  context: EditContext,
  before: readonly RecoveredEdit[],
  read = () => loadWorkingTree(context.path, context.options),
): Promise<Applied | Unsent> {
  const { path, io, options } = context;
  const key = requestOf(context);
  const isDry = isDryRun(context);
  const ended = isCommitWanted(context) ? interruptedEdit(path, key) : undefined;
  const state = ended && interruptedState(path, ended);
  if (ended && state === 'committed') {
    if (!isDry) forgetCommit(path, key);
    // Whoever was told that nothing is committed, and committed it since, asks for it once more.
    if (ended.isTold !== true) {
      const why = 'it was interrupted, and is committed by now';
      return { kind: 'already', why, workspace: read().workspace, finished: pathsOf(ended) };
    }
    const made = commitOf(path, ended)?.slice(0, 10);
    io.stderr(
      `what was not committed when this command ran before is committed by now, as ${made}: it is done once more\n`,
    );
  }
  const open = state === 'open' ? ended : undefined;
  const source = open ? withoutInterrupted(path, open) : workingTree(path);
  const here = open ? load(source, options) : read();
  const { workspace } = here;
  const resumed = ended ? undefined : before.find((one) => one.outcome === 'finished' && one.request === key)?.paths;
  if (resumed) return { kind: 'already', why: 'it was interrupted, and is finished now', workspace, finished: resumed };
  const found = await makeEdit(context, { here, source, key, ended, open });
  if (open && !isDry && !('send' in found) && found.kind !== 'written') {
    takeBackInterrupted(path, open);
    io.stderr('what this command wrote before it was interrupted is taken back\n');
  }
  return found;
}
