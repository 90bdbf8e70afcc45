/** What a project may have at most. Packages and pages: as `schemas/version.schema.json` has them; the rest keeps reading bounded. */
export const LIMITS = {
  /** Files and bytes of a package. */
  files: 100_000,
  bytes: 1024 ** 3,
  /** Names in all folders that are looked into, ignored ones included. */
  entries: 300_000,
  depth: 64,
  pages: 2000,
  origins: 1000,
  apis: 1000,
  /** Places that call or load something. */
  uses: 50_000,
  kits: 50,
  /** Bytes of a configuration file: the largest found in public projects, an app.json of a gallery, has some ten thousand. */
  json: 4 * 1024 ** 2,
  /** Bytes of a file that is searched for addresses, and of all of them: bundles as Ray builds them have two million. */
  source: 8 * 1024 ** 2,
  sources: 64 * 1024 ** 2,
} as const;
