/** Builds the portal into a folder: all of it or nothing, and never over a folder that is not a portal. */
import { spawn } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { EnvironmentError, UsageError } from '../core/errors.ts';
import { shardIn } from '../core/shard.ts';
import { clearLeftovers, leftovers, reserve, temporaryFolder, type Temporary } from '../git/temporary.ts';
import { codeCache } from './code-cache.ts';
import { contentBytes, type PortalContent } from './content.ts';
import { fullDisk } from './full-disk.ts';

/** The project itself: where its pages and its packages are, wherever the command runs. */
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/**
 * What Node is started with: the renderer, which is never imported, as nothing here depends on the pages. Pages are short-lived
 * objects by the million: with a large young generation the collector has less to copy.
 */
export const rendererArguments = (project = PROJECT): string[] => [
  '--max-semi-space-size=64',
  join(project, 'site/src/render.ts'),
];

export interface PortalBuild {
  /** The folder of a valid configuration. */
  readonly config: string;
  readonly out: string;
  /** Milliseconds since 1970: the moment that the pages describe. */
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
 * as it needs a while to start itself, so what `read` costs is hardly waited for. `finish` puts more into the portal before it is shown.
 */
export async function buildChecked(
  { config, out, now, base = '/', shard = '1/1' }: PortalBuild,
  read?: () => Promise<PortalContent | undefined>,
  finish: (folder: string) => void = () => {},
): Promise<BuiltPortal | undefined> {
  const target = resolve(out);
  refuseForeign(target, resolve(config));
  const { part, parts } = shardIn(shard);
  const input = { MINIAPP_BASE: basePath(base), MINIAPP_SHARD: `${part}/${parts}` };
  const scratch = workshop();
  const next = reserve(dirname(target), beside(target, 'new'));
  try {
    mkdirSync(dirname(target), { recursive: true });
    takeUp(target);
    const rendered = join(scratch.path, 'portal');
    const made = isRenamed(join(scratch.path, 'probe'), next.path) ? rendered : next.path;
    const rendering = render(scratch.project, {
      ...input,
      ...(scratch.code === undefined ? {} : codeCache(scratch.code)),
      MINIAPP_CONFIG_DIR: resolve(config),
      MINIAPP_NOW: String(now),
      // Inside, as the temporary folder itself is for this user's eyes alone.
      MINIAPP_OUT_DIR: rendered,
      MINIAPP_FINAL_DIR: made,
      MINIAPP_CACHE_DIR: join(scratch.path, 'cache'),
      ...(read ? { MINIAPP_GIVEN: '1' } : {}),
    });
    if (read && !(await give(rendering, read))) return undefined;
    // Asked before what was made is cleared away.
    const pages = await rendering.done.catch((error: unknown) => {
      throw aboutDisk(error, [dirname(target), scratch.path, tmpdir()]);
    });
    finish(made);
    if (made !== next.path) renameSync(made, next.path);
    replace(target, next.path);
    return { pages };
  } finally {
    scratch.remove();
    next.remove();
  }
}

/** The error, or where a disk is full, which one. `folders`: that of the portal first. */
function aboutDisk(error: unknown, folders: readonly string[]): unknown {
  const full = error instanceof RenderingError ? fullDisk(error.words, folders) : undefined;
  if (full === undefined) return error;
  const elsewhere = full === folders[0] ? ', or name another folder with --out' : '';
  return new EnvironmentError(
    `the pages could not be rendered: the disk that holds ${full} is full. Free some of it${elsewhere}`,
  );
}

/** What the renderer said before it failed, whole. */
class RenderingError extends EnvironmentError {
  readonly words: string;

  constructor(words: string) {
    super(`the pages could not be rendered: ${reasonIn(words)}`);
    this.words = words;
  }
}

/** Where a portal is made: a folder for what comes and goes, and the project whose pages are rendered. */
interface BuildFolders extends Temporary {
  readonly project: string;
  /** Where compiled code is kept; nowhere where the project cannot be written to. */
  readonly code?: string;
}

/** Astro writes into the project, also to find its packages from there. Of one that cannot be written to it gets a copy elsewhere. */
function workshop(): BuildFolders {
  const cache = join(PROJECT, 'node_modules/.cache/miniapp-portal');
  const types = join(PROJECT, 'site/.astro');
  try {
    for (const folder of [cache, types]) mkdirSync(folder, { recursive: true });
    accessSync(types, constants.W_OK);
    return { ...temporaryFolder(cache, 'build-'), project: PROJECT, code: join(cache, 'code') };
  } catch {
    const elsewhere = temporaryFolder(tmpdir(), 'miniapp-portal-');
    for (const own of ['site', 'scripts', 'package.json', 'tsconfig.json'])
      cpSync(join(PROJECT, own), join(elsewhere.path, own), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules'), join(elsewhere.path, 'node_modules'));
    return { ...elsewhere, project: elsewhere.path };
  }
}

/** What builds that were killed left beside the portal: the former one is put back where there is none, the rest cleared. */
function takeUp(target: string): void {
  const [former] = leftovers(dirname(target), beside(target, 'old'));
  if (former !== undefined && !existsSync(target)) renameSync(former, target);
  for (const what of ['old', 'new'] as const) clearLeftovers(dirname(target), beside(target, what));
}

/** Gives the renderer what was read; ends it when there is nothing to show. */
async function give(rendering: Renderer, read: () => Promise<PortalContent | undefined>): Promise<boolean> {
  let content;
  try {
    content = await read();
  } finally {
    if (!content) await rendering.stop();
  }
  if (!content) return false;
  rendering.input.end(contentBytes(content));
  return true;
}

/** A base path with a slash at both ends. */
export function basePath(base: string): string {
  const inner = base.replace(/^\/+|(?<!\/)\/+$/g, '');
  if (!/^[\w.~/-]*$/.test(inner) || inner.split('/').some((part) => /^\.+$/.test(part))) {
    throw new UsageError(`--base ${base}: it is a path such as /miniapps/`);
  }
  return inner === '' ? '/' : `/${inner}/`;
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

/** How names begin of what stands beside a portal while it is built. */
const beside = (target: string, what: 'new' | 'old'): string => `.${basename(target)}.${what}-`;

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
  const former = reserve(dirname(target), beside(target, 'old'));
  try {
    if (existsSync(target)) renameSync(target, former.path);
    renameSync(next, target);
  } catch (error) {
    if (existsSync(former.path) && !existsSync(target)) renameSync(former.path, target);
    throw error;
  } finally {
    former.remove();
  }
}

interface Renderer {
  readonly input: Writable;
  /** How many pages there are. */
  readonly done: Promise<number>;
  stop(): Promise<void>;
}

/** Starts the renderer; its words are shown only when it fails. */
function render(project: string, input: Readonly<Record<string, string>>): Renderer {
  const env = { ...process.env, ...input, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  const child = spawn(process.execPath, rendererArguments(project), {
    cwd: project,
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
      else fail(new RenderingError(words));
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

/** What a renderer said that failed: the first line that names an error, and with DEBUG all of it. */
function reasonIn(words: string): string {
  if (process.env['DEBUG']) return words.trim();
  const lines = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:at |node:|file:|\^)/.test(line));
  return lines.find((line) => /\bE[A-Z]{3,}\b|Error/.test(line)) ?? lines.at(-1) ?? 'it ended without a word';
}
