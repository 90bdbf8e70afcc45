/** The past is answered by the change before the end of the day, and by nothing that came after it. */
import { expect, test } from 'vitest';
import { pastAnswer, pastAnswers, wasRolledOut, type PastQuestion } from './past-answers.ts';
import type { TimelineEvent } from '#core/history/timeline.ts';

const event = (commit: string, time: number, rows: TimelineEvent['tables'][number]['rows']): TimelineEvent => ({
  record: { commit, time, approvedBy: [] },
  steps: [],
  effects: [],
  tables: rows.length === 0 ? [] : [{ miniapp: 'tyx', rows }],
});
const held = pastAnswers([
  event('c', 300, [{ app: 'home', regions: ['EU'], answers: ['2.0', '2.0', '2.0', '2.1'], rollout: ['3.0', '2.1'] }]),
  event('both', 250, [
    { app: 'home', regions: ['AZ'], answers: ['2.0', '2.0', '2.0', '4.0'], rollout: ['3.0', '3.0'] },
    { app: 'home', regions: ['IN'], answers: ['2.0', '2.0', '2.0', '2.0'], rollout: ['3.0', '3.0'] },
  ]),
  event('b', 200, []),
  event('a', 100, [{ app: 'home', regions: ['EU', 'IN'], answers: ['app-not-associated', '1.0'] }]),
]);
const asked: PastQuestion = {
  ...{ until: 350, app: 'home', region: 'EU', entry: 'link' },
  ...{ whitelisted: false, inRollout: false },
};

const BOTH = { until: 299, whitelisted: true, inRollout: true };

test.each<[string, Partial<PastQuestion>, string | undefined]>([
  ['the newest', {}, '2.0'],
  ['the whitelisted', { whitelisted: true, entry: 'experience' }, '2.1'],
  ['the rollout', { inRollout: true }, '3.0'],
  ['to the millisecond', { until: 300 }, '2.0'],
  ['a change without another answer', { until: 249 }, 'app-not-associated'],
  ['nobody was whitelisted', { until: 240, whitelisted: true, entry: 'experience' }, '1.0'],
  ['another region', { until: 240, region: 'IN', entry: 'experience' }, '1.0'],
  ['both: the experience version', { ...BOTH, region: 'AZ', entry: 'experience' }, '4.0'],
  ['both, by a normal link: the rollout', { ...BOTH, region: 'AZ' }, '3.0'],
  ['both, where no experience version opened: the rollout', { ...BOTH, region: 'IN', entry: 'experience' }, '3.0'],
  ['a region that had no answer', { region: 'IN' }, undefined],
  ['before all that is held', { until: 99 }, undefined],
])('%s', (_what, question, answer) => expect(pastAnswer(held, { ...asked, ...question })?.answer).toBe(answer));

test.each([
  ['then and there', 350, 'EU', true],
  ['in another region', 350, 'IN', false],
  ['before it', 240, 'EU', false],
  ['before all that is held', 99, 'EU', false],
])('a rollout is known %s', (_when, until, region, was) =>
  expect(wasRolledOut(held, { until, app: 'home', region })).toBe(was),
);
