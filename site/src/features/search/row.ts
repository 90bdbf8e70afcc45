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
  /** The regions of an app, each with its name. */
  regions?: readonly (readonly [id: string, name: string])[],
  /** What the links of an app begin with. */
  scheme?: string,
];

/** What is found inside a miniapp, the same in every language. */
export type SearchInside = readonly [
  versions: readonly string[],
  pages: readonly string[],
  /** The servers that it may call, and those that the code of what people can open names. */
  origins: readonly string[],
  /** Its members, and the apps in which somebody is answered by it: logins and ids, of which the rows have the names. */
  related: readonly string[],
];

/** The index of a language, as it is fetched. */
export interface SearchIndex {
  /** What a scanned link is read by. */
  readonly link: LinkTemplates;
  readonly rows: readonly SearchRow[];
}

/** Of each miniapp, by its id: fetched beside the index. */
export type SearchInsides = Readonly<Record<string, SearchInside>>;

/** Beside the index of each language. */
export const INSIDES = 'inside.json';

/** The id of the overview among the portal's pages, whose own address is empty. */
export const OVERVIEW = 'overview';
