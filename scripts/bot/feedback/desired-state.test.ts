/** What the bot says and does of a pull request, less what is said and done. */
import { describe, expect, test } from 'vitest';
import { evaluationStatus } from '../evaluate/status.ts';
import { MARK, ownComments } from '../comment-mark.ts';
import { nextMerge, feedbackActions, desiredState } from './desired-state.ts';
import type { Action, EvaluatedPullRequest } from '../types.ts';
import { BOT, SHA, pull, evaluated, type Kind } from '../../fixtures/evaluated-pull-request.ts';

describe('the actions that lead to the desired state', () => {
  const around = {
    repository: { owner: 'o', repo: 'r' },
    branch: 'main',
    tip: SHA,
    serverUrl: 'https://github.com',
    bot: BOT,
  };
  const actionsFor = (one: EvaluatedPullRequest) => feedbackActions(one, desiredState(one, around), around);
  const kinds = (actions: readonly Action[]) => actions.map(({ kind }) => kind);

  test('everything is said once, and then nothing', () => {
    const first = evaluated('submit', {}, 1);
    const { comment = '', commitStatus: status, label = '' } = desiredState(first, around);
    expect(kinds(actionsFor(first))).toEqual(['set-status', 'comment', 'add-label']);
    const said = pull({
      statuses: [{ ...status, by: BOT }],
      comments: [{ id: 1, account: BOT, body: comment }],
      labels: [label],
    });
    expect(actionsFor({ ...first, pull: said })).toEqual([]);
  });

  test('what others set or wrote counts for nothing; doubles go', () => {
    const first = evaluated('submit', {}, 1);
    const { comment = '', commitStatus: status, label = '' } = desiredState(first, around);
    const mallory = { id: 900, login: 'github-actions[bot]' };
    const forged = pull({
      statuses: [{ ...status, by: mallory }],
      comments: [
        { id: 1, account: mallory, body: comment },
        { id: 2, account: BOT, body: `> ${comment}` },
        { id: 3, account: BOT, body: comment },
        { id: 4, account: BOT, body: comment },
      ],
      labels: [label, 'miniapp: ready'],
    });
    expect(actionsFor({ ...first, pull: forged })).toEqual([
      { kind: 'set-status', number: 7, sha: SHA, status },
      { kind: 'delete-comment', number: 7, id: 4 },
      { kind: 'remove-label', number: 7, label: 'miniapp: ready' },
    ]);
    expect(ownComments([{ id: 1, account: null, body: MARK }], BOT)).toEqual([]);
  });

  test('one step towards a merge at a time: a stop first, then what is up to date, then the oldest', () => {
    const all = (...all: EvaluatedPullRequest[]) =>
      all.map((one) => ({ evaluated: one, status: evaluationStatus(one) }));
    const numbered = (number: number, isUpToDate = true, kind: Kind = 'submit') =>
      evaluated(kind, { pull: pull({ number }), isUpToDate });
    const next = (...some: EvaluatedPullRequest[]) =>
      nextMerge(all(...some), { tip: SHA, bot: BOT }).map((action) =>
        'number' in action ? `${action.kind} ${action.number}` : '',
      );
    expect(next(numbered(3), numbered(2), numbered(1, false))).toEqual(['merge 2']);
    expect(next(numbered(3), numbered(9, true, 'disable'))).toEqual(['merge 9']);
    expect(next(numbered(3), numbered(9, false, 'disable'))).toEqual(['update-branch 9']);
    expect(next(numbered(1, false))).toEqual(['update-branch 1']);
    const foreign = evaluated('submit', {
      pull: pull({ head: { ref: 'x', sha: SHA, isOwn: false } }),
      isUpToDate: false,
    });
    expect(next(foreign)).toEqual([]);
    expect(next(evaluated('submit', {}, 1))).toEqual([]);
  });

  test('a fork that the bot may not push to is asked to bring itself up to date', () => {
    const behind = evaluated('submit', {
      pull: pull({ head: { ref: 'x', sha: SHA, isOwn: false } }),
      isUpToDate: false,
    });
    expect(desiredState(behind, around).comment).toContain('press **Update branch**, or allow edits by maintainers');
    // A fork of an organization has no such switch.
    const head = { ref: 'x', sha: SHA, isOwn: false, isOfOrganization: true } as const;
    const theirs = evaluated('submit', { pull: pull({ head }), isUpToDate: false });
    expect(desiredState(theirs, around).comment).toContain('press **Update branch**.');
    const mine = evaluated('submit', { pull: pull({ mayBePushed: true }), isUpToDate: false });
    expect(desiredState(mine, around).comment).toContain('The bot merges it.');
  });

  test('what people wrote is text in the comment', () => {
    const refusal = '<img src=x> @olga [x](javascript:y) `z` ${{ a }}\n::error::b';
    const { comment = '' } = desiredState(evaluated('submit', { refusal, actor: "';id" }), around);
    expect(comment).not.toMatch(/<img|@olga|\]\(javascript|^::error/m);
    expect(comment).not.toContain('--actor');
  });
});
