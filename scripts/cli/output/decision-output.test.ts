/** What is said of the approvals that a change needs. */
import { expect, test } from 'vitest';
import { approvalLine } from './decision-output.ts';

const reviewers = { required: 1, given: [], missing: 1, by: 'reviewer' };

test('who can give what is missing; where nobody can, that somebody else needs the role first', () => {
  expect(approvalLine({ ...reviewers, from: ['rita', 'ben'] })).toBe('1 needed, 1 missing, by rita or ben');
  expect(approvalLine({ ...reviewers, from: [] })).toMatch(
    /^1 needed, 1 missing, by nobody in people\/ yet: another person needs the right first \(an owner gives roles: npx miniapp person edit LOGIN --role/,
  );
  expect(approvalLine({ ...reviewers, given: ['rita'], missing: 0, from: [] })).toBe(
    '1 needed (given: rita), 0 missing',
  );
});
