/** What code calls or loads, and where it says so. */
import type { Api } from './value.ts';

export interface Use {
  readonly api: Api;
  /** The origin, or the name of a cloud API. */
  readonly what: string;
  /** From the project's folder. */
  readonly file: string;
  /** UTF-16 units from the start of the file. */
  readonly offset: number;
}

/** A call whose address only shows when it runs. */
export type Unresolved = Omit<Use, 'what'>;

export interface Uses {
  readonly uses: Use[];
  readonly unresolved: Unresolved[];
}

/** From 1, in UTF-16 units, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface LocatedUses {
  readonly uses: readonly (Use & Position)[];
  readonly unresolved: readonly (Unresolved & Position)[];
}
