/** Editing YAML in place: exact results where people look. */
import { describe, expect, test, vi } from 'vitest';
import { Parser } from 'yaml';
import { readValue } from '../fixtures/yaml-value.ts';
import { rewrite } from './yaml.ts';

describe('an edit changes no more than it must', () => {
  const cases: [why: string, before: string, wanted: Record<string, unknown>, after: string][] = [
    [
      'a value, its comment and quotes kept',
      "# head\na: 'one' # why\nb: 2\n",
      { a: 'two', b: 2 },
      "# head\na: 'two' # why\nb: 2\n",
    ],
    ['a plain value that needs quotes', 'a: one\n', { a: 'yes: no' }, "a: 'yes: no'\n"],
    ['words that other readers take for truth', 'a: one\n', { a: 'on' }, "a: 'on'\n"],
    ['a number as text', 'a: "1"\n', { a: '+49170' }, 'a: "+49170"\n'],
    ['a folded text', 'a: >-\n  long\n  text\nb: 1\n', { a: 'short', b: 1 }, 'a: short\nb: 1\n'],
    [
      'a key into braces',
      'r: { status: pending, by: bob } # r\n',
      { r: { status: 'approved', by: 'bob', of: 'rita' } },
      'r: { status: approved, by: bob, of: rita } # r\n',
    ],
    ['a key into tight braces', 'r: {a: 1}\n', { r: { a: 1 }, s: { b: 2 } }, 'r: {a: 1}\ns: {b: 2}\n'],
    [
      'a key into lines',
      'r:\n  # why\n  status: pending\n  by: bob # b\n# end\n',
      { r: { status: 'rejected', by: 'bob', reason: 'a, b' } },
      'r:\n  # why\n  status: rejected\n  by: bob # b\n  reason: a, b\n# end\n',
    ],
    [
      'a small map beside a map of maps',
      'a:\n  found: { literal: 1 }\n  unknown: 0\n',
      { a: { found: { literal: 1 }, unknown: 0 }, r: { by: 'bob' } },
      'a:\n  found: { literal: 1 }\n  unknown: 0\nr: { by: bob }\n',
    ],
    [
      'a small map beside one on lines',
      'a:\n  b: 1\n',
      { a: { b: 1 }, r: { by: 'bob' } },
      'a:\n  b: 1\nr:\n  by: bob\n',
    ],
    ['a key between', 'a: 1\n# c is third\nc: 3\n', { a: 1, b: 2, c: 3 }, 'a: 1\nb: 2\n# c is third\nc: 3\n'],
    ['a key at the front', '# head\nb: 2\n', { a: 1, b: 2 }, '# head\na: 1\nb: 2\n'],
    ['a key taken away', 'a: 1\nb: 2 # two\n# c\nc: 3\n', { a: 1, c: 3 }, 'a: 1\n# c\nc: 3\n'],
    ['the last key without a last line end', 'a: 1\nb: 2', { a: 1 }, 'a: 1'],
    ['a new key without a last line end', 'a: 1', { a: 1, b: 2 }, 'a: 1\nb: 2'],
    [
      'Windows line ends',
      'a: 1\r\nl:\r\n  - x # x\r\n',
      { a: 1, l: ['x', 'z'] },
      'a: 1\r\nl:\r\n  - x # x\r\n  - z\r\n',
    ],
    [
      'a key after a list whose end says something',
      'p:\n  - 1.0.0\n  # the end\n\n  # of it\n\n# all\n',
      { p: ['1.0.0'], s: 4 },
      'p:\n  - 1.0.0\n  # the end\n\n  # of it\ns: 4\n\n# all\n',
    ],
    ['a key after a value with a comment below', 'a: 1\n  # one', { a: 1, s: 4 }, 'a: 1\n  # one\ns: 4'],
    [
      'a row after a row whose end says something',
      'l:\n  - a: 1\n    # the end\n  # last\n',
      { l: [{ a: 1 }, { a: 2 }] },
      'l:\n  - a: 1\n    # the end\n  - a: 2\n  # last\n',
    ],
    [
      'a row after others, which have comments',
      'l:\n  # first\n  - { a: 1 } # one\n  # last\n',
      { l: [{ a: 1 }, { a: 2 }] },
      'l:\n  # first\n  - { a: 1 } # one\n  - { a: 2 }\n  # last\n',
    ],
    [
      'a row of lines after one of lines',
      'l:\n- a: 1\n  b: 2\n',
      {
        l: [
          { a: 1, b: 2 },
          { a: 3, b: 4 },
        ],
      },
      'l:\n- a: 1\n  b: 2\n- a: 3\n  b: 4\n',
    ],
    [
      'a row from the middle',
      'l:\n  - a # 1\n  # of b\n  - b # 2\n  - c\n',
      { l: ['a', 'c'] },
      'l:\n  - a # 1\n  # of b\n  - c\n',
    ],
    ['the only row', 'l: # rows\n  # none left\n  - a # 1\n', { l: [] }, 'l: [] # rows\n  # none left\n'],
    ['the first row of all', 'l: [] # none\n', { l: [{ a: 1 }] }, 'l: # none\n  - { a: 1 }\n'],
    ['a list that begins', 'a: 1\n', { a: 1, l: [{ b: 1 }] }, 'a: 1\nl:\n  - { b: 1 }\n'],
    ['an item before others', 'p: [1.0.0]\n', { p: ['1.1.0', '1.0.0'] }, 'p: [1.1.0, 1.0.0]\n'],
    ['the head and the tail of a list', 'p: [b, a]\n', { p: ['c', 'b'] }, 'p: [c, b]\n'],
    ['the same in lines', 'p:\n  - b # b\n  - a # a\n', { p: ['c', 'b'] }, 'p:\n  - c\n  - b # b\n'],
    [
      'an item into brackets over several lines',
      'l: [\n  a, # A\n  b # B\n  ]\n',
      { l: ['a', 'b', 'c'] },
      'l: [\n  a, # A\n  b, # B\n  c\n  ]\n',
    ],
    ['an item out of them', 'l: [\n  a, # A\n  b, # B\n  ]\n', { l: ['a'] }, 'l: [\n  a, # A\n  ]\n'],
    ['the last item out of brackets', 'l: [a, b]\n', { l: ['a'] }, 'l: [a]\n'],
    ['the first item out of brackets', 'l: [a, b]\n', { l: ['b'] }, 'l: [b]\n'],
    ['the first key after a hyphen', 'l:\n  - a: 1\n    b: 2\n', { l: [{ b: 2 }] }, 'l:\n  - b: 2\n'],
    [
      'the first key after a hyphen, with a comment after',
      'l:\n  - a: 1\n    # b\n    b: 2\n',
      { l: [{ b: 2 }] },
      'l:\n  -\n    # b\n    b: 2\n',
    ],
    [
      'a region beside others, as they are written',
      'z:\n  EU: [x]\n  US:\n    - y\n',
      { z: { EU: ['x'], US: ['y'], IN: ['z'] } },
      'z:\n  EU: [x]\n  US:\n    - y\n  IN:\n    - z\n',
    ],
    ['everything', 'a: 1\n', {}, '{}\n'],
    ['a text that YAML has no plain form for', 'a: b\n', { a: '- x' }, "a: '- x'\n"],
    [
      'the key after an empty text in a block, which its lines would be read into: anew, below its comments',
      '# head\na: >1 \n\u00A0:  # c\n\n  \n',
      { a: '' },
      "# head\na: ''\n",
    ],
    ['everything of a file that can only be written anew', '# head\na: >1 \n\u00A0:  # c\n\n  \n', {}, '# head\n{}\n'],
    ['what stands beside a number that equals nothing', 'a: .nan\nb: 1\n', { a: NaN, b: 2 }, 'a: .nan\nb: 2\n'],
    [
      'numbers that are none, in brackets that are written anew',
      '<<0: {b:"x y" # c\n   , # c\n   c : .inf }\n  \n',
      { '<<0': { 'b:"x y"': ['new', { a: 'new' }], c: Number.POSITIVE_INFINITY } },
      '<<0:\n  b:"x y":\n    - new\n    - {a: new}\n  c: .inf\n  \n',
    ],
    ['a text of two lines', "a: 'b'\n", { a: 'b\nc' }, 'a: "b\\nc"\n'],
  ];
  test.each(cases)('%s', (_, before, wanted, after) => {
    expect(rewrite(before, wanted)).toBe(after);
    expect(readValue(after)).toEqual(wanted);
  });
});

test('a text of a megabyte takes a second to read, so each that an edit comes by is read once', () => {
  const parse = vi.spyOn(Parser.prototype, 'parse');
  try {
    expect(rewrite('a: 1\nb: 1\nc: 1\n', { a: 2, b: 2, c: 2 })).toBe('a: 2\nb: 2\nc: 2\n');
    expect(parse).toHaveBeenCalledTimes(4);
  } finally {
    parse.mockRestore();
  }
});
