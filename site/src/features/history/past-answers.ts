/** What was answered on a day of the past, of the answers that the history holds. Pure; runs on both sides. */
import { defined } from '#core/defined.ts';
import type { Entry } from '#core/model.ts';
import type { TimelineEvent } from '#core/history/timeline.ts';

/** All answers of a miniapp from one change to the next. */
export interface PastAnswers {
  readonly commit: string;
  /** From then on, in milliseconds since 1970. */
  readonly since: number;
  readonly rows: TimelineEvent['tables'][number]['rows'];
}

/** A file of them, newest first; the next one holds what was answered before, if anything is held of that. */
export interface PastPart {
  readonly answers: readonly PastAnswers[];
  /** The name of the next file, beside this one. */
  readonly earlier?: string;
}

/** Where the newest are, below the portal's address. */
export const pastPath = (id: string): string => `miniapps/${id}/past.json`;

/** As many characters a file holds, or one answer's: who asks about last week fetches no year. */
const PART = 64_000;

/** All that is held in files of bounded size, each by its name. */
export function pastParts(answers: readonly PastAnswers[], size = PART): Map<string, PastPart> {
  const parts: PastAnswers[][] = [];
  let room = 0;
  for (const one of answers) {
    const needed = JSON.stringify(one).length;
    if (parts.length === 0 || needed > room) {
      parts.push([]);
      room = size;
    }
    parts.at(-1)!.push(one);
    room -= needed;
  }
  const name = (index: number) => (index === 0 ? 'past.json' : `past-${index + 1}.json`);
  return new Map(
    parts.map((own, index) => [
      name(index),
      { answers: own, ...defined({ earlier: index + 1 < parts.length ? name(index + 1) : undefined }) },
    ]),
  );
}

/** The answers up to those of a moment, of as many files as that takes. `read`: a file by its name. */
export async function answersUntil(
  until: number,
  read: (name: string) => Promise<PastPart>,
): Promise<readonly PastAnswers[]> {
  let { answers, earlier } = await read('past.json');
  while (earlier !== undefined && !answers.some(({ since }) => since <= until))
    ({ answers, earlier } = await read(earlier));
  return answers;
}

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
