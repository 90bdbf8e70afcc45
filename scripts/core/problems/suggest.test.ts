import { expect, test } from 'vitest';
import { fieldName, nearest } from './suggest.ts';

test('the place of a value as a field', () =>
  expect(fieldName(['whitelist', 2, 'account'])).toBe('whitelist[2].account'));

test.each([
  ['smart-lif', ['smart-life', 'oem'], 'Did you mean smart-life?'],
  ['shwo', ['list', 'show'], 'Did you mean show?'],
  ['zzzzz', ['smart-life', 'oem'], 'Known: smart-life, oem'],
])('what may have been meant by %s', (given, known, answer) => expect(nearest(given, known)).toBe(answer));
