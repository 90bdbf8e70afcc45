/** The message of a merge commit, which history and audit read. */
import { expect, test } from 'vitest';
import { mergeWords } from './commit-message.ts';
import type { InvalidReason } from '../../core/policy/approval-validity.ts';
import { evaluated } from '../../fixtures/evaluated-pull-request.ts';
import { SMART } from '../../fixtures/workspace.ts';

test('a merge says what history reads', () => {
  const given = (login: string, invalid?: InvalidReason) => ({
    review: { id: 1, account: { id: 1, login }, state: 'approved' as const, body: '', at: 0 },
    login,
    state: 'approved' as const,
    ...(invalid === undefined ? {} : { invalid }),
  });
  const { title, message } = mergeWords(
    evaluated('submit', { reviews: [given('rita'), given('olga', 'changed')], actor: '<x\ny>' }),
  );
  expect(title).toBe(`Merge pull request #7: submit ${SMART} 1.2.0`);
  expect(message.split('\n')).toEqual([
    'Transition: submit',
    `Miniapp: ${SMART}`,
    'Version: 1.2.0',
    'Actor: <x y>',
    'Approved-by: rita',
    'Pull-request: #7',
  ]);
});
