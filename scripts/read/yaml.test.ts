import { describe, expect, test } from 'vitest';
import { plainValue } from '../checks/plain-value.ts';
import { otherReader } from '../fixtures/other-reader.ts';
import { positionOf } from './positions.ts';
import { DEPTH_LIMIT, locate, readYaml } from './yaml.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const readText = (text: string) => readYaml('f.yaml', bytesOf(text));

/** The codes and places of what is wrong with a text, as `code line:column`. */
const found = (text: string): string[] =>
  readText(text).problems.map(({ code, at }) => {
    const { line, column } = positionOf(at, text);
    return `${code} ${line}:${column}`;
  });

describe('reads what package yaml reads', () => {
  test.each([
    ['words that are text in 1.2', 'a: [no, No, NO, yes, on, off, y, n]'],
    ['words that are not', 'a: [true, True, TRUE, false, False, FALSE, null, Null, NULL, ~, ]'],
    ['whole numbers', 'a: [0, -0, +1, 007, 0o17, 0x1F, 0b1, 1_000, 9007199254740993]'],
    ['fractions', 'a: [1.10, .5, 1., 1e3, 1E-3, -.5e+3, 1.2.3, ., .e1, +.5]'],
    ['no numbers', 'a: [.inf, -.Inf, +.INF, .nan, .NaN, .NAN, inf, nan]'],
    ['times, sexagesimals, dates', 'a: [2026-11-20, 2026-11-20T08:00:00Z, 12:30:45, 190:20:30]'],
    ['quoted words', `a: ['no', "null", '1.10', "0o17", 'it''s', "\\u00e9\\x41\\t"]`],
    ['block texts', 'a: |\n  x\n   y\n\n  z\nb: >-\n  x\n  y\n\n  z\nc: |+\n  x\n\n'],
    ['texts of several lines', `a: x\n  y\n\n  z\nb: 'x\n  y'\nc: "x\\\n  y"`],
    ['empty values', 'a:\nb: \nc: ""\nd: []\ne: {}\nf:\n- \n-\n'],
    ['flow maps', 'a: {b, c: , "d":1, e: {f: [g: h]}}'],
    ['explicit keys', '? a\n: b\n? "c"\n'],
    ["names of an object's own", 'constructor: 1\ntoString: 2\nhasOwnProperty: 3\nvalueOf:\n  constructor: x'],
    ['a document that says where it begins and ends', '---\na: b\n...\n'],
    ['comments everywhere', '# a\na: # b\n  # c\n  - d # e\n#f\n  - "#g" #h\n'],
  ])('%s', (_, text) => {
    const { value, problems } = readText(text);
    expect(problems).toEqual([]);
    expect(plainValue(value)).toEqual(otherReader(text));
  });

  test('and finds in a map nothing that the file does not hold', () => {
    const value = readText('a: 1').value as Record<string, unknown>;
    expect(value['constructor']).toBeUndefined();
    expect('toString' in value).toBe(false);
  });
});

