/**
 * Built portals for tests. One that was built of the same files by the same code is taken again, also in the next run: a
 * build takes seconds, and most runs change nothing that a portal is made of.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Workspace } from '../../scripts/core/model.ts';
import { buildPortal } from '../../scripts/portal/build.ts';
import { diskSource } from '../../scripts/read/disk.ts';
import { load } from '../../scripts/read/load.ts';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/miniapp-test-portals');
/** More than the tests of one run need. */
const KEPT = 16;

export interface Built {
  readonly dir: string;
  /** The configuration as the reader has it, with its accounts. */
  readonly workspace: Workspace;
  /** Every file, relative to `dir`. */
  readonly files: readonly string[];
  text(file: string): string;
  json<T>(file: string): T;
}

export interface BuildOf {
  readonly config: string;
  readonly now: number;
  readonly base?: string;
  readonly shard?: string;
  readonly renderers?: number;
  /** Files of the configuration that stand otherwise; `null` takes a file or a folder away. */
  readonly changes?: Readonly<Record<string, string | null>>;
}

/** A built configuration, with files changed. `fresh` builds it again whatever there is. */
export async function built(of: BuildOf, { fresh = false } = {}): Promise<Built> {
  const folder = join(CACHE, keyOf(of));
  if (fresh) return look(await build(of));
  if (!existsSync(folder)) {
    const made = await build(of);
    // Somebody else may have been as fast.
    if (existsSync(folder)) rmSync(made, { recursive: true });
    else renameSync(made, folder);
    forget();
  }
  utimesSync(folder, new Date(), new Date());
  return look(folder);
}

const temporary: string[] = [];
process.on('exit', () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function build({ config, changes = {}, ...options }: BuildOf): Promise<string> {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'new-'));
  temporary.push(folder);
  const own = join(folder, 'config');
  cpSync(config, own, { recursive: true });
  for (const [path, text] of Object.entries(changes)) {
    const file = join(own, path);
    rmSync(file, { recursive: true, force: true });
    if (text === null) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  await buildPortal({ config: own, out: join(folder, 'dist'), ...options });
  return folder;
}

function look(folder: string): Built {
  const dir = join(folder, 'dist');
  const text = (file: string) => readFileSync(join(dir, file), 'utf8');
  return {
    dir,
    workspace: load(diskSource(join(folder, 'config'))).workspace,
    files: filesBelow(dir),
    text,
    json: (file) => JSON.parse(text(file)),
  };
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** Of everything that a portal is made of: the code, its packages, the configuration and the options. */
function keyOf({ config, ...options }: BuildOf): string {
  const hash = createHash('sha256').update(JSON.stringify([process.version, options]));
  const code = ['site', 'scripts/core', 'scripts/read', 'scripts/portal'].map((name) => join(ROOT, name));
  for (const folder of [...code, config]) {
    const isCode = folder !== config;
    for (const file of filesBelow(folder).sort()) {
      const isTest = isCode && /(?:^|\/)(?:tests|\.astro)\/|\.test\.ts$/.test(file);
      if (!isTest)
        hash
          .update(`${file}\0`)
          .update(readFileSync(join(folder, file)))
          .update('\0');
    }
  }
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json'])
    hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 32);
}

/** Leaves those that were used last. */
function forget(): void {
  const byUse = readdirSync(CACHE)
    .filter((name) => !name.startsWith('new-'))
    .map((name) => ({ name, used: statSync(join(CACHE, name)).mtimeMs }))
    .sort((a, b) => b.used - a.used);
  for (const { name } of byUse.slice(KEPT)) rmSync(join(CACHE, name), { recursive: true, force: true });
}
