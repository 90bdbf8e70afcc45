/**
 * A temporary object store for trees and commits that a judgement needs. The working tree, the index and the objects of the repository
 * are not changed.
 */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { EnvironmentError } from '../../core/errors.ts';
import { isShallow, locationOf } from '../process/location.ts';
import { gitAnswer, TooMuchError, type Environment, type GitOptions } from '../process/run.ts';
import { temporaryFolder } from './temporary.ts';

export interface Scratch {
  /** The repository, with objects written to a folder of their own. */
  readonly env: Readonly<Record<string, string>>;
  /** The same objects without the repository: no settings, no attributes of any kind, no working tree. */
  readonly bare: Environment;
  /** The top of the repository's working tree. */
  readonly top: string;
  /** The path of the folder that it was made for, from the top. */
  readonly prefix: string;
  /** The index of the repository, which may not be there yet. */
  readonly index: string;
  /** The hash that ids are made with: `sha1` or `sha256`. */
  readonly format: string;
  /** Whether the clone holds only the end of its history. */
  readonly isShallow: boolean;
  /** The folder that is gone afterwards. */
  readonly home: string;
  remove(): void;
}

/** The author of commits here, which are never kept. */
export const NOBODY = {
  GIT_AUTHOR_NAME: 'nobody',
  GIT_AUTHOR_EMAIL: 'nobody@localhost',
  GIT_COMMITTER_NAME: 'nobody',
  GIT_COMMITTER_EMAIL: 'nobody@localhost',
};

/** Creates the store; the caller removes it. `folder`: a folder inside the repository. Throws EnvironmentError outside a repository. */
export function scratch(folder: string): Scratch {
  const { top, prefix, objects, index, shallow, format } = locationOf(folder);
  const { path: home, remove } = temporaryFolder(tmpdir(), 'miniapp-objects-');
  writeRepository(home, format, shallow);
  const others = process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
  const alternates = [quotedWhereNeeded(objects), ...(others === undefined ? [] : [others])].join(delimiter);
  const env = { GIT_OBJECT_DIRECTORY: join(home, 'objects'), GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates };
  return {
    env,
    bare: { ...env, ...NO_SETTINGS, GIT_DIR: home },
    top,
    prefix,
    index,
    format,
    isShallow: isShallow(folder),
    home,
    remove,
  };
}

const NO_SETTINGS: Environment = {
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_SYSTEM: devNull,
  ...Object.fromEntries(
    ['GIT_CONFIG_COUNT', 'GIT_CONFIG_PARAMETERS', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE'].map((name) => [
      name,
      undefined,
    ]),
  ),
};

/** A repository without a working tree and without settings (gitrepository-layout). */
function writeRepository(home: string, format: string, shallow: string): void {
  for (const folder of ['objects', 'refs']) mkdirSync(join(home, folder));
  writeFileSync(join(home, 'HEAD'), 'ref: refs/heads/none\n');
  const settings = `[core]\n\trepositoryFormatVersion = 1\n\tbare = true\n[extensions]\n\tobjectFormat = ${format}\n`;
  writeFileSync(join(home, 'config'), settings);
  // The file that says where the history of a shallow clone ends; without it Git looks for earlier commits.
  if (existsSync(shallow)) copyFileSync(shallow, join(home, 'shallow'));
}

/**
 * Runs Git over the objects alone, so that settings and attributes of this machine do not affect the output. A partial clone fetches missing
 * objects by its settings, so the command first runs with them; that output is discarded.
 */
export function withObjects(
  { top, env, bare, home }: Scratch,
  args: readonly string[],
  options: Omit<GitOptions, 'env'> = {},
): { stdout: Buffer; status: number } {
  const ask = () => gitAnswer(home, args, { ...options, env: bare });
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof EnvironmentError) || error instanceof TooMuchError || !isPartial(top)) throw error;
    gitAnswer(top, args, { ...options, env, accept: [1, 128] });
    return ask();
  }
}

/** Whether it is a partial clone, which fetches objects when they are needed. */
export const isPartial = (top: string): boolean =>
  gitAnswer(top, ['config', '--get-regexp', String.raw`^remote\..*\.promisor$`], { accept: [1] }).status === 0;

/** A path as Git reads it in lists of paths: in its own quotes where it holds what would end it. */
const quotedWhereNeeded = (path: string): string =>
  path.includes(delimiter) || path.includes('\n') || path.startsWith('"') ? quoted(path) : path;

/** A path in Git's quotes (`quote.c`), so that it may hold any character. */
export const quoted = (path: string): string =>
  `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
