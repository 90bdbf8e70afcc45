/** What was answered on a day of the past, of the answers that the history holds. Pure; runs on both sides. */
import type { Entry } from '#core/model.ts';
import type { TimelineEvent } from '#core/history/timeline.ts';

/** All answers of a miniapp from one change to the next. */
export interface PastAnswers {
  readonly commit: string;
  /** From then on, in milliseconds since 1970. */
  readonly since: number;
  readonly rows: TimelineEvent['tables'][number]['rows'];
}

/** Where they are, below the portal's address. */
export const pastPath = (id: string): string => `miniapps/${id}/past.json`;

/** Newest first; a change that left every answer as it was has none of its own. */
export const pastAnswers = (events: readonly TimelineEvent[]): PastAnswers[] =>
  events.flatMap(({ deed, tables }) =>
    tables.length === 1 ? [{ commit: deed.commit, since: deed.time, rows: tables[0]!.rows }] : [],
  );

export interface PastQuestion {
  /** The last moment that is asked about, in milliseconds since 1970. */
  readonly until: number;
  readonly app: string;
  readonly region: string;
  readonly entry: Entry;
  readonly whitelisted: boolean;
  readonly inRollout: boolean;
}

/**
 * The version or the code of the error, and the change since which it was so; undefined where the history that is held does not say.
 * Whoever is whitelisted where nobody was, and whoever is in a rollout where there was none, got what everyone did.
 */
export function pastAnswer(
  answers: readonly PastAnswers[],
  { until, app, region, entry, whitelisted, inRollout }: PastQuestion,
): { readonly answer: string; readonly commit: string; readonly since: number } | undefined {
  const then = answers.find(({ since }) => since <= until);
  const row = then?.rows.find((one) => one.app === app && one.regions.includes(region));
  if (!then || !row) return undefined;
  const at = entry === 'link' ? 0 : 1;
  const own = whitelisted ? row.answers[2 + at] : undefined;
  const answer = own ?? (inRollout ? row.rollout?.[at] : undefined) ?? row.answers[at];
  return answer === undefined ? undefined : { answer, commit: then.commit, since: then.since };
}
