/**
 * What portal.yml has to agree on before it builds: prints `name=value` lines for GITHUB_OUTPUT. One commit and one moment for all
 * parts, so that what they share is equal; the path of the address in platform.yaml; and into how many parts the miniapps go.
 *   node scripts/portal/shards.ts [config]
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../core/errors.ts';
import { git } from '../git/process/location.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import { basePath } from './build.ts';

/** A part is a machine's work of some minutes; more than a few dozen machines at once wait for each other. */
const MINIAPPS_A_PART = 2000;
const MOST_PARTS = 64;

/** `1/3`, `2/3`, `3/3`: the parts of so many miniapps. */
export function partsOf(miniapps: number): string[] {
  const parts = Math.min(MOST_PARTS, Math.max(1, Math.ceil(miniapps / MINIAPPS_A_PART)));
  return Array.from({ length: parts }, (_, i) => `${i + 1}/${parts}`);
}

/** The path under which an address is served; `/` where there is no address. */
export function pathOf(url: string | undefined): string {
  if (url === undefined) return '/';
  if (!URL.canParse(url)) throw new EnvironmentError(`platform.yaml: portal.url is no address: ${url}`);
  return basePath(new URL(url).pathname);
}

/**
 * What the jobs of the portal's workflow share, as outputs by name: commit, moment, path of the portal, and its shards as JSON. Throws
 * EnvironmentError outside of a repository and for an address that is none.
 */
export async function planOf(config: string, now: Date): Promise<Readonly<Record<string, string>>> {
  const { workspace } = loadWorkingTree(config, { miniapps: [], kinds: new Set(['platform']) });
  const miniapps = join(config, 'miniapps');
  const folders = existsSync(miniapps) ? readdirSync(miniapps, { withFileTypes: true }) : [];
  return {
    revision: await git(config).commit('HEAD'),
    now: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    base: pathOf(workspace.platform.portal?.url),
    shards: JSON.stringify(partsOf(folders.filter((folder) => folder.isDirectory()).length)),
  };
}

if (import.meta.main) {
  const plan = await planOf(process.argv[2] ?? 'config', new Date());
  for (const [name, value] of Object.entries(plan)) console.log(`${name}=${value}`);
}
