/**
 * The plainest YAML, in which this tool writes and nearly every file is: maps and lists by indentation, lists and maps in brackets on one
 * line, texts on one line without escapes, comments on lines of their own. It is read in one pass at a fifth of what a reader of all
 * YAML takes. Whatever looks like anything else, right or wrong, is left to that reader.
 */
import { ENTRY_LIMIT } from './yaml-limits.ts';
import { Bare } from './yaml-map.ts';
import { isPlainDecimal, plainValue } from './yaml-scalar.ts';

/** Levels of a file; the deepest of a configuration has six. */
const DEEPEST = 10;
/** Characters of a key. */
const LONGEST_KEY = 100;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const HASH = 0x23;
const SINGLE_QUOTE = 0x27;
const COMMA = 0x2c;
const DASH = 0x2d;
const COLON = 0x3a;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const MAP = 0x7b;
const MAP_END = 0x7d;

/** What an ASCII character may be part of: a key, the beginning of a key or of a text without quotes. */
const KEY = 1;
const BEGINNING = 2;
const ROLES = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_')
  ROLES[character.charCodeAt(0)] = KEY | BEGINNING;
for (const character of '.-') ROLES[character.charCodeAt(0)] = KEY;

/** Beyond ASCII there is nothing that means anything in YAML; not a number is the end of the text. */
const mayBegin = (code: number): boolean => code >= 0x80 || ((ROLES[code] ?? 0) & BEGINNING) !== 0;

/**
 * The value of a text without forbidden characters (yaml-text.ts), the same that the strict reader gives, which finds no problem in it and
 * no number in an odd form; undefined where that reader has to be asked.
 */
export const readPlain = (text: string): unknown => new PlainReader(text).document();

/** Each method gives undefined where the text is not plain; no value is undefined. */
class PlainReader {
  readonly #text: string;
  /** Where reading stands; between values at the first character of a line that says something. */
  #at = 0;
  /** How far that line is indented; -1 at the end. */
  #indent = -1;
  /** Values, keys and ends of maps and lists: what the strict reader's limits count. */
  #events = 4;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    this.#toLine(0);
    if (this.#indent > 0) return undefined;
    const value = this.#map(0, 1);
    // A line that stands as far in as no map or list above it ends all of them.
    return this.#indent === -1 && this.#events <= ENTRY_LIMIT ? value : undefined;
  }

