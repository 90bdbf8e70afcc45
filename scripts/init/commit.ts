/** The first commit of a platform. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from '../git/commits/identity.ts';
import { gitText } from '../git/process/run.ts';

export interface PlatformOwner {
  readonly name: string;
  readonly owner: string;
  readonly githubId: number;
}

/** What a beginning changes, besides the configuration. */
const PROJECT_FILES = ['README.md', 'package.json', 'package-lock.json', '.github', 'examples', 'tool.json'];

/**
 * Commits what a beginning changed, by this run or one before, on the branch that is checked out, and nothing else that is staged;
 * where there is no repository yet, begins one with all that is there. Hooks do not run: what is committed was validated. Gives the commit.
 */
export function commitBeginning(root: string, prefix: string, { name, owner, githubId }: PlatformOwner): string {
  const isNew = !existsSync(join(root, '.git'));
  if (isNew) gitText(root, ['init', '--quiet', '--initial-branch=main']);
  const hasCommit = gitText(root, ['rev-list', '--all', '--max-count=1']) !== '';
  const own = identityOf(root) ?? { name: owner, email: `${githubId}+${owner}@users.noreply.github.com` };
  const env = {
    GIT_AUTHOR_NAME: own.name,
    GIT_AUTHOR_EMAIL: own.email,
    GIT_COMMITTER_NAME: own.name,
    GIT_COMMITTER_EMAIL: own.email,
  };
  const isThere = (path: string) => existsSync(join(root, path)) || gitText(root, ['ls-files', '--', path]) !== '';
  const found = [prefix, ...PROJECT_FILES].filter(isThere);
  gitText(root, ['add', '--all', ...(hasCommit ? ['--', ...found] : [])]);
  // What is gone, and staged by a run before or by hand, is in the last commit alone.
  const isCommitted = (path: string) => gitText(root, ['ls-tree', '--name-only', 'HEAD', '--', path]) !== '';
  const gone = hasCommit ? PROJECT_FILES.filter((path) => !found.includes(path) && isCommitted(path)) : [];
  const paths = hasCommit ? ['--', ...found, ...gone] : [];
  const message = `Begin ${name}\n\nActor: ${owner}\n`;
  gitText(root, ['commit', '--quiet', '--no-verify', '--file=-', ...paths], { env, input: message });
  return gitText(root, ['rev-parse', 'HEAD']);
}