describe('refuses, with line and column', () => {
  test.each([
    ['an alias bomb', 'a: &a [x, x]\nb: [*a, *a]\n', ['yaml-anchor 1:4', 'yaml-anchor 2:5', 'yaml-anchor 2:9']],
    ['an anchor at a key', 'a: 1\n&b b: 2\n', ['yaml-anchor 2:1']],
    ['a tag', 'a: 1\nb: !!str 2\n', ['yaml-tag 2:4']],
    ['a tag of its own', 'a: !js/function "x"\n', ['yaml-tag 1:4']],
    ['a merge key', 'a: 1\nb:\n  <<: {c: 1}\n', ['yaml-merge-key 3:3']],
    ['a duplicate key', 'a: 1\nb: 2\na: 3\n', ['yaml-duplicate-key 3:1']],
    ['a duplicate key in other quotes', 'a: 1\nb:\n  c: 1\n  "c": 2\n', ['yaml-duplicate-key 4:3']],
    ['duplicates of several keys', 'a: 1\na: 2\nb: 1\nb: 2\n', ['yaml-duplicate-key 2:1', 'yaml-duplicate-key 4:1']],
    ['__proto__', 'a: 1\n__proto__: {isAdmin: true}\n', ['yaml-key-reserved 2:1']],
    ['__proto__ in quotes', '{"__proto__": 1}\n', ['yaml-key-reserved 1:2']],
    ['a number as key', 'a:\n  1: b\n', ['yaml-key 2:3']],
    ['a list as key', '? [a, b]\n: c\n', ['yaml-key 1:3']],
    ['a key that is not written', 'a: 1\n: b\n', ['yaml-key 2:3']],
    ['a second document', 'a: 1\n---\nb: 2\n', ['yaml-documents 2:1']],
    ['a second document after an end', 'a: 1\n...\nb: 2\n', ['yaml-documents 2:1']],
    ['a second document, its mark named in a comment', 'a: 1 # --- no\n---\nb: 2\n', ['yaml-documents 2:1']],
    ['an end before the beginning', '...\na: 1\n', ['yaml-documents 1:1']],
    ['an indented mark', ' ---\na: 1\n', ['yaml-documents 1:1']],
    ['a directive', '# 100%\n%YAML 1.1\n---\na: no\n', ['yaml-directive 2:1']],
    ['a directive that nobody knows', '%FOO bar\n---\na: 1\n', ['yaml-directive 1:1']],
    ['an empty file', '', ['file-empty 1:1']],
    ['a file of comments', '# a\n# b\n', ['file-empty 1:1']],
    ['an empty document', '---\n', ['file-empty 1:1']],
    ['a byte order mark', '\uFEFFa: 1\n', ['bom-found 1:1']],
    ['a byte order mark in the midst', 'a: 1\nb: \uFEFFc\n', ['control-character-found 2:4']],
    ['carriage returns', 'a: 1\r\nb: 2\r\n', ['carriage-return-found 1:5']],
    ['a tab as indentation', 'a:\n\tb: 1\n', ['tab-found 2:1']],
    ['a tab in a text', 'a: "b\tc"\n', ['tab-found 1:6']],
    ['a zero', 'a: \0\n', ['control-character-found 1:4']],
    ['an override of the reading direction', 'a: b\nc: \u202Ed\n', ['control-character-found 2:4']],
    ['a terminal escape', 'a: \x1b[31m\n', ['control-character-found 1:4']],
    ['a bracket that does not close', 'a: [b\n', ['yaml-syntax 2:1']],
    ['a quote that does not close', 'a: "b\n', ['yaml-syntax 2:1']],
    ['bad indentation', 'a:\n  b: 1\n c: 2\n', ['yaml-syntax 3:2']],
    ['a key after a list on its line', "a:\n- 'b'-c: d\n", ['yaml-syntax 2:6']],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n', ['lfs-pointer 1:1']],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
    expect(readText(text).value).toBeUndefined();
  });

  test('names the line of the first of two equal keys', () => {
    const lines = readText('a: 1\nb: {c: 1}\nc: 1\na: 2\nc: 3\n').problems.map(({ args }) => [
      args['key'],
      args['line'],
    ]);
    expect(lines).toEqual([
      ['a', 1],
      ['c', 3],
    ]);
  });

  test.each([
    ['flow lists', (n: number) => '['.repeat(n) + ']'.repeat(n)],
    ['flow maps', (n: number) => '{a: '.repeat(n) + '}'.repeat(n)],
    ['block lists', (n: number) => `${'- '.repeat(n)}a`],
    ['block maps', (n: number) => Array.from({ length: n }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['explicit keys', (n: number) => `${'? '.repeat(n)}a`],
  ])('%s nested too deep', (_, nested) => {
    expect(readText(nested(10)).problems.map(({ code }) => code)).not.toContain('yaml-nesting');
    for (const depth of [DEPTH_LIMIT * 4, 2000]) {
      expect(readText(nested(depth)).problems.map(({ code }) => code)).toEqual(['yaml-nesting']);
    }
  });

  test.each([
    ['the first byte', [0xff, 0x61], '1:1'],
    ['a cut character', [0x61, 0x3a, 0x0a, 0xe6, 0x99], '2:1'],
    ['an overlong slash', [0x61, 0x3a, 0x20, 0xc0, 0xaf], '1:4'],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], '1:2'],
    ['after a replacement character that is meant', [0xef, 0xbf, 0xbd, 0x61, 0xff], '1:3'],
    ['after a byte order mark', [0xef, 0xbb, 0xbf, 0x61, 0xff], '1:3'],
  ])('bytes that are not UTF-8: %s', (_, bytes, place) => {
    const { problems, text } = readYaml('f.yaml', Uint8Array.from(bytes));
    expect(problems.map(({ code }) => code)).toEqual(['utf8-invalid']);
    const { line, column } = positionOf(problems[0]!.at, text);
    expect(`${line}:${column}`).toBe(place);
  });
});

describe('knows where a value stands', () => {
  test('and gives the deepest part of a path that is not there', () => {
    const text = 'a:\n  b: 1\n';
    expect(locate(text, ['a', 'x', 'y'])).toEqual(locate(text, ['a']));
    expect(locate(text, ['a', 'b', 0])).toEqual({ key: 5, value: 8, raw: '1' });
    expect(locate('a: [', ['a'])).toBeUndefined();
  });

  test('and how a number is written', () => {
    expect(locate('version: 1.10\n', ['version'])?.raw).toBe('1.10');
    expect(locate('mode: 0o17\n', ['mode'])?.raw).toBe('0o17');
  });
});
