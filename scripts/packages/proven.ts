/** A package whose bytes are what was recorded, from wherever they are. */
import type { Package } from '../project/digest.ts';
import { differenceOf, type Stores } from './status.ts';
import { isUsable, StoreError, type HeldPackage, type OpenPackage, type PackageStore } from './store.ts';
import { bringCommand, keyOf, type VersionId } from './version-id.ts';

/** Opens the first package that is proven to be the recorded one; else a sentence that says why there is none. */
export async function provenPackage(
  id: VersionId,
  recorded: Package | undefined,
  stores: Stores,
): Promise<OpenPackage | string> {
  const { version } = id;
  if (!recorded) return `the file of ${version} records no package, so nothing can be proven`;
  let why = `the bytes of ${version} are not kept: ${bringCommand(id)} brings them`;
  for (const store of [stores.store, stores.here]) {
    if (!store) continue;
    try {
      const held = (await store.find([id])).get(keyOf(id));
      if (!held) continue;
      const open = await provenIn(store, held, recorded);
      if (typeof open !== 'string') return open;
      why = open;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      why = error.message;
    }
  }
  return why;
}

/** Opens the package of a store and verifies it: gives it if its digest is the recorded one, else a sentence. Throws StoreError. */
export async function provenIn(
  store: PackageStore,
  held: HeldPackage,
  recorded: Package,
): Promise<OpenPackage | string> {
  const unlike = await unlikeRecorded(store, held, recorded);
  if (unlike !== undefined) return unlike;
  const open = await store.open(held);
  return isUsable(open) ? open : `the bytes of ${held.id.version} are not in ${store.where} any more`;
}

/** Why what a store holds is not what is recorded, as a sentence; undefined where it is. Throws StoreError. */
export async function unlikeRecorded(
  store: PackageStore,
  held: HeldPackage,
  recorded: Package,
): Promise<string | undefined> {
  const { id } = held;
  const proof = (await store.prove([held])).get(keyOf(id)) ?? { isAbsent: true };
  const difference = isUsable(proof)
    ? differenceOf(recorded, proof)
    : 'refused' in proof
      ? proof.refused
      : 'not all of it is there';
  return difference === undefined
    ? undefined
    : `the bytes of ${id.version} in ${store.where} are not what is recorded: ${difference}`;
}
