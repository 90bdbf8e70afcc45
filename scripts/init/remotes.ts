/** Which remotes a copy of this project has, and which of them it was copied from. */
import { loginKey } from '../core/identity/login.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isShallow } from '../git/process/location.ts';
import { gitAnswer, gitText } from '../git/process/run.ts';
import { addressOf, fullName, remotesOn, type GitHubSite } from '../github/remotes.ts';

export interface Origins {
  /** The remote of the repository that was copied, which becomes `upstream`. */
  readonly copied?: { readonly name: string; readonly url: string };
  /** The platform's own repository on GitHub, where that is known. */
  readonly repository?: string;
}

/**
 * What the remotes tell. `given`: the platform's own repository as its owner says; `owner`: the owner's login. A remote is one's
 * own when it is that repository, when it is the owner's (a fork), or when the history is no history of the product's (a
 * template's is one commit). Otherwise it is what was copied.
 */
export function originsOf(top: string, site: GitHubSite, owner: string, given?: string): Origins {
  const known = given === undefined ? {} : { repository: given };
  const names = gitText(top, ['remote']).split('\n').filter(Boolean);
  const name = names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
  if (name === undefined || name === 'upstream') return known;
  const remote = remotesOn(top, site).find((one) => one.name === name);
  const full = remote && fullName(remote);
  const isGiven = full !== undefined && full.toLowerCase() === given?.toLowerCase();
  const isOwners = remote !== undefined && loginKey(remote.owner) === loginKey(owner);
  const isOwn = names.includes('upstream') || isGiven || isOwners || isSquashed(top);
  if (!isOwn) return { ...known, copied: { name, url: addressOf(top, name, 'fetch') } };
  return full === undefined || given !== undefined ? known : { repository: full };
}

/**
 * Whether the configuration came in one commit with the code: the product's own history never mixes them. Where a shallow clone
 * ends everything seems to come at once, which tells nothing.
 */
export function isSquashed(top: string): boolean {
  if (isShallow(top)) return false;
  const files = ['config/platform.yaml', 'package.json'];
  const added = (file: string): string | undefined =>
    gitAnswer(top, ['log', '--diff-filter=A', '--format=%H', 'HEAD', '--', `:(top,literal)${file}`], { accept: [128] })
      .stdout.toString('utf8')
      .split('\n')
      .filter(Boolean)
      .at(-1);
  const [config, code] = files.map(added);
  return config === undefined || config === code;
}

/** Its branches no longer follow it: a plain `git push` must not go there. */
export function renameToUpstream(top: string, name: string): void {
  gitText(top, ['remote', 'rename', name, 'upstream']);
  const branches = gitText(top, ['for-each-ref', '--format=%(refname:lstrip=2) %(upstream)', 'refs/heads']).split('\n');
  for (const line of branches) {
    const [branch = '', follows = ''] = line.split(' ');
    if (follows.startsWith('refs/remotes/upstream/')) gitText(top, ['branch', '--quiet', '--unset-upstream', branch]);
  }
}

/** What brings the first commit to the platform's own repository, a name as on GitHub where it is known: its remote may have to be made. */
export function pushStep(top: string, { host }: GitHubSite, repository?: string): string {
  const push = 'git push -u origin HEAD';
  if (existsSync(join(top, '.git')) && gitText(top, ['remote']).split('\n').includes('origin')) return push;
  const address = repository === undefined ? 'ADDRESS' : `https://${host}/${repository}.git`;
  return `git remote add origin ${address} && ${push}`;
}
