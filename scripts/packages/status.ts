/** Whether the bytes of versions are kept, and are what their files record. */
import { defined } from '../core/defined.ts';
import type { Miniapp } from '../core/model.ts';
import { newestFirst } from '../core/version.ts';
import type { Package } from '../project/digest.ts';
import { DeniedError, isUsable, StoreError, type HeldPackage, type PackageStore, type Unusable } from './store.ts';
import { keyOf, type VersionId } from './version-id.ts';

export type StorageStatus = 'stored' | 'missing' | 'differs' | 'unrecorded';

export interface PackageStatus extends VersionId {
  readonly status: StorageStatus;
  /** What is recorded. */
  readonly recorded?: Package;
  /** Where it stands, where it stands somewhere. */
  readonly store?: PackageStore['kind'];
  readonly ref?: string;
  /** Whether it is only here, and not yet where everybody gets it. */
  readonly isOnlyHere?: true;
  /** Whether the store says that it has it, and its bytes were not read to prove it. */
  readonly isUnproven?: true;
  /** Whether it is missing only as far as is known: the store, or this one package in it, could not be read. */
  readonly isUnread?: true;
  /** How it differs. */
  readonly why?: string;
  /** The digest of what is there instead, where that is a package. */
  readonly found?: string;
}

/** Whether it is wrong that it stands so: other bytes always, missing ones where they are required and known to be missing. */
export const isWrong = ({ status, isUnread }: PackageStatus, isRequired: boolean): boolean =>
  status === 'differs' || (status === 'missing' && isRequired && isUnread !== true);

export interface Statuses {
  readonly packages: readonly PackageStatus[];
  /** Why the store, or a package in it, could not be read, if so. */
  readonly unasked?: string;
  /** Whether that is because it lets nobody look who has no credentials, or others. */
  readonly isDenied?: true;
}

export interface Stores {
  /** Where everybody gets packages; undefined where that is here. */
  readonly store?: PackageStore;
  readonly here: PackageStore;
}

/** What differs between what is recorded and what bytes are; undefined where nothing does. */
export function differenceOf(recorded: Package, found: Package): string | undefined {
  const fields = (['sha256', 'bytes', 'files'] as const).filter((field) => recorded[field] !== found[field]);
  return fields.length === 0
    ? undefined
    : fields.map((field) => `${field} is recorded as ${recorded[field]}, and is ${found[field]}`).join('; ');
}

/** The recorded versions of miniapps, newest first. */
export const versionsOf = (miniapps: Iterable<Miniapp>): (VersionId & { readonly recorded?: Package })[] =>
  [...miniapps].flatMap(({ id, versions }) =>
    newestFirst(versions.keys()).map((version) => {
      const recorded = versions.get(version)?.package;
      return { miniapp: id, version, ...defined({ recorded }) };
    }),
  );

/**
 * How it stands with these versions. `isProven`: whether every package is read, also those that must be fetched for it; else what is
 * not here is taken for what it says it is.
 */
export async function statusesOf(
  versions: readonly (VersionId & { readonly recorded?: Package })[],
  { store, here }: Stores,
  isProven: boolean,
  onBytes?: (bytes: number) => void,
): Promise<Statuses> {
  const wanted = versions.filter(({ recorded }) => recorded !== undefined);
  let there: ReadonlyMap<string, HeldPackage> = new Map();
  let proofs: ReadonlyMap<string, Package | Unusable> = new Map();
  let unasked: string | undefined;
  let isDown = false;
  let isDenied = false;
  if (store) {
    try {
      there = await store.find(wanted);
      const byKey = new Map(wanted.map((one) => [keyOf(one), one]));
      const held = [...there].map(([key, one]) => ({ ...byKey.get(key), ...one }));
      proofs = isProven ? await store.prove(held, onBytes) : store.proveHere(held, onBytes);
      unasked = [...proofs.values()].flatMap((one) => ('why' in one && one.why !== undefined ? [one.why] : []))[0];
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      there = new Map();
      unasked = error.message;
      isDown = true;
      isDenied = error instanceof DeniedError;
    }
  }
  const own = await here.find(wanted);
  proofs = new Map([
    ...proofs,
    ...here.proveHere(
      [...own.values()].filter(({ id }) => !there.has(keyOf(id))),
      onBytes,
    ),
  ]);
  const packages = versions.map((version): PackageStatus => {
    const { miniapp, version: number, recorded } = version;
    const id = { miniapp, version: number };
    if (!recorded) return { ...id, status: 'unrecorded' };
    const key = keyOf(id);
    const held = there.get(key) ?? own.get(key);
    if (!held)
      return { ...id, status: 'missing', recorded, ...defined({ isUnread: isDown ? (true as const) : undefined }) };
    const isThere = there.has(key);
    const kept = {
      ...id,
      recorded,
      store: isThere ? store!.kind : here.kind,
      ref: held.ref,
      ...defined({ isOnlyHere: store && !isThere ? (true as const) : undefined }),
    };
    const proof = proofs.get(key) ?? { isAbsent: true };
    if (!isUsable(proof)) {
      if ('refused' in proof) return { ...kept, status: 'differs', why: proof.refused };
      // What was not fetched is there as far as is known.
      if (isThere && !isProven) return { ...kept, status: 'stored', isUnproven: true };
      return {
        ...kept,
        status: 'missing',
        ...defined({ isUnread: proof.why === undefined ? undefined : (true as const) }),
      };
    }
    const why = differenceOf(recorded, proof);
    return why === undefined ? { ...kept, status: 'stored' } : { ...kept, status: 'differs', why, found: proof.sha256 };
  });
  return { packages, ...defined({ unasked, isDenied: isDenied || undefined }) };
}
