/** The past is answered by the change before the end of the day, and by nothing that came after it. */
import { expect, test } from 'vitest';
import { answersUntil, pastAnswer, pastAnswers, pastParts, wasRolledOut, type PastQuestion } from './past-answers.ts';
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
  until: 350,
  app: 'home',
  region: 'EU',
  entry: 'link',
  whitelisted: false,
  inRollout: false,
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

test('a long past comes in files of bounded size, of which as many are read as the moment takes', async () => {
  const events = Array.from({ length: 100 }, (_one, at) =>
    event(`c${at}`, 1_000 - at, [{ app: 'home', regions: ['EU'], answers: [`${at}.0`, `${at}.0`] }]),
  );
  const parts = pastParts(pastAnswers(events), 1_000);
  expect(parts.size).toBeGreaterThan(5);
  for (const part of parts.values()) expect(JSON.stringify(part.answers).length).toBeLessThan(1_100);
  expect([...parts.values()].flatMap(({ answers }) => answers)).toEqual(pastAnswers(events));
  const read: string[] = [];
  const answerAt = async (until: number) => {
    read.length = 0;
    const answers = await answersUntil(until, async (name) => (read.push(name), parts.get(name)!));
    return pastAnswer(answers, { ...asked, until })?.answer;
  };
  expect(await answerAt(1_000)).toBe('0.0');
  expect(read).toEqual(['past.json']);
  expect(await answerAt(901)).toBe('99.0');
  expect(read).toEqual([...parts.keys()]);
  expect(await answerAt(10)).toBeUndefined();
});

test('nothing that is held makes no file, and one large answer makes one', () => {
  expect(pastParts([])).toEqual(new Map());
  expect([...pastParts(held, 1).values()].map(({ answers }) => answers.length)).toEqual(held.map(() => 1));
});
