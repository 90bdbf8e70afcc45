/**
 * Where a configuration is read from: a folder on disk, a commit, a test. Two functions, both synchronous: thousands of
 * small files read several times faster that way than by promises.
 */

/** What stands at a path. Only `file` may be read; the others are reported. */
export type EntryKind = 'file' | 'executable' | 'symlink' | 'submodule' | 'special';

export interface SourceEntry {
  /** Relative to `config/`, forward slashes. */
  readonly path: string;
  readonly kind: EntryKind;
  /** Bytes. */
  readonly size: number;
}

export interface Source {
  /** Everything below a folder (`''` = everything), or the file itself when `under` is one; nothing when it is not there. */
  list(under: string): SourceEntry[];
  /** The same for several, where that is one question instead of many. */
  listEach?(unders: readonly string[]): SourceEntry[];
  /** The bytes of a file that `list` named. Throws an Error when it cannot be read. */
  read(path: string): Uint8Array;
}

/** A Source over texts and bytes in memory, for tests and previews. */
export function memorySource(files: Readonly<Record<string, string | Uint8Array>>): Source {
  const bytes = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  return {
    list: (under) =>
      [...bytes]
        .filter(([path]) => under === '' || path === under || path.startsWith(`${under}/`))
        .map(([path, content]) => ({ path, kind: 'file', size: content.length })),
    read(path) {
      const content = bytes.get(path);
      if (!content) throw new Error(`no file ${path}`);
      return content;
    },
  };
}
