/** How many bytes were read, on a terminal alone, a few times a second. */
import type { Content } from '../../project/content.ts';
import type { Io } from '../frame/command.ts';

export interface ByteProgress {
  readonly bytes: (more: number) => void;
  /** Wipes the line. */
  readonly end: () => void;
}

/** `what`: what is done with them, as `reading`. */
export function byteProgress(io: Io, what: string): ByteProgress {
  if (!io.showsProgress) return { bytes: () => {}, end: () => {} };
  let [total, last] = [0, performance.now()];
  return {
    bytes(more) {
      total += more;
      if (performance.now() - last < 100) return;
      last = performance.now();
      io.stderr(`\r\u001B[K${what}: ${Math.round(total / 1e6)} MB`);
    },
    end: () => io.stderr('\r\u001B[K'),
  };
}

/** The same contents, counted as they are read. */
export const counted = (content: Content, { bytes }: ByteProgress): Content => ({
  each: (path, limit, take) =>
    content.each(path, limit, (piece) => {
      bytes(piece.length);
      take(piece);
    }),
});
