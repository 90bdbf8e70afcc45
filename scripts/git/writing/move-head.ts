/** Moves the branch that is checked out for what nobody may keep waiting: past hooks, and past locks that an ended Git left. */
import { linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { resolve } from 'node:path';
import { gitAnswer, LockedError } from '../process/run.ts';

/**
 * Milliseconds after which the lock of a branch was left by a Git that was ended: one at work has it for an instant. Whoever has it
 * longer finds that it is gone and fails; that the branch is where it was is compared again by whoever moves it.
 */
const LEFT = 10_000;
/** HEAD and the branch have one each, and somebody at work may have them again and again. */
const MOST_TRIES = 10;
/** Milliseconds between two looks at a lock, and for which it is seen here at least: the clock of a network disk may be behind. */
const [PAUSE, SEEN] = [50, 1000];

export interface HeadMove {
  readonly from: string;
  readonly to: string;
  /** Of the reflog. */
  readonly why: string;
}

/**
 * Moves HEAD's branch from one commit to another, and waits for a lock of somebody at work. Gives the locks that were left, which are
 * cleared. Throws EnvironmentError where the branch is elsewhere by now, LockedError where it never gets hold of it.
 */
export function moveHead(folder: string, { from, to, why }: HeadMove): string[] {
  const cleared: string[] = [];
  for (let tries = 1; ; tries += 1) {
    try {
      gitAnswer(folder, ['-c', `core.hooksPath=${devNull}`, 'update-ref', '-m', why, 'HEAD', to, from]);
      return cleared;
    } catch (error) {
      if (!(error instanceof LockedError) || tries === MOST_TRIES) throw error;
      if (clearLeft(resolve(folder, error.lock))) cleared.push(error.lock);
    }
  }
}

/** Waits until a lock is gone or is another's, or takes it away once it is known to be left. Gives whether it did that. */
function clearLeft(lock: string): boolean {
  const stamp = (file = lock) => {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats && { name: `${stats.ino} ${stats.mtimeMs}`, since: Math.min(stats.mtimeMs, Date.now()) };
  };
  const began = performance.now();
  const first = stamp();
  for (let now = first; now !== undefined && now.name === first!.name; now = stamp()) {
    // A clock that was set back leaves files of the future: these are as old as they are known here.
    if (Date.now() - first!.since > LEFT && performance.now() - began > SEEN) return takeAway(lock, stamp, now.name);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
  return false;
}

/**
 * By renaming, which one of several can do to one file. Gives whether it was this one. What was another's in that moment goes back; where a
 * third has a new one already, that stays, and the other finds theirs gone and fails. A name that ends in `.lock` is no branch to Git.
 */
function takeAway(lock: string, stamp: (file: string) => { readonly name: string } | undefined, name: string): boolean {
  const aside = `${lock}.left-${process.pid}.lock`;
  try {
    renameSync(lock, aside);
    const isThis = stamp(aside)?.name === name;
    if (!isThis) linkSync(aside, lock);
    return isThis;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}
