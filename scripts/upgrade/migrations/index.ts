/**
 * Migrations: files of a configuration whose form changed, brought from what an older tool wrote to what this one writes. A newer tool
 * reads the older form all the same, so a platform may take its time; and version files are never migrated, since what an
 * uploaded version is never changes.
 */
import { identify } from '../../core/paths.ts';
import type { MigrationInput, Migration } from './migration.ts';
import { readmeOfExample } from './readme-of-example.ts';

export type { MigrationInput, Migration } from './migration.ts';

/** Oldest first: each sees what those before it made. */
export const migrations: readonly Migration[] = [readmeOfExample];

export interface MigrationResult {
  readonly applied: readonly Migration[];
  readonly files: ReadonlyMap<string, string>;
}

/** What all of them make of a configuration. `loadWith`: the configuration with these files otherwise. Throws for one that breaks the rules above. */
export function migrate(
  loadWith: (files: ReadonlyMap<string, string>) => MigrationInput,
  all: readonly Migration[] = migrations,
): MigrationResult {
  const files = new Map<string, string>();
  const applied: Migration[] = [];
  for (const migration of all) {
    const given = loadWith(files);
    const edits = [...migration.edits(given)].filter(([path, text]) => given.text(path) !== text);
    const wrong = edits.find(([path]) => [undefined, 'version'].includes(identify(path)?.kind));
    if (wrong) throw new Error(`the migration ${migration.id} may not touch ${wrong[0]}`);
    if (edits.length === 0) continue;
    applied.push(migration);
    for (const [path, text] of edits) files.set(path, text);
  }
  return { applied, files };
}
