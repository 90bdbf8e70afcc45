/** Where things are on GitHub: files to edit, commits, pull requests, and the workflow that takes a step for people without a terminal. */
import type { Timeline } from '#core/history/timeline.ts';

export interface GithubPlace {
  /** The server's address, without a slash at its end: of GitHub Enterprise Server another one. */
  readonly server: string;
  /** OWNER/NAME. */
  readonly repository: string;
  readonly branch: string;
  /** The configuration's folder in the repository, with a slash behind it, or nothing for the top. */
  readonly folder: string;
}

/** The place of a configuration; without a repository in platform.yaml there is none, and no link either. */
export const githubOf = (
  repository: string | undefined,
  story: Pick<Timeline, 'branch' | 'folder'> | undefined,
  server = 'https://github.com',
): GithubPlace | undefined =>
  repository === undefined
    ? undefined
    : { server, repository, branch: story?.branch ?? 'main', folder: story?.folder ?? 'config/' };

const root = ({ server, repository }: GithubPlace): string => `${server}/${repository}`;
/** Most paths are letters, digits and dashes, and stay as they are. */
const encoded = (path: string): string =>
  /^[\w./-]*$/.test(path) ? path : path.split('/').map(encodeURIComponent).join('/');

/** GitHub's editor with a file of the configuration, or with a new one of this name where there is none yet. */
export function editLink(place: GithubPlace, path: string, files: ReadonlySet<string>): string {
  const { branch, folder } = place;
  if (files.has(path)) return `${root(place)}/edit/${encoded(branch)}/${encoded(folder + path)}`;
  const [, parent = '', name = ''] = /^(?:(.*)\/)?([^/]+)$/.exec(folder + path) ?? [];
  return `${root(place)}/new/${encoded(branch)}/${encoded(parent)}?filename=${encodeURIComponent(name)}`;
}

/** The page of a folder; `path`: below the configuration. */
export const folderLink = (place: GithubPlace, path: string): string =>
  `${root(place)}/tree/${encoded(place.branch)}/${encoded(place.folder + path)}`;

/** The page of a commit, by its full id. */
export const commitLink = (place: GithubPlace, commit: string): string => `${root(place)}/commit/${commit}`;

/** The page of a pull request. */
export const pullLink = (place: GithubPlace, number: number): string => `${root(place)}/pull/${number}`;

/** The list of pull requests that a search finds; `search` in GitHub's own syntax. */
export const pullsLink = (place: GithubPlace, search: string): string =>
  `${root(place)}/pulls?q=${encodeURIComponent(search)}`;

/** The page on which people start the workflow by its form. */
export const transitionLink = (place: GithubPlace): string => `${root(place)}/actions/workflows/transition.yml`;

/** The first characters of a commit's name, enough to find it. */
export const short = (commit: string): string => commit.slice(0, 8);

/** What a link into GitHub is made of. */
export interface EditLinkContext {
  readonly github: GithubPlace | undefined;
  readonly files: ReadonlySet<string>;
}
