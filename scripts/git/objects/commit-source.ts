/**
 * Sources over commits, without a checkout. One takes two Git processes for any number of files: one lists, one reads the contents. Several
 * that are listed alike take one process each, and one for the contents of all.
 */
import { inRepository } from '../../core/paths.ts';
import { EnvironmentError } from '../../core/errors.ts';
import type { Source, SourceEntry } from '../../read/source.ts';
import { keepContents, kindOf, knownContent, readBlobs } from './blobs.ts';
import { cached } from '../stores/cache.ts';
import type { GitOptions } from '../process/run.ts';
import { listing } from './unfolding.ts';

/**
 * `folder`: a folder inside the repository; `tree`: a commit or tree id; `prefix`: the configuration's path from the top;
 * `env`: where Git finds objects that are not the repository's own.
 */
export function commitSource(folder: string, tree: string, prefix: string, env: GitOptions['env'] = {}): Source {
  const blobs = new Blobs(folder, env);
  return treeSource({ folder, tree, prefix, env }, blobs);
}

/** Two states of a change: most of their files they have in common, and whoever reads one reads the other. */
export function bothSources(
  folder: string,
  [one, other]: readonly [string, string],
  prefix: string,
  env: GitOptions['env'] = {},
): [Source, Source] {
  const blobs = new Blobs(folder, env);
  const [first, second] = [one, other].map((tree) => treeSource({ folder, tree, prefix, env }, blobs)) as [
    Source,
    Source,
  ];
  const listEach = (unders: readonly string[]): SourceEntry[] => {
    second.listEach!(unders);
    return first.listEach!(unders);
  };
  return [{ ...first, listEach }, second];
}

interface TreeLocation {
  readonly folder: string;
  readonly tree: string;
  readonly prefix: string;
  readonly env: GitOptions['env'];
}

function treeSource({ folder, tree, prefix, env }: TreeLocation, blobs: Blobs): Source {
  const ids = new Map<string, string>();
  const start = inRepository(prefix);
  const listed = (unders: readonly string[]): SourceEntry[] => {
    const paths = unders.map((under) => (under === '' ? prefix : start + under)).filter((path) => path !== '');
    // No path at all is the whole tree.
    const isWhole = paths.length < unders.length;
    const args = ['ls-tree', '-r', '-l', '-z', '--full-tree', tree, ...(isWhole ? [] : ['--', ...paths])];
    const ask = () => listing(folder, args, tree, { env: env ?? {} }).toString('utf8');
    const lines = isWhole ? ask() : cached(folder, [tree], ['files', ...paths], ask);
    const entries: SourceEntry[] = [];
    for (const line of lines.split('\0')) {
      if (line === '') continue;
      const parts = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line);
      // A file whose content is missing has no size, but it must count as existing.
      if (!parts)
        throw new EnvironmentError(`this clone is damaged: Git does not have all of ${tree.slice(0, 10)}: ${line}`);
      const [, mode = '', id = '', size = '', name = ''] = parts;
      const path = name.slice(start.length);
      const bytes = size === '-' ? 0 : Number(size);
      ids.set(path, id);
      blobs.list(id, bytes);
      entries.push({ path, kind: kindOf(mode), size: bytes });
    }
    return entries;
  };
  return {
    list: (under) => listed([under]),
    listEach: (unders) => (unders.length === 0 ? [] : listed(unders)),
    read(path) {
      const id = ids.get(path) ?? '';
      const content = id === '' ? undefined : blobs.read(id);
      if (!content) throw new EnvironmentError(`this clone is damaged: Git has no content for ${path}`);
      return content;
    },
  };
}

/** Contents by id: all that are listed are read at once, and again only when more were listed since, or a large one is requested. */
class Blobs {
  readonly #folder: string;
  readonly #env: GitOptions['env'];
  /** Bytes of each. */
  readonly #listed = new Map<string, number>();
  readonly #contents = new Map<string, Uint8Array>();
  #failure: unknown;

  constructor(folder: string, env: GitOptions['env']) {
    this.#folder = folder;
    this.#env = env;
  }

  list(id: string, bytes: number): void {
    this.#listed.set(id, bytes);
  }

  read(id: string): Uint8Array | undefined {
    if (!this.#contents.has(id)) this.#readWith(id);
    return this.#contents.get(id);
  }

  #readWith(wanted: string): void {
    // Too much for one answer is remembered, so that hundreds of files do not try it again.
    if (this.#failure !== undefined) throw this.#failure;
    const isAsked = ([id, bytes]: [string, number]) => (id === wanted || bytes <= LARGE) && !this.#contents.has(id);
    const asked = [...this.#listed].filter(isAsked);
    for (const [id] of asked) {
      const content = knownContent(this.#folder, id);
      if (content) this.#contents.set(id, content);
    }
    const missing = asked.map(([id]) => id).filter((id) => !this.#contents.has(id));
    try {
      const found = readBlobs(this.#folder, missing, this.#env);
      keepContents(this.#folder, found);
      for (const [id, content] of found) this.#contents.set(id, content);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }
}

/** Bytes above which a file is read only on request: no valid file of a configuration is so large, but a change may contain any file. */
const LARGE = 1024 * 1024;
