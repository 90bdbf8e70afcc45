/** Whether the bytes of versions are kept, and are what their files record. */
import { defined } from '../core/defined.ts';
import type { Miniapp, Platform } from '../core/model.ts';
import type { BytesLack } from '../core/by-bytes.ts';
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

/** Whether a platform refuses what has no bytes. */
export const isRequiring = ({ packages }: Platform): boolean => packages?.required === true;

interface LackScope {
  /** Whether the store was asked, and answered. */
  readonly isKnown: boolean;
  readonly isRequired: boolean;
  /** Whether a version came before the platform judged by bytes. */
  readonly isOlder: (id: VersionId) => boolean;
}

/** What the judging of the version's next steps would find, on a platform that judges by bytes. */
export function lackOf(one: PackageStatus, { isKnown, isRequired, isOlder }: LackScope): BytesLack | undefined {
  const { status, isUnread, isOnlyHere } = one;
  // What is only here the store lacks, whatever it is.
  const isThere = (status === 'stored' || status === 'differs') && isOnlyHere !== true;
  if (isKnown && isThere) return status === 'differs' ? status : undefined;
  if (!isRequired || isOlder(one)) return undefined;
  if (status === 'unrecorded') return status;
  return isKnown && isUnread !== true ? 'missing' : 'unasked';
}

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

/** A version, and what its file records of its bytes. */
type RecordedVersion = VersionId & { readonly recorded?: Package };

/** The recorded versions of miniapps, newest first. */
export const versionsOf = (miniapps: Iterable<Miniapp>): RecordedVersion[] =>
  [...miniapps].flatMap(({ id, versions }) =>
    newestFirst(versions.keys()).map((version) => {
      const recorded = versions.get(version)?.package;
      return { miniapp: id, version, ...defined({ recorded }) };
    }),
  );

/**
 * How it stands with these versions. `isProven`: whether every package is read, also those that must be fetched for it; else what is
 * not here is taken for what it says it is. `onBytes`: told how many were read.
 */
export async function statusesOf(
  versions: readonly RecordedVersion[],
  { store, here }: Stores,
  reading: ProofScope,
): Promise<Statuses> {
  const wanted = versions.filter(({ recorded }) => recorded !== undefined);
  const remote = store ? await askStore(store, wanted, reading) : NOTHING_THERE;
  const { there, unasked, isDenied } = remote;
  const own = await here.find(wanted);
  const besides = [...own.values()].filter(({ id }) => !there.has(keyOf(id)));
  const proofs = new Map([...remote.proofs, ...here.proveHere(besides, reading.onBytes)]);
  const packages = versions.map((version) =>
    statusOf(version, { ...remote, own, proofs, store, here, isProven: reading.isProven }),
  );
  return { packages, ...defined({ unasked, isDenied: isDenied || undefined }) };
}

interface ProofScope {
  readonly isProven: boolean;
  readonly onBytes?: (bytes: number) => void;
}

/** What a store says of versions. */
interface AskedStore {
  readonly there: ReadonlyMap<string, HeldPackage>;
  readonly proofs: ReadonlyMap<string, Package | Unusable>;
  /** Why it could not be asked for some, or for any. */
  readonly unasked?: string | undefined;
  /** Whether it could not be asked at all, and whether because it let nobody in. */
  readonly isDown: boolean;
  readonly isDenied: boolean;
}

const NOTHING_THERE: AskedStore = { there: new Map(), proofs: new Map(), isDown: false, isDenied: false };

async function askStore(
  store: PackageStore,
  wanted: readonly RecordedVersion[],
  reading: ProofScope,
): Promise<AskedStore> {
  const { isProven, onBytes } = reading;
  try {
    const there = await store.find(wanted);
    const byKey = new Map(wanted.map((one) => [keyOf(one), one]));
    const held = [...there].map(([key, one]) => ({ ...byKey.get(key), ...one }));
    const proofs = isProven ? await store.prove(held, onBytes) : store.proveHere(held, onBytes);
    const unasked = [...proofs.values()].flatMap((one) => ('why' in one && one.why !== undefined ? [one.why] : []))[0];
    return { there, proofs, unasked, isDown: false, isDenied: false };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { ...NOTHING_THERE, unasked: error.message, isDown: true, isDenied: error instanceof DeniedError };
  }
}

interface KnownPackages extends AskedStore {
  readonly store: PackageStore | undefined;
  readonly here: PackageStore;
  readonly own: ReadonlyMap<string, HeldPackage>;
  readonly isProven: boolean;
}

function statusOf({ miniapp, version, recorded }: RecordedVersion, known: KnownPackages): PackageStatus {
  const { there, own, proofs, store, here, isDown, isProven } = known;
  const id = { miniapp, version };
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
    const isUnread = proof.why === undefined ? undefined : (true as const);
    return { ...kept, status: 'missing', ...defined({ isUnread }) };
  }
  const why = differenceOf(recorded, proof);
  return why === undefined ? { ...kept, status: 'stored' } : { ...kept, status: 'differs', why, found: proof.sha256 };
}
