/** What a spreadsheet gets: every text as it is, and no formula. */
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+49•••67', "'+49•••67"],
  ['-1.5', '-1.5'],
  ['-1+cmd', "'-1+cmd"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =x', "'  =x"],
  ['\t=x', "'\t=x"],
  ['＝x', "'＝x"],
  [undefined, ''],
  [true, 'true'],
])('%j', (cell, safe) => expect(csvOf([[cell]])).toBe(`\uFEFF${safe}\r\n`));

test('whatever texts stand in it come back, one cell each', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((one) => !/^\s*$/.test(one));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
      const back = parse(csvOf(rows), { bom: true, record_delimiter: '\r\n' }) as string[][];
      expect(back.map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(
        rows.map((row) => row.map((cell) => cell.replace(/^'/, ''))),
      );
    }),
  );
});
