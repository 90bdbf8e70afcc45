/** What a migration is: a function from a configuration to the files that it writes anew. */
import type { Loaded } from '../../read/load.ts';

/** A configuration as it stands. */
export interface MigrationInput extends Loaded {
  /** The text of any file; undefined where there is none. */
  readonly text: (path: string) => string | undefined;
}

export interface Migration {
  readonly id: string;
  /** What has another form, and since when: for the person who merges it. */
  readonly why: string;
  /** The files that change, by path below the configuration, with their comments kept. Nothing where all have the new form. */
  readonly edits: (given: MigrationInput) => ReadonlyMap<string, string>;
}
