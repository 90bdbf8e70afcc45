/** The form of the workflow as words of the command line. */
import { describe, expect, test } from 'vitest';
import { runNameOf, settingOf, wordsOf, type TransitionForm } from './command-line.ts';
import { SMART } from '../../fixtures/workspace.ts';

describe('the form of the workflow', () => {
  const form = (more: Partial<TransitionForm>): TransitionForm => ({
    transition: '',
    miniapp: SMART,
    version: '',
    reason: '',
    arguments: '',
    ...more,
  });
  test.each<[Partial<TransitionForm>, string[]]>([
    [{ transition: 'publish', version: '1.2.0' }, ['publish', SMART, '1.2.0']],
    [
      { transition: 'reject', version: '1.2.0', reason: ' "no"; $(id) ' },
      ['reject', SMART, '1.2.0', '--reason="no"; $(id)'],
    ],
    [{ transition: 'clear-experience' }, ['experience', 'clear', SMART]],
    [
      { transition: 'rollback', version: '1.0.0', arguments: ' --update-scenarios ' },
      ['rollback', SMART, '1.0.0', '--update-scenarios'],
    ],
    [
      { transition: 'start-rollout', version: '1.3.0', arguments: '--percent 10 --app smart-life' },
      ['rollout', 'start', SMART, '1.3.0', '--percent', '10', '--app', 'smart-life'],
    ],
    [
      { transition: 'widen-rollout', arguments: '--percent=50 --update-scenarios' },
      ['rollout', 'widen', SMART, '--percent=50', '--update-scenarios'],
    ],
    [{ transition: 'stop-rollout' }, ['rollout', 'stop', SMART]],
    [{ transition: 'archive' }, ['edit', SMART, '--archive']],
    [
      { transition: 'scenario', arguments: 'add --name "All of it" --app smart-life --region EU --opens online' },
      ['scenario', 'add', SMART, '--name', 'All of it', '--app', 'smart-life', '--region', 'EU', '--opens', 'online'],
    ],
    [
      { transition: 'whitelist', arguments: `add --app smart-life --account 'a b' --note "x $(id)"` },
      ['whitelist', 'add', SMART, '--app', 'smart-life', '--account', 'a b', '--note', 'x $(id)'],
    ],
  ])('%j', (more, words) => expect(wordsOf(form(more))).toEqual(words));
  test.each<Partial<TransitionForm>>([
    { transition: 'publish', version: '1.2.0', miniapp: '--config' },
    { transition: 'publish', version: '--actor=olga' },
    { transition: 'validate', version: '1.2.0' },
    { transition: 'reject', version: '1.2.0' },
    { transition: 'whitelist', arguments: 'add --actor olga' },
    { transition: 'whitelist', arguments: 'add --file=/etc/passwd' },
    { transition: 'language', arguments: 'import /proc/self/environ' },
    { transition: 'disable', arguments: '--actor olga' },
    { transition: 'disable', arguments: '--update-scenarios' },
    { transition: 'revoke', version: '1.2.0', reason: 'why', arguments: '--update-scenarios' },
    { transition: 'publish', version: '1.2.0', arguments: '--update-scenarios --actor olga' },
    { transition: 'start-rollout', arguments: '--percent 10' },
    { transition: 'start-rollout', version: '1.3.0', arguments: '--percent 10 --actor olga' },
    { transition: 'start-rollout', version: '1.3.0', arguments: '--percent 10 --config=/etc' },
    { transition: 'widen-rollout', version: '--actor=olga', arguments: '--percent 50' },
    { transition: 'stop-rollout', arguments: '--percent 5' },
    { transition: 'archive', arguments: '--name X' },
    { transition: 'scenario', arguments: 'add --file /etc/passwd' },
  ])('refused: %j', (more) => expect(() => wordsOf(form(more))).toThrow(/./));

  test.each<Partial<TransitionForm>>([
    { transition: 'start-rollout', version: '1.3.0', arguments: '--percent 10 --app smart-life' },
    { transition: 'widen-rollout', arguments: '--percent 50 --update-scenarios' },
    { transition: 'widen-rollout', version: '1.3.0', arguments: '--percent 50' },
    { transition: 'publish', version: '1.2.0', arguments: '--update-scenarios' },
  ])('is known again by the name of its run: %j', (more) =>
    expect(settingOf(runNameOf(form(more)))).toEqual(form(more)),
  );
});
