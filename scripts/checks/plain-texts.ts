/** Texts for the reader of plain YAML (read/yaml-plain.ts): as files are written, then spoilt in a place or two. */
import { readPlain } from '../read/yaml-plain.ts';
import { isPrintable } from '../read/yaml-text.ts';
import { readStrictly } from '../read/yaml.ts';

const KEYS = ['a', 'b', 'c', 'on', 'x_y', '1.0.0', 'zh-Hans', 'constructor', '__proto__', 'null', '1', '1.10', 'é'];
const SCALARS = [
  ...[
    'x',
    'two words',
    '1.10.0',
    '12',
    '-1',
    '1e3',
    '010',
    '0x1f',
    '2026-10-01T08:00:00Z',
    'https://a.example.com/b?c=d#e',
  ],
  ...[
    'true',
    'null',
    '~',
    'a@b',
    'a:b',
    'a#b',
    'a, b',
    'it’s',
    '闹钟 🙂',
    '\u00A0x',
    '\u3000x',
    '.5',
    '/a',
    '_',
    'é',
    '%a',
    'y',
  ],
  ...[
    "'a'",
    "'it''s'",
    "'#: x'",
    "''",
    '"a"',
    '"a\\n"',
    '"\'"',
    '"a: b"',
    "'a\"b'",
    '[]',
    '{}',
    '|',
    '',
    '- a',
    '*a',
    '&a b',
    '!t a',
  ],
];
const FREQUENT = ['x', 'two words', '1.10.0', '12', 'a@b', '闹钟 🙂', "'a: b'", '"a"', 'https://a.example.com/b'];
const SPOILERS = [
  ...[
    ' ',
    '  ',
    '\n',
    '\n\n',
    ' \n',
    ':',
    ': ',
    ' #',
    '#',
    '- ',
    '-',
    ',',
    '[',
    ']',
    '{',
    '}',
    "'",
    '"',
    '\\',
    '?',
    '? ',
  ],
  ...[
    '---\n',
    '...\n',
    '\n---',
    '%',
    '|',
    '>',
    '&',
    '*',
    '!',
    '<<: ',
    '\u00A0',
    '0',
    'e',
    '.',
    'null',
    '\n  ',
    '\n    ',
  ],
];

/** A text made from the numbers that `random` gives, each from 0 to 1; ends of lines are `\n`. */
export function plainText(random: () => number): string {
  const below = (count: number) => Math.floor(random() * count);
  const of = <T>(items: readonly T[]): T => items[below(items.length)]!;
  const some = (part: (i: number) => string) => Array.from({ length: 1 + below(3) }, (_, i) => part(i));
  // A name of each place, so that most maps have no key twice.
  const key = (i: number) => (below(8) ? `k${i}` : of(KEYS));

  function flow(depth: number): string {
    const part = () => (depth > 0 && below(4) === 0 ? flow(depth - 1) : of(below(2) ? FREQUENT : SCALARS));
    const gap = () => of(['', '', ' ']);
    if (below(2)) return `[${gap()}${some(part).join(of([', ', ',', ' , ']))}${gap()}]`;
    return `{${gap()}${some((i) => `${key(i)}: ${part()}`).join(', ')}${gap()}}`;
  }
  const inline = () => (below(3) ? of(below(2) ? FREQUENT : SCALARS) : flow(2));
  const comment = (indent: number) => (below(8) ? '' : `${' '.repeat(below(2) * indent)}# note: x\n${of(['', '\n'])}`);

  function map(indent: number, depth: number): string {
    return some((i) => `${comment(indent)}${' '.repeat(indent)}${key(i)}:${value(indent, depth)}`).join('');
  }
  function value(indent: number, depth: number): string {
    const inner = indent + of([2, 2, 2, 4, 1, 0]);
    if (depth === 0 || below(2)) return ` ${inline()}\n`;
    return `\n${below(2) ? map(inner, depth - 1) : some(() => item(inner, depth - 1)).join('')}`;
  }
  function item(indent: number, depth: number): string {
    const dash = `${comment(indent)}${' '.repeat(indent)}- `;
    return below(2) ? `${dash}${inline()}\n` : `${dash}${map(indent + 2, depth).trimStart()}`;
  }

  let text = map(0, 3);
  for (let left = below(2) + below(2); left > 0; left -= 1) {
    const at = below(text.length + 1);
    text = `${text.slice(0, at)}${of(SPOILERS)}${text.slice(at + below(3))}`;
  }
  // Half of a character outside the basic plane is nothing that a file can hold.
  return (below(8) ? text : text.trimEnd()).toWellFormed();
}

export interface PlainComparison {
  /** Whether the text was plain, so that two readers read it. */
  readonly isPlain: boolean;
  /** What the strict reader says of it, where that is something else. */
  readonly other?: unknown;
}

/** A text as the reader of plain YAML reads it, beside the strict reader. Values are compared with the order of their keys. */
export function comparePlain(text: string): PlainComparison {
  const value = isPrintable(text) ? readPlain(text) : undefined;
  if (value === undefined) return { isPlain: false };
  const { value: strict, problems, hasOddNumber } = readStrictly('f.yaml', text);
  const isSame = problems.length === 0 && !hasOddNumber && inFull(strict) === inFull(value);
  return isSame
    ? { isPlain: true }
    : { isPlain: true, other: { plain: inFull(value), strict: inFull(strict), problems } };
}

/** The value with what JSON does not tell: numbers that are none of its own, and whether maps have no prototype. */
function inFull(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number') return `number ${Object.is(part, -0) ? '-0' : part}`;
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    const bare = Object.getPrototypeOf(Object.getPrototypeOf(part)) === null;
    return [bare, ...Object.entries(part)];
  });
}
