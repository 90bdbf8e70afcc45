/**
 * What was derived from packages, by the objects that hold them. A commit and a manifest are named by the digest of what they hold, so
 * one name gives one result for as long as the program that reads stays the same, which is as long as it runs. Where an object stands, and
 * whether it still does, is asked anew each time.
 */
import type { Package } from '../project/digest.ts';
import type { Facts } from '../project/facts.ts';
import type { PackageComparison } from './comparison.ts';
import { StoreError, type HeldPackage, type PackageStore, type Unusable } from './store.ts';
import { keyOf } from './version-id.ts';

export interface DerivedCache {
  /** What an object is: a package, or why it is none. That it was not there is no property of it, and is not remembered. */
  readonly proofs: Map<string, Package | Extract<Unusable, { readonly refused: string }>>;
  /** What a package gives, or why it gives nothing. */
  readonly facts: Map<string, Facts | string>;
  readonly comparisons: Map<string, PackageComparison>;
  /** Why a store gave no answer, after it was waited for, by what sentences call it. */
  readonly silent: Map<string, StoreError>;
}

/** Empty; one for each run. */
export const nothingDerived = (): DerivedCache => ({
  proofs: new Map(),
  facts: new Map(),
  comparisons: new Map(),
  silent: new Map(),
});

/** The name of what was derived from an object for a version: some of it is only right for that one. */
export const derivedKey = ({ id, object }: HeldPackage): string => `${object} ${keyOf(id)}`;

/** Milliseconds after which a store that gives no answer is not asked again: others wait, for a minute or more each time. */
const PATIENCE = 5_000;

/** The same store, which reads no object again to prove it, and is not waited for again where it was silent. */
export function remembering(
  store: PackageStore,
  { proofs, silent }: Pick<DerivedCache, 'proofs' | 'silent'>,
): PackageStore {
  return {
    ...store,
    async find(wanted) {
      const before = silent.get(store.where);
      if (before) throw before;
      const began = performance.now();
      try {
        return await store.find(wanted);
      } catch (error) {
        if (error instanceof StoreError && performance.now() - began > PATIENCE) silent.set(store.where, error);
        throw error;
      }
    },
    async prove(held, onBytes) {
      const unknown = held.filter((one) => !proofs.has(derivedKey(one)));
      const found = new Map(unknown.length > 0 ? await store.prove(unknown, onBytes) : []);
      for (const one of held) {
        const key = derivedKey(one);
        const proof = found.get(keyOf(one.id));
        const known = proofs.get(key);
        if (known) found.set(keyOf(one.id), known);
        else if (proof && !('isAbsent' in proof)) proofs.set(key, proof);
      }
      return found;
    },
  };
}
