/** Built portals for tests, in temporary folders. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Workspace } from '../../scripts/core/model.ts';
import { buildPortal } from '../../scripts/portal/build.ts';
import { diskSource } from '../../scripts/read/disk.ts';
import { load } from '../../scripts/read/load.ts';

export interface Built {
  readonly dir: string;
  /** The configuration as the reader has it, with its accounts. */
  readonly workspace: Workspace;
  /** Every file, relative to `dir`. */
  readonly files: readonly string[];
  text(file: string): string;
  json<T>(file: string): T;
  remove(): void;
}

export interface BuildOf {
  readonly config: string;
  readonly now: number;
  readonly base?: string;
  readonly shard?: string;
  /** Files of the configuration that stand otherwise. */
  readonly changes?: Readonly<Record<string, string>>;
}

/** Builds a configuration, with files changed, into a folder of its own. */
export async function built({ config, changes = {}, ...build }: BuildOf): Promise<Built> {
  const folder = mkdtempSync(join(tmpdir(), 'miniapp-portal-'));
  const own = join(folder, 'config');
  cpSync(config, own, { recursive: true });
  for (const [path, text] of Object.entries(changes)) {
    mkdirSync(dirname(join(own, path)), { recursive: true });
    writeFileSync(join(own, path), text);
  }
  const dir = join(folder, 'dist');
  await buildPortal({ config: own, out: dir, ...build });
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1));
  const text = (file: string) => readFileSync(join(dir, file), 'utf8');
  return {
    dir,
    workspace: load(diskSource(own)).workspace,
    files,
    text,
    json: (file) => JSON.parse(text(file)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
