/** When reviews were decided and how long they took, as far as Git told. Pure; moments in milliseconds since 1970. */
import type { Timeline } from '#core/history/timeline.ts';

export interface ReviewTimes {
  readonly decidedAt: number;
  /** From the submission to the decision; not of an approval that was taken back, and not where no submission is known. */
  readonly took?: number;
}

const DECISIONS: ReadonlySet<string> = new Set(['approve', 'auto-approve', 'reject', 'revoke']);

/** The newest decision of each version with the submission before it, by `<miniapp> <version>`. */
export function reviewTimes(story: Pick<Timeline, 'events'> | undefined): ReadonlyMap<string, ReviewTimes> {
  const times = new Map<string, ReviewTimes>();
  const isOpen = new Set<string>();
  for (const { record, steps } of story?.events ?? []) {
    for (const { kind, miniapp, version } of steps) {
      const key = `${miniapp} ${version}`;
      const known = times.get(key);
      if (DECISIONS.has(kind) && !known) {
        times.set(key, { decidedAt: record.time });
        if (kind !== 'revoke') isOpen.add(key);
      } else if (kind === 'submit' && known && isOpen.delete(key)) {
        times.set(key, { ...known, took: known.decidedAt - record.time });
      }
    }
  }
  return times;
}

/** The time that half of the reviews took at most, and of how many it is known; undefined where it is of none. */
export function medianDuration(
  times: Iterable<ReviewTimes>,
): { readonly took: number; readonly count: number } | undefined {
  const all = [...times].flatMap(({ took }) => took ?? []).sort((a, b) => a - b);
  const took = all[Math.ceil(all.length / 2) - 1];
  return took === undefined ? undefined : { took, count: all.length };
}
