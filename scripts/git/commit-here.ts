/** A commit of these files alone on the branch that is checked out, made by Git with the user's hooks and signing. */
import { existsSync } from 'node:fs';
import { EnvironmentError } from '../core/errors.ts';
import { isLitterPath } from '../read/litter.ts';
import type { CommitIdentity } from './identity.ts';
import { gitAnswer, gitText, prefixOf } from './run.ts';

/** Git operations in progress that another commit would end or disturb, by the file that Git keeps of each. */
const UNDER_WAY = {
  MERGE_HEAD: 'merge',
  CHERRY_PICK_HEAD: 'cherry-pick',
  REVERT_HEAD: 'revert',
  'rebase-merge': 'rebase',
  'rebase-apply': 'rebase',
} as const;

/** The Git operation in progress here. */
export function underWay(folder: string): (typeof UNDER_WAY)[keyof typeof UNDER_WAY] | undefined {
  const isThere = (name: string) =>
    existsSync(gitText(folder, ['rev-parse', '--path-format=absolute', '--git-path', name]));
  const found = (Object.keys(UNDER_WAY) as (keyof typeof UNDER_WAY)[]).find(isThere);
  return found && UNDER_WAY[found];
}

const paths = (folder: string, args: readonly string[]): string[] =>
  gitAnswer(folder, args).stdout.toString('utf8').split('\0').slice(0, -1);

/** Files that are staged, from the top of the repository. */
export const stagedFiles = (folder: string): string[] =>
  paths(folder, ['diff', '--cached', '--name-only', '--no-renames', '--no-relative', '-z']);

/** Files of the configuration that differ from HEAD, staged or not, new ones too; relative to the folder. */
export function changedFiles(folder: string): string[] {
  const start = prefixOf(folder) === '' ? '' : `${prefixOf(folder)}/`;
  const lines = paths(folder, ['status', '--porcelain', '--untracked-files=all', '--no-renames', '-z', '--', '.']);
  const files = lines.map((line) => ({ isNew: line.startsWith('??'), path: line.slice(3 + start.length) }));
  return files.filter(({ isNew, path }) => !(isNew && isLitterPath(path))).map(({ path }) => path);
}

export interface HereCommit {
  /** From the folder. */
  readonly files: readonly string[];
  readonly message: string;
  readonly author: CommitIdentity;
  /** Whether hooks are skipped, because the commit must not wait for anything. */
  readonly skipsHooks?: boolean;
}

/**
 * Commits the current content of these files, or their removal, whatever else is staged. Gives the id of the commit. Throws EnvironmentError with
 * the output of Git and its hooks; the index is then as before, and the files are unchanged.
 */
export function commitHere(folder: string, { files, message, author, skipsHooks = false }: HereCommit): string {
  const { name, email } = author;
  const env = {
    ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email },
    ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email },
  };
  const specs = ['--', ...files.map((file) => `:(literal)${file}`)];
  const commit = [
    'commit',
    '--quiet',
    '--only',
    '--cleanup=whitespace',
    '--file=-',
    ...(skipsHooks ? ['--no-verify'] : []),
    ...specs,
  ];
  for (const [args, input] of [
    [['add', '--all', ...specs], ''],
    [commit, message],
  ] as const) {
    const isRefusal = [1, 2, 128, 129];
    const { status, stdout, stderr } = gitAnswer(folder, args, { env, input, accept: isRefusal });
    if (status === 0) continue;
    gitAnswer(folder, ['reset', '--quiet', ...specs], { accept: isRefusal });
    throw new EnvironmentError(
      `${stderr.toString('utf8')}${stdout.toString('utf8')}`.trim() || `git ${args[0]} ends with ${status}`,
    );
  }
  return gitText(folder, ['rev-parse', 'HEAD']);
}
