/** Editing YAML in place: what holds of every edit, over files, formats and values. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRecord } from '../core/is-record.ts';
import { isEqual } from '../core/transitions/changes.ts';
import { exampleFolder } from '../fixtures/example.ts';
import { FIXTURE } from '../fixtures/workspace.ts';
import { readValue } from '../fixtures/yaml-value.ts';
import { diskSource } from '../read/disk.ts';
import { unifiedDiff } from './diff.ts';
import { rewrite, written } from './yaml.ts';

type Value = Record<string, unknown>;

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

describe('whatever the edit', () => {
  test.each(files.map((text, i) => [i, text.split('\n').slice(0, 3).join(' ¶ '), text] as const))(
    'file %i: %s',
    (_, __, text) => {
      const value = readValue(text);
      expect(rewrite(text, value)).toBe(text);
      fc.assert(
        fc.property(fc.gen(), (choices) => {
          const wanted = mutated(value, choices) as Value;
          const after = rewrite(text, wanted);
          expect(readValue(after)).toEqual(wanted);
        }),
        { numRuns: 5 },
      );
    },
  );

  test("of a text formatted in any way, it says what it must, and nobody's comment is lost by adding", () => {
    fc.assert(
      fc.property(anyMap, fc.gen(), (value, choices) => {
        const text = printed(value, choices);
        expect(isEqual(readValue(text), value)).toBe(true);
        expect(rewrite(text, value)).toBe(text);
        const wanted = mutated(value, choices) as Value;
        const after = rewrite(text, wanted);
        expect(readValue(after)).toEqual(wanted);
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
        expect(readValue(rewrite(printed(value, choices), wanted))).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  test('a new file says what it must', () => {
    fc.assert(
      fc.property(anyMap, (value) => {
        expect(readValue(written(value))).toEqual(value);
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
