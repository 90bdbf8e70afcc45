/** Tables through a spreadsheet's hands: what is read is what was written. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Findings } from '../project/finding.ts';
import { guarded, readCsv, unguarded, writeCsv } from './csv.ts';
import { readStringsTable } from './strings.ts';

const read = (text: string) => {
  const csv = readCsv(text);
  if (!('rows' in csv)) throw new Error(csv.detail);
  return csv.rows.map(({ cells }) => cells.map((cell) => (cell.isMissing ? undefined : cell.text)));
};

const hard = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('=', '+', '-', '@', "'", '"', '""', ',', ';', '\t', '\n', 'a', '1', ' ', '中', '＝'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
);
// A text of the configuration has no carriage return; Windows puts them in, and they are taken out again.
const text = hard.map((value) => value.replaceAll('\r', ''));
const cell = fc.option(text, { nil: undefined, freq: 6 });

test('what is written is read, empty and missing cells apart', () => {
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(rows, (cells) => {
      const table = [['key', 'en'], ...cells];
      expect(read(writeCsv(table))).toEqual(table);
      expect(read(`\uFEFF${writeCsv(table).replaceAll('\n', '\r\n')}`)).toEqual(table);
    }),
    { numRuns: 500 },
  );
});

test('no cell that is written begins a formula, and the text comes back', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(guarded(value)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      expect(unguarded(guarded(value))).toBe(value);
    }),
    { numRuns: 1000 },
  );
  expect(guarded('=1+1')).toBe("'=1+1");
  expect(guarded("'=1")).toBe("''=1");
  expect(guarded("it's")).toBe("it's");
  expect(unguarded("'tis")).toBe("'tis");
  expect(unguarded('+4917012345')).toBe('+4917012345');
});

describe('reads what spreadsheets write', () => {
  test.each([
    ['semicolons', 'key;en\na;"x;y"\n'],
    ['tabs', 'key\ten\na\tx;y\n'],
    ['a byte order mark and Windows line ends', '\uFEFFkey,en\r\na,x;y\r\n'],
    ['old line ends', 'key,en\ra,x;y\r'],
    ['empty lines, and none at the end', 'key,en\n\n\na,x;y'],
    ['quotes around everything', '"key","en"\n"a","x;y"\n'],
  ])('%s', (_, csv) => {
    expect(read(csv)).toEqual([
      ['key', 'en'],
      ['a', 'x;y'],
    ]);
  });

  test('with the line on which each row begins', () => {
    const csv = readCsv('key,en\n"a","two\nlines"\n\nb,x\n');
    expect('rows' in csv && csv.rows.map(({ line }) => line)).toEqual([1, 2, 5]);
  });
});

test.each([
  ['key,en\n"a,x\n', 2],
  ['key,en\na,"b"c\n', 2],
  ['key,en\na,b"c\n', 2],
])('%j is no table', (csv, line) => {
  expect(readCsv(csv)).toMatchObject({ line, detail: expect.any(String) });
});

describe('a table as people hand it over', () => {
  const readTexts = (text: string, languages: readonly string[] = ['en', 'zh']) => {
    const findings = new Findings('');
    const found = readStringsTable('texts.csv', text, languages, findings);
    return { strings: found?.strings, problems: findings.problems.map(({ code, args }) => [code, args['what']]) };
  };

  test('rows of bare separators are no rows', () => {
    expect(readTexts('key,en,zh\nhome.hello,Hello,你好\n,,\n , ,\n')).toEqual({
      strings: { en: { 'home.hello': 'Hello' }, zh: { 'home.hello': '你好' } },
      problems: [],
    });
  });

  test('an empty cell is not translated, quoted or not', () => {
    expect(readTexts('"key","en","zh"\n"a","A",""\n').strings).toEqual({ en: { a: 'A' }, zh: {} });
    expect(readTexts('key,en,zh\na,A,""\nb,,B\n').strings).toEqual({ en: { a: 'A' }, zh: { b: 'B' } });
  });

  test.each([
    ['zh_CN', ['en', 'zh'], 'zh'],
    ['zh-Hans', ['en', 'zh'], 'zh'],
    ['zh_CN', ['en', 'zh-CN', 'zh-TW'], 'zh-CN'],
    ['ZH', ['en', 'zh'], 'zh'],
  ])('%s of %j is %s', (heading, languages, language) => {
    expect(readTexts(`Key,${heading}\na,A\n`, languages).strings).toEqual({ [language]: { a: 'A' } });
  });

  test('a language that could be either of two, or is none, is refused by name', () => {
    expect(readTexts('key,zh_CN\na,A\n', ['en', 'zh', 'zh-TW']).problems).toEqual([
      ['table-column', 'there is no column "zh_CN"'],
    ]);
    expect(readTexts('key,zh_CN,zh\na,A,B\n').problems).toEqual([['table-column', 'the column "zh" is there twice']]);
    expect(readTexts('key,fr\na,A\n').problems).toEqual([['table-column', 'there is no column "fr"']]);
  });
});
