import { expect, test } from 'vitest';
import { words } from '../i18n/index.ts';
import { durationText } from './age.ts';

const MINUTE = 60_000;

test.each([
  [59_999, 'under a minute', '不到一分钟'],
  [2 * MINUTE, '2 min', '2 分钟'],
  [59.9 * MINUTE, '59 min', '59 分钟'],
  [60 * MINUTE, '1 h', '1 小时'],
  [47.9 * 60 * MINUTE, '47 h', '47 小时'],
  [48 * 60 * MINUTE, '2 d', '2 天'],
])('%d milliseconds are told as a reader needs them', (duration, en, zh) => {
  expect(durationText(duration, words.en)).toBe(en);
  expect(durationText(duration, words.zh)).toBe(zh);
});
