/** What is said of the approvals that a change needs. */
import { expect, test } from 'vitest';
import { approvalLine } from './decision-output.ts';

const missing = (...from: string[]) => ({ missing: 1, from });
const reviewers = { required: 1, given: [], missing: 1 };

test('who can give what is missing; where nobody can, that somebody else needs the role first', () => {
  expect(approvalLine({ ...reviewers, waits: [missing('rita', 'ben')] })).toBe('1 needed, 1 missing, by rita or ben');
  expect(approvalLine({ ...reviewers, waits: [missing()] })).toMatch(
    /^1 needed, 1 missing, by nobody in people\/ yet: another person needs the right first \(an owner gives roles: npx miniapp person edit LOGIN --role/,
  );
  expect(approvalLine({ ...reviewers, given: ['rita'], missing: 0, waits: [] })).toBe(
    '1 needed (given: rita), 0 missing',
  );
});

test('where different people are asked, whose approval is missing of each', () => {
  const waits = [missing('rita', 'rex'), missing('rita')];
  expect(approvalLine({ required: 2, given: [], missing: 2, waits })).toBe(
    '2 needed, 2 missing: 1 by rita or rex, 1 by rita',
  );
});

test('where fewer people can give it than are asked, how many more need the right', () => {
  const waits = [{ missing: 3, from: ['rita', 'rex'] }];
  expect(approvalLine({ required: 3, given: [], missing: 3, waits })).toBe(
    '3 needed, 3 missing, by rita or rex, and 1 who must be given the right first',
  );
});
