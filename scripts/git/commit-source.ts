/**
 * A Source over a commit: what a configuration was, or would be, without checking anything out. Two Git processes whatever
 * the number of files: one lists, one gives the contents.
 */
import type { Source, SourceEntry } from '../read/source.ts';
import { kindOf, readBlobs } from './blobs.ts';
import { gitAnswer, type GitOptions } from './run.ts';

/**
 * `folder`: a folder inside the repository; `tree`: a commit or tree id; `prefix`: the configuration's path from the top;
 * `env`: where Git finds objects that are not the repository's own.
 */
export function commitSource(folder: string, tree: string, prefix: string, env: GitOptions['env'] = {}): Source {
  const git = (args: readonly string[]) => gitAnswer(folder, args, { env }).stdout;
  const blobs = new Map<string, string>();
  let contents: ReadonlyMap<string, Uint8Array> = new Map();
  const start = prefix === '' ? '' : `${prefix}/`;

  const listed = (unders: readonly string[]): SourceEntry[] => {
    const paths = unders.map((under) => (under === '' ? prefix : start + under)).filter((path) => path !== '');
    // No path at all is the whole tree.
    const isWhole = paths.length < unders.length;
    const args = ['ls-tree', '-r', '-l', '-z', '--full-tree', tree, ...(isWhole ? [] : ['--', ...paths])];
    const ask = () => git(args).toString('utf8');
    const listing = isWhole ? ask() : remembered([folder, tree, ...paths].join('\0'), ask);
    const entries: SourceEntry[] = [];
    for (const line of listing.split('\0')) {
      const parts = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line);
      if (!parts) continue;
      const [, mode = '', oid = '', size = '', name = ''] = parts;
      const own = name.slice(start.length);
      blobs.set(own, oid);
      entries.push({ path: own, kind: kindOf(mode), size: size === '-' ? 0 : Number(size) });
    }
    return entries;
  };

  return {
    list: (under) => listed([under]),
    listEach: (unders) => (unders.length === 0 ? [] : listed(unders)),
    read(path) {
      const id = blobs.get(path) ?? '';
      // Everything that was listed is asked for at once, and again only when more was listed since.
      if (id !== '' && !contents.has(id)) contents = readBlobs(folder, blobs.values(), env);
      const content = contents.get(id);
      if (!content) throw new Error(`Git has no content for ${path}`);
      return content;
    },
  };
}

/** Listings of parts: what an id stands for never changes, and a run judges many changes of the same tip. */
const listings = new Map<string, string>();
const KEPT = 1000;

function remembered(key: string, read: () => string): string {
  const known = listings.get(key);
  if (known !== undefined) return known;
  const listing = read();
  const isId = /\0[0-9a-f]{40,64}\0/.test(key);
  if (isId && listings.size < KEPT) listings.set(key, listing);
  return listing;
}
