/** Texts of YAML made at random, most of them nearly right, for holding readers and the editor against each other. */
import { isRecord } from '../core/is-record.ts';

const WORDS = [
  ...[
    'a',
    'b',
    'on',
    'null',
    '1',
    '1.10',
    '0x1f',
    '2026-01-01',
    'x y',
    'é中',
    '闹钟',
    '-',
    '?',
    ':',
    'a:b',
    'a#b',
    'a #b',
  ],
  ...[
    '<<',
    '~',
    '=',
    '.inf',
    '-.inf',
    '.nan',
    '0o17',
    '+49',
    '1_000',
    '190:20:30',
    '!',
    '%',
    '@',
    '`',
    '&',
    '*',
    '|',
    '>',
    '...',
    '---',
  ],
  ...[
    '',
    ' ',
    '  ',
    '\u0085',
    'a\u0085b',
    '\u2028',
    'a\u2028b',
    '\u2029',
    '\u00A0',
    '\u3000',
    '\uFEFF',
    '\u200B',
    '🙂',
    '\t',
  ],
];
const ESCAPES = [
  '\\n',
  '\\t',
  '\\\\',
  '\\"',
  '\\u0085',
  '\\L',
  '\\P',
  '\\_',
  '\\N',
  '\\x41',
  '\\ ',
  '\\/',
  '\\0',
  '\\e',
  '\\\n',
  '\\\n\n',
];
const HEADERS = [
  '|',
  '>',
  '|-',
  '>-',
  '|+',
  '>+',
  '|1',
  '|2',
  '>1',
  '>2',
  '|1-',
  '|2-',
  '>2-',
  '>1+',
  '|4',
  '|-2',
  '>+1',
  '| # c',
];
const SPACES = ['', ' ', '  ', '   ', '    ', '     '];
const BREAKS = ['\n', '\n', '\n', '\n\n', '\n \n', '\n  \n', '\n   \n', '\n    \n', '\n # c\n', ' # c\n', ' \n'];

/** Makes texts, and values other than the one that a text holds; the same ones for the same numbers. */
export class TextMaker {
  readonly #random: () => number;
  constructor(random: () => number) {
    this.#random = random;
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }
  #of<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!;
  }
  #times(most: number, part: () => string): string {
    return Array.from({ length: this.#below(most + 1) }, part).join('');
  }

  text(): string {
    const text = this.#below(8) === 0 ? this.#soup() : this.#map(0, 1 + this.#below(4));
    return this.#below(12) === 0 ? text.replace(/\n$/, '') : text;
  }

  /** Pieces in no order: most of it nobody takes. */
  #soup(): string {
    const pieces = [
      ...WORDS,
      ...ESCAPES,
      ...HEADERS,
      ...BREAKS,
      ...SPACES,
      ': ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      "'",
      '"',
    ];
    return `a: ${this.#times(14, () => this.#of(pieces))}`;
  }

  #map(indent: number, most: number): string {
    const lines = Array.from({ length: 1 + this.#below(most) }, (_, i) => {
      const key = `${this.#key()}${i}`.replace(/^([^'"].*?)\d$/, (whole, word: string) =>
        this.#below(3) ? whole : word,
      );
      return `${' '.repeat(indent)}${key}:${this.#value(indent)}`;
    });
    return lines.join('');
  }

  #key(): string {
    const word = this.#of(['a', 'b', 'c', 'x y', 'on', '<<', '1.0.0', 'é']);
    const quoted = [word, word, word, `'${word}'`, `"${word}"`];
    return this.#of(quoted);
  }

  #value(indent: number): string {
    const inner = indent + 1 + this.#below(3);
    switch (this.#below(9)) {
      case 0:
        return `\n${this.#map(inner, 3)}`;
      case 1:
        return `\n${this.#list(indent + this.#below(3))}`;
      case 2:
      case 3:
        return ` ${this.#block(inner)}`;
      case 4:
        return ` ${this.#flow(2)}${this.#of(BREAKS)}`;
      case 5:
      case 6:
        return ` ${this.#double(inner)}${this.#of(BREAKS)}`;
      case 7:
        return ` ${this.#single(inner)}${this.#of(BREAKS)}`;
      default:
        return ` ${this.#times(3, () => this.#of(WORDS) + this.#of(['', ' ', `\n${' '.repeat(inner)}`]))}${this.#of(BREAKS)}`;
    }
  }

  #list(indent: number): string {
    return Array.from({ length: 1 + this.#below(3) }, () => {
      const lead = `${' '.repeat(indent)}- `;
      return this.#below(3)
        ? `${lead}${this.#scalar(indent + 1)}\n`
        : `${lead}${this.#block(indent + 1 + this.#below(2))}`;
    }).join('');
  }

  #block(indent: number): string {
    const line = () => {
      const text = this.#times(2, () => this.#of(WORDS));
      return `${this.#below(4) ? ' '.repeat(indent) : ''}${this.#of(SPACES)}${text}\n`;
    };
    return `${this.#of(HEADERS)}\n${this.#times(4, line)}`;
  }

  #double(indent: number): string {
    const more = () => this.#of(['', ' ', '\n', `\n${' '.repeat(indent)}`, `\n\n${' '.repeat(indent)}`]);
    return `"${this.#times(4, () => this.#of([this.#of(WORDS), this.#of(ESCAPES)]) + more())}"`;
  }

  #single(indent: number): string {
    const more = () => this.#of(['', ' ', "''", `\n${' '.repeat(indent)}`, `\n\n${' '.repeat(indent)}`]);
    return `'${this.#times(3, () => this.#of(WORDS) + more())}'`;
  }

  #scalar(indent: number): string {
    return this.#of([
      () => this.#of(WORDS),
      () => this.#double(indent),
      () => this.#single(indent),
      () => this.#flow(1),
    ])();
  }

  #flow(depth: number): string {
    const gap = () => this.#of(['', ' ', ' ', '\n   ', ' # c\n   ']);
    const item = () => (depth > 0 && this.#below(3) === 0 ? this.#flow(depth - 1) : this.#scalar(4));
    const items = (part: () => string) =>
      Array.from({ length: this.#below(4) }, () => gap() + part() + gap()).join(',') + this.#of(['', '', ',']);
    if (this.#below(2)) return `[${items(item)}]`;
    return `{${items(() => `${this.#key()}${this.#of([': ', ':', ' : '])}${item()}`)}}`;
  }

  /** The value with something in it other than before, as commands make it. */
  otherThan(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const names = Object.keys(value);
    const name = this.#of(names);
    const text = this.#of([
      'new',
      'x: y',
      '# no',
      ' lead',
      'it is',
      '<<',
      'null',
      '1',
      '中',
      "it's",
      'a\u00A0b',
      'two\nlines',
      '',
      'a\u0085b',
      '\u2028',
      '\uFEFFx',
      'a\tb',
      '\u202Ea',
    ]);
    const choice = this.#below(5);
    if (name === undefined || choice === 0) return { ...value, [this.#of(['new', '<<', 'x y', '1', 'on'])]: text };
    if (choice === 1 && names.length > 1) {
      return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
    }
    const inner = value[name];
    if (isRecord(inner) && Object.keys(inner).length > 0) return { ...value, [name]: this.otherThan(inner) };
    if (Array.isArray(inner) && inner.length > 0) {
      const at = this.#below(inner.length);
      return { ...value, [name]: choice < 4 ? inner.toSpliced(at, 0, text) : inner.with(at, text) };
    }
    return { ...value, [name]: choice === 2 ? { k: text, '<<': text } : choice === 3 ? [text, { a: text }] : text };
  }
}
