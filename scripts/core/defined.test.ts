import { expect, it } from 'vitest';
import { defined } from './defined.ts';

it('leaves out the fields without a value and keeps every other, in their order', () => {
  const fields: Record<string, unknown> = { zero: 0, missing: undefined, none: null, empty: '', no: false };
  expect(Object.entries(defined(fields))).toEqual([
    ['zero', 0],
    ['none', null],
    ['empty', ''],
    ['no', false],
  ]);
});
