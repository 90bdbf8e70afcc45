/** The status and the label that show where a pull request stands. Both are shown, never read as true. Pure. */
import type { Status } from './model.ts';
import type { Standing, Word } from './standing.ts';

export const CONTEXT = 'miniapp/check';

/** What GitHub takes. */
const DESCRIPTION_LIMIT = 140;

const STATES: Readonly<Record<Word, Status['state']>> = {
  refused: 'failure',
  waiting: 'pending',
  ready: 'success',
  elsewhere: 'success',
  unknown: 'error',
};

export const statusOf = ({ word, sentence }: Standing): Status => ({
  state: STATES[word],
  context: CONTEXT,
  description: shortened(sentence),
});

function shortened(sentence: string): string {
  // oxlint-disable-next-line no-control-regex
  const line = sentence
    .toWellFormed()
    .replace(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= DESCRIPTION_LIMIT ? line : `${characters.slice(0, DESCRIPTION_LIMIT - 1).join('')}…`;
}

export const LABELS = ['miniapp: refused', 'miniapp: waiting', 'miniapp: ready'] as const;

export function labelOf({ word }: Standing): (typeof LABELS)[number] | undefined {
  return word === 'elsewhere' || word === 'unknown' ? undefined : `miniapp: ${word}`;
}
