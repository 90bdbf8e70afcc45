/** The input of an edit, and whether a state already holds what an edit makes. */
import type { FileEdit, EditState } from '../edit/edit.ts';
import type { Loaded } from '../read/load.ts';
import type { Source } from '../read/source.ts';

/** What an edit is made of: a state as it was loaded, and the bytes of its files. */
export const editStateOf = ({ workspace, texts }: Loaded, source: Source): EditState => ({
  workspace,
  texts,
  bytes: (file) => (source.list(file).length > 0 ? source.read(file) : null),
});

/** Whether the files of a source have the content that the edits give them. */
export function holds(source: Source, edits: readonly FileEdit[]): boolean {
  return edits.every(({ path, after }) => {
    const isThere = source.list(path).some((entry) => entry.path === path);
    if (after === null || !isThere) return (after === null) === !isThere;
    return Buffer.from(source.read(path)).equals(Buffer.from(after));
  });
}
