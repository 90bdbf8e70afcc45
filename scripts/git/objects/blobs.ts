/** Contents by object id, many in one process. */
import type { EntryKind } from '../../read/source.ts';
import { keep, known } from '../stores/cache.ts';
import { gitAnswer, type GitOptions } from '../process/run.ts';

/** A file as a tree lists it. */
export interface Blob {
  readonly mode: string;
  readonly id: string;
}

/** Git's modes (gitformat-index): everything but a plain file is reported, never read. */
const KINDS: Readonly<Record<string, EntryKind>> = {
  '100644': 'file',
  '100755': 'executable',
  '120000': 'symlink',
  '160000': 'submodule',
};

/** What a mode of six digits stands for in a tree; `special` for all that is no file, folder or link. */
export const kindOf = (mode: string): EntryKind => KINDS[mode] ?? 'special';

/** Objects of one process: its answer is one piece of memory, whose size is limited. */
const AT_ONCE = 100_000;

/** The contents of these blobs; what is missing, or is no blob, has none. */
export function readBlobs(folder: string, ids: Iterable<string>, env: GitOptions['env'] = {}): Map<string, Uint8Array> {
  const found = readObjects(folder, ids, { env });
  return new Map([...found].flatMap(([id, { type, content }]) => (type === 'blob' ? [[id, content] as const] : [])));
}

/** Bytes up to which contents that were read at once are remembered: each holds on to the whole answer. */
const LITTLE = 8 * 1024 ** 2;
const CONTENT = ['content'];

/** Remembers what one answer told in a folder, where that is little. */
export function keepContents(folder: string, contents: ReadonlyMap<string, Uint8Array>): void {
  const bytes = [...contents.values()].reduce((sum, { length }) => sum + length, 0);
  if (bytes > LITTLE) return;
  for (const [id, content] of contents) keep(folder, [id], CONTENT, content, content.length);
}

/** A content that was read there before. */
export const knownContent = (folder: string, id: string): Uint8Array | undefined =>
  known<Uint8Array>(folder, [id], CONTENT);

export interface GitObject {
  readonly type: string;
  readonly content: Buffer;
}

/** Objects by their ids, or by other names without spaces; what is missing is left out. `most`: bytes that one answer may have. Throws TooMuchError. */
export function readObjects(
  folder: string,
  ids: Iterable<string>,
  options: Pick<GitOptions, 'env' | 'most'> = {},
): Map<string, GitObject> {
  const wanted = [...new Set(ids)];
  const contents = new Map<string, GitObject>();
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const part = wanted.slice(from, from + AT_ONCE);
    const input = part.map((id) => `${id}\n`).join('');
    const output = gitAnswer(folder, ['cat-file', '--batch', '--buffer'], { input, ...options }).stdout;
    let offset = 0;
    for (const id of part) {
      const lineEnd = output.indexOf(0x0a, offset);
      const [, type, size] = output.toString('latin1', offset, lineEnd).split(' ');
      offset = lineEnd + 1;
      // A missing object has no content, only its line; a submodule's commit is no blob of this repository.
      if (size === undefined) continue;
      contents.set(id, { type: type!, content: output.subarray(offset, offset + Number(size)) });
      offset += Number(size) + 1;
    }
  }
  return contents;
}

/** The bytes of these blobs, without reading them; what is missing, or is no blob, has none. */
export function blobSizes(folder: string, ids: ReadonlySet<string>, env: GitOptions['env'] = {}): Map<string, number> {
  if (ids.size === 0) return new Map();
  const input = [...ids].map((id) => `${id}\n`).join('');
  const answer = gitAnswer(folder, ['cat-file', '--batch-check', '--buffer'], { input, env }).stdout.toString('latin1');
  return new Map(
    answer.split('\n').flatMap((line) => {
      const [id = '', type, size] = line.split(' ');
      return type === 'blob' ? [[id, Number(size)] as const] : [];
    }),
  );
}
