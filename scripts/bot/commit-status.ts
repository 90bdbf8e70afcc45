/** The commit status and the label of a pull request. The bot writes both and trusts neither. Pure. */
import { oneLine, shortened } from '../github/one-line.ts';
import type { CommitStatus } from '../github/types.ts';
import type { EvaluationStatus, EvaluationState } from './types.ts';

export const CONTEXT = 'miniapp/check';

/** What GitHub takes. */
const DESCRIPTION_LIMIT = 140;

const STATES: Readonly<Record<EvaluationState, CommitStatus['state']>> = {
  refused: 'failure',
  waiting: 'pending',
  ready: 'success',
  // Where GitHub requires this status, any other state would block it for ever.
  blocked: 'success',
  // Red or yellow, it would ask for an answer that nobody has to give.
  empty: 'success',
  elsewhere: 'success',
  unchecked: 'pending',
  broken: 'failure',
  unknown: 'error',
};

/** The commit status of an evaluation; its sentence is cut to the 140 characters that GitHub takes. */
export const statusOf = ({ state, sentence }: EvaluationStatus): CommitStatus => ({
  state: STATES[state],
  context: CONTEXT,
  description: shortened(oneLine(sentence), DESCRIPTION_LIMIT),
});

export const LABELS = ['miniapp: refused', 'miniapp: waiting', 'miniapp: ready'] as const;

/** The label of an evaluation, or undefined for a state that has none. A blocked one waits, for whoever looks at the list. */
export function labelOf({ state }: EvaluationStatus): (typeof LABELS)[number] | undefined {
  const shown = state === 'blocked' ? 'waiting' : state;
  return LABELS.find((label) => label === `miniapp: ${shown}`);
}

/** The status that records on a commit that a workflow was started for it, for a run after a crash. */
export const startedStatus = (workflow: string) =>
  ({ state: 'success', context: `miniapp/started ${workflow}`, description: 'started by the bot' }) as const;
