/** Git: by package simple-git, and directly where one answer may be large. The only place that starts it. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { simpleGit } from 'simple-git';
import { OutsideError } from '../core/failure.ts';

export interface Git {
  /** Standard output of a command. Throws UsageError with Git's own words. */
  run(...args: string[]): Promise<string>;
  /** The commit that a name stands for. */
  commit(name: string): Promise<string>;
  /** The path of this folder from the top of the repository, `''` for the top itself. */
  prefix(): Promise<string>;
}

/** Git in a folder. */
export function git(folder: string): Git {
  const repository = simpleGit(folder);
  const run = async (...args: string[]): Promise<string> => {
    try {
      return await repository.raw(args);
    } catch (error) {
      throw new OutsideError(sentence(error instanceof Error ? error.message : String(error)));
    }
  };
  return {
    run,
    async commit(name) {
      // A name that begins with a hyphen would be an option.
      if (name.startsWith('-')) throw new OutsideError(`"${name}" is no commit, branch or tag`);
      // Quiet, so that what is missing is an empty answer rather than a complaint in Git's words.
      const found = await run('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
      if (found.trim() !== '') return found.trim();
      throw new OutsideError(`there is no commit, branch or tag "${name}" here${await shallowAdvice(run)}`);
    },
    prefix: async () => (await run('rev-parse', '--show-prefix')).trim().replace(/\/$/, ''),
  };
}

/** How to deepen a clone that holds only the end of its history. */
export const SHALLOW = 'git fetch --unshallow';

/** What to add to "it is not here" when the clone is one that does not hold everything. */
export async function shallowAdvice(run: Git['run']): Promise<string> {
  const isShallow = (await run('rev-parse', '--is-shallow-repository')).trim() === 'true';
  return isShallow ? `; this clone is shallow, so its history ends early: ${SHALLOW}` : '';
}

/** Bytes that a listing or a batch of contents may have; 110,000 files of a configuration have about 80 MB. */
const OUTPUT_LIMIT = 1024 ** 3;

export interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are an answer, besides 0. */
  readonly accept?: readonly number[];
}

/** Standard output of a command, as bytes, however large, and its exit code. Throws UsageError with Git's own words. */
export function gitAnswer(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): { stdout: Buffer; status: number } {
  const { input = '', env = {}, accept = [] } = options;
  const settings = { cwd: folder, input, maxBuffer: OUTPUT_LIMIT, env: { ...process.env, ...absolute(), ...env } };
  const { error, status, stdout, stderr } = spawnSync('git', args, settings);
  if (error) throw new OutsideError(sentence(error.message));
  if (status !== 0 && !accept.includes(status ?? -1)) throw new OutsideError(sentence(stderr.toString()));
  return { stdout, status: status ?? 0 };
}

/** Where Git is told to look, as it tells its hooks: relative to this process, which is not where the command runs. */
const PLACES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY'] as const;

function absolute(): Record<string, string> {
  const places = PLACES.flatMap((name) => {
    const place = process.env[name];
    return place === undefined ? [] : [[name, resolve(place)] as const];
  });
  // With GIT_DIR alone Git takes the folder that it runs in for the top of the working tree.
  const isHere = process.env['GIT_DIR'] !== undefined && process.env['GIT_WORK_TREE'] === undefined;
  return { ...Object.fromEntries(places), ...(isHere ? { GIT_WORK_TREE: process.cwd() } : {}) };
}

/** Standard output as text, without the line end. */
export const gitText = (folder: string, args: readonly string[], options: GitOptions = {}): string =>
  gitAnswer(folder, args, options).stdout.toString('utf8').replace(/\n$/, '');

function sentence(words: string): string {
  const text = words.trim();
  if (/ENOENT/.test(text)) return 'Git is not installed, or not on the PATH';
  if (/not a git repository/i.test(text)) return 'this is no Git repository, so there is no history to look at';
  return `Git says: ${text.split('\n')[0]}`;
}
