/**
 * How much a run of the schedule says, so that all runs of an hour together keep to what GitHub asks for: 500 requests that create
 * content. After a flood, or on the first day, the runs after it go on. What is merged is not counted: nothing waits for words. Pure.
 */
import type { Action } from './types.ts';

/** Of an hour, for twelve runs. */
const WRITES = Math.floor(500 / 12);

/** How many requests one takes. */
const weightOf = ({ kind }: Action): number => (kind === 'open-pull' ? 6 : kind === 'dispatch' ? 2 : 1);

const ANSWERS: ReadonlySet<Action['kind']> = new Set<Action['kind']>(['push', 'restart', 'close']);

const numberOf = (action: Action): number | undefined => ('number' in action ? action.number : undefined);

/**
 * The part of the actions that is done now, in their order; all that is said of one pull request together. `spent`: what was done
 * in the run before; `isFirst`: whether it goes before others, as nobody was told anything of it yet.
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
    // What answers somebody comes before words.
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
