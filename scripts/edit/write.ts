/** Writes edits as one: each file is what it was or what it becomes, and either all of them are or none is. */
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { EnvironmentError } from '../core/errors.ts';
import { editPlace, journalsIn, orUndefined, readJournal, type Journal } from '../read/edit-state.ts';
import type { FileEdit } from './edit.ts';
import { syncFolder, writeDurably } from './files.ts';
import { attempt, close, modeOf, prepare, putInPlace, removeEmptyAbove, takeBack } from './journal.ts';

/** A file is not as it was when the edit was made. */
export class ChangedMeanwhileError extends EnvironmentError {}

/**
 * Whoever writes has the lock (`lock.ts`), except for a stop, which nobody may keep waiting. `request`: what was asked for, by which an
 * interrupted edit is known again. Throws EnvironmentError that says what stands.
 */
export function writeEdits(config: string, edits: readonly FileEdit[], request = ''): void {
  const [first, ...others] = edits;
  if (!first) return;
  try {
    for (const edit of edits) refuseIfOther(config, edit);
    if (others.length === 0) writeOne(config, first);
    else writeTogether(config, edits, request);
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new EnvironmentError(`${error instanceof Error ? error.message : String(error)}; nothing was written`);
  }
}

/** Somebody else's edit since this one was read is not written over. */
function refuseIfOther(config: string, { path, before }: FileEdit): void {
  const file = join(config, path);
  refuseLinks(config, path);
  const now = orUndefined(() => readFileSync(file));
  const isSame = before === null ? now === undefined : now !== undefined && Buffer.from(before).equals(now);
  if (!isSame)
    throw new ChangedMeanwhileError(`${path} was changed meanwhile; nothing was written. Run the same command again`);
}

/** Nothing is written through a link: what it leads to is not the configuration's. */
function refuseLinks(config: string, path: string): void {
  const parts = path.split('/');
  for (const [index] of parts.entries()) {
    const part = parts.slice(0, index + 1).join('/');
    if (lstatSync(join(config, part), { throwIfNoEntry: false })?.isSymbolicLink())
      throw new EnvironmentError(
        `${part} is a symbolic link, through which nothing is written; put the files themselves there`,
      );
  }
}

/** One file needs no journal: a name is given or taken in one step. */
function writeOne(config: string, { path, after }: FileEdit): void {
  const target = join(config, path);
  if (after === null) {
    rmSync(target);
    const above = removeEmptyAbove(target, config);
    syncFolder(above);
    return;
  }
  const { folder } = editPlace(config);
  mkdirSync(folder, { recursive: true });
  const staged = join(folder, `${randomBytes(6).toString('hex')}.new`);
  try {
    writeDurably(staged, after, modeOf(target));
    mkdirSync(dirname(target), { recursive: true });
    renameSync(staged, target);
  } catch (error) {
    attempt(() => rmSync(staged, { force: true }));
    attempt(() => removeEmptyAbove(target, config));
    throw error;
  }
  syncFolder(dirname(target));
}

function writeTogether(config: string, edits: readonly FileEdit[], request: string): void {
  const journals = journalsIn(editPlace(config));
  // Names in the order of time.
  const folder = join(journals, `${Date.now().toString(36).padStart(9, '0')}-${randomBytes(4).toString('hex')}`);
  let entries: Journal['entries'] | undefined;
  const failure = attempt(() => {
    ({ entries } = prepare(folder, config, edits, request));
    putInPlace(folder, config, entries);
  });
  // What was prepared stands by its journal alone where preparing failed at its very end.
  const begun = entries ?? readJournal(folder)?.entries ?? [];
  const isLeft = failure !== undefined && attempt(() => takeBack(folder, config, begun)) !== undefined;
  // Whatever is left of what is over is cleared by the next command.
  if (!isLeft) attempt(() => close(folder));
  if (failure === undefined) return;
  if (!isLeft && !readJournal(folder)) throw new EnvironmentError(`${failure}; nothing was written`);
  const paths = edits.map(({ path }) => path).join(', ');
  throw new EnvironmentError(
    `${failure}; the edit of ${paths} is not finished, and could not be taken back. Once that is mended, the same command finishes it`,
  );
}
