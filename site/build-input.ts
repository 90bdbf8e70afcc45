/** What a build is made from: the only place where the portal reads the environment. */

import { defined } from '../scripts/core/defined.ts';
import { shardsIn, type Shard } from '../scripts/core/shard.ts';

export interface BuildInput {
  /** The configuration's folder. */
  readonly configDir: string;
  /** The moment that the pages describe, in milliseconds since 1970. */
  readonly now: number;
  /** The path that the portal is served under, with a slash at both ends. */
  readonly base: string;
  /** Where the compiled pages are (compile.ts): those of the server, and the files for browsers. */
  readonly compiledDir: string;
  /** Where Astro and Vite keep what they work with. */
  readonly cacheDir: string;
  /** Where all of it stands in the end. Without it this is no build, but `astro dev`. */
  readonly finalDir?: string;
  /** Whether the configuration comes from standard input, read and checked, instead of from its folder. */
  readonly isGiven: boolean;
  /** Which parts of the miniapps get their pages. */
  readonly shards: readonly Shard[];
  /** Whether the files of these miniapps are all that is made: another renderer makes the rest. */
  readonly isOnlyMiniapps: boolean;
}

/** The input in the variables that the portal command sets; what is missing gets a value that suits `astro dev`. */
export function buildInput(env: Readonly<Record<string, string | undefined>>): BuildInput {
  const finalDir = env['MINIAPP_FINAL_DIR'];
  return {
    ...defined({ finalDir }),
    isOnlyMiniapps: env['MINIAPP_ONLY_MINIAPPS'] === '1',
    isGiven: env['MINIAPP_GIVEN'] === '1',
    shards: shardsIn(env['MINIAPP_SHARDS'] ?? '1/1'),
    configDir: env['MINIAPP_CONFIG_DIR'] ?? 'config',
    now: Number(env['MINIAPP_NOW'] ?? Date.now()),
    base: env['MINIAPP_BASE'] ?? '/',
    cacheDir: env['MINIAPP_CACHE_DIR'] ?? '../node_modules/.cache',
    compiledDir: env['MINIAPP_COMPILED_DIR'] ?? '../node_modules/.cache/miniapp-portal/dev',
  };
}
