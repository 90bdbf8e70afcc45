/** A configuration whose files are listed already: those of a commit of a history, or of the index. */
import { EnvironmentError } from '../../core/errors.ts';
import type { Source, SourceEntry } from '../../read/source.ts';
import { kindOf, type Blob } from './blobs.ts';

export interface ListedFile extends Blob {
  /** Relative to the configuration. */
  readonly path: string;
}

/** A Source over files whose contents are here already. */
export function listedSource(files: readonly ListedFile[], contents: ReadonlyMap<string, Uint8Array>): Source {
  const ids = new Map(files.map(({ path, id }) => [path, id]));
  const entries: SourceEntry[] = files
    .map(({ path, mode, id }) => ({ path, kind: kindOf(mode), size: contents.get(id)?.length ?? 0 }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    list: (under) => entries.filter(({ path }) => under === '' || path === under || path.startsWith(`${under}/`)),
    read(path) {
      const content = contents.get(ids.get(path) ?? '');
      if (!content) throw new EnvironmentError(`this clone is damaged: Git has no content for ${path}`);
      return content;
    },
  };
}
