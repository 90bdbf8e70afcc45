/**
 * One command edits a configuration at a time. The lock is the operating system's own, on a file: it ends with the process
 * that holds it, however that ends, and holds on network file systems that know locks. Node gives no call for it, SQLite,
 * which comes with Node, does: an exclusive transaction on an empty database that is never written.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError, messageOf, systemCode } from '../core/errors.ts';
import { journalsIn, orUndefined, type EditPlace } from '../read/edit-state.ts';

export interface LockOptions {
  /** Milliseconds that one holder is waited for; while one edit follows another, however many, the wait goes on. */
  readonly patience?: number;
  /** Milliseconds that it waits altogether; without it there is no limit. */
  readonly longest?: number;
  readonly say?: (sentence: string) => void;
}

const PATIENCE = 60_000;
/** After so long somebody wants to know what is being waited for. */
const SILENCE = 3000;
/** Milliseconds between two looks, on the whole. */
const LONGEST_PAUSE = 200;

/** Results of SQLite (https://www.sqlite.org/rescode.html). */
const [BUSY, CANNOT_OPEN] = [5, 14];
/** In a row by chance; then nobody may. */
const MOST_UNOPENED = 10;

/** Where no lock can be had for another reason than that somebody holds it. */
export class LockError extends EnvironmentError {}

/** Runs it while no other process does. Throws EnvironmentError that names the holder when the wait is too long, LockError where there are no locks. */
export async function withLock<T>(place: EditPlace, work: () => T | Promise<T>, options: LockOptions = {}): Promise<T> {
  const release = await acquire(place, options);
  try {
    return await work();
  } finally {
    release();
  }
}

async function acquire(place: EditPlace, options: LockOptions): Promise<() => void> {
  const { patience = PATIENCE, longest = Infinity, say = () => {} } = options;
  const started = performance.now();
  let unopened = 0;
  let [holder, since] = [holderOf(place), started];
  for (let [isTold, pause] = [false, 10]; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const release = await tryLock(place).catch((error: unknown) => {
      // Whoever held it takes the folder away where nothing is to stay, also while somebody opens the file in it.
      if (!(error instanceof Unopened) || ++unopened > MOST_UNOPENED) throw error;
      return undefined;
    });
    if (release) return release;
    const now = performance.now();
    const current = holderOf(place);
    if (current !== holder) [holder, since] = [current, now];
    if (now - since > patience || now - started > longest) {
      throw new EnvironmentError(`${holder} edits this configuration; nothing was written. Run the same command again`);
    }
    const isLong = now - started > SILENCE;
    if (isLong && !isTold) say(`waiting for ${holder} to finish an edit …`);
    isTold ||= isLong;
    await sleep(pause * (0.5 + Math.random()));
  }
}

async function tryLock(place: EditPlace): Promise<(() => void) | undefined> {
  const { folder, isInGit } = place;
  const file = join(folder, 'lock');
  const Database = await databaseOfNode();
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    if (!existsSync(file)) writeFileSync(file, '', { flag: 'a' });
    const before = inodeOf(file);
    database = new Database(file);
    // Nothing is ever written, so no journal is kept beside it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    // Whoever held it before may have taken the file away, so that another one is the lock now.
    if (before === undefined || inodeOf(file) !== before) throw new LockGone();
    tellHolder(join(folder, 'holder.json'));
  } catch (error) {
    database?.close();
    if (isBusy(error)) return undefined;
    const why = `this configuration cannot be locked for editing: ${messageOf(error)}`;
    throw resultOf(error) === CANNOT_OPEN ? new Unopened(why) : new LockError(why);
  }
  const held = database;
  return () => {
    try {
      rmSync(join(folder, 'holder.json'), { force: true });
      if (!isInGit) removeIfEmpty(place, file);
    } catch {
      // Who holds it is for others to read; the lock itself is what ends here.
    } finally {
      held.close();
    }
  };
}

class LockGone extends Error {}
/** The file is there a moment before and cannot be opened: its folder went, or nobody may. */
class Unopened extends LockError {}

/** What SQLite says when somebody else has the lock (https://www.sqlite.org/rescode.html#busy), and what a folder that goes says. */
function isBusy(error: unknown): boolean {
  return error instanceof LockGone || systemCode(error) === 'ENOENT' || resultOf(error) === BUSY;
}

/** The primary result code of SQLite, the lowest byte of all that it says. */
const resultOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;

const inodeOf = (file: string): bigint | undefined => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;

/** In a configuration itself nothing stays. */
function removeIfEmpty(place: EditPlace, file: string): void {
  // Neither goes while an edit that cannot be finished yet is in it, or another process has just come.
  if (existsSync(journalsIn(place))) rmdirSync(journalsIn(place));
  rmSync(file, { force: true });
  rmdirSync(place.folder);
}

interface Holder {
  readonly pid: number;
  readonly user: string;
  readonly host: string;
}

/** For the sentence that others are told; a full disk keeps nobody from editing by removing something. */
function tellHolder(file: string): void {
  try {
    // A container may run under a number that nobody has a name for: that throws.
    const user = userInfo().username;
    writeFileSync(file, JSON.stringify({ pid: process.pid, user, host: hostname() } satisfies Holder));
  } catch {
    rmSync(file, { force: true });
  }
}

/** "process 4711 of alice on build-7"; it may have ended just now. */
function holderOf({ folder }: EditPlace): string {
  const text = orUndefined(() => readFileSync(join(folder, 'holder.json'), 'utf8'));
  const { pid, user, host } = text?.endsWith('}') ? (JSON.parse(text) as Holder) : {};
  if (pid === undefined) return 'another process';
  return `process ${pid} of ${user}${host === hostname() ? '' : ` on ${host}`}`;
}

/** Node 22 calls it experimental on standard error, which says nothing to whoever edits a configuration. */
async function databaseOfNode(): Promise<typeof DatabaseSync> {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return (await import('node:sqlite')).DatabaseSync;
  } finally {
    process.emitWarning = emitWarning;
  }
}
