/**
 * A cache of Git's output about objects by id. The meaning of an id never changes, so each command runs once in a process. Names such as
 * branches may change at any time and are not cached; neither are failures and missing objects.
 */
const answers = new Map<string, { readonly answer: unknown }>();

/** Approximate bytes of the cache; above this it is emptied. */
const MOST = 64 * 1024 ** 2;
/** Bytes that an entry takes at least. */
const LEAST = 500;
let kept = 0;

/** Whether a name is a full object id (SHA-1 or SHA-256), and so means one thing for ever. */
export const isId = (name: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name);

/** The key of an entry. `ids`: the objects; `words`: the rest of the command. Undefined where the ids alone do not determine the output. */
const keyOf = (folder: string, ids: readonly string[], words: readonly string[]): string | undefined =>
  ids.every(isId) ? [folder, ...ids, ...words].join('\0') : undefined;

/** What `keep` was given under the same key, or undefined. `words`: the command without its ids; the caller knows the type. */
export function known<Answer>(folder: string, ids: readonly string[], words: readonly string[]): Answer | undefined {
  const key = keyOf(folder, ids, words);
  return key === undefined ? undefined : (answers.get(key)?.answer as Answer | undefined);
}

/** `size`: bytes of the entry, where that is much. */
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

/** The cached output, or a new one. Callers must not change it. */
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
