/** Builds the portal into a folder: all of it or nothing, and never over a folder that is not a portal. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../core/failure.ts';

/** The project itself: where its pages and its packages are, wherever the command runs. */
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** Started, never imported: nothing here depends on the pages. */
const RENDERER = join(PROJECT, 'site/src/render.ts');

export interface PortalBuild {
  /** The folder of a valid configuration. */
  readonly config: string;
  readonly out: string;
  /** Milliseconds since 1970: the moment that the pages speak of. */
  readonly now: number;
  /** The path that the portal is served under. */
  readonly base?: string;
  /** `2/5`: the second fifth of the miniapps, beside everything that is not of one miniapp. */
  readonly shard?: string;
}

/** Builds, and gives back how many pages there are. The configuration must be valid. */
export async function buildPortal({
  config,
  out,
  now,
  base = '/',
  shard = '1/1',
}: PortalBuild): Promise<{ pages: number }> {
  const target = resolve(out);
  refuseForeign(target, resolve(config));
  // Astro resolves the packages that pages use from where it writes, so it writes inside the project.
  const cache = join(PROJECT, 'node_modules/.cache/miniapp-portal');
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'build-'));
  // Inside, as the temporary folder itself is for this user's eyes alone.
  const made = join(scratch, 'portal');
  try {
    await render({
      MINIAPP_CONFIG_DIR: resolve(config),
      MINIAPP_NOW: String(now),
      MINIAPP_BASE: basePath(base),
      MINIAPP_SHARD: shardOf(shard),
      MINIAPP_OUT_DIR: made,
    });
    const pages = readdirSync(made, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
    replace(target, made);
    return { pages: pages.length };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A base path with a slash at both ends. */
export function basePath(base: string): string {
  const inner = base.replace(/^\/+|\/+$/g, '');
  if (!/^[\w.~/-]*$/.test(inner) || inner.split('/').some((part) => /^\.+$/.test(part))) {
    throw new UsageError(`--base ${base}: it is a path such as /miniapps/`);
  }
  return inner === '' ? '/' : `/${inner}/`;
}

/** A part of the miniapps, `I/N` with 1 ≤ I ≤ N. */
export function shardOf(shard: string): string {
  const [, part, parts] = /^([1-9][0-9]{0,3})\/([1-9][0-9]{0,3})$/.exec(shard) ?? [];
  if (part === undefined || Number(part) > Number(parts))
    throw new UsageError(`--shard ${shard}: it is I/N, such as 1/4`);
  return shard;
}

/** What every portal has, so that only a portal is ever replaced. */
const MARK = 'api/v1/catalogue.json';

function refuseForeign(target: string, config: string): void {
  const isIn = (inner: string, outer: string) => !/^\.\.(?:$|[\\/])/.test(relative(outer, inner));
  if (isIn(config, target) || isIn(target, config) || isIn(process.cwd(), target)) {
    throw new UsageError(`--out ${target}: that folder holds other things than the portal; name one of its own`);
  }
  if (!existsSync(target) || existsSync(join(target, MARK))) return;
  let entries;
  try {
    entries = readdirSync(target);
  } catch {
    throw new UsageError(`--out ${target}: that is not a folder`);
  }
  if (entries.length > 0) {
    throw new UsageError(`--out ${target}: that folder holds something else than a portal; empty it or name another`);
  }
}

/** Puts what was made in the place of what was there; at no moment does a part of it stand there. */
function replace(target: string, made: string): void {
  const beside = (what: string) => join(dirname(target), `.${basename(target)}.${what}-${process.pid}`);
  const [next, former] = [beside('new'), beside('old')];
  mkdirSync(dirname(target), { recursive: true });
  rmSync(next, { recursive: true, force: true });
  try {
    move(made, next);
    if (existsSync(target)) renameSync(target, former);
    renameSync(next, target);
  } catch (error) {
    if (existsSync(former) && !existsSync(target)) renameSync(former, target);
    throw error;
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(former, { recursive: true, force: true });
  }
}

/** Renames a folder, or copies it to another file system. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(from, to, { recursive: true });
  }
}

/**
 * Runs the renderer; its words are shown only when it fails. Pages are short-lived objects by the million: with a large
 * young generation the collector has less to copy.
 */
function render(input: Readonly<Record<string, string>>): Promise<void> {
  const env = { ...process.env, ...input, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--max-semi-space-size=64', RENDERER], {
      cwd: PROJECT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    const hear = (chunk: Buffer) => (words += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done();
      else fail(new Error(`the pages could not be rendered\n${words.trim()}`));
    });
  });
}
