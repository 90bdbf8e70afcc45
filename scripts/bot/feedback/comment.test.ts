/** The bot's comment: its links, and how many versions it does not compare. */
import { describe, expect, test } from 'vitest';
import { evaluationStatus } from '../evaluate/status.ts';
import { commentBody, linkTo } from './comment.ts';
import type { EvaluatedPullRequest } from '../types.ts';
import { SHA, evaluated } from '../../fixtures/evaluated-pull-request.ts';
import { SMART } from '../../fixtures/workspace.ts';

test('a link ends where it should', () => {
  const link = linkTo({ owner: 'o', repo: 'r' }, 'https://github.com', SHA);
  expect(link('config/a) [x](y)#?.yaml', 3)).toBe(
    `https://github.com/o/r/blob/${SHA}/config/a%29%20%5Bx%5D%28y%29%23%3F.yaml#L3`,
  );
});

test('a comment says how many versions it does not compare', () => {
  const one = { id: { miniapp: SMART, version: '1.2.0' }, markdown: 'The same bytes.', calls: 'none', fit: '' };
  const body = (more: Partial<EvaluatedPullRequest>): string => {
    const own = evaluated('submit', more);
    const status = evaluationStatus(own);
    const repository = { owner: 'acme', repo: 'miniapps' };
    return commentBody({ evaluated: own, status, repository, serverUrl: 'https://github.com', branch: 'main' });
  };
  expect(body({ compared: [one] })).not.toContain('not compared here');
  expect(body({ compared: [one], uncompared: 45 })).toContain('The bytes of 45 more versions are not compared here');
  // Where many leave no room, fewer are shown.
  const long = { ...one, markdown: 'x'.repeat(20_000) };
  expect(body({ compared: [long, long, long, long, long] })).toContain(
    'The bytes of 4 more versions are not compared here',
  );
});

describe('the command that says the same on a machine', () => {
  const given = (
    login: string,
    state: 'approved' | 'changes-requested',
    more: { body?: string; invalid?: 'changed' } = {},
  ) => {
    const { body = 'No', ...invalid } = more;
    return { review: { id: 1, account: { id: 9, login }, state, body, sha: SHA, at: 0 }, login, state, ...invalid };
  };
  const commandFor = (own: EvaluatedPullRequest) => {
    const repository = { owner: 'acme', repo: 'miniapps' };
    const status = evaluationStatus(own);
    const body = commentBody({ evaluated: own, status, repository, serverUrl: 'https://github.com', branch: 'main' });
    return body.slice(body.indexOf('npx miniapp plan')).split('\n', 1)[0];
  };

  test('names the approvals that count, also of accounts that a company gives', () => {
    const reviews = [given('rita_acme', 'approved'), given('olga', 'approved', { invalid: 'changed' })];
    const command = commandFor(evaluated('approve', { actor: 'github-actions[bot]', reviews }));
    expect(command).toMatch(/ --actor 'github-actions\[bot\]' --approved-by rita_acme$/);
  });

  test('names of those who request changes whoever says what the rejection says: it knows no reasons', () => {
    const reviews = [given('rita', 'changes-requested'), given('rex', 'changes-requested', { body: 'Another' })];
    const own = evaluated('reject', { reviews });
    const miniapp = own.evaluation!.workspace.miniapps.get(SMART)!;
    const review = { status: 'rejected', submittedBy: 'bob', reviewedBy: 'rita', reason: 'No' } as const;
    const versions = new Map(miniapp.versions).set('1.2.0', { ...miniapp.versions.get('1.2.0')!, review });
    const workspace = { ...own.evaluation!.workspace, miniapps: new Map([[SMART, { ...miniapp, versions }]]) };
    const command = commandFor({ ...own, evaluation: { ...own.evaluation!, workspace } });
    expect(command).toMatch(/ --actor alice --changes-requested-by rita$/);
    expect(commandFor(evaluated('approve', { reviews }))).toMatch(/ --actor alice$/);
  });
});

test.each([
  [
    'the right to approve is asked besides the approvals of the policy',
    'rita, rex',
    1,
    '2 needed, 2 missing: 1 by `rita` or `rex`, 1 by `rita`.',
  ],
  ['the right to approve is asked alone', 'rita, rex', 0, '1 needed, 1 missing: `rita` or `rex`.'],
  ['nobody has the right to approve', 'nobody yet', 0, '1 needed, 1 missing: nobody in people/ could give it.'],
])('of a pull request of the bot: %s', (_, holders, missing, approvals) => {
  const own = evaluated('approve', { isForBot: true }, missing);
  const lent = {
    code: 'actor-not-allowed',
    at: { file: 'x' },
    args: { actor: 'bot', what: 'approve', roles: 'reviewer', holders },
  } as const;
  const evaluation = { ...own.evaluation!, decision: { ...own.evaluation!.decision, ok: false, problems: [lent] } };
  const judged = { ...own, evaluation };
  const repository = { owner: 'acme', repo: 'miniapps' };
  const status = evaluationStatus(judged);
  const body = commentBody({ evaluated: judged, status, repository, serverUrl: 'https://github.com', branch: 'main' });
  expect(body).toContain(approvals);
  expect(body).not.toContain('nobody yet');
});
