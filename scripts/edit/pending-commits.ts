/**
 * Edits that are to be committed, remembered from before they are written until their commit is there: what is ended in between is
 * judged anew and committed by the same command.
 */
import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { identify } from '../core/paths.ts';
import { digestOf, editPlace, namesIn, orUndefined, type Journal, type JournalEntry } from '../read/edit-state.ts';
import type { FileContent, FileEdit } from './edit.ts';
import { syncFolder, writeDurably } from './files.ts';
import { attempt, stateOf } from './journal.ts';

export interface PendingCommit extends Journal {
  /** The login of whoever edits, and of those who agreed. */
  readonly actor: string;
  readonly approvers: readonly string[];
  /** Branches with what was kept beside the edit. */
  readonly branches: readonly string[];
  /** The whole message of the commit. */
  readonly message: string;
  /** The commit that was checked out. */
  readonly head: string;
  /** Whether the command said itself that nothing was committed, so that whoever commits it by hand knows. */
  readonly isTold?: boolean;
  /** Whether somebody stopped the miniapp of one of its files since. */
  readonly isStopped?: boolean;
}

const folderOf = (config: string): string => join(editPlace(config).folder, 'commits');
const fileOf = (config: string, request: string): string => join(folderOf(config), `${request}.json`);

/** Remembers it, in the place of what was remembered of the same request. */
export function rememberCommit(config: string, pending: PendingCommit): void {
  const folder = folderOf(config);
  mkdirSync(folder, { recursive: true });
  // What is ended here leaves a name that the next command that edits clears.
  const draft = join(editPlace(config).folder, `${randomBytes(6).toString('hex')}.new`);
  writeDurably(draft, JSON.stringify(pending));
  renameSync(draft, fileOf(config, pending.request));
  syncFolder(folder);
}

/** The commit of a request is made, or given up. `config`: the folder of the configuration. Nothing happens where none is remembered. */
export function forgetCommit(config: string, request: string): void {
  rmSync(fileOf(config, request), { force: true });
  // Others may be remembered there.
  attempt(() => rmdirSync(folderOf(config)));
}

/** All that are remembered; damaged ones are none. */
export const pendingCommits = (config: string): PendingCommit[] =>
  namesIn(folderOf(config)).flatMap((name) => {
    const text = orUndefined(() => readFileSync(join(folderOf(config), name), 'utf8'));
    const found = text === undefined ? undefined : parsed(text);
    return found ? [found] : [];
  });

function parsed(text: string): PendingCommit | undefined {
  try {
    const found = JSON.parse(text) as Partial<PendingCommit> | null;
    const isWhole =
      typeof found?.message === 'string' &&
      typeof found.actor === 'string' &&
      /^[0-9a-f]{40,64}$/.test(String(found.head)) &&
      Array.isArray(found.approvers) &&
      Array.isArray(found.branches) &&
      Array.isArray(found.entries) &&
      found.entries.every((entry) => identify(String(entry?.path)));
    return isWhole ? (found as PendingCommit) : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Whether its files hold what it wrote. */
export const isAsWritten = (config: string, { entries }: PendingCommit): boolean =>
  entries.every((entry) => stateOf(config, entry) === 'after');

/**
 * Files of theirs were edited once more, by a stop that is committed: they are as finished as before. `onDisk`: what it made of the files as
 * they stood; `committed`: what it made of them as HEAD held them.
 */
export function followEdits(
  config: string,
  { onDisk, committed }: { readonly onDisk: readonly JournalEntry[]; readonly committed: readonly JournalEntry[] },
): void {
  for (const { path, before, after } of onDisk) {
    const base = committed.find((entry) => entry.path === path);
    for (const pending of pendingCommits(config)) {
      const follows = (entry: JournalEntry) =>
        entry.path === path && entry.after === before && entry.before === base?.before;
      if (!base || !pending.entries.some(follows)) continue;
      const entries = pending.entries.map((entry) => (follows(entry) ? { path, before: base.after, after } : entry));
      if (entries.every((entry) => entry.before === entry.after)) forgetCommit(config, pending.request);
      else rememberCommit(config, { ...pending, entries });
    }
  }
}

/** A stop was asked for whose file this is: whatever else of that file waits to be committed must not put it back into service unasked. */
export function noteStop(config: string, path: string): void {
  for (const pending of pendingCommits(config))
    if (pending.entries.some((entry) => entry.path === path)) rememberCommit(config, { ...pending, isStopped: true });
}

/** What an edit makes of its files, by digests. */
export const entriesOf = (edits: readonly FileEdit[]): JournalEntry[] =>
  edits.map(({ path, before, after }) => ({ path, before: digestOfContent(before), after: digestOfContent(after) }));

/** The digest of what a file holds; null where there is none. */
export const digestOfContent = (content: FileContent | undefined): string | null =>
  content === null || content === undefined ? null : digestOf(Buffer.from(content));
