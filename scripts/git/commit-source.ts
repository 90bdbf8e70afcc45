/**
 * A Source over a commit: what a configuration was, or would be, without checking anything out. Two Git processes whatever
 * the number of files: one lists, one gives the contents.
 */
import type { EntryKind, Source, SourceEntry } from '../read/source.ts';
import { gitAnswer, type GitOptions } from './run.ts';

/** Git's modes (gitformat-index): everything but a plain file is reported, never read. */
const KINDS: Readonly<Record<string, EntryKind>> = {
  '100644': 'file',
  '100755': 'executable',
  '120000': 'symlink',
  '160000': 'submodule',
};

/**
 * `folder`: a folder inside the repository; `tree`: a commit or tree id; `prefix`: the configuration's path from the top;
 * `env`: where Git finds objects that are not the repository's own.
 */
export function commitSource(folder: string, tree: string, prefix: string, env: GitOptions['env'] = {}): Source {
  const git = (args: readonly string[], input = '') => gitAnswer(folder, args, { input, env }).stdout;
  const blobs = new Map<string, string>();
  const contents = new Map<string, Uint8Array>();
  const start = prefix === '' ? '' : `${prefix}/`;

  return {
    list(under) {
      const path = under === '' ? prefix : start + under;
      const args = ['ls-tree', '-r', '-l', '-z', '--full-tree', tree];
      const listing = git(path === '' ? args : [...args, '--', path]).toString('utf8');
      const entries: SourceEntry[] = [];
      for (const line of listing.split('\0')) {
        const parts = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line);
        if (!parts) continue;
        const [, mode = '', oid = '', size = '', name = ''] = parts;
        const own = name.slice(start.length);
        blobs.set(own, oid);
        entries.push({ path: own, kind: KINDS[mode] ?? 'special', size: size === '-' ? 0 : Number(size) });
      }
      return entries;
    },
    read(path) {
      if (!contents.has(path)) fetchBlobs(git, blobs, contents);
      const content = contents.get(path);
      if (!content) throw new Error(`Git has no content for ${path}`);
      return content;
    },
  };
}

type AskGit = (args: readonly string[], input?: string) => Buffer;

/** The contents of every blob that was listed and not read yet, in one process. */
function fetchBlobs(git: AskGit, blobs: ReadonlyMap<string, string>, contents: Map<string, Uint8Array>): void {
  const wanted = [...blobs].filter(([path]) => !contents.has(path));
  const input = wanted.map(([, oid]) => `${oid}\n`).join('');
  const output = git(['cat-file', '--batch', '--buffer'], input);
  let offset = 0;
  for (const [path] of wanted) {
    const lineEnd = output.indexOf(0x0a, offset);
    const [, type, size] = output.toString('latin1', offset, lineEnd).split(' ');
    offset = lineEnd + 1;
    // A missing object has no content, only its line; a submodule's commit is no blob of this repository.
    if (size === undefined) continue;
    if (type === 'blob') contents.set(path, output.subarray(offset, offset + Number(size)));
    offset += Number(size) + 1;
  }
}
