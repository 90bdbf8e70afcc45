import { expect, test } from 'vitest';
import { readFigure } from './number.ts';

test.each<[string, number]>([
  ['0', 0],
  ['1234', 1234],
  ['42.5', 42.5],
  ['42,5', 42.5],
  ['0.125', 0.125],
  ['0,125', 0.125],
  ['1234.125', 1234.125],
  ['1 234', 1234],
  ['1\u00A0234\u00A0567,25', 1_234_567.25],
  ["1'234.5", 1234.5],
  ['1.234.567', 1_234_567],
  ['1,234,567', 1_234_567],
  ['1.234,5', 1234.5],
  ['1,234.5', 1234.5],
])('%s is one figure', (cell, value) => {
  expect(readFigure(cell)).toEqual({ value });
});

test.each([
  ['12.000', ['12.0000', '12000']],
  ['12,000', ['12.0000', '12000']],
  ['999.999', ['999.9990', '999999']],
])('%s is two', (cell, readings) => {
  expect(readFigure(cell)).toEqual({ readings });
  // What is advised can be followed.
  expect(readings.map(readFigure)).toEqual(readings.map((one) => ({ value: Number(one) })));
});

test.each([
  '',
  '-1',
  '1e3',
  '1.2.3',
  '1.23.456',
  '01',
  '1,2,3',
  '1 23',
  '12 34',
  '1.234.56',
  'NaN',
  '0x10',
  '١٢',
  '1..2',
  '1,234.',
  '.5',
])('%j is none', (cell) => {
  expect(readFigure(cell)).toBeUndefined();
});
