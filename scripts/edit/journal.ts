/**
 * An edit of several files that happens as one. All of it is prepared first; with its journal it stands; then each file is
 * renamed into place. What fails on the way is taken back, and what is interrupted is finished by the next command that edits.
 */
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  digestOf,
  editPlace,
  JOURNAL,
  journalsIn,
  keptName,
  namesIn,
  orUndefined,
  pendingEdits,
  readJournal,
  stagedName,
  type Journal,
  type JournalEntry,
} from '../read/edit-state.ts';
import type { FileEdit } from './edit.ts';
import { syncFolder, writeDurably } from './files.ts';

/** Prepares an edit in a folder that is new; with the last step it stands. */
export function prepare(folder: string, config: string, edits: readonly FileEdit[], request: string): Journal {
  mkdirSync(folder, { recursive: true });
  const entries = edits.map(({ path, before, after }, index): JournalEntry => {
    const target = join(config, path);
    if (before !== null) keep(target, join(folder, keptName(index)));
    if (after !== null) writeDurably(join(folder, stagedName(index)), after, modeOf(target));
    const digest = (content: string | Uint8Array | null) => (content === null ? null : digestOf(Buffer.from(content)));
    return { path, before: digest(before), after: digest(after) };
  });
  const draft = join(folder, `${JOURNAL}.draft`);
  writeDurably(draft, JSON.stringify({ request, entries } satisfies Journal));
  renameSync(draft, join(folder, JOURNAL));
  syncFolder(folder);
  syncFolder(dirname(folder));
  return { request, entries };
}

/** What a file held, for taking back: a second name costs no space on a full disk. */
function keep(target: string, kept: string): void {
  try {
    linkSync(target, kept);
  } catch {
    copyFileSync(target, kept);
  }
}

/** The permission bits of a file, or undefined where there is none; a link is not followed. */
export const modeOf = (target: string): number | undefined => {
  const stats = lstatSync(target, { throwIfNoEntry: false });
  return stats && stats.mode & 0o777;
};

type FileState = 'before' | 'after' | 'other';

/** How a file stands, against what an edit made of it. */
export function stateOf(config: string, { path, before, after }: JournalEntry): FileState {
  const content = orUndefined(() => readFileSync(join(config, path)));
  const digest = content === undefined ? null : digestOf(content);
  return digest === after ? 'after' : digest === before ? 'before' : 'other';
}

/** Puts every file that still is as before into what it is after. */
export function putInPlace(folder: string, config: string, entries: readonly JournalEntry[]): void {
  for (const [index, entry] of entries.entries()) {
    if (stateOf(config, entry) !== 'before') continue;
    const target = join(config, entry.path);
    if (entry.after === null) {
      rmSync(target);
      removeEmptyAbove(target, config);
    } else {
      mkdirSync(dirname(target), { recursive: true });
      renameSync(join(folder, stagedName(index)), target);
    }
  }
  syncFoldersOf(config, entries);
}

/** Puts every file that is in place already back into what it was. */
export function takeBack(folder: string, config: string, entries: readonly JournalEntry[]): void {
  for (const [index, entry] of [...entries.entries()].reverse()) {
    if (stateOf(config, entry) !== 'after') continue;
    const target = join(config, entry.path);
    if (entry.before === null) {
      rmSync(target);
      removeEmptyAbove(target, config);
    } else {
      mkdirSync(dirname(target), { recursive: true });
      renameSync(join(folder, keptName(index)), target);
    }
  }
  syncFoldersOf(config, entries);
}

/** With a new file its folder may be new too, and stands in the one above. */
function syncFoldersOf(config: string, entries: readonly JournalEntry[]): void {
  const own = new Set(entries.map(({ path }) => dirname(path)));
  const above = entries.flatMap(({ path, before, after }) =>
    before === null || after === null ? [dirname(dirname(path)), dirname(dirname(dirname(path)))] : [],
  );
  const folders = new Set([...own, ...above].map((path) => join(config, path)));
  for (const folder of folders) if (existsSync(folder)) syncFolder(folder);
}

/** Folders that a file which goes leaves empty go with it. Gives the folder that is left above it. */
export function removeEmptyAbove(file: string, config: string): string {
  let folder = dirname(file);
  for (; folder.length > config.length; folder = dirname(folder)) {
    const isEmpty = orUndefined(() => readdirSync(folder))?.length === 0;
    // A folder that may not be removed harms nobody.
    if (!isEmpty || attempt(() => rmdirSync(folder)) !== undefined) break;
  }
  return folder;
}

/** The edit is over: first it stands no more, then what it was made of goes. */
export function close(folder: string): void {
  rmSync(join(folder, JOURNAL), { force: true });
  rmSync(folder, { recursive: true, force: true });
}

/** What became of an edit that was interrupted. */
export interface RecoveredEdit {
  readonly request: string;
  readonly outcome: 'finished' | 'taken-back' | 'left';
  readonly paths: readonly string[];
  /** Why it is as it is, where it could not be finished. */
  readonly why?: string;
}

/** Finishes or takes back what was interrupted, and clears what it left. Only whoever has the lock may. Throws nothing that the edits cause. */
export function recover(config: string): RecoveredEdit[] {
  const recovered = pendingEdits(config).map(({ folder, request, entries }): RecoveredEdit => {
    const paths = entries.map(({ path }) => path);
    const states = entries.map((entry) => stateOf(config, entry));
    if (states.includes('other')) {
      // Somebody has gone on by hand since, and saw what was there.
      const changed = paths.filter((_, index) => states[index] === 'other');
      close(folder);
      return { request, outcome: 'left', paths, why: `${changed.join(', ')} was changed since` };
    }
    const failure = attempt(() => putInPlace(folder, config, entries));
    if (failure === undefined) {
      close(folder);
      return { request, outcome: 'finished', paths };
    }
    const second = attempt(() => takeBack(folder, config, entries));
    if (second === undefined) close(folder);
    return { request, outcome: second === undefined ? 'taken-back' : 'left', paths, why: second ?? failure };
  });
  clear(config);
  return recovered;
}

/** Does something whose failure may be told later: the message of what was thrown, or undefined. */
export function attempt(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What an edit left that was never valid. Whoever edits now has the lock, so no other process uses it. */
function clear(config: string): void {
  const place = editPlace(config);
  const journals = journalsIn(place);
  for (const name of namesIn(journals)) {
    if (!readJournal(join(journals, name)))
      attempt(() => rmSync(join(journals, name), { recursive: true, force: true }));
  }
  for (const name of namesIn(place.folder)) {
    if (name.endsWith('.new')) attempt(() => rmSync(join(place.folder, name), { force: true }));
  }
}
