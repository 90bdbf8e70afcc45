/** A line of `doctor`, and a fact that can be had or not. Pure. */

export type Health = 'ok' | 'warning' | 'missing' | 'unknown';

export interface Finding {
  readonly id: string;
  readonly state: Health;
  /** What it proves, or what its lack costs. */
  readonly what: string;
  /** The next step, where there is one. */
  readonly next?: string;
  /** Whether it is unknown because something outside failed, rather than because one may not see it. */
  readonly isOutside?: true;
}

/** A fact, or why it cannot be had. */
export type Fact<T> = { readonly value: T } | { readonly unknown: string; readonly isOutside: boolean };

/** A finding of a check that passed. */
export const good = (id: string, what: string): Finding => ({ id, state: 'ok', what });

/**
 * A finding of a check that did not pass, with the next step; `missing`: something does not work until then; `warning`: it works, with
 * a risk.
 */
export const bad = (id: string, state: 'warning' | 'missing', what: string, next: string): Finding => ({
  id,
  state,
  what,
  next,
});

/** A fact judged; one that cannot be had is neither good nor bad. */
export function withFact<T>(
  id: string,
  subject: string,
  fact: Fact<T>,
  judge: (value: T) => Finding | Finding[],
): Finding[] {
  if ('value' in fact) return [judge(fact.value)].flat();
  const what = `not seen: ${subject} (${fact.unknown})`;
  return [{ id, state: 'unknown', what, ...(fact.isOutside ? { isOutside: true as const } : { next: ADMINISTRATOR }) }];
}

export const ADMINISTRATOR = 'the same command with the token of an administrator sees it';
