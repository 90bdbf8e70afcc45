/** A package whose bytes are what was recorded, from wherever they are. */
import type { Package } from '../project/digest.ts';
import { differenceOf, type Stores } from './status.ts';
import { isUsable, StoreError, type HeldPackage, type OpenPackage, type PackageStore } from './store.ts';
import { bringCommand, keyOf, type VersionId } from './version-id.ts';

/** Why there is no proven package: in one sentence, and as a code that stays when its words change. */
export interface Unproven {
  readonly why: string;
  /** `package-unasked`: it is missing as far as is known, because a store could not be read. */
  readonly code: 'package-unrecorded' | 'package-missing' | 'package-differs' | 'package-refused' | 'package-unasked';
}

/** Whether a package was proven. */
export const isProven = (found: OpenPackage | Unproven): found is OpenPackage => !('why' in found);

/** Opens the first package that is proven to be the recorded one; else says why there is none. */
export async function provenPackage(
  id: VersionId,
  recorded: Package | undefined,
  stores: Stores,
): Promise<OpenPackage | Unproven> {
  const { version } = id;
  if (!recorded)
    return { code: 'package-unrecorded', why: `the file of ${version} records no package, so nothing can be proven` };
  let lack: Unproven = {
    code: 'package-missing',
    why: `the bytes of ${version} are not kept: ${bringCommand(id)} brings them`,
  };
  for (const store of [stores.store, stores.here]) {
    if (!store) continue;
    try {
      const held = (await store.find([id])).get(keyOf(id));
      if (!held) continue;
      const open = await provenIn(store, held, recorded);
      if (isProven(open)) return open;
      lack = open;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      lack = { code: 'package-unasked', why: error.message };
    }
  }
  return lack;
}

/** Opens the package of a store and verifies it: gives it if its digest is the recorded one, else says why not. Throws StoreError. */
export async function provenIn(
  store: PackageStore,
  held: HeldPackage,
  recorded: Package,
): Promise<OpenPackage | Unproven> {
  const unlike = await unlikeRecorded(store, held, recorded);
  if (unlike !== undefined) return unlike;
  const open = await store.open(held);
  return isUsable(open)
    ? open
    : { code: 'package-missing', why: `the bytes of ${held.id.version} are not in ${store.where} any more` };
}

/** Why what a store holds is not what is recorded; undefined where it is. Throws StoreError. */
export async function unlikeRecorded(
  store: PackageStore,
  held: HeldPackage,
  recorded: Package,
): Promise<Unproven | undefined> {
  const { id } = held;
  const unlike = (code: Unproven['code'], difference: string): Unproven => ({
    code,
    why: `the bytes of ${id.version} in ${store.where} are not what is recorded: ${difference}`,
  });
  const proof = (await store.prove([held])).get(keyOf(id)) ?? { isAbsent: true };
  if (isUsable(proof)) {
    const difference = differenceOf(recorded, proof);
    return difference === undefined ? undefined : unlike('package-differs', difference);
  }
  if ('refused' in proof) return unlike('package-refused', proof.refused);
  return proof.why === undefined
    ? unlike('package-missing', 'not all of it is there')
    : { code: 'package-unasked', why: proof.why };
}
