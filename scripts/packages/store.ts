/** Where the bytes of versions are kept, whatever keeps them. */
import { EnvironmentError } from '../core/errors.ts';
import type { Content } from '../project/content.ts';
import type { Package } from '../project/digest.ts';
import type { Tree } from '../project/tree.ts';
import type { VersionId } from './version-id.ts';

/** The store could not be asked, or does not answer as it should: what it holds is not known. */
export class StoreError extends EnvironmentError {}

/** The store does not let whoever asks look: a private one, asked without credentials or with others'. */
export class DeniedError extends StoreError {}

/** A package that is there, not looked into yet. */
export interface HeldPackage {
  readonly id: VersionId;
  /** What it is called there. */
  readonly ref: string;
  /** What stands there now: the commit, or the digest of a manifest. */
  readonly object: string;
  /** What its version's file records, where whoever asks knows. */
  readonly recorded?: Package;
}

/** Why what is there is no package. */
export type Unusable =
  | { readonly refused: string }
  /** `why`: it could not be read, whatever it is. */
  | { readonly isAbsent: true; readonly why?: string };

export interface OpenPackage {
  readonly files: Tree;
  readonly content: Content;
}

export interface PackageStore {
  readonly kind: 'git' | 'oci';
  /** As sentences call it. */
  readonly where: string;
  /** What it holds of these versions, by their keys. Throws StoreError. */
  find(wanted: readonly VersionId[]): Promise<ReadonlyMap<string, HeldPackage>>;
  /** What each is, from its bytes, by the keys of the versions. Throws StoreError. */
  prove(
    held: readonly HeldPackage[],
    onBytes?: (bytes: number) => void,
  ): Promise<ReadonlyMap<string, Package | Unusable>>;
  /** What each is as far as its bytes are on this machine already. */
  proveHere(held: readonly HeldPackage[], onBytes?: (bytes: number) => void): ReadonlyMap<string, Package | Unusable>;
  /** The files of one; its content can be read until it is released, or the store is closed. Throws StoreError. */
  open(held: HeldPackage): Promise<OpenPackage | Unusable>;
  /** Closes what was opened; what was brought here stays for the next. */
  release(): void;
  /** Takes away what it put on this machine. */
  close(): void;
}

/** Whether what was found is a package, and not the reason why it is none. */
export const isUsable = <T extends object>(found: T | Unusable): found is T =>
  !('refused' in found) && !('isAbsent' in found);
