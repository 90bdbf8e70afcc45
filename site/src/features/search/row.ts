/** A row of the search index, as one end writes it and the browser reads it. */

import type { LinkTemplates } from '#core/resolution/miniapp-link.ts';

/** What is found, in the order in which equals stand. */
export const FOUND_KINDS = ['section', 'miniapp', 'app', 'person', 'symptom', 'rule', 'commit'] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

/** A row of the index: an array, as names of fields would be most of ten thousand rows. */
export type SearchRow = readonly [
  kind: number,
  /** The id, login or code. */
  id: string,
  title: string,
  /** Other texts that it is found by. */
  text: string,
  /** The versions and the pages of a miniapp. */
  versions?: readonly string[],
  pages?: readonly string[],
  /** The servers that a miniapp may call, and those that the code of what people can open names. */
  origins?: readonly string[],
  /** The regions of an app, each with its name. */
  regions?: readonly (readonly [id: string, name: string])[],
  /** What the links of an app begin with. */
  scheme?: string,
];

/** The index, as it is fetched. */
export interface SearchIndex {
  /** What a scanned link is read by. */
  readonly link: LinkTemplates;
  readonly rows: readonly SearchRow[];
}

/** The id of the overview among the portal's pages, whose own address is empty. */
export const OVERVIEW = 'overview';
