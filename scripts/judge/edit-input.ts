/** A state as edits are made on it, and whether a state has what edits make. */
import type { FileEdit, EditState } from '../edit/edit.ts';
import type { Loaded } from '../read/load.ts';
import type { Source } from '../read/source.ts';

/** The state that edits are made on. */
export const givenOf = ({ workspace, texts }: Loaded, source: Source): EditState => ({
  workspace,
  texts,
  bytes: (file) => (source.list(file).length > 0 ? source.read(file) : null),
});

/** Whether these files say what the edits make of them. */
export function holds(source: Source, edits: readonly FileEdit[]): boolean {
  return edits.every(({ path, after }) => {
    const isThere = source.list(path).some((entry) => entry.path === path);
    if (after === null || !isThere) return (after === null) === !isThere;
    return Buffer.from(source.read(path)).equals(Buffer.from(after));
  });
}
