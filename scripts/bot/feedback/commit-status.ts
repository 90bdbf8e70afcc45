/** The status and the label that show where a pull request stands. Both are shown, never read as true. Pure. */
import { oneLine, shortened } from '../../github/one-line.ts';
import type { Status } from '../../github/types.ts';
import type { EvaluationStatus, EvaluationState } from '../evaluate/status.ts';

export const CONTEXT = 'miniapp/check';

/** What GitHub takes. */
const DESCRIPTION_LIMIT = 140;

const STATES: Readonly<Record<EvaluationState, Status['state']>> = {
  refused: 'failure',
  waiting: 'pending',
  ready: 'success',
  // Where GitHub requires this status, anything else would keep it from ever being merged.
  blocked: 'success',
  elsewhere: 'success',
  unchecked: 'pending',
  broken: 'failure',
  unknown: 'error',
};

export const statusOf = ({ state, sentence }: EvaluationStatus): Status => ({
  state: STATES[state],
  context: CONTEXT,
  description: shortened(oneLine(sentence), DESCRIPTION_LIMIT),
});

export const LABELS = ['miniapp: refused', 'miniapp: waiting', 'miniapp: ready'] as const;

export function labelOf({ state }: EvaluationStatus): (typeof LABELS)[number] | undefined {
  const shown = state === 'blocked' ? 'waiting' : state;
  return LABELS.find((label) => label === `miniapp: ${shown}`);
}

/** Says on a commit that a workflow was started for it, so that a run after a crash knows. */
export const startedStatus = (workflow: string) =>
  ({ state: 'success', context: `miniapp/started ${workflow}`, description: 'started by the bot' }) as const;
