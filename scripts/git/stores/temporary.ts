/**
 * Temporary folders. Each is removed when its work ends and when a signal ends the process. A killed process leaves its folder; the next
 * process that wants a folder there removes it. The name of a folder says which process it belongs to.
 */
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The process namespace: containers may share a folder, and each counts its processes from 1. */
const NAMESPACE = namespace();

function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? 'host';
  } catch {
    return 'host';
  }
}

const DAY = 86_400_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const present = new Set<string>();
let count = 0;

export interface Temporary {
  readonly path: string;
  remove(): void;
}

/** A new folder of this process for its user's eyes alone, named by a stem such as `miniapp-objects-`; remove it when it is done with. */
export function temporaryFolder(parent: string, stem: string): Temporary {
  clearLeftovers(parent, stem);
  return kept(mkdtempSync(join(parent, `${stem}${process.pid}.${NAMESPACE}-`)));
}

/** A path of this process at which nothing exists yet; what is created there is removed like such a folder. */
export function reserve(parent: string, stem: string): Temporary {
  count += 1;
  const path = join(parent, `${stem}${process.pid}.${NAMESPACE}-${count}`);
  rmSync(path, { recursive: true, force: true });
  return kept(path);
}

function kept(path: string): Temporary {
  if (present.size === 0) {
    for (const signal of SIGNALS) process.on(signal, endedBy);
    process.on('exit', clear);
  }
  present.add(path);
  const remove = () => {
    rmSync(path, { recursive: true, force: true });
    if (!present.delete(path) || present.size > 0) return;
    for (const signal of SIGNALS) process.off(signal, endedBy);
    process.off('exit', clear);
  };
  return { path, remove };
}

function clear(): void {
  for (const path of present) rmSync(path, { recursive: true, force: true });
}

/** Removes the folders, then raises the signal again; where the process has other handlers of it, those decide. */
function endedBy(signal: NodeJS.Signals): void {
  clear();
  for (const one of SIGNALS) process.off(one, endedBy);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

/** What ended processes left in a folder under a stem, the newest first. */
export function leftovers(parent: string, stem: string): string[] {
  let names: string[];
  try {
    names = readdirSync(parent);
  } catch {
    return [];
  }
  const left = names.filter((name) => name.startsWith(stem) && isLeft(parent, name, name.slice(stem.length)));
  return left.map((name) => join(parent, name)).sort((a, b) => (timeOf(b) ?? 0) - (timeOf(a) ?? 0));
}

/**
 * Removes what runs left behind that ended before they could: files and folders of `parent` whose name begins with `stem` and whose
 * process is gone. What cannot be removed stays.
 */
export function clearLeftovers(parent: string, stem: string): void {
  for (const path of leftovers(parent, stem)) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // It belongs to another user, or the disk is read-only.
    }
  }
}

/** Whether a folder with a name of an older form, which names no process, is left over: nobody changed it for a day. */
function isLeft(parent: string, name: string, rest: string): boolean {
  const [, pid, own = NAMESPACE] = /^([1-9][0-9]{0,9})(?:\.([0-9a-z]+)-[0-9A-Za-z]+)?$/.exec(rest) ?? [];
  if (pid !== undefined) return own === NAMESPACE && !isAlive(Number(pid));
  return !/^[0-9]+\./.test(rest) && Date.now() - (timeOf(join(parent, name)) ?? Date.now()) > DAY;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function timeOf(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}
