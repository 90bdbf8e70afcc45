/** A Source with some files other than they stand: what a configuration would be after an edit. */
import type { Source } from './source.ts';

/** `changes`: the contents by path; null where there is no file afterwards. */
export function overlaySource(below: Source, changes: ReadonlyMap<string, string | Uint8Array | null>): Source {
  const contents = new Map(
    [...changes].map(([path, content]) => [path, typeof content === 'string' ? Buffer.from(content) : content]),
  );
  const isUnder = (path: string, under: string) => under === '' || path === under || path.startsWith(`${under}/`);
  return {
    list(under) {
      const entries = below.list(under);
      const known = new Set(entries.map(({ path }) => path));
      // What stands there as a link or with the executable bit stays so.
      const kept = entries.flatMap((entry) => {
        const content = contents.get(entry.path);
        if (content === null) return [];
        return [content === undefined ? entry : { ...entry, size: content.length }];
      });
      const added = [...contents].flatMap(([path, content]) =>
        content === null || known.has(path) || !isUnder(path, under)
          ? []
          : [{ path, kind: 'file' as const, size: content.length }],
      );
      return [...kept, ...added];
    },
    read: (path) => contents.get(path) ?? below.read(path),
  };
}
