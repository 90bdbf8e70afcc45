/** Editing YAML in place: exact results where people look, and properties over files, formats and edits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Parser } from 'yaml';
import { isRecord } from '../core/is-record.ts';
import { isEqual } from '../core/transitions/changes.ts';
import { exampleFolder } from '../fixtures/example.ts';
import { FIXTURE } from '../fixtures/workspace.ts';
import { diskSource } from '../read/disk.ts';
import { readYaml } from '../read/yaml.ts';
import { unifiedDiff } from './diff.ts';
import { rewrite, written } from './yaml.ts';

type Value = Record<string, unknown>;

/** What the reader makes of a text; line ends apart, which it refuses as Windows writes them. */
function read(text: string): Value {
  const { value, problems } = readYaml('test.yaml', Buffer.from(text.replaceAll('\r\n', '\n')));
  expect(problems, text).toEqual([]);
  return plain(value) as Value;
}

/** The reader's maps have no prototype; tests compare with those that do. */
const plain = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(plain)
    : isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
      : value;

describe('an edit changes no more than it must', () => {
  const cases: [why: string, before: string, wanted: Value, after: string][] = [
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
    expect(read(after)).toEqual(wanted);
  });
});

const files = [...new Set([FIXTURE, exampleFolder()])].flatMap((root) =>
  diskSource(root)
    .list('')
    .filter(({ path }) => path.endsWith('.yaml'))
    .map(({ path }) => readFileSync(join(root, path), 'utf8')),
);

