/** Builds the portal into a folder: all of it or nothing, and never over a folder that is not a portal. */
import { accessSync, constants, cpSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { defined } from '../core/defined.ts';
import { EnvironmentError, UsageError } from '../core/errors.ts';
import { shardIn, shardsText } from '../core/shard.ts';
import { clearLeftovers, leftovers, reserve, temporaryFolder, type Temporary } from '../git/stores/temporary.ts';
import { codeCache } from './code-cache.ts';
import { compiledKey, compiledPages, keepIfSame, keptIn, type CompiledPages } from './compiled.ts';
import { contentBytes, type PortalContent } from './content.ts';
import { fullDisk } from './full-disk.ts';
import {
  compilerArguments,
  PROJECT,
  render,
  rendererArguments,
  renderersFor,
  RenderingError,
  shardsOf,
  type Renderer,
} from './renderer.ts';

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
  /** How many processes render at the same time; as many as pay, unless it is told. The portal is the same. */
  readonly renderers?: number;
}

/** A portal that was built, or undefined when what the caller read was not to be shown. */
export type BuiltPortal = { readonly pages: number };

/** Builds, and gives back how many pages there are. The configuration must be valid. */
export async function buildPortal(build: PortalBuild): Promise<BuiltPortal> {
  return (await buildChecked(build))!;
}

/**
 * Builds from the workspace that `read` gives; nothing is built when it gives none. The renderers start before `read` does,
 * as they need a while to start, so what `read` costs is hardly waited for. `finish` puts more into the portal before it is shown.
 */
export async function buildChecked(
  { config, out, now, base = '/', shard = '1/1', renderers }: PortalBuild,
  read?: () => Promise<PortalContent | undefined>,
  finish: (folder: string) => void = () => {},
): Promise<BuiltPortal | undefined> {
  const target = resolve(out);
  refuseForeign(target, resolve(config));
  const own = shardIn(shard);
  const shards = shardsOf(own, renderers ?? renderersFor(config, own));
  const variables = { MINIAPP_BASE: basePath(base), MINIAPP_CONFIG_DIR: resolve(config), MINIAPP_NOW: String(now) };
  const scratch = workshop();
  const environment = { ...variables, ...(scratch.kept === undefined ? {} : codeCache(join(scratch.kept, 'code'))) };
  const next = reserve(dirname(target), beside(target, 'new'));
  try {
    mkdirSync(dirname(target), { recursive: true });
    takeUp(target);
    mkdirSync(next.path);
    let compiled = compiledFor(scratch, variables.MINIAPP_BASE);
    const start = (): Renderer[] =>
      shards.map((parts, index) =>
        render(rendererArguments(scratch.project), scratch.project, {
          ...environment,
          ...defined({
            MINIAPP_GIVEN: read ? '1' : undefined,
            MINIAPP_ONLY_MINIAPPS: index > 0 ? '1' : undefined,
          }),
          MINIAPP_SHARDS: shardsText(parts),
          MINIAPP_COMPILED_DIR: compiled.folder,
          MINIAPP_FINAL_DIR: next.path,
        }),
      );
    const compiling = compiled.isThere ? [] : [compile(scratch, environment)];
    let working = compiled.isThere ? start() : [];
    const content = read && (await readFor([...compiling, ...working], read));
    if (read && !content) return undefined;
    // Asked before what was made is cleared away.
    const whole = (renderers: readonly Renderer[]): Promise<number> =>
      allDone(renderers).catch((error: unknown) => {
        throw aboutDisk(error, [dirname(target), scratch.path, tmpdir()]);
      });
    if (!compiled.isThere) {
      await whole(compiling);
      const { project, kept } = scratch;
      const own = { project, base: variables.MINIAPP_BASE, compiled: compiledIn(scratch) };
      if (kept !== undefined) compiled = keepIfSame({ ...own, kept }, compiled);
      working = start();
    }
    if (content) give(working, content);
    const pages = await whole(working);
    finish(next.path);
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

/** Where a portal is made: a folder for what comes and goes, and the project whose pages are rendered. */
interface BuildFolders extends Temporary {
  readonly project: string;
  /** Where compiled code and pages are kept; nowhere where the project cannot be written to. */
  readonly kept?: string;
}

/** Astro writes into the project, also to find its packages from there. Of one that cannot be written to it gets a copy elsewhere. */
function workshop(): BuildFolders {
  const cache = keptIn(PROJECT);
  const types = join(PROJECT, 'site/.astro');
  try {
    for (const folder of [cache, types]) mkdirSync(folder, { recursive: true });
    accessSync(types, constants.W_OK);
    return { ...temporaryFolder(cache, 'build-'), project: PROJECT, kept: cache };
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

/** Where what is compiled comes to stand while it is. */
const compiledIn = ({ path }: BuildFolders): string => join(path, 'compiled');

/** Compiled pages for a base path: kept ones, or those that this build compiles, also for the next one where that can be known to be the same. */
function compiledFor(scratch: BuildFolders, base: string): CompiledPages {
  const key = scratch.kept === undefined ? undefined : compiledKey(scratch.project, base);
  return key === undefined ? { folder: compiledIn(scratch), isThere: false } : compiledPages(scratch.kept!, key);
}

function compile(scratch: BuildFolders, environment: Readonly<Record<string, string>>): Renderer {
  return render(compilerArguments(scratch.project), scratch.project, {
    ...environment,
    MINIAPP_COMPILED_DIR: compiledIn(scratch),
    MINIAPP_CACHE_DIR: join(scratch.path, 'cache'),
  });
}

/** Reads what is to be shown, while others start; ends them when there is nothing to show. */
async function readFor(
  started: readonly Renderer[],
  read: () => Promise<PortalContent | undefined>,
): Promise<PortalContent | undefined> {
  let content;
  try {
    content = await read();
  } finally {
    if (!content) await stopAll(started);
  }
  return content;
}

function give(renderers: readonly Renderer[], content: PortalContent): void {
  const bytes = contentBytes(content);
  for (const { input } of renderers) input.end(bytes);
}

/** Waits for all, and gives how many pages they made; where one fails, the others are ended, and its error is thrown. */
async function allDone(renderers: readonly Renderer[]): Promise<number> {
  try {
    const made = await Promise.all(renderers.map(({ done }) => done));
    return made.reduce((sum, pages) => sum + pages, 0);
  } catch (error) {
    await stopAll(renderers);
    throw error;
  }
}

const stopAll = async (renderers: readonly Renderer[]): Promise<void> => {
  await Promise.all(renderers.map((renderer) => renderer.stop()));
};

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
