/** Patterns of somebody's code are run on its texts only where they take time in proportion to them. */
import { expect, test } from 'vitest';
import { processorTime } from '../../../fixtures/processor-time.ts';
import { textOf } from '../value.ts';
import { replaced } from './texts.ts';

const given = textOf('https://api.example.com/{id}/aaaa', true);
const by = [textOf('x', true)];

test.each([
  ['a{2}a', false],
  ['a{0,9}a{0,9}', false],
  ['a{1}', false],
  ['(a+)+', false],
  ['a*', false],
  ['{id}', true],
  ['\\{id\\}', true],
  ['^https:', true],
  ['\\w\\w\\/a', true],
])('/%s/ is %j', (search, isRun) => {
  const [found] = replaced(given, search, true, by);
  const expected = isRun
    ? given.kind === 'text' && given.text.replace(new RegExp(search), 'x')
    : 'https://api.example.com/';
  expect(found).toMatchObject({ kind: 'text', text: expected, isWhole: isRun });
});

test('a pattern that could try every way to divide a text is not run', () => {
  const text = textOf(`https://${'a'.repeat(4000)}.example.com`, true);
  expect(processorTime(() => replaced(text, `${'a{0,99}'.repeat(20)}b`, true, by))).toBeLessThan(1000);
});
