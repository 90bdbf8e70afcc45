/** Masking takes time in proportion, with thousands of accounts. */
import { expect, test } from 'vitest';
import { redactor } from './index.ts';

test('the time follows the length of a text and not the number of accounts', () => {
  const many = redactor(
    Array.from({ length: 20_000 }, (_, i) => [
      `user${i}@host${i % 700}.com`,
      `+4917${1e8 + i}`,
      `eu${1e12 + i}ab`,
    ]).flat(),
  );
  const hostile = [
    '@',
    'a@',
    '1 ',
    '+1',
    ' at ',
    '%40',
    '&#64;',
    '(',
    '. ',
    'a-',
    '0',
    ' ',
    'a.',
    '\u200B',
    '=40',
    'eu1',
    'e u 1 6 ',
    '9*1:',
    '&#49',
    '<!-- ',
    '%u0041',
  ];
  // Time of the processor, so that no other load of the machine counts; unbounded it would be minutes.
  const started = process.cpuUsage();
  for (const part of hostile) many.text(part.repeat(20_000));
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(10_000);
});
