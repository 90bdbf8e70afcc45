/** What code calls or loads, and where it says so. */
import type { Api } from './known/apis.ts';

/**
 * How an address was found: written out at the call, put together there, by following names to where it is written, or from what
 * sets up a client.
 */
export const WAYS = ['literal', 'template', 'followed', 'configuration'] as const;
export type Way = (typeof WAYS)[number];

export interface Use {
  readonly api: Api;
  /** The origin, or the name of a cloud API. */
  readonly what: string;
  readonly how: Way;
  /** From the project's folder. */
  readonly file: string;
  /** UTF-16 units from the start of the file. */
  readonly offset: number;
}

/** A call whose address only shows when it runs. */
export interface Unresolved extends Omit<Use, 'what' | 'how'> {
  /** Whether it is an element that shows something, not a call. */
  readonly isShown: boolean;
}

/** A call of one of the vendor's functions whose name only shows when it runs. */
export type Unnamed = Pick<Use, 'file' | 'offset'>;

export interface Uses {
  readonly uses: Use[];
  /** Images, sounds and sockets that data names: loaded or opened where nothing else shows that the code does so from there. */
  readonly mentioned: Use[];
  readonly unresolved: Unresolved[];
  readonly unnamed: Unnamed[];
  /** The vendor's functions that are called. */
  readonly apis: Set<string>;
}

/** From 1, in UTF-16 units, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface LocatedUses {
  readonly uses: readonly (Use & Position)[];
  readonly unresolved: readonly (Unresolved & Position)[];
  readonly unnamed: readonly (Unnamed & Position)[];
  /** The vendor's functions that are called, sorted. */
  readonly apis: readonly string[];
}
