/** A row of the list, as the pages are made of it and the browser has it. Pure. */

/** What a miniapp can be filtered by, in the order in which people ask for it. */
export const STATES = [
  'online',
  'disabled',
  'offline',
  'experience',
  'pending',
  'approved',
  'rollout',
  'rejected',
] as const;
export type ListState = (typeof STATES)[number];

export interface ListRow {
  readonly id: string;
  readonly type: 'smart' | 'panel';
  readonly name: string;
  readonly category: string;
  readonly avatar?: string;
  readonly online?: { readonly version: string; readonly enabled: boolean };
  readonly experience?: string;
  readonly pending?: string;
  readonly states: readonly ListState[];
  /** The apps that it is delivered to; a panel, to every one. */
  readonly apps: readonly string[];
  /** The names in the other languages. */
  readonly otherNames: string;
}

/** What the search looks in, in lower case: the names in every language, the id, the category. */
export const searchText = ({ name, otherNames, id, category }: ListRow): string =>
  `${name} ${otherNames} ${id} ${category}`.toLowerCase();

/** Below the portal's root: a name of its own, so that no file of the configuration can take a page's place. */
export const avatarFile = (id: string, ending: string): string => `miniapps/${id}/avatar.${ending}`;
