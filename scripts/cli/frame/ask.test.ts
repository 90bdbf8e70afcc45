/** What is asked at a terminal, and who leaves instead of answering. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askAtTerminal } from './ask.ts';

function asked(typed: string, isEnd = false) {
  const input = new PassThrough();
  const answer = askAtTerminal('Its name? ', { input, output: new PassThrough() });
  if (isEnd) input.end(typed);
  else input.write(typed);
  return answer;
}

test('the line that is typed is the answer', async () => {
  expect(await asked('Acme Minis\n')).toBe('Acme Minis');
});

test.each([
  ['Ctrl+C', '\u0003', false],
  ['Ctrl+C behind half an answer', 'Ac\u0003', false],
  ['Ctrl+D', '\u0004', false],
  ['the end of the input', '', true],
])('%s leaves in a sentence, and nothing waits for ever', async (_, typed, isEnd) => {
  await expect(asked(typed, isEnd)).rejects.toThrow('left at a question, before anything was changed');
});
