/** Any values and any texts, read as package yaml reads them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineCounter, isMap, isScalar, isSeq, parseDocument, stringify, type ParsedNode } from 'yaml';
import { plainValue } from '../checks/plain-value.ts';
import { otherReader } from '../fixtures/other-reader.ts';
import { positionOf } from './positions.ts';
import { locate, readYaml } from './yaml.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const readText = (text: string) => readYaml('f.yaml', bytesOf(text));

const scalarText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'no',
    'Yes',
    'on',
    'null',
    '~',
    'true',
    '1.10',
    '1e3',
    '.5',
    '0o17',
    '0x1F',
    '007',
    '+1',
    '-',
    '?',
  ),
  fc.constantFrom(
    '2026-11-20',
    '12:30:45',
    '1_000',
    '.inf',
    '.NaN',
    '<<',
    '=',
    '- a',
    'a: b',
    '#c',
    'a #b',
    '[',
    '{}',
    '*a',
  ),
  fc.constantFrom(
    "it's",
    '"',
    '\\',
    '\\n',
    'a\nb',
    ' a',
    'a ',
    'é',
    '😀',
    '智能生活',
    '@a',
    '`a',
    '%a',
    '!a',
    '&a',
    '|',
    '>',
  ),
  fc.string({ maxLength: 12 }).map((text) => text.replaceAll(/[^\P{C}\n]/gu, '')),
);
const scalar = fc.oneof(scalarText, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  map: fc.dictionary(
    scalarText.filter((key) => key !== '__proto__'),
    tie('tree'),
    { maxKeys: 4 },
  ),
}));
const style = fc.record({
  indent: fc.integer({ min: 1, max: 5 }),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 20, 80),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  defaultKeyType: fc.constantFrom(null, 'PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE'),
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
});
/** Pieces that meet in ways in which nobody would write them. */
const PIECES = [
  'a',
  'b',
  'key',
  'a: ',
  'b: ',
  'c:\n',
  '"k": ',
  'key: |\n  ',
  'key: >\n  ',
  ': ',
  ':',
  '- ',
  '- - ',
  '-',
  '? ',
];
const BREAKS = ['\n', '\n', '\n  ', '\n    ', '\n- ', '\n? ', '\n: ', '  ', ' ', '---', ' ---', '...', '%'];
const MARKS = [
  '"',
  "'",
  '"x"',
  "'y'",
  '#',
  ' # c',
  ' # |',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '[a, b]',
  '{a: b}',
  '|',
  '>',
  '|-',
  '>+',
];
const WORDS = [
  '0o17',
  '1.10',
  '007',
  '-0',
  '.5',
  '1e3',
  'null',
  '~',
  'No',
  '&a',
  '*a',
  '!',
  '!!str',
  '<<',
  '=',
  'é',
  '😀',
  '\\n',
];
const soup = fc
  .array(fc.constantFrom(...PIECES, ...BREAKS, ...MARKS, ...WORDS), { maxLength: 16 })
  .map((pieces) => `${pieces.join('')}\n`);

describe('reads what package yaml reads', () => {
  test('of any value, in any style', () => {
    let accepted = 0;
    fc.assert(
      fc.property(tree, style, (value, options) => {
        const text = stringify({ value }, { ...(options as object), aliasDuplicateObjects: false });
        const { value: own, problems } = readText(text);
        if (problems.length > 0) return;
        accepted += 1;
        expect(plainValue(own), text).toEqual(otherReader(text));
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });

  // A text alone may differ at its blank ends; no file is one.
  test('of any text that this reader accepts as a map or list', () => {
    let accepted = 0;
    fc.assert(
      fc.property(soup, (text) => {
        const { value, problems } = readText(text);
        if (problems.length > 0 || typeof value !== 'object' || value === null) return;
        accepted += 1;
        expect(plainValue(value), JSON.stringify(text)).toEqual(otherReader(text));
      }),
      { numRuns: 20_000, seed: 20261123 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });
});

describe('knows where a value stands', () => {
  /** Every value with its path, as package yaml has them. */
  function* nodes(node: ParsedNode | null, path: (string | number)[] = [], key?: ParsedNode): Generator<Found> {
    yield { node, path, key };
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      for (const pair of node.items) {
        const name = isScalar(pair.key) ? String(pair.key.value) : '';
        yield* nodes(pair.value, [...path, name], pair.key);
      }
    }
    if (isSeq<ParsedNode | null>(node)) for (const [i, item] of node.items.entries()) yield* nodes(item, [...path, i]);
  }
  interface Found {
    node: ParsedNode | null;
    path: (string | number)[];
    key: ParsedNode | undefined;
  }
  const isWritten = (node: ParsedNode | null) =>
    node !== null && !(isScalar(node) && node.source === '' && node.type === 'PLAIN');

  /** Compares every place in a text; gives how many. */
  function compare(text: string): number {
    const counter = new LineCounter();
    const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent' });
    const position = (offset: number) => {
      const { line, col } = counter.linePos(offset);
      return { line, column: col };
    };
    let compared = 0;
    for (const { node, path, key } of nodes(document.contents)) {
      const file = 'f.yaml';
      const label = `${JSON.stringify(text)} at ${path.join('.')}`;
      if (key) expect(positionOf({ file, path, part: 'key' }, text), label).toEqual(position(key.range[0]));
      if (isWritten(node)) expect(positionOf({ file, path }, text), label).toEqual(position(node!.range[0]));
      // A value that is not written is shown at its key or dash.
      else if (key) expect(positionOf({ file, path }, text), label).toEqual(position(key.range[0]));
      else if (typeof path.at(-1) === 'number') expect(text[locate(text, path)!.value], label).toBe('-');
      compared += 1;
    }
    return compared;
  }

  test('as package yaml counts lines and columns', () => {
    let compared = 0;
    fc.assert(
      fc.property(soup, (text) => {
        const { value, problems } = readText(text);
        if (problems.length === 0 && typeof value === 'object' && value !== null) compared += compare(text);
      }),
      { numRuns: 10_000, seed: 20261123 },
    );
    expect(compared).toBeGreaterThan(2000);
  });

  test('in any style', () => {
    fc.assert(
      fc.property(tree, style, (value, options) => {
        const text = stringify({ value }, { ...(options as object), aliasDuplicateObjects: false });
        if (readText(text).problems.length === 0) compare(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('never throws', () => {
  test('on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { problems, value } = readYaml('f.yaml', bytes);
        expect(problems.length > 0 ? value : undefined).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  test('on any pieces, and points inside the text', () => {
    fc.assert(
      fc.property(soup, (text) => {
        for (const { at } of readText(text).problems) {
          expect(at.offset).toBeGreaterThanOrEqual(0);
          expect(at.offset).toBeLessThanOrEqual(text.length);
        }
        locate(text, ['a', 0, 'b']);
      }),
      { numRuns: 5000 },
    );
  });
});
