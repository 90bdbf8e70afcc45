/** The parts of a configuration, examined by however many threads: each takes the next that nobody has taken, so none waits for another. */
import { filesOf } from '../../git/working-tree/working-tree.ts';
import { examiner, type Examination, type ExaminedFolder } from './examine.ts';

/** What a thread is given; all of it can be copied from one to another. */
export interface PartsToExamine extends Omit<Examination, 'source'> {
  readonly parts: readonly (readonly string[])[];
  /** One number, shared: the next part. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

/** Examines parts until none is left, and posts each with its index. */
export async function work(
  { parts, next, ...rest }: PartsToExamine,
  done: (part: number, found: ExaminedFolder[]) => void,
) {
  const examine = examiner({ ...rest, source: filesOf(rest.root) });
  for (;;) {
    const part = Atomics.add(next, 0, 1);
    const ids = parts[part];
    if (!ids) return;
    done(part, await examine(ids));
  }
}
