/** Which texts are a day or a moment, and when each ends. */
import { expect, test } from 'vitest';
import { endOf, isReal } from './dates.ts';

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-11-20T24:00:00Z', false],
  ['2026-11-20T23:59:59Z', true],
  ['2026-11-20T23:59Z', true],
  ['2026-11-20T24:00Z', false],
  ['2026-11-20T23Z', false],
  ['2026-11-20T23:60:00Z', false],
  ['2026-11-31T00:00:00.5Z', false],
])('%s is in the calendar: %s', (text, real) => expect(isReal(text)).toBe(real));

test('a moment ends at itself, with or without seconds, and a day after its last one', () => {
  expect(endOf('2026-12-31T12:00Z')).toBe(endOf('2026-12-31T12:00:00Z'));
  expect(endOf('2026-12-31')).toBe(Date.parse('2027-01-01T00:00:00Z'));
});
