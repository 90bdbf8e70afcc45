/** What a portal knows of the bytes of a version. */

import type { BytesLack } from '../by-bytes.ts';

export interface PortalPackage {
  /**
   * `listed`: the store says that it has it, and nobody read it; `here`: it is in the clone that the portal is built in. None where its
   * file records none, and where it is not here and the store was not asked.
   */
  readonly status?: 'stored' | 'listed' | 'here' | 'missing' | 'differs';
  /** What its next steps are refused for, or might be. */
  readonly lack?: BytesLack;
  /** What keeps it, and what it is called there; without where nothing does. */
  readonly store?: 'git' | 'oci';
  readonly ref?: string;
  /** What comes and goes, from the bytes themselves. */
  readonly compared?: {
    /** The version that it is compared with. */
    readonly with: string;
    readonly bytes: { readonly before: number; readonly after: number };
    /** How many files come, go and change. */
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    /** The first of them with their bytes; what comes has none before, what goes none after. */
    readonly files: readonly { readonly path: string; readonly before?: number; readonly after?: number }[];
  };
}
