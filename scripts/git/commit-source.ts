/**
 * A Source over a commit, without a checkout. It takes two Git processes for any number of files: one lists, one reads the contents.
 */
import { EnvironmentError } from '../core/errors.ts';
import type { Source, SourceEntry } from '../read/source.ts';
import { kindOf, readBlobs } from './blobs.ts';
import { keep, known, cached } from './cache.ts';
import type { GitOptions } from './run.ts';
import { listing } from './unfolding.ts';

/**
 * `folder`: a folder inside the repository; `tree`: a commit or tree id; `prefix`: the configuration's path from the top;
 * `env`: where Git finds objects that are not the repository's own.
 */
export function commitSource(folder: string, tree: string, prefix: string, env: GitOptions['env'] = {}): Source {
  const blobs = new Map<string, { readonly id: string; readonly bytes: number }>();
  const contents = new Map<string, Uint8Array>();
  let failure: unknown;
  const start = prefix === '' ? '' : `${prefix}/`;

  const listed = (unders: readonly string[]): SourceEntry[] => {
    const paths = unders.map((under) => (under === '' ? prefix : start + under)).filter((path) => path !== '');
    // No path at all is the whole tree.
    const isWhole = paths.length < unders.length;
    const args = ['ls-tree', '-r', '-l', '-z', '--full-tree', tree, ...(isWhole ? [] : ['--', ...paths])];
    const ask = () => listing(folder, args, tree, { env }).toString('utf8');
    const lines = isWhole ? ask() : cached(folder, [tree], ['files', ...paths], ask);
    const entries: SourceEntry[] = [];
    for (const line of lines.split('\0')) {
      if (line === '') continue;
      const parts = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line);
      // A file whose content is missing has no size, but it must count as existing.
      if (!parts)
        throw new EnvironmentError(`this clone is damaged: Git does not have all of ${tree.slice(0, 10)}: ${line}`);
      const [, mode = '', oid = '', size = '', name = ''] = parts;
      const own = name.slice(start.length);
      const bytes = size === '-' ? 0 : Number(size);
      blobs.set(own, { id: oid, bytes });
      entries.push({ path: own, kind: kindOf(mode), size: bytes });
    }
    return entries;
  };

  /** Reads all listed files at once, and again only when more were listed since, or a large file is requested. */
  const readWith = (wanted: string): void => {
    // Too much for one answer is remembered, so that hundreds of files do not try it again.
    if (failure !== undefined) throw failure;
    const isAsked = ({ id, bytes }: { id: string; bytes: number }) =>
      (id === wanted || bytes <= LARGE) && !contents.has(id);
    const asked = [...blobs.values()].filter(isAsked);
    for (const { id } of asked) {
      const content = known<Uint8Array>(folder, [id], ['content']);
      if (content) contents.set(id, content);
    }
    // Two states of a change have most of their files in common.
    const missing = asked.filter(({ id }) => !contents.has(id));
    const isLittle = missing.reduce((sum, { bytes }) => sum + bytes, 0) <= LITTLE;
    try {
      for (const [id, content] of readBlobs(
        folder,
        missing.map(({ id }) => id),
        env,
      )) {
        contents.set(id, content);
        if (isLittle) keep(folder, [id], ['content'], content, content.length);
      }
    } catch (error) {
      failure = error;
      throw error;
    }
  };

  return {
    list: (under) => listed([under]),
    listEach: (unders) => (unders.length === 0 ? [] : listed(unders)),
    read(path) {
      const { id = '' } = blobs.get(path) ?? {};
      if (id !== '' && !contents.has(id)) readWith(id);
      const content = contents.get(id);
      if (!content) throw new EnvironmentError(`this clone is damaged: Git has no content for ${path}`);
      return content;
    },
  };
}

/** Bytes above which a file is read only on request: no valid file of a configuration is so large, but a change may contain any file. */
const LARGE = 1024 * 1024;

/** Bytes of one answer up to which its files are remembered: each holds on to the whole answer. */
const LITTLE = 8 * 1024 ** 2;
