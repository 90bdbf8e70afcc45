import { expect, test } from 'vitest';
import { textIn } from './localized-text.ts';

test('a text in the first of the languages that it has, and one text in all of them', () => {
  expect(textIn({ zh: '灯', fr: 'Lampe' }, ['en', 'zh'])).toBe('灯');
  expect(textIn('Lamp', ['zh'])).toBe('Lamp');
});
