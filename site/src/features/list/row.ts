/** A row of the list, the same for the build and in the browser. Pure. */

/** The states that the list can be filtered by, those first that people ask for most. */
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
  /** As it stands in the miniapp; empty for none. */
  readonly category: string;
  /** What people read instead. */
  readonly categoryName: string;
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

/** The text that the search uses, in lower case: the names in every language, the id, the category and its name. */
export const searchText = ({ name, otherNames, id, category, categoryName }: ListRow): string =>
  `${name} ${otherNames} ${id} ${category} ${categoryName}`.toLowerCase();

/** Below the portal's root. The name is reserved, so that no file of the configuration takes the place of a page. */
export const avatarFile = (id: string, ending: string): string => `miniapps/${id}/avatar.${ending}`;
