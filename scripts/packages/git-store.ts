/** Packages in branches of a Git repository: the one here, or another that is asked over the network. */
import { exchange } from '../git/process/network.ts';
import { gitText } from '../git/process/run.ts';
import { spoolBlobs, type TemporaryFile } from '../git/stores/spool.ts';
import type { Package } from '../project/digest.ts';
import { asked, commitPlaces, type RemoteRepository } from './commit-places.ts';
import { contentDigests, proofOf } from './proof.ts';
import { storedTrees, type ObjectStore, type StoredFile } from './stored-tree.ts';
import type { HeldPackage, PackageStore, Unusable } from './store.ts';
import { packageBranch, keyOf, type VersionId } from './version-id.ts';

export interface GitStoreOptions {
  /** A folder inside the repository here. */
  readonly folder: string;
  /** Without one the branches here are the store. */
  readonly remote?: RemoteRepository;
  /** Whether branches that were fetched from some remote count as being here too. */
  readonly isFetchedToo?: boolean;
  readonly where: string;
  /** The branches in which a package may stand, the first that is there is taken; `*` stands for one part of a name. */
  readonly branches?: (id: VersionId) => readonly string[];
}

/** Versions up to which each is asked for by its name; more are asked for all at once. */
const FEW = 40;
/** For a list of branches. */
const SECONDS = 60;

/**
 * A store over branches. It fetches into a temporary repository, which `close` removes; its functions throw StoreError where the
 * repository does not answer, DeniedError where it refuses.
 */
export function gitStore({
  folder,
  remote,
  where,
  isFetchedToo = false,
  branches = (id) => [packageBranch.name(id)],
}: GitStoreOptions): PackageStore {
  const spools: TemporaryFile[] = [];

  const listed = async (patterns: readonly string[]): Promise<Map<string, string>> => {
    const refs = patterns.map((pattern) => `refs/heads/${pattern}`);
    const fetchedRefs = isFetchedToo ? patterns.map((pattern) => `refs/remotes/*/${pattern}`) : [];
    const lines = remote
      ? await asked(where, () =>
          exchange(folder, ['ls-remote', '--heads', remote.url, ...refs], {
            access: remote.access,
            address: remote.url,
            seconds: SECONDS,
          }),
        )
      : gitText(folder, ['for-each-ref', '--format=%(objectname)%09%(refname)', ...refs, ...fetchedRefs]);
    const found = new Map<string, string>();
    // One's own come first.
    for (const line of lines.split('\n')) {
      const [, commit, branch] = /^([0-9a-f]+)\trefs\/(?:heads|remotes\/[^/]+)\/(\S+)$/.exec(line) ?? [];
      if (commit !== undefined && branch !== undefined && !found.has(branch)) found.set(branch, commit);
    }
    return found;
  };

  const commits = commitPlaces(folder, where, remote);

  const release = () => {
    for (const spool of spools.splice(0)) spool.close();
  };

  return {
    kind: 'git',
    where,
    async find(wanted) {
      if (wanted.length === 0) return new Map();
      const isFew = wanted.length <= FEW;
      const found = await listed(isFew ? [...new Set(wanted.flatMap(branches))] : ['packages/*/*', 'upload/*/*/*']);
      const names = [...found.keys()];
      return new Map(
        wanted.flatMap((id) => {
          const ref = branches(id)
            .map((pattern) => names.find((name) => isNamed(name, pattern)))
            .find((name) => name !== undefined);
          return ref === undefined ? [] : [[keyOf(id), { id, ref, object: found.get(ref)! }] as const];
        }),
      );
    },
    async prove(held, onBytes) {
      const proofs = new Map<string, Package | Unusable>();
      const digests = new Map<string, string>();
      const all = parts(held);
      for (const part of all) {
        for (const place of await commits.of(part))
          for (const [key, proof] of provenIn(place, part, digests, onBytes)) proofs.set(key, proof);
        if (digests.size > MOST_DIGESTS) digests.clear();
        // One that was proven alone is often opened next; of many, what was brought here for some makes room for others.
        if (all.length > 1) commits.drop();
      }
      return proofs;
    },
    proveHere(held, onBytes) {
      const digests = new Map<string, string>();
      const proven = (part: readonly HeldPackage[]) =>
        provenIn([{ folder }, part.map(({ object }) => object)], part, digests, onBytes);
      return new Map(parts(held).flatMap((part) => [...proven(part)]));
    },
    async open(held) {
      for (const [place, [commit]] of await commits.of([held])) {
        if (commit === undefined) continue;
        const tree = storedTrees(place, [commit]).get(commit);
        if (!tree || !('files' in tree)) return tree ?? { isAbsent: true };
        const spool = spooled(place, tree.files);
        spools.push(spool);
        return { files: tree.files, content: contentOf(tree.files, spool) };
      }
      return { isAbsent: true };
    },
    release,
    close() {
      release();
      commits.drop();
    },
  };
}

/** Packages that are proven together, and what they have as far as their versions' files say: names are in memory, bytes on disk. One may have more. */
const AT_ONCE = { packages: 100, files: 200_000, bytes: 1024 ** 3 } as const;
/** Digests that are remembered from one package to the next, which mostly has the same files. */
const MOST_DIGESTS = 500_000;

function parts(held: readonly HeldPackage[]): (readonly HeldPackage[])[] {
  const all: HeldPackage[][] = [];
  let [files, bytes] = [0, 0];
  for (const one of held) {
    const part = all.at(-1);
    files += one.recorded?.files ?? 0;
    bytes += one.recorded?.bytes ?? 0;
    const fits =
      part !== undefined && part.length < AT_ONCE.packages && files <= AT_ONCE.files && bytes <= AT_ONCE.bytes;
    if (fits) part.push(one);
    else {
      all.push([one]);
      [files, bytes] = [one.recorded?.files ?? 0, one.recorded?.bytes ?? 0];
    }
  }
  return all;
}

function provenIn(
  [place, commits]: readonly [ObjectStore, readonly string[]],
  held: readonly HeldPackage[],
  known: Map<string, string>,
  onBytes?: (bytes: number) => void,
): Map<string, Package | Unusable> {
  const trees = storedTrees(place, commits);
  const files = [...trees.values()].flatMap((tree) => ('files' in tree ? [...tree.files.values()] : []));
  const digests = contentDigests(place, files, onBytes, known);
  return new Map(
    held.flatMap(({ id, object }) => {
      const tree = trees.get(object);
      return tree ? [[keyOf(id), 'files' in tree ? proofOf(tree.files, digests) : tree] as const] : [];
    }),
  );
}

const isNamed = (name: string, pattern: string): boolean => {
  const [parts, wanted] = [name.split('/'), pattern.split('/')];
  return parts.length === wanted.length && wanted.every((part, i) => part === '*' || part === parts[i]);
};

const spooled = ({ folder, env }: ObjectStore, files: ReadonlyMap<string, StoredFile>): TemporaryFile =>
  spoolBlobs(folder, new Map([...files.values()].map(({ id, bytes }) => [id, bytes])), env);

const contentOf = (files: ReadonlyMap<string, StoredFile>, spool: TemporaryFile) => ({
  each(path: string, limit: number, take: (chunk: Uint8Array) => void): number {
    const file = files.get(path);
    if (!file) throw new Error('it is not there');
    if (file.bytes > limit) throw new Error(`it has more than ${limit} bytes`);
    return spool.each(file.id, take);
  },
});
