/** Runs Git and returns its output. The only place that starts it, except for what talks to a remote (`network.ts`). */
import { accessSync, constants, existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { resolve } from 'node:path';
import { EnvironmentError, isUnread } from '../../core/errors.ts';

/** Bytes that a listing or a batch of contents may have; 110,000 files of a configuration have about 80 MB. */
const OUTPUT_LIMIT = 1024 ** 3;

/**
 * Switches off everything on this machine that changes the meaning of objects: `git replace`, grafts, attributes of the machine or of
 * another tree, another reading of paths. Git's messages are English, so that they can be distinguished.
 */
const OBJECTS_ALONE = {
  GIT_NO_REPLACE_OBJECTS: '1',
  // A path that cannot exist: an existing empty file makes Git print a warning.
  GIT_GRAFT_FILE: `${devNull}/none`,
  GIT_ATTR_NOSYSTEM: '1',
  GIT_ATTR_SOURCE: undefined,
  GIT_LITERAL_PATHSPECS: undefined,
  GIT_GLOB_PATHSPECS: undefined,
  GIT_NOGLOB_PATHSPECS: undefined,
  GIT_ICASE_PATHSPECS: undefined,
  LC_ALL: 'C',
};

/** Settings of the user by which `log` and `show` print what no format asks for, or in another encoding, or take other lines for trailers. */
const FORM = [
  'log.showSignature=false',
  'i18n.logOutputEncoding=UTF-8',
  'trailer.separators=:',
  'core.commentChar=#',
].flatMap((setting) => ['-c', setting]);

/** Variables of a process; an undefined one is removed. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Variables beside those of this process. */
  readonly env?: Environment;
  /** Exit codes that are an answer, besides 0. */
  readonly accept?: readonly number[];
  /** Bytes that the answer may have at most; more throws TooMuchError. */
  readonly most?: number;
  /** Seconds that it may take at most; longer throws TooMuchError. */
  readonly seconds?: number | undefined;
  /** The descriptor of a file that is the input, or that receives the output: for data too large for memory. */
  readonly from?: number;
  readonly to?: number;
}

/** The answer of Git is larger than it may be, takes longer, or ends Git itself. */
export class TooMuchError extends EnvironmentError {}

/** Another Git is at work, or one was ended and left its lock. The message names the lock and the way on, which begins with the same command. */
export class LockedError extends EnvironmentError {
  /** The path of the lock, as Git says it. */
  readonly lock: string;
  constructor(lock: string) {
    super(
      `Git is at work here, or was ended in the middle and left ${lock}: run this again; once no Git runs any more, delete that file first`,
    );
    this.lock = lock;
  }
}

/**
 * Runs a Git command in a folder. Gives its standard output as bytes and its exit code, which is 0 or one of `accept`. Limits are in bytes and
 * seconds (`options`). Throws EnvironmentError with Git's message for any other exit code and where Git is missing, TooMuchError over a limit.
 */
export function gitAnswer(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): { stdout: Buffer; stderr: Buffer; status: number } {
  const { input = '', env = {}, accept = [], most = OUTPUT_LIMIT, seconds, from, to } = options;
  const variables = { ...process.env, ...absolute(), ...OBJECTS_ALONE, ...env };
  const limits = { maxBuffer: most, ...(seconds === undefined ? {} : { timeout: Math.ceil(seconds * 1000) }) };
  // Loaded here, since it takes milliseconds: most questions about one miniapp need no Git.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { error, status, signal, stdout, stderr } = spawnSync('git', [...FORM, ...args], {
    ...limits,
    cwd: folder,
    stdio: [from ?? 'pipe', to ?? 'pipe', 'pipe'],
    ...(from === undefined ? { input } : {}),
    env: variables,
    killSignal: 'SIGKILL',
  });
  // A command may end before it has read its input: what it says of that is its exit code, or what ended it.
  const isEnded = status !== null || signal !== null;
  if (error && !(isUnread(error) && isEnded)) throw failureOf(error, folder, { most, seconds });
  if (signal !== null) throw new TooMuchError(`Git was ended by ${signal} at: git ${args[0]}`);
  if (status !== 0 && !accept.includes(status ?? -1)) {
    const words = stderr.toString();
    throw lockedBy(words) ?? new EnvironmentError(sentence(words));
  }
  return { stdout: stdout ?? NOTHING, stderr, status: status ?? 0 };
}

/** The output when it went to a file. */
const NOTHING = Buffer.alloc(0);

interface ProcessLimits {
  readonly most: number;
  readonly seconds: number | undefined;
}

function failureOf(error: NodeJS.ErrnoException, folder: string, { most, seconds }: ProcessLimits): EnvironmentError {
  if (error.code === 'ENOBUFS') return new TooMuchError(`Git's answer has more than ${most} bytes`);
  if (error.code === 'ETIMEDOUT') return new TooMuchError(`Git's answer takes more than ${seconds} s`);
  if (error.code !== 'ENOENT') return new EnvironmentError(`Git cannot be started: ${error.message}`);
  const isHere = existsSync(folder);
  return new EnvironmentError(isHere ? 'Git is not installed, or not on the PATH' : `there is no folder ${folder}`);
}

/** Git's variables of places, such as those that it sets for hooks. They are relative to this process, not to the folder of the command. */
export const PLACES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY'] as const;

function absolute(): Record<string, string> {
  const places = PLACES.flatMap((name) => {
    const place = process.env[name];
    return place === undefined ? [] : [[name, resolve(place)] as const];
  });
  // With GIT_DIR alone Git assumes that its current folder is the top of the working tree.
  const isHere = process.env['GIT_DIR'] !== undefined && process.env['GIT_WORK_TREE'] === undefined;
  return { ...Object.fromEntries(places), ...(isHere ? { GIT_WORK_TREE: process.cwd() } : {}) };
}

/** Standard output as text, without the last line end. Throws as `gitAnswer`. */
export const gitText = (folder: string, args: readonly string[], options: GitOptions = {}): string =>
  gitAnswer(folder, args, options).stdout.toString('utf8').replace(/\n$/, '');

/** Git's message about a repository of another user, as in a container with a mounted folder. */
export const NOT_TRUSTED = 'Git does not open this repository, because its folder belongs to another user';

/** The command that trusts it: for good where there is a home folder, else for the processes of a shell. */
function trustCommand(folder: string): string {
  const quoted = /^[\w/.:@+-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", String.raw`'\''`)}'`;
  const home = process.env['HOME'] ?? process.env['USERPROFILE'];
  if (home !== undefined && isWritable(home)) return `git config --global --add safe.directory ${quoted}`;
  return `export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=${quoted}`;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The error for Git's words where they say that a lock is in the way. */
export function lockedBy(words: string): LockedError | undefined {
  const [, lock] = /Unable to create '(.+\.lock)': File exists/.exec(words) ?? [];
  return lock === undefined ? undefined : new LockedError(lock);
}

function sentence(words: string): string {
  const text = words.trim();
  if (/not a git repository/i.test(text))
    return 'this is no Git repository, so there is no history to look at: a clone of the platform has it';
  const [, distrusted] = /dubious ownership in repository at '(.+)'/.exec(text) ?? [];
  if (distrusted !== undefined) return `${NOT_TRUSTED}: ${trustCommand(distrusted)}`;
  return `Git says: ${text.split('\n')[0]}`;
}
