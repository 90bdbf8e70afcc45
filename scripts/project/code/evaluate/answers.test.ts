/** When an answer that a limit cut short is given again. */
import { expect, test } from 'vitest';
import { Answers } from './answers.ts';

test.each([
  ['with as many steps, as deep', { left: 100, depth: 50 }, 1],
  ['with fewer steps, deeper', { left: 90, depth: 55 }, 1],
  ['with more steps', { left: 110, depth: 50 }, 2],
  ['less deep', { left: 100, depth: 40 }, 2],
])('what a limit cut short, asked again %s', (_, again, times) => {
  let limits = { left: 100, depth: 50 };
  const answers = new Answers(() => limits);
  const question = {};
  let found = 0;
  const ask = () => {
    answers.begin();
    return answers.to(question, () => {
      found += 1;
      answers.limit();
      return [];
    });
  };
  ask();
  limits = again;
  ask();
  expect([found, answers.isCut]).toEqual([times, true]);
});
