/**
 * Edits of several files on their way. Such an edit is prepared in a folder of its own, stands from the moment at which its
 * journal is there, and is then renamed into place file by file. Whoever reads meanwhile, or after it was interrupted, takes
 * it for done; the next command that edits finishes it (`edit/journal.ts`).
 */
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { systemCode } from '../core/errors.ts';
import { identify } from '../core/paths.ts';
import { sha256, utf8 } from '../core/sha256.ts';
import { EDIT_FOLDER } from './litter.ts';
import { overlaySource } from './overlay.ts';
import type { Source } from './source.ts';

/** A file of a journal, with the SHA-256 of what it holds before and after; null where there is none. */
export interface JournalEntry {
  /** Relative to the configuration. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Journal {
  /** What was asked for, as a digest: the same command again finds that it is done. */
  readonly request: string;
  readonly entries: readonly JournalEntry[];
}

export const JOURNAL = 'journal.json';
/** What the file at this place of the journal is to hold, and what it held. */
export const stagedName = (index: number): string => `${index}.after`;

/** Where the former file of a place of the journal is kept until the edit is done. */
export const keptName = (index: number): string => `${index}.before`;

/** Node's cryptography takes milliseconds to load: only whoever finishes or prepares an edit loads it. */
export const digestOf = (bytes: Uint8Array): string => process.getBuiltinModule('node:crypto').hash('sha256', bytes);

/** The first eight digits of the digest of a short text. */
const shortDigestOf = (text: string): string => sha256(utf8(text))[0]!.toString(16).padStart(8, '0');

export interface EditPlace {
  readonly folder: string;
  /** Whether Git's own folder holds it, where nobody is in the way of anybody. */
  readonly isInGit: boolean;
}

/**
 * Where edits of a configuration are prepared: in the folder of Git that it belongs to, so that nothing of it is ever in the
 * working tree; where there is none, or files cannot be renamed from there, in the configuration itself under a name that
 * no reader looks at.
 */
export function editPlace(config: string): EditPlace {
  const real = realpathSync(config);
  const beside = { folder: join(real, EDIT_FOLDER), isInGit: false };
  const found = gitFolderOf(real);
  if (!found) return beside;
  const path = relative(found.top, real).split(sep).join('/');
  const name = `${basename(real)}-${shortDigestOf(path)}`;
  const folder = join(found.gitFolder, 'miniapp', name);
  return isUsable([found.gitFolder, dirname(folder), folder], real) ? { folder, isInGit: true } : beside;
}

/** Git's folder of the working tree that a folder is in: `.git`, or where the file `.git` of a linked tree leads. */
function gitFolderOf(folder: string): { gitFolder: string; top: string } | undefined {
  for (let top = folder; ; top = dirname(top)) {
    const place = join(top, '.git');
    const stats = statSync(place, { throwIfNoEntry: false });
    const line = stats?.isFile() ? /^gitdir: (.*)$/m.exec(readFileSync(place, 'utf8'))?.[1] : undefined;
    const gitFolder = stats?.isDirectory() ? place : line === undefined ? undefined : resolve(top, line);
    if (gitFolder !== undefined && existsSync(join(gitFolder, 'HEAD'))) return { gitFolder, top };
    if (dirname(top) === top) return undefined;
  }
}

/** Whether all of these that are there may be written, and hold files that can be renamed into the configuration. */
function isUsable(folders: readonly string[], config: string): boolean {
  try {
    const { dev } = statSync(config);
    return folders.every((folder) => {
      const stats = statSync(folder, { throwIfNoEntry: false });
      if (stats) accessSync(folder, constants.W_OK);
      return stats === undefined || stats.dev === dev;
    });
  } catch {
    return false;
  }
}

/** The folders of journals, in the order in which they were written. */
export const journalsIn = (place: EditPlace): string => join(place.folder, 'journals');

export interface PendingEdit extends Journal {
  readonly folder: string;
}

/** The edits that stand and are not in place yet, the first one first. */
export function pendingEdits(config: string): PendingEdit[] {
  const place = editPlace(config);
  return namesIn(journalsIn(place)).flatMap((name) => {
    const folder = join(journalsIn(place), name);
    const journal = readJournal(folder);
    return journal ? [{ ...journal, folder }] : [];
  });
}

/** The names in a folder, sorted; none where it is not there or cannot be read. */
export function namesIn(folder: string): string[] {
  return existsSync(folder) ? (orUndefined(() => readdirSync(folder).sort()) ?? []) : [];
}

function orUndefinedJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Undefined where the edit does not stand yet, or where there is none any more. */
export function readJournal(folder: string): Journal | undefined {
  const text = orUndefined(() => readFileSync(join(folder, JOURNAL), 'utf8'));
  if (text === undefined) return undefined;
  const journal = orUndefinedJson(text) as Journal | undefined;
  // Only a file of a configuration is ever written, whoever wrote the journal; a damaged one is no journal.
  return Array.isArray(journal?.entries) && journal.entries.every((entry) => identify(String(entry?.path)))
    ? journal
    : undefined;
}

/** A Source in which the edits that stand are in place. */
export function withPendingEdits(config: string, source: Source): Source {
  const pending = pendingEdits(config);
  if (pending.length === 0) return source;
  const changes = new Map<string, Uint8Array | null>();
  for (const { folder, entries } of pending) {
    for (const [index, { path, after }] of entries.entries()) {
      const content = after === null ? null : orUndefined(() => readFileSync(join(folder, stagedName(index))));
      // What is not waiting any more is in its place already.
      if (content !== undefined) changes.set(path, content);
    }
  }
  return overlaySource(source, changes);
}

/** Changes whenever an edit of several files comes to stand or is over. */
export function editStamp(config: string): string {
  const place = editPlace(config);
  const timeOf = (folder: string) => orUndefined(() => statSync(folder, { bigint: true }).ctimeNs) ?? 0n;
  const pending = pendingEdits(config).map(({ folder }) => basename(folder));
  // Beside Git nothing of an edit stays; that it was there shows in the time of the folder that held it.
  const shown = place.isInGit ? journalsIn(place) : dirname(place.folder);
  return [timeOf(shown), ...pending].join(' ');
}

/** What is looked for may go at any moment, since others edit too, or be readable to them alone. */
export function orUndefined<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'EACCES') return undefined;
    throw error;
  }
}
