import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EnvironmentError, MissingOption, messageOf, systemCode, UsageError } from './errors.ts';

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

it('tells what is expected apart by its code, which is none of the system', () => {
  const all = [
    new UsageError('x'),
    new MissingOption('app'),
    new EnvironmentError('x'),
    new EnvironmentError('x', 'y'),
  ];
  expect(all.map(({ code }) => code)).toEqual(['usage', 'option-missing', 'environment', 'y']);
  expect(all.map(systemCode)).toEqual(all.map(() => undefined));
});

it('takes the message of an error, and what else was thrown as it is', () => {
  expect([new TypeError('no'), 'no', 5].map(messageOf)).toEqual(['no', 'no', '5']);
});
