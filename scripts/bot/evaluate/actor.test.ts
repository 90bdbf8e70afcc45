/** For whom a pull request acts: a person, a stranger, the bot, or who started the bot's run. */
import { describe, expect, test } from 'vitest';
import { resolveActor } from './actor.ts';
import type { WorkflowRun } from '../manual-transition/workflow-run.ts';
import { BOT, SHA, pull, workspace } from '../../fixtures/evaluated-pull-request.ts';
import { SMART } from '../../fixtures/workspace.ts';
import type { PullRequestDetails } from '../../github/types.ts';

describe('for whom it acts', () => {
  const run: WorkflowRun = {
    id: 5,
    path: '.github/workflows/transition.yml@refs/heads/main',
    event: 'workflow_dispatch',
    branch: 'main',
    isOwn: true,
    title: `publish ${SMART} 1.2.0`,
    by: { id: 103, login: 'renamed' },
    isUntouched: true,
    isFirst: true,
    commit: SHA,
    from: 0,
    until: Infinity,
  };
  const bots = (ref: string, isOwn = true) => pull({ author: BOT, head: { ref, sha: SHA, isOwn } });
  const acts = (one: PullRequestDetails, fact?: WorkflowRun) =>
    resolveActor(one, { base: workspace, bot: BOT, branch: 'main', past: [{ commit: SHA }], run: fact }).actor;
  test('people by their number, strangers by a name that is no login', () => {
    expect(acts(pull({ author: { id: 103, login: 'anything' } }))).toBe('alice');
    expect(acts(pull({ author: { id: 900, login: 'alice' } }))).toBe('<alice>');
    expect(acts(pull({ author: null }))).toBe('<ghost>');
    expect(acts(pull({ author: { id: 900, login: BOT.login } }))).toBe(`<${BOT.login}>`);
  });
  test('the bot for nobody, or for who started the run', () => {
    expect(acts(bots(`review/${SMART}/1.2.0`))).toBe(BOT.login);
    expect(acts(bots('transition/5', false), run)).toBe('<bot>');
    expect(acts(bots('transition/5'), run)).toBe('alice');
    const others: Partial<WorkflowRun>[] = [
      { path: '.github/workflows/mine.yml' },
      { event: 'push' },
      { branch: 'mine' },
      { isOwn: false },
      { isUntouched: false },
      { isFirst: false },
      { commit: 'f'.repeat(40) },
      { from: Infinity },
      { until: -1 },
      { id: 6 },
    ];
    for (const other of others) expect(acts(bots('transition/5'), { ...run, ...other })).toBe(BOT.login);
    expect(acts(bots('transition/5'))).toBe(BOT.login);
  });
});
