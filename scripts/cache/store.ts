/**
 * What commands found before, kept for the user who runs them: one text a name, in the user's own folder for such things, which is
 * outside every repository. Nothing that a pull request brings, and nothing that another user writes, is ever read. All of it may be
 * deleted at any time; what is damaged counts as absent. Whoever judges for others (the bot, continuous integration) does not use it.
 */
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

export interface Store {
  /** The text that was kept under a name of letters, digits and hyphens; undefined where there is none that is whole. */
  get(name: string): string | undefined;
  /** Keeps a text in the place of the former one. What cannot be written is not kept, and nobody is told. */
  put(name: string, text: string): void;
}

/** Bytes of all texts together; the oldest go first. A configuration of 10,000 miniapps takes about 3 MB. */
const MOST = 256 * 1024 ** 2;

/**
 * The store of the user with these variables. `most`: bytes of all together. Undefined where nothing says which folder is the user's, it
 * cannot be looked at, or others could write there.
 */
export function openStore(env: Readonly<Record<string, string | undefined>>, most = MOST): Store | undefined {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = env;
  // An empty or relative folder counts as none, by the rule of XDG.
  const parent = [XDG_CACHE_HOME, HOME && join(HOME, '.cache'), LOCALAPPDATA].find((path) => path && isAbsolute(path));
  if (!parent) return undefined;
  const folder = join(parent, 'miniapp-registry');
  const isUsable = unlessRefused(() => isOwn(folder, 'folder') && (lstatSync(folder, ABSENT) || isForUser(parent)));
  return isUsable ? storeIn(folder, most) : undefined;
}

const ABSENT = { throwIfNoEntry: false } as const;

/** Whether what is made in a folder stands in nobody else's: an administrator with the HOME of a user would take theirs. */
function isForUser(path: string): boolean {
  const stats = statSync(path, ABSENT);
  if (!stats) return dirname(path) === path || isForUser(dirname(path));
  const user = process.getuid?.();
  return user === undefined || stats.uid === user || stats.uid === 0;
}

function storeIn(folder: string, most: number): Store {
  const fileOf = (name: string) => join(folder, `${name}.kept`);
  return {
    get(name) {
      const file = fileOf(name);
      return unlessRefused(() => {
        if (!isOwn(file, 'file')) return undefined;
        const text = opened(readFileSync(file, 'utf8'));
        // What is used is not what goes first.
        if (text !== undefined) unlessRefused(() => utimesSync(file, new Date(), new Date()));
        return text;
      });
    },
    put(name, text) {
      if (text.length > most) return;
      const written = join(folder, `${name}.${process.pid}.new`);
      const isDone = unlessRefused(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        rmSync(written, { force: true });
        // Renamed when it is whole: a reader finds the former text or this one, however many write.
        writeFileSync(written, sealed(text), { mode: 0o600, flag: 'wx' });
        renameSync(written, fileOf(name));
        tidy(folder, most);
        return true;
      });
      if (!isDone) unlessRefused(() => rmSync(written, { force: true }));
    },
  };
}

/** Whether nobody but this user writes there: a folder or file of theirs, no link, closed to others; one that is not there yet will be. */
function isOwn(path: string, kind: 'folder' | 'file'): boolean {
  const stats = lstatSync(path, ABSENT);
  if (!stats) return kind === 'folder';
  const isKind = kind === 'folder' ? stats.isDirectory() : stats.isFile();
  // Windows has neither: its folder of caches is the user's alone by its own rules.
  const user = process.getuid?.();
  return isKind && (user === undefined || (stats.uid === user && (stats.mode & 0o022) === 0));
}

const digestOf = (text: string): string => process.getBuiltinModule('node:crypto').hash('sha256', text);

/** A text with its digest before it: a disk that was full, or a machine that went down, can leave a part. */
const sealed = (text: string): string => `${digestOf(text)}\n${text}`;

function opened(sealedText: string): string | undefined {
  const text = sealedText.slice(65);
  return sealedText.slice(0, 65) === `${digestOf(text)}\n` ? text : undefined;
}

/** An hour after which what a killed process was writing is nobody's any more. */
const HOUR = 3_600_000;

/** Removes what was used longest ago until the rest is no more than may be, and what killed processes left. */
function tidy(folder: string, most: number): void {
  const files = readdirSync(folder).flatMap((name) => {
    const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
    return stats?.isFile() ? [{ path: join(folder, name), name, size: stats.size, time: stats.mtimeMs }] : [];
  });
  let sum = 0;
  for (const { path, name, size, time } of files.toSorted((a, b) => b.time - a.time)) {
    const isLeft = name.endsWith('.new') && Date.now() - time > HOUR;
    sum += size;
    if (isLeft || (sum > most && name.endsWith('.kept'))) rmSync(path, { force: true });
  }
}

/** A folder may be read-only, full, or removed meanwhile: then nothing is kept. */
function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
