import { expect, test } from 'vitest';
import type { TimelineEvent } from '../../../../scripts/core/history/timeline.ts';
import { medianDuration, reviewTimes } from './durations.ts';

const event = (time: number, kind: string, version = '1.0.0'): TimelineEvent => ({
  record: { commit: String(time), time, approvedBy: [] },
  steps: [{ kind, miniapp: 'x', version }],
  effects: [],
  tables: [],
});

test.each([
  [
    'the submission before the newest decision counts',
    [event(9, 'approve'), event(7, 'submit'), event(4, 'reject'), event(1, 'submit')],
    [9, 2],
  ],
  ['a decision without a known submission took nobody knows how long', [event(9, 'approve')], [9, undefined]],
  ['what waits again has its former decision', [event(12, 'submit'), event(9, 'reject'), event(7, 'submit')], [9, 2]],
  ['automatic approvals are decisions', [event(3, 'auto-approve'), event(1, 'submit')], [3, 2]],
  [
    'an approval that was taken back is decided then, and that is no review',
    [event(9, 'revoke'), event(3, 'approve'), event(1, 'submit')],
    [9, undefined],
  ],
])('%s', (_name, events, expected) => {
  const { decidedAt, took } = reviewTimes({ events }).get('x 1.0.0')!;
  expect([decidedAt, took]).toEqual(expected);
});

test('half of the reviews took at most the median', () => {
  const took = (...all: number[]) => all.map((one) => ({ decidedAt: 10, took: one }));
  expect(medianDuration(took(5, 1, 9))).toEqual({ took: 5, count: 3 });
  expect(medianDuration([...took(4, 1), { decidedAt: 3 }])).toEqual({ took: 1, count: 2 });
  expect(medianDuration([{ decidedAt: 3 }])).toBeUndefined();
});
