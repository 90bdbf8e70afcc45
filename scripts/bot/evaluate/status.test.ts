/** The status of an evaluated pull request, and the commit status that it becomes. */
import { describe, expect, test } from 'vitest';
import { evaluationStatus, blockingReviewers } from './status.ts';
import { statusOf } from '../commit-status.ts';
import type { EvaluatedPullRequest } from '../types.ts';
import { pull, evaluated } from '../../fixtures/evaluated-pull-request.ts';

describe('the status of a pull request', () => {
  const review = { id: 1, account: { id: 102, login: 'rita' }, state: 'changes-requested', body: 'no', at: 0 } as const;
  const objected = {
    changesRequestedBy: ['rita'],
    reviews: [{ review, login: 'rita', state: 'changes-requested' as const }],
  };
  test.each<[string, EvaluatedPullRequest, string, string]>([
    ['allowed', evaluated(), 'ready', 'success'],
    ['an approval is missing', evaluated('submit', {}, 1), 'waiting', 'pending'],
    ['a draft', evaluated('submit', { pull: pull({ isDraft: true }) }), 'waiting', 'pending'],
    ['held', evaluated('submit', { pull: pull({ labels: ['hold'] }) }), 'waiting', 'pending'],
    [
      'a look-alike of the label',
      evaluated('submit', { pull: pull({ labels: ['hоld', 'ho1d', 'on hold'] }) }),
      'ready',
      'success',
    ],
    ['changes requested', evaluated('submit', objected), 'waiting', 'pending'],
    ['changes requested of an emergency stop', evaluated('disable', objected), 'ready', 'success'],
    ['changes requested that became the rejection', evaluated('reject', objected), 'ready', 'success'],
    [
      'a no of somebody else',
      evaluated('reject', { ...objected, changesRequestedBy: ['rita', 'olga'] }),
      'waiting',
      'pending',
    ],
    ['another base', evaluated('submit', { refusal: 'another branch' }), 'refused', 'failure'],
    ['GitHub failed', evaluated('submit', { refusal: 'no answer', isOutside: true }), 'unknown', 'error'],
  ])('%s', (_, evaluated, state, commitState) => {
    const status = evaluationStatus(evaluated);
    expect([status.state, statusOf(status).state]).toEqual([state, commitState]);
    expect(status.isToMerge).toBe(state === 'ready');
  });

  test('a status has at most 140 characters and no control characters', () => {
    const { description } = statusOf({ state: 'refused', sentence: `\u202E${'x\n'.repeat(300)}`, isToMerge: false });
    expect([...description].length).toBeLessThanOrEqual(140);
    expect(description).not.toMatch(/\n|\u202E/);
  });

  test('a no that was taken over by nobody stops everything else', () =>
    expect(blockingReviewers(evaluated('submit', objected))).toEqual(['rita']));
});