/** A text that may be anything that the reader lets through. */
const scalar = fc.oneof(
  fc.constantFrom(
    'a',
    'on',
    'null',
    '1',
    '1.1.0',
    '+49',
    '2026-01-01',
    '',
    ' x',
    'x ',
    'a: b',
    'a #b',
    '#',
    '- a',
    '? a',
    'é中',
    "it's",
    '"q"',
    '{x}',
    '[x',
    'a, b',
    '*a',
    '&a',
    '!t',
    '%x',
    '@x',
    '`x',
    '|',
    '>',
    '~',
    'https://a.example.com',
    '---',
    '...',
  ),
  fc
    .string({ maxLength: 8, unit: 'grapheme' })
    .filter((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFE\uFFFF]/u.test(text)),
  fc.boolean(),
  fc.integer({ min: -5, max: 99 }),
);
const key = fc.constantFrom('a', 'b', 'c', 'login', 'a.b', 'on', 'x y', '1');
const { value: anyValue } = fc.letrec<{ value: unknown; map: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('map'),
  ),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const anyMap = fc.dictionary(key, anyValue, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

/** A value with one thing in it other than before: what commands do. */
function mutated(value: unknown, choices: fc.GeneratorValue): unknown {
  const isDeep = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (isDeep && choices(fc.integer, { min: 0, max: 3 }) > 0) {
    const names = Object.keys(value);
    const name = names[choices(fc.nat, names.length - 1)]!;
    if (Array.isArray(value)) return value.with(Number(name), mutated(value[Number(name)], choices));
    return { ...value, [name]: mutated((value as Value)[name], choices) };
  }
  if (Array.isArray(value)) {
    const at = choices(fc.integer, { min: 0, max: value.length });
    const isAdded = value.length === 0 || choices(fc.boolean);
    return isAdded
      ? value.toSpliced(
          at,
          0,
          choices(() => anyValue),
        )
      : value.toSpliced(Math.min(at, value.length - 1), 1);
  }
  if (isRecord(value)) {
    const [name, ...rest] = Object.keys(value);
    const isAdded = name === undefined || rest.length === 0 || choices(fc.boolean);
    if (isAdded) return { ...value, [choices(() => key)]: choices(() => anyValue) };
    const gone = [name, ...rest][choices(fc.nat, rest.length)];
    return Object.fromEntries(Object.entries(value).filter(([other]) => other !== gone));
  }
  return choices(() => scalar);
}

test('a text of a megabyte takes a second to read, so each that an edit comes by is read once', () => {
  const parse = vi.spyOn(Parser.prototype, 'parse');
  try {
    expect(rewrite('a: 1\nb: 1\nc: 1\n', { a: 2, b: 2, c: 2 })).toBe('a: 2\nb: 2\nc: 2\n');
    expect(parse).toHaveBeenCalledTimes(4);
  } finally {
    parse.mockRestore();
  }
});

describe('whatever the edit', () => {
  test.each(files.map((text, i) => [i, text.split('\n').slice(0, 3).join(' ¶ '), text] as const))(
    'file %i: %s',
    (_, __, text) => {
      const value = read(text);
      expect(rewrite(text, value)).toBe(text);
      fc.assert(
        fc.property(fc.gen(), (choices) => {
          const wanted = mutated(value, choices) as Value;
          const after = rewrite(text, wanted);
          expect(read(after)).toEqual(wanted);
        }),
        { numRuns: 5 },
      );
    },
  );

  test("of a text formatted in any way, it says what it must, and nobody's comment is lost by adding", () => {
    fc.assert(
      fc.property(anyMap, fc.gen(), (value, choices) => {
        const text = printed(value, choices);
        expect(isEqual(read(text), value)).toBe(true);
        expect(rewrite(text, value)).toBe(text);
        const wanted = mutated(value, choices) as Value;
        const after = rewrite(text, wanted);
        expect(read(after)).toEqual(wanted);
        const isOnlyMore = contains(wanted, value);
        const comments = (from: string) => from.match(/#c\d+#/g) ?? [];
        if (isOnlyMore) {
          expect(comments(after)).toEqual(comments(text));
          // The line that gets an entry, and one that gets a comma or its line end.
          expect(linesGone(text, after)).toBeLessThanOrEqual(2);
        }
        const isWindows = text.includes('\r\n');
        expect(isWindows ? after.replaceAll('\r\n', '') : after).not.toMatch(isWindows ? '\n' : '\r');
      }),
      { numRuns: 500 },
    );
  });

  test('from any value to any other', () => {
    fc.assert(
      fc.property(anyMap, anyMap, fc.gen(), (value, wanted, choices) => {
        expect(read(rewrite(printed(value, choices), wanted))).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  test('a new file says what it must', () => {
    fc.assert(
      fc.property(anyMap, (value) => {
        expect(read(written(value))).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });
});

const linesGone = (before: string, after: string): number =>
  unifiedDiff([{ path: 'a', before, after }], 'x').match(/^-(?!-- )/gm)?.length ?? 0;

/** Whether the first has everything of the second, and perhaps more. */
function contains(more: unknown, less: unknown): boolean {
  if (isRecord(more) && isRecord(less))
    return Object.keys(less).every((name) => Object.hasOwn(more, name) && contains(more[name], less[name]));
  if (Array.isArray(more) && Array.isArray(less)) {
    let i = 0;
    for (const item of more) if (i < less.length && isEqual(item, less[i])) i += 1;
    return i === less.length && less.length > 0;
  }
  return isEqual(more, less);
}

/** A value as YAML in some way of the many: lines or brackets, quotes, comments wherever one may stand, line ends. */
function printed(value: Value, choices: fc.GeneratorValue): string {
  const yes = (times = 2) => choices(fc.integer, { min: 1, max: times }) === 1;
  let number = 0;
  const comment = () => `#c${(number += 1)}#`;
  const tail = () => (yes(4) ? ` ${comment()}` : '');
  const own = (indent: number) => (yes(5) ? `${' '.repeat(indent)}${comment()}\n` : '') + (yes(8) ? '\n' : '');
  const step = choices(fc.integer, { min: 1, max: 4 });
  const quoted = (text: string) => (yes() ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`);
  const word = (item: unknown) => {
    if (typeof item !== 'string') return String(item);
    return /^[a-z.]{1,20}$/.test(item) && !/^(?:null|true|false|\.+|\.nan|\.inf)$/.test(item) && yes()
      ? item
      : quoted(item);
  };
  const gap = (indent: number) => (yes(6) ? `${tail()}\n${' '.repeat(indent + 1)}` : yes() ? ' ' : '');
  function flow(item: unknown, indent: number): string {
    if (typeof item !== 'object' || item === null) return word(item);
    const isList = Array.isArray(item);
    const parts = Object.entries(item).map(
      ([name, inner]) => `${isList ? '' : `${word(name)}: `}${flow(inner, indent)}`,
    );
    const last = parts.length > 0 && yes(5) ? ',' : '';
    const inner = parts.map((part, i) => gap(indent) + part + (i < parts.length - 1 ? ',' : last)).join('');
    return `${isList ? '[' : '{'}${inner}${gap(indent)}${isList ? ']' : '}'}`;
  }
  function block(item: object, indent: number, isCompact = false): string {
    const start = ' '.repeat(indent);
    return Object.entries(item)
      .map(([name, inner], i) => {
        const isFirst = isCompact && i === 0;
        const lead = isFirst ? '' : own(indent) + start;
        const isDeep = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0;
        const mark = Array.isArray(item) ? '-' : `${word(name)}:`;
        if (!isDeep || yes(3)) return `${lead}${mark} ${flow(inner, indent)}${tail()}\n`;
        const isNested = Array.isArray(item) && yes();
        if (isNested) return `${lead}- ${block(inner, indent + 2, true)}`;
        return `${lead}${mark}${tail()}\n${block(inner, indent + step)}`;
      })
      .join('');
  }
  let text = own(0) + block(value, 0);
  if (yes(4)) text = text.replace(/\n+$/, '');
  return yes(5) ? text.replaceAll('\n', '\r\n') : text;
}
