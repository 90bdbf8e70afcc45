/** Packages in a registry of containers: a tag a version, which names a manifest with one layer, the zip of its files. */
import { createHash } from 'node:crypto';
import { packageDigest, type Package } from '../project/digest.ts';
import { inParallel } from './in-parallel.ts';
import { authorizer } from './oci/authorize.ts';
import { credentialsFor } from './oci/credentials.ts';
import { LIMITS, type HttpLimits } from './oci/http.ts';
import { bringLayer, pushLayer, type OpenedLayer } from './oci/layer.ts';
import { tagOf } from './oci/manifest.ts';
import { repositoryAt } from './oci/repository.ts';
import { isUsable, StoreError, type HeldPackage, type OpenPackage, type PackageStore, type Unusable } from './store.ts';
import { keyOf, type VersionId } from './version-id.ts';

export interface OciPlace {
  readonly registry: string;
  readonly repository: string;
  /** Whether it is spoken to without TLS. */
  readonly insecure?: boolean;
}

export interface OciStoreOptions extends OciPlace {
  readonly env: NodeJS.ProcessEnv;
  readonly limits?: HttpLimits;
}

/** Questions at once, and packages: each of those is a file on disk while it is read. */
const [QUESTIONS, PACKAGES] = [8, 4];

/** What people call Docker's own registry is not where it is. */
const HOSTS: Readonly<Record<string, string>> = {
  'docker.io': 'registry-1.docker.io',
  'index.docker.io': 'registry-1.docker.io',
};

export interface Put {
  readonly id: VersionId;
  readonly files: OpenPackage;
  /** Of the package, which was proven. */
  readonly sha256: string;
  /** Whether other bytes that stand there under this version may go: asked where there are some, again after the bytes went there. May throw. */
  readonly mayReplace: () => boolean | Promise<boolean>;
}

export interface OciStore extends PackageStore {
  /** Brings a package there. Throws StoreError where the registry does not take it. */
  put(wanted: Put): Promise<{ readonly outcome: 'kept' | 'there' | 'other'; readonly ref: string }>;
}

/**
 * A store over the OCI distribution API. `registry`: host and port; `insecure`: by http. Its functions throw StoreError, DeniedError
 * where the registry lets nobody in without other credentials.
 */
export function ociStore({ registry, repository, insecure, env, limits = LIMITS }: OciStoreOptions): OciStore {
  const where = `${registry}/${repository}`;
  const address = `${insecure === true ? 'http' : 'https'}://${HOSTS[registry] ?? registry}`;
  // A port above 65535 or four numbers that are no address look like a host; whoever wrote so must not stop those who ask.
  const isAddress = URL.canParse(address);
  const origin = isAddress ? new URL(address).origin : address;
  const credentials = () => credentialsFor(registry, env);
  const there = repositoryAt({ origin, repository }, authorizer({ registry, origin, credentials, limits }), limits);
  const opened = new Map<string, OpenedLayer>();

  const held = async (id: VersionId): Promise<HeldPackage | undefined> => {
    if (!isAddress)
      throw new StoreError(`"${registry}" (packages.oci.registry in platform.yaml) is no address of a registry`);
    const object = await there.resolve(tagOf(id));
    return object === undefined ? undefined : { id, ref: `${where}:${tagOf(id)}`, object };
  };

  const open = async (one: HeldPackage): Promise<OpenedLayer> => {
    const key = `${keyOf(one.id)} ${one.object}`;
    const before = opened.get(key);
    if (before) return before;
    const made = await bringLayer(there, one);
    opened.set(key, made);
    return made;
  };

  const release = () => {
    for (const one of opened.values()) one.close();
    opened.clear();
  };

  return {
    kind: 'oci',
    where,
    async find(wanted) {
      const found = await inParallel(wanted, QUESTIONS, held);
      return new Map(found.flatMap((one) => (one ? [[keyOf(one.id), one] as const] : [])));
    },
    async prove(all, onBytes = () => {}) {
      if (all.length === 1) return new Map([[keyOf(all[0]!.id), provenIn(await open(all[0]!), onBytes)]]);
      const proofs = await inParallel(all, PACKAGES, async (one) => {
        const key = keyOf(one.id);
        try {
          const made = await bringLayer(there, one);
          try {
            return [key, provenIn(made, onBytes)] as const;
          } finally {
            made.close();
          }
        } catch (error) {
          // One of many that cannot be read leaves the others.
          if (!(error instanceof StoreError)) throw error;
          return [key, { isAbsent: true, why: error.message }] as const;
        }
      });
      return new Map(proofs);
    },
    // Nothing of it is here.
    proveHere: () => new Map(),
    open: async (one) => (await open(one)).found,
    async put({ id, files, sha256, mayReplace }) {
      const ref = `${where}:${tagOf(id)}`;
      let known: string | undefined;
      /** What of it stands in the way: undefined for nothing, and for others that may go. */
      const obstacle = async (): Promise<'there' | 'other' | undefined> => {
        const one = await held(id);
        if (one === undefined) return undefined;
        if (one.object !== known) {
          const { found, close } = await bringLayer(there, one);
          const isSame = isUsable(found) && packageIn(found).sha256 === sha256;
          close();
          if (isSame) return 'there';
          known = one.object;
        }
        return (await mayReplace()) ? undefined : 'other';
      };
      const before = await obstacle();
      if (before !== undefined) return { outcome: before, ref };
      let outcome: 'kept' | 'there' | 'other' = 'kept';
      await pushLayer(there, { id, files, sha256 }, async () => {
        // Sending took its time, in which somebody else may have kept others.
        outcome = (await obstacle()) ?? 'kept';
        return outcome === 'kept';
      });
      return { outcome, ref };
    },
    release,
    close: release,
  };
}

const provenIn = ({ found }: OpenedLayer, onBytes: (bytes: number) => void): Package | Unusable =>
  isUsable(found) ? packageIn(found, onBytes) : found;

/** What the files are. */
function packageIn({ files, content }: OpenPackage, onBytes: (bytes: number) => void = () => {}): Package {
  let total = 0;
  const lines = [...files.values()].map(({ path, bytes }) => {
    const hash = createHash('sha256');
    content.each(path, bytes, (piece) => hash.update(piece));
    onBytes(bytes);
    total += bytes;
    return { path: Buffer.from(path), sha256: hash.digest('hex') };
  });
  return { sha256: packageDigest(lines), bytes: total, files: lines.length };
}
