/**
 * The budget of a scheduled run for requests that create content. GitHub asks for at most 500 of them an hour, for all runs together. After a
 * flood, or on the first day, later runs do the rest. Merges do not count, and never wait for feedback. Pure.
 */
import type { Action } from '../types.ts';

/** Requests of an hour, divided among twelve runs. */
const WRITES = Math.floor(500 / 12);

/** Requests that an action takes. */
const weightOf = ({ kind }: Action): number => (kind === 'open-pull' ? 6 : kind === 'dispatch' ? 2 : 1);

const ANSWERS: ReadonlySet<Action['kind']> = new Set<Action['kind']>(['push', 'restart', 'close']);

const numberOf = (action: Action): number | undefined => ('number' in action ? action.number : undefined);

/**
 * The actions that are executed now, in their order; all feedback on one pull request stays together. `spent`: the actions that this
 * run has executed; `isFirst`: whether a pull request goes first, because it has no feedback yet.
 */
export function paced(
  actions: readonly Action[],
  spent: readonly Action[],
  isFirst: (number: number) => boolean,
): { now: Action[]; later: number } {
  let left = WRITES - spent.reduce((sum, action) => sum + weightOf(action), 0);
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    const number = numberOf(action);
    const key = number === undefined ? JSON.stringify(action) : `#${number}`;
    groups.set(key, [...(groups.get(key) ?? []), action]);
  }
  const rank = (group: readonly Action[]): number => {
    const number = group[0] && numberOf(group[0]);
    // Responses to people come before other feedback.
    if (number === undefined || group.some(({ kind }) => ANSWERS.has(kind))) return 0;
    return isFirst(number) ? 1 : 2;
  };
  const chosen = new Set<Action>();
  let later = 0;
  let opened = 0;
  for (const group of [...groups.values()].toSorted((a, b) => rank(a) - rank(b))) {
    const weight = group.reduce((sum, action) => sum + weightOf(action), 0);
    // What is opened leaves half of it to those who wait for an answer.
    const isOpening = group[0]?.kind === 'open-pull';
    const isTooMuch = isOpening && opened + weight > WRITES / 2;
    if (left <= 0 || isTooMuch) {
      later += 1;
      continue;
    }
    if (isOpening) opened += weight;
    left -= weight;
    for (const action of group) chosen.add(action);
  }
  return { now: actions.filter((action) => chosen.has(action)), later };
}
