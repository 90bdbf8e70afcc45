/** Where the commits of packages can be read: in the repository here, or in a temporary one that they are fetched into. */
import { tmpdir } from 'node:os';
import { EnvironmentError } from '../core/errors.ts';
import { fetchRefs, missingCommits } from '../git/commits/fetch.ts';
import { NetworkError, type GitAccess } from '../git/process/network.ts';
import { gitAnswer, gitText, PLACES, type Environment } from '../git/process/run.ts';
import { temporaryFolder, type Temporary } from '../git/stores/temporary.ts';
import { DeniedError, StoreError, type HeldPackage } from './store.ts';
import type { ObjectStore } from './stored-tree.ts';

/** Another repository, and by which right it is asked. */
export interface RemoteRepository {
  readonly url: string;
  readonly access?: GitAccess | undefined;
}

/** For packages, whose bytes come along. */
const SECONDS = 900;

export interface CommitPlaces {
  /** Each place, with the commits of these packages that can be read there. Throws StoreError, DeniedError. */
  of(held: readonly HeldPackage[]): Promise<ReadonlyMap<ObjectStore, readonly string[]>>;
  /** Takes away what was fetched. */
  drop(): void;
}

/**
 * `folder`: inside the repository here; `where`: what sentences call the store; without a `remote` all commits are here. What is not
 * here is brought into a repository of its own: nothing of it reaches a branch here.
 */
export function commitPlaces(folder: string, where: string, remote: RemoteRepository | undefined): CommitPlaces {
  let fetched: { readonly home: Temporary; readonly commits: Set<string> } | undefined;

  async function fetchMissing(from: RemoteRepository, held: readonly HeldPackage[]): Promise<void> {
    const missing = missingCommits(
      folder,
      held.map(({ object }) => object),
    );
    const wanted = missing.filter((commit) => fetched?.commits.has(commit) !== true);
    if (wanted.length === 0) return;
    fetched ??= { home: emptyRepository(folder), commits: new Set() };
    const { path } = fetched.home;
    const refs = held
      .filter(({ object }) => wanted.includes(object))
      .map(({ ref }) => `+refs/heads/${ref}:refs/heads/${ref}`);
    await asked(where, () => fetchRefs(path, { ...from, env: { GIT_DIR: path }, depth: 1 }, refs, SECONDS));
    for (const commit of wanted) fetched.commits.add(commit);
  }

  return {
    async of(held) {
      if (remote) await fetchMissing(remote, held);
      const commits = held.map(({ object }) => object);
      const isFetched = (commit: string) => fetched?.commits.has(commit) === true;
      const places = new Map<ObjectStore, readonly string[]>([
        [{ folder }, commits.filter((commit) => !isFetched(commit))],
      ]);
      if (fetched) {
        const { path } = fetched.home;
        places.set({ folder: path, env: ownEnvironment(path) }, commits.filter(isFetched));
      }
      return places;
    },
    drop() {
      fetched?.home.remove();
      fetched = undefined;
    },
  };
}

/** What a store answers. Throws StoreError where it does not, DeniedError where it refuses. */
export async function asked<T>(where: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new (isDenied(error) ? DeniedError : StoreError)(`${where} cannot be asked: ${error.message}`);
  }
}

/** This repository, whatever a hook that we run in was told. */
export const ownEnvironment = (path: string): Environment => ({
  GIT_DIR: path,
  ...Object.fromEntries(PLACES.filter((name) => name !== 'GIT_DIR').map((name) => [name, undefined])),
  GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
});

/** A repository that holds nothing, for the same kind of ids. */
export function emptyRepository(folder: string): Temporary {
  const home = temporaryFolder(tmpdir(), 'miniapp-packages-');
  const format = gitText(folder, ['rev-parse', '--show-object-format']);
  gitAnswer(home.path, ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, '.'], {
    env: ownEnvironment(home.path),
  });
  return home;
}

/** A server says of what is private that it is not there; a folder that is none is another matter. */
const isDenied = (error: EnvironmentError): boolean =>
  error instanceof NetworkError &&
  (error.fault === 'unknown-login' ||
    error.fault === 'forbidden' ||
    (error.fault === 'missing' && !/does not appear to be/.test(error.said)));
