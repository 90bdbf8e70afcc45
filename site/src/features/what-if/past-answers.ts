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
  events.flatMap(({ record, tables }) =>
    tables.length === 1 ? [{ commit: record.commit, since: record.time, rows: tables[0]!.rows }] : [],
  );

/** The end of a day, in milliseconds since 1970. */
export const endOfDay = (day: string): number => Date.parse(`${day}T23:59:59.999Z`);

export interface PastQuestion {
  /** The last moment that is asked about, in milliseconds since 1970. */
  readonly until: number;
  readonly app: string;
  readonly region: string;
  readonly entry: Entry;
  readonly whitelisted: boolean;
  readonly inRollout: boolean;
}

/** What was answered, in milliseconds since 1970 from then on. */
export interface PastAnswer {
  /** The version or the code of the error. */
  readonly answer: string;
  readonly commit: string;
  readonly since: number;
}

/**
 * Undefined where the history that is held does not say. Whoever is whitelisted where nobody was, and whoever is in a rollout where
 * there was none, got what everyone did; whoever is both got the experience version where it opened, else what the rollout gave.
 */
export function pastAnswer(answers: readonly PastAnswers[], question: PastQuestion): PastAnswer | undefined {
  const found = rowAt(answers, question);
  if (!found) return undefined;
  const { commit, since, row } = found;
  const at = question.entry === 'link' ? 0 : 1;
  const everyone = row.answers[at];
  const own = question.whitelisted ? row.answers[2 + at] : undefined;
  // A whitelist changes an answer only by the experience version.
  const experience = own === everyone ? undefined : own;
  const answer = experience ?? (question.inRollout ? row.rollout?.[at] : undefined) ?? everyone;
  return answer === undefined ? undefined : { answer, commit, since };
}

/** Whether a part of the accounts was answered apart then and there. */
export const wasRolledOut = (
  answers: readonly PastAnswers[],
  place: Pick<PastQuestion, 'until' | 'app' | 'region'>,
): boolean => rowAt(answers, place)?.row.rollout !== undefined;

function rowAt(
  answers: readonly PastAnswers[],
  { until, app, region }: Pick<PastQuestion, 'until' | 'app' | 'region'>,
) {
  const then = answers.find(({ since }) => since <= until);
  const row = then?.rows.find((one) => one.app === app && one.regions.includes(region));
  return then && row ? { ...then, row } : undefined;
}
