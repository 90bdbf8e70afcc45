/**
 * What Git said of objects by their ids. An id stands for the same for ever, so each question is asked once in a process. What
 * a name stands for, such as a branch, may change at any moment: it is asked anew, and so is what failed or is not here.
 */
const answers = new Map<string, { readonly answer: unknown }>();

/** Bytes, more or less, that are kept; more than that and it begins anew. */
const MOST = 64 * 1024 ** 2;
/** What an answer takes at least, with its question. */
const LEAST = 500;
let kept = 0;

export const isId = (name: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name);

/** `ids`: the objects that it is about; `words`: the rest of the question. Undefined for what is not told by ids alone. */
const keyOf = (folder: string, ids: readonly string[], words: readonly string[]): string | undefined =>
  ids.every(isId) ? [folder, ...ids, ...words].join('\0') : undefined;

export function known<Answer>(folder: string, ids: readonly string[], words: readonly string[]): Answer | undefined {
  const key = keyOf(folder, ids, words);
  return key === undefined ? undefined : (answers.get(key)?.answer as Answer | undefined);
}

/** `size`: what it takes, in bytes, where that is much. */
export function keep(
  folder: string,
  ids: readonly string[],
  words: readonly string[],
  answer: unknown,
  size = 0,
): void {
  const key = keyOf(folder, ids, words);
  if (key === undefined || size > MOST) return;
  kept += size + LEAST;
  if (kept > MOST) {
    answers.clear();
    kept = size + LEAST;
  }
  answers.set(key, { answer });
}

/** The answer of before, or a new one. Whoever gets it must leave it as it is. */
export function cached<Answer>(
  folder: string,
  ids: readonly string[],
  words: readonly string[],
  ask: () => Answer,
): Answer {
  const before = known<Answer>(folder, ids, words);
  if (before !== undefined) return before;
  const answer = ask();
  keep(folder, ids, words, answer, typeof answer === 'string' ? answer.length : 0);
  return answer;
}
