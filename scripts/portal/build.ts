/** Builds the portal into a folder: all of it or nothing, and never over a folder that is not a portal. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { UsageError } from '../core/failure.ts';
import type { Workspace } from '../core/model.ts';
import type { Story } from '../core/story.ts';

/** What the pages are made of. */
export interface PortalContent {
  readonly workspace: Workspace;
  /** When each version under review was submitted, by `<miniapp> <version>`, in milliseconds since 1970; as far as is known. */
  readonly submitted: ReadonlyMap<string, number>;
  /** Accounts that were on a whitelist once, where there is Git: known, so that no text names them, and written nowhere. */
  readonly former?: ReadonlySet<string>;
  /** What Git tells of it, where there is Git. */
  readonly story?: Story;
  /** Of the files that it was read from. */
  readonly digest?: string;
}

/** The project itself: where its pages and its packages are, wherever the command runs. */
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** Started, never imported: nothing here depends on the pages. */
const RENDERER = join(PROJECT, 'site/src/render.ts');

/**
 * What Node is started with. Pages are short-lived objects by the million: with a large young generation the collector has
 * less to copy.
 */
export const RENDERER_ARGUMENTS = ['--max-semi-space-size=64', RENDERER] as const;

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

/** A portal that was built, or undefined when what the caller read was not to be shown. */
export type BuiltPortal = { readonly pages: number };

/** Builds, and gives back how many pages there are. The configuration must be valid. */
export async function buildPortal(build: PortalBuild): Promise<BuiltPortal> {
  return (await buildChecked(build))!;
}

/**
 * Builds from the workspace that `read` gives; nothing is built when it gives none. The renderer starts before `read` does,
 * as it needs a while to start itself, so what `read` costs is hardly waited for.
 */
export async function buildChecked(
  { config, out, now, base = '/', shard = '1/1' }: PortalBuild,
  read?: () => Promise<PortalContent | undefined>,
): Promise<BuiltPortal | undefined> {
  const target = resolve(out);
  refuseForeign(target, resolve(config));
  const input = { MINIAPP_BASE: basePath(base), MINIAPP_SHARD: shardOf(shard) };
  // Astro resolves the packages that pages use from where it writes, so it writes inside the project.
  const cache = join(PROJECT, 'node_modules/.cache/miniapp-portal');
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'build-'));
  const next = beside(target, 'new');
  try {
    mkdirSync(dirname(target), { recursive: true });
    rmSync(next, { recursive: true, force: true });
    const rendered = join(scratch, 'portal');
    const made = isRenamed(join(scratch, 'probe'), next) ? rendered : next;
    const rendering = render({
      ...input,
      MINIAPP_CONFIG_DIR: resolve(config),
      MINIAPP_NOW: String(now),
      // Inside, as the temporary folder itself is for this user's eyes alone.
      MINIAPP_OUT_DIR: rendered,
      MINIAPP_FINAL_DIR: made,
      ...(read ? { MINIAPP_GIVEN: '1' } : {}),
    });
    if (read && !(await give(rendering, read))) return undefined;
    const pages = await rendering.done;
    if (made !== next) renameSync(made, next);
    replace(target, next);
    return { pages };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    rmSync(next, { recursive: true, force: true });
  }
}

/** Gives the renderer what was read; ends it when there is nothing to show. */
async function give(rendering: Rendering, read: () => Promise<PortalContent | undefined>): Promise<boolean> {
  let content;
  try {
    content = await read();
  } finally {
    if (!content) await rendering.stop();
  }
  if (!content) return false;
  rendering.input.end(serialize(content));
  return true;
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

const beside = (target: string, what: string): string =>
  join(dirname(target), `.${basename(target)}.${what}-${process.pid}`);

/** Whether folders go from one place to the other by renaming: not from one file system to another. */
function isRenamed(from: string, to: string): boolean {
  mkdirSync(from);
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    return false;
  }
  rmSync(to, { recursive: true });
  return true;
}

/** Puts what was made in the place of what was there; at no moment does a part of it stand there. */
function replace(target: string, next: string): void {
  const former = beside(target, 'old');
  try {
    if (existsSync(target)) renameSync(target, former);
    renameSync(next, target);
  } catch (error) {
    if (existsSync(former) && !existsSync(target)) renameSync(former, target);
    throw error;
  } finally {
    rmSync(former, { recursive: true, force: true });
  }
}

interface Rendering {
  readonly input: Writable;
  /** How many pages there are. */
  readonly done: Promise<number>;
  stop(): Promise<void>;
}

/** Starts the renderer; its words are shown only when it fails. */
function render(input: Readonly<Record<string, string>>): Rendering {
  const env = { ...process.env, ...input, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  const child = spawn(process.execPath, [...RENDERER_ARGUMENTS], {
    cwd: PROJECT,
    env,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  const done = new Promise<number>((fine, fail) => {
    let words = '';
    let pages: number | undefined;
    child.on('message', (message) => (pages = (message as { pages: number }).pages));
    const hear = (chunk: Buffer) => (words += chunk.toString());
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0 && pages !== undefined) fine(pages);
      else fail(new Error(`the pages could not be rendered\n${words.trim()}`));
    });
  });
  // A renderer that failed takes nothing more; what it failed of is said by `done`.
  child.stdin!.on('error', () => undefined);
  done.catch(() => undefined);
  const stop = async (): Promise<void> => {
    child.kill();
    await done.catch(() => undefined);
  };
  return { input: child.stdin!, done, stop };
}
