/** A package into the store, as the commit of whoever keeps the store: nobody's commit is copied, only bytes that were proven. */
import { defined } from '../core/defined.ts';
import { EnvironmentError } from '../core/errors.ts';
import { compareVersions } from '../core/version.ts';
import type { CommitIdentity } from '../git/commits/identity.ts';
import { fetchRefs } from '../git/commits/fetch.ts';
import { exchange, NetworkError } from '../git/process/network.ts';
import { nothingDerived, remembering, type DerivedCache } from './derived.ts';
import { emptyRepository, ownEnvironment, type RemoteRepository } from './commit-places.ts';
import { gitStore } from './git-store.ts';
import { importPackage } from './local-branch.ts';
import { isUsable, type HeldPackage, type PackageStore } from './store.ts';
import { packageBranch, keyOf } from './version-id.ts';

export interface Copy {
  readonly held: HeldPackage;
  readonly from: PackageStore;
  /** What its bytes are, as they were proven. */
  readonly sha256: string;
  /** Throws EnvironmentError where other bytes of the version may not go from the store; asked when there are some, right before. */
  mayReplace(): Promise<void>;
}

export interface CopyTarget {
  /** A folder inside a repository here, for the kind of its ids. */
  readonly folder: string;
  readonly remote: RemoteRepository;
  readonly where: string;
  readonly author: CommitIdentity;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What was derived before in the same run. */
  readonly derived?: DerivedCache;
}

/** Seconds that a push may take. */
const LONG = 900;

/**
 * Copies it where the store does not hold these bytes already; gives whether it did. What the store held under its name before is replaced,
 * where it may be. Throws EnvironmentError, and where somebody moved the branch meanwhile.
 */
export async function copyToGit(
  { held, from, sha256, mayReplace }: Copy,
  { folder, remote, where, author, now, derived = nothingDerived() }: CopyTarget,
): Promise<boolean> {
  const { id } = held;
  const branch = packageBranch.name(id);
  const store = remembering(gitStore({ folder, remote, where }), derived);
  const home = emptyRepository(folder);
  try {
    const isKept = async (object: string | undefined): Promise<boolean> => {
      if (object === undefined) return false;
      const proof = (await store.prove([{ id, ref: branch, object }])).get(keyOf(id));
      return proof !== undefined && isUsable(proof) && proof.sha256 === sha256;
    };
    const there = await storedVersions(folder, remote, id.miniapp);
    const before = there.get(branch);
    if (await isKept(before)) return false;
    const lower = [...there.keys()]
      .filter((name) => compareVersions(packageBranch.parse(name)!.version, id.version) < 0)
      .sort((a, b) => compareVersions(packageBranch.parse(b)!.version, packageBranch.parse(a)!.version))[0];
    const parent = lower === undefined ? undefined : there.get(lower)!;
    const env = ownEnvironment(home.path);
    const open = await from.open(held);
    if (!isUsable(open)) throw new EnvironmentError(`the bytes of ${id.version} are not there any more`);
    const gitEnv = { GIT_DIR: home.path };
    if (lower !== undefined)
      await fetchRefs(
        home.path,
        { ...remote, env: gitEnv, depth: 1 },
        [`+refs/heads/${lower}:refs/heads/${lower}`],
        LONG,
      );
    const commit = importPackage(home.path, {
      id,
      bytes: { ...open, sha256 },
      author,
      now,
      env,
      ...defined({ parent }),
    });
    if (before !== undefined) await mayReplace();
    const lease = `--force-with-lease=refs/heads/${branch}:${before ?? ''}`;
    const push = [
      'push',
      '--porcelain',
      '--no-follow-tags',
      '--no-verify',
      lease,
      remote.url,
      `${commit}:refs/heads/${branch}`,
    ];
    try {
      const { access, url: address } = remote;
      await exchange(home.path, push, { env: gitEnv, access, address, seconds: LONG });
    } catch (error) {
      // Another run may have kept the same bytes at the same time, in a commit of its own.
      const isMoved = error instanceof NetworkError && error.fault === 'moved';
      if (isMoved && (await isKept((await storedVersions(folder, remote, id.miniapp)).get(branch)))) return false;
      throw error;
    }
    return true;
  } finally {
    store.close();
    home.remove();
  }
}

/** The branches of a miniapp's packages, each with its commit. */
async function storedVersions(folder: string, { url, access }: RemoteRepository, miniapp: string) {
  const asked = ['ls-remote', '--heads', url, `refs/heads/packages/${miniapp}/*`];
  const lines = await exchange(folder, asked, { access, address: url });
  return new Map(
    lines.split('\n').flatMap((line) => {
      const [, commit, branch] = /^([0-9a-f]+)\trefs\/heads\/(\S+)$/.exec(line) ?? [];
      return commit !== undefined && branch !== undefined && packageBranch.parse(branch)
        ? [[branch, commit] as const]
        : [];
    }),
  );
}