  /** Goes to the next line that is neither empty nor a comment, from the beginning of one. */
  #toLine(start: number): void {
    const text = this.#text;
    let at = start;
    while (at < text.length) {
      const begin = at;
      while (text.charCodeAt(at) === SPACE) at += 1;
      const first = text.charCodeAt(at);
      if (first === HASH) {
        const end = text.indexOf('\n', at);
        at = end === -1 ? text.length : end + 1;
      } else if (first === NEWLINE && at === begin) {
        at += 1;
      } else {
        this.#at = at;
        this.#indent = at - begin;
        return;
      }
    }
    this.#at = at;
    this.#indent = -1;
  }

  /** A value is over with its line. */
  #ended<T>(value: T): T | undefined {
    if (value === undefined) return undefined;
    if (this.#at < this.#text.length && this.#text.charCodeAt(this.#at) !== NEWLINE) return undefined;
    this.#toLine(this.#at + 1);
    return value;
  }

  /** From its first key, which stands as far in as `indent` says. */
  #map(indent: number, depth: number): Bare | undefined {
    if (depth > DEEPEST) return undefined;
    this.#events += 2;
    const map = new Bare();
    do {
      const key = this.#key();
      if (key === undefined || key in map) return undefined;
      const value = this.#valueOf(indent, depth + 1);
      if (value === undefined) return undefined;
      map[key] = value;
    } while (this.#indent === indent);
    return map;
  }

  /** From its first dash. */
  #list(indent: number, depth: number): unknown[] | undefined {
    if (depth > DEEPEST) return undefined;
    this.#events += 2;
    const items: unknown[] = [];
    do {
      if (!this.#isItem()) return undefined;
      this.#at += 2;
      const item = this.#endOfKey() === -1 ? this.#ended(this.#line(depth + 1)) : this.#map(indent + 2, depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#indent === indent);
    return items;
  }

  #isItem(): boolean {
    return this.#text.charCodeAt(this.#at) === DASH && this.#text.charCodeAt(this.#at + 1) === SPACE;
  }

  /** The colon after a key that begins here; -1 where there is none. */
  #endOfKey(): number {
    const text = this.#text;
    if (!((ROLES[text.charCodeAt(this.#at)] ?? 0) & BEGINNING)) return -1;
    let at = this.#at + 1;
    while ((ROLES[text.charCodeAt(at)] ?? 0) & KEY) at += 1;
    if (text.charCodeAt(at) !== COLON || at - this.#at > LONGEST_KEY) return -1;
    const after = text.charCodeAt(at + 1);
    return after === SPACE || after === NEWLINE ? at : -1;
  }

  /** A key, past its colon. */
  #key(): string | undefined {
    const end = this.#endOfKey();
    if (end === -1) return undefined;
    this.#events += 1;
    const key = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    // A number, a truth value and nothing are no keys, and this name is reserved.
    return typeof plainValue(key) === 'string' && key !== '__proto__' ? key : undefined;
  }

  /** What stands after the colon of a key that stands as far in as `indent` says, or below it. */
  #valueOf(indent: number, depth: number): unknown {
    if (this.#text.charCodeAt(this.#at) === SPACE) {
      this.#at += 1;
      return this.#ended(this.#line(depth));
    }
    this.#toLine(this.#at + 1);
    // Nothing, or a list that stands as far out as its key.
    if (this.#indent <= indent) return undefined;
    return this.#isItem() ? this.#list(this.#indent, depth) : this.#map(this.#indent, depth);
  }

  /** A value on one line. */
  #line(depth: number): unknown {
    const first = this.#text.charCodeAt(this.#at);
    if (first === MAP || first === LIST || first === SINGLE_QUOTE || first === DOUBLE_QUOTE)
      return this.#delimited(first, depth);
    if (!mayBegin(first)) return undefined;
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) break;
      if (code === COLON && !(text.charCodeAt(at + 1) > SPACE)) return undefined;
      if (code === HASH && text.charCodeAt(at - 1) === SPACE) return undefined;
    }
    if (text.charCodeAt(at - 1) === SPACE) return undefined;
    this.#at = at;
    return this.#scalar(start, at);
  }

  #delimited(first: number, depth: number): unknown {
    if (first === MAP) return this.#flowMap(depth);
    return first === LIST ? this.#flowList(depth) : this.#quoted(first);
  }

  #scalar(start: number, end: number): unknown {
    this.#events += 1;
    const raw = this.#text.slice(start, end);
    const value = plainValue(raw);
    return typeof value === 'number' && !isPlainDecimal(raw) ? undefined : value;
  }

  /** A text in quotes, without escapes. */
  #quoted(quote: number): string | undefined {
    const text = this.#text;
    const start = this.#at + 1;
    let at = start;
    for (; text.charCodeAt(at) !== quote; at += 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE || code === BACKSLASH || at >= text.length) return undefined;
    }
    this.#events += 1;
    this.#at = at + 1;
    return text.slice(start, at);
  }

  #skipSpaces(): number {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at += 1;
    return this.#text.charCodeAt(this.#at);
  }

  /** `{ key: value, … }`. */
  #flowMap(depth: number): Bare | undefined {
    if (depth > DEEPEST) return undefined;
    this.#events += 2;
    const map = new Bare();
    this.#at += 1;
    let next = this.#skipSpaces();
    while (next !== MAP_END) {
      const key = this.#key();
      if (key === undefined || key in map) return undefined;
      this.#skipSpaces();
      const value = this.#flowValue(depth + 1);
      if (value === undefined) return undefined;
      map[key] = value;
      next = this.#skipSpaces();
      if (next === MAP_END) break;
      if (next !== COMMA) return undefined;
      this.#at += 1;
      this.#skipSpaces();
    }
    this.#at += 1;
    return map;
  }

  /** `[value, …]`. */
  #flowList(depth: number): unknown[] | undefined {
    if (depth > DEEPEST) return undefined;
    this.#events += 2;
    const items: unknown[] = [];
    this.#at += 1;
    let next = this.#skipSpaces();
    while (next !== LIST_END) {
      const item = this.#flowValue(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      next = this.#skipSpaces();
      if (next === LIST_END) break;
      if (next !== COMMA) return undefined;
      this.#at += 1;
      this.#skipSpaces();
    }
    this.#at += 1;
    return items;
  }

  /** A value within brackets. */
  #flowValue(depth: number): unknown {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (first === MAP || first === LIST || first === SINGLE_QUOTE || first === DOUBLE_QUOTE)
      return this.#delimited(first, depth);
    if (!mayBegin(first)) return undefined;
    let at = start + 1;
    for (; ; at += 1) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === LIST_END || code === MAP_END) break;
      if (code === NEWLINE || code === LIST || code === MAP || code === HASH || at >= text.length) return undefined;
      if (code === COLON && !mayBegin(text.charCodeAt(at + 1)) && text.charCodeAt(at + 1) !== 0x2f) return undefined;
    }
    this.#at = at;
    while (text.charCodeAt(at - 1) === SPACE) at -= 1;
    return this.#scalar(start, at);
  }
}
