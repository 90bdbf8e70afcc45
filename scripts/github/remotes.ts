/** Which remotes of a clone are GitHub's, and which repositories they are. */
import { UsageError } from '../core/errors.ts';
import type { FetchRemote } from '../git/commits/fetch.ts';
import { gitAccess, type GitAccess } from '../git/process/network.ts';
import { gitAnswer, gitText } from '../git/process/run.ts';
import type { Repository } from './types.ts';

export interface Remote extends Repository {
  /** What Git calls it: `origin`. */
  readonly name: string;
}

/** A GitHub: github.com, or an enterprise's own. */
export interface GitHubSite {
  /** The host name in addresses of repositories, without a port. */
  readonly host: string;
  readonly apiUrl: string;
}

export const PUBLIC_API = 'https://api.github.com';

/** What `git clone` and `git fetch` take for a repository, whatever a clone calls it. `serverUrl`: as `https://github.com`. */
export const cloneAddress = ({ owner, repo }: Repository, serverUrl: string): string =>
  `${serverUrl}/${owner}/${repo}.git`;

/** `GITHUB_API_URL`, as GitHub's own tools have it, else github.com. */
export function siteOf(env: Readonly<Record<string, string | undefined>>): GitHubSite {
  const given = env['GITHUB_API_URL']?.trim();
  const apiUrl = (given === undefined || given === '' ? PUBLIC_API : given).replace(/(?<!\/)\/+$/, '');
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`GITHUB_API_URL ${apiUrl}: it is an address such as https://github.example.com/api/v3`);
  }
  // github.com and the enterprise cloud have the API beside the site, a server has it below.
  return { host: url.hostname.replace(/^api\./, ''), apiUrl };
}

/** The repository that a remote's address names on this site; undefined for any other address. */
export function repositoryOf(address: string, { host }: GitHubSite): Repository | undefined {
  const parts = URL.canParse(address) && address.includes('://') ? ofUrl(address) : ofScp(address);
  if (!parts || !isHost(parts.host, host, parts.isSsh)) return undefined;
  const [, owner, repo] = /^\/*([\w.-]+)\/([\w.-]+?)(?:\.git)?\/*$/.exec(parts.path) ?? [];
  return owner === undefined || repo === undefined ? undefined : { owner, repo };
}

function ofUrl(address: string) {
  const { protocol, hostname, pathname } = new URL(address);
  if (!/^(?:https?|ssh|git|git\+ssh):$/.test(protocol)) return undefined;
  return { host: hostname, path: pathname, isSsh: protocol.includes('ssh') };
}

/** `git@github.com:owner/repo.git`. */
function ofScp(address: string) {
  const [, host, path] = /^(?:[^@:/\s]+@)?([^:/\s]+):(?!\/\/)(\S+)$/.exec(address) ?? [];
  return host === undefined || path === undefined ? undefined : { host, path, isSsh: true };
}

/** SSH goes through port 443 as `ssh.github.com`, and people with two accounts write `github.com-work` in ~/.ssh/config. */
const isHost = (found: string, host: string, isSsh: boolean): boolean => {
  const name = found.toLowerCase();
  return name === host || (isSsh && (name === `ssh.${host}` || name.startsWith(`${host}-`)));
};

/** The remotes that are on this site, in the order of Git's settings. Throws EnvironmentError where there is no repository. */
export const remotesOn = (folder: string, site: GitHubSite): Remote[] => [...remotesHere(folder, site).remotes];

/** The names of all remotes, sorted, and those of them that are on this site: by one process, as long as no address is abbreviated. */
export function remotesHere(
  folder: string,
  site: GitHubSite,
): { readonly names: readonly string[]; readonly remotes: readonly Remote[] } {
  const lines = gitAnswer(folder, ['config', '-z', '--get-regexp', SETTINGS], { accept: [1] })
    .stdout.toString('utf8')
    .split('\0');
  // Without a repository there is no remote either. The version of its format tells that there is one, as good as always.
  if (lines.every((line) => line === '')) gitText(folder, ['rev-parse', '--git-dir']);
  const hasAbbreviations = lines.some((line) => line.startsWith('url.'));
  const names = new Set<string>();
  const remotes = new Map<string, Remote>();
  for (const line of lines) {
    const [, name, key, address = ''] = /^remote\.(.*)\.([^.\n]+)\n(.*)$/s.exec(line) ?? [];
    if (name === undefined) continue;
    names.add(name);
    if (key !== 'url' || remotes.has(name)) continue;
    const abbreviated = () => (hasAbbreviations ? repositoryOf(addressOf(folder, name, 'fetch'), site) : undefined);
    const found = repositoryOf(address, site) ?? abbreviated();
    if (found) remotes.set(name, { name, ...found });
  }
  return { names: [...names].sort(), remotes: [...remotes.values()] };
}

/** Settings that say which remotes there are and what abbreviates their addresses (`insteadOf`), and one that every repository has. */
const SETTINGS = String.raw`^(core\.repositoryformatversion|remote\..*|url\..*\.insteadof)$`;

/** Where Git goes for a remote, after all its settings. */
export const addressOf = (folder: string, name: string, way: 'fetch' | 'push'): string =>
  gitText(folder, ['remote', 'get-url', ...(way === 'push' ? ['--push'] : []), '--', name]).split('\n')[0]!;

/** Whether two names mean one repository: GitHub ignores case. */
export const isSame = (one: Repository, other: Repository): boolean =>
  fullName(one).toLowerCase() === fullName(other).toLowerCase();

/** `owner/repo`, as GitHub and people write it. */
export const fullName = ({ owner, repo }: Repository): string => `${owner}/${repo}`;

/** A repository as Git talks to it by a token; without `mayPush` it only reads there. */
export const remoteBy = (url: string, token: string, right: GitAccess): FetchRemote => ({
  url,
  access: gitAccess(token, url, right),
});
