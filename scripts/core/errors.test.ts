import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { messageOf, systemCode } from './errors.ts';

const thrownBy = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

it('takes the code of what the system refuses, and none of what has none', () => {
  expect(systemCode(thrownBy(() => readFileSync('/nowhere/at/all')))).toBe('ENOENT');
  expect([new Error('x'), 'ENOENT', null, undefined, { code: 5 }].map(systemCode)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('takes the message of an error, and what else was thrown as it is', () => {
  expect([new TypeError('no'), 'no', 5].map(messageOf)).toEqual(['no', 'no', '5']);
});
