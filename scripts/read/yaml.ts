/**
 * The one reader of YAML, strict and fast: UTF-8, plain characters, one document, no anchors, tags, merge keys or
 * duplicate keys. js-yaml gives events with offsets; values are built here, so that whatever is refused has its place.
 * Scalars resolve as in YAML 1.2's core schema, like package yaml, with which files are edited.
 */
import { isUtf8 } from 'node:buffer';
import {
  COLLECTION_STYLE,
  EVENT_ID,
  SCALAR_STYLE,
  YAMLException,
  getScalarValue,
  parseEvents,
  type Event,
  type ScalarEvent,
} from 'js-yaml';
import { problem, type Place, type Problem } from '../core/problem.ts';
import { DEPTH_LIMIT, endOf, startOf } from './yaml-tree.ts';

export { DEPTH_LIMIT, locate, type Span } from './yaml-tree.ts';

export interface YamlResult {
  readonly text: string;
  /** undefined when there are problems. Maps have no prototype. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Reads the bytes of one file. Never throws. */
export function readYaml(file: string, bytes: Uint8Array): YamlResult {
  const refuse = (text: string, ...problems: Problem[]): YamlResult => ({ text, value: undefined, problems });
  if (!isUtf8(bytes)) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return refuse(text, problem('utf8-invalid', { file, offset: firstInvalid(text, bytes) }, {}));
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (text.startsWith('version https://git-lfs.github.com/')) {
    return refuse(text, problem('lfs-pointer', { file, offset: 0 }, { file }));
  }
  const characters = forbiddenCharacters(file, text);
  if (characters.length > 0) return refuse(text, ...characters);
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: DEPTH_LIMIT });
  } catch (error) {
    return refuse(text, syntaxProblem(file, error));
  }
  const crowd = crowdedCollection(events);
  if (crowd) {
    const place: Place = { file, offset: startOf(crowd.event) ?? 0 };
    return refuse(text, problem('yaml-entries', place, { entries: crowd.entries, limit: ENTRY_LIMIT }));
  }
  const composer = new Composer(file, text, events);
  const value = composer.document();
  return composer.problems.length > 0 ? refuse(text, ...composer.problems) : { text, value, problems: [] };
}

/** Where the first replacement character stands that the bytes do not hold themselves. */
/** Entries of one list or map: twice what any file kind may have, so that the schema's own limits still speak. */
export const ENTRY_LIMIT = 10_000;

/** The first list or map with more entries than any may have; each would be a problem of its own. */
function crowdedCollection(events: readonly Event[]): { event: Event; entries: number } | undefined {
  if (events.length <= ENTRY_LIMIT) return undefined;
  const open: { event: Event; nodes: number }[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (!closed) continue;
      const entries = closed.event.type === EVENT_ID.MAPPING ? closed.nodes / 2 : closed.nodes;
      if (entries > ENTRY_LIMIT) return { event: closed.event, entries };
      continue;
    }
    const parent = open.at(-1);
    if (parent) parent.nodes += 1;
    const isOpening = event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS;
    if (isOpening) open.push({ event, nodes: 0 });
  }
  return undefined;
}

function firstInvalid(text: string, bytes: Uint8Array): number {
  let byte = 0;
  let from = 0;
  for (let i = text.indexOf('\uFFFD'); i !== -1; i = text.indexOf('\uFFFD', from)) {
    byte += Buffer.byteLength(text.slice(from, i));
    const isWritten = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (!isWritten) return i;
    byte += 3;
    from = i + 1;
  }
  return 0;
}

/** Everything that cannot be seen, or that makes text read in another order than it is stored. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\x00-\x09\x0B-\x1F\x7F-\x9F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/;
const FORBIDDEN_ALL = new RegExp(FORBIDDEN, 'g');

/** One problem for each kind of character, where it is first. */
function forbiddenCharacters(file: string, text: string): Problem[] {
  if (!FORBIDDEN.test(text)) return [];
  const found = new Map<string, Problem>();
  for (const match of text.matchAll(FORBIDDEN_ALL)) {
    const [character] = match;
    if (found.has(character)) continue;
    const place: Place = { file, offset: match.index };
    const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    if (character === '\uFEFF' && match.index === 0) found.set(character, problem('bom-found', place, {}));
    else if (character === '\r') found.set(character, problem('carriage-return-found', place, {}));
    else if (character === '\t') found.set(character, problem('tab-found', place, {}));
    else found.set(character, problem('control-character-found', place, { character: name }));
  }
  return [...found.values()];
}

function syntaxProblem(file: string, error: unknown): Problem {
  if (!(error instanceof YAMLException)) {
    return problem('yaml-syntax', { file, offset: 0 }, { detail: 'it cannot be parsed' });
  }
  const place: Place = { file, offset: error.mark?.position ?? 0 };
  if (error.reason.includes('maxDepth')) return problem('yaml-nesting', place, { limit: DEPTH_LIMIT });
  return problem('yaml-syntax', place, { detail: error.reason });
}

/** Maps without a prototype, so that a key such as `constructor` finds nothing that the file does not hold. */
type Bare = Record<string, unknown>;
const Bare = function () {} as unknown as new () => Bare;
Bare.prototype = Object.create(null);

/** Builds the value of a document from its events, noting what is refused. */
class Composer {
  readonly problems: Problem[] = [];
  readonly #file: string;
  readonly #text: string;
  readonly #events: Event[];
  #next = 0;
  /** Of maps with a duplicate key, by the index of their first event: where each key is first. */
  readonly #keys = new Map<number, Map<string, number>>();
  #lineStarts: number[] | undefined;

  constructor(file: string, text: string, events: Event[]) {
    this.#file = file;
    this.#text = text;
    this.#events = events;
  }

  document(): unknown {
    const [, first] = this.#events;
    const isBlank =
      first?.type === EVENT_ID.SCALAR && first.valueStart < 0 && first.anchorStart < 0 && first.tagStart < 0;
    if (first === undefined || (isBlank && this.#events.length === 3)) {
      this.problems.push(problem('file-empty', { file: this.#file, offset: 0 }, {}));
      return undefined;
    }
    this.#refuseBefore(startOf(first) ?? this.#text.length);
    this.#next = 1;
    const value = this.#node();
    this.#next += 1;
    if (this.#next < this.#events.length) {
      this.problems.push(problem('yaml-documents', { file: this.#file, offset: this.#secondDocument() }, {}));
    }
    return value;
  }

  /** Before the first value the parser passes over unknown directives, an end mark and an indented `---`: the text is asked. */
  #refuseBefore(start: number): void {
    const directive = /^%/m.exec(this.#text)?.index ?? Infinity;
    if (directive < start) this.problems.push(problem('yaml-directive', { file: this.#file, offset: directive }, {}));
    const mark = /^(?:\.\.\.| +---)(?=\s|$)/m.exec(this.#text)?.index ?? Infinity;
    if (mark < start) this.problems.push(problem('yaml-documents', { file: this.#file, offset: mark }, {}));
  }

  /** The mark after the first document's last value. */
  #secondDocument(): number {
    const mark = /^(?:---|\.\.\.)(?=\s|$)/gm;
    mark.lastIndex = this.#events.slice(0, this.#next).reduce((end, event) => Math.max(end, endOf(event)), 0);
    return mark.exec(this.#text)?.index ?? this.#text.length;
  }

  #node(): unknown {
    const event = this.#events[this.#next++]!;
    if (event.type === EVENT_ID.ALIAS) {
      this.#refuseAnchor('the alias', event.anchorStart - 1, event.anchorEnd);
      return null;
    }
    if (event.type === EVENT_ID.SCALAR) {
      this.#refuseProperties(event);
      return scalarValue(this.#text, event);
    }
    if (event.type === EVENT_ID.SEQUENCE) {
      this.#refuseProperties(event);
      const items: unknown[] = [];
      while (this.#events[this.#next]!.type !== EVENT_ID.POP) items.push(this.#node());
      this.#next += 1;
      return items;
    }
    if (event.type === EVENT_ID.MAPPING) {
      this.#refuseProperties(event);
      return this.#mapping(event.style === COLLECTION_STYLE.BLOCK);
    }
    return null;
  }

  #mapping(isBlock: boolean): Bare {
    const map = new Bare();
    const start = this.#next;
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) {
      const event = this.#events[this.#next]!;
      if (isBlock && this.#next > start) this.#refuseMidLine(event);
      const key = this.#key();
      if (key === undefined) {
        this.#node();
        continue;
      }
      if (key in map) {
        const line = this.#lineOf(this.#offsetOfKey(start, key));
        const place: Place = { file: this.#file, offset: startOf(event)! };
        this.problems.push(problem('yaml-duplicate-key', place, { key, line }));
        this.#node();
        continue;
      }
      map[key] = this.#node();
    }
    this.#next += 1;
    return map;
  }

  /** After a list as indented as the map around it, the parser takes what follows its last text on the line for a key. */
  #refuseMidLine(key: Event): void {
    const offset = startOf(key);
    const hasProperties = key.type === EVENT_ID.SCALAR && (key.anchorStart >= 0 || key.tagStart >= 0);
    if (offset === undefined || hasProperties) return;
    let before = offset - 1;
    while (this.#text[before] === ' ') before -= 1;
    if (before < 0 || this.#text[before] === '\n' || this.#text[before] === '?') return;
    const detail = 'a key begins its line';
    this.problems.push(problem('yaml-syntax', { file: this.#file, offset }, { detail }));
  }

  /** The text of a key, or undefined when it is refused. */
  #key(): string | undefined {
    const event = this.#events[this.#next]!;
    if (event.type !== EVENT_ID.SCALAR) {
      const place: Place = { file: this.#file, offset: startOf(event) ?? 0 };
      this.#node();
      if (event.type !== EVENT_ID.ALIAS) this.problems.push(problem('yaml-key', place, { key: 'here' }));
      return undefined;
    }
    this.#next += 1;
    this.#refuseProperties(event);
    const value = scalarValue(this.#text, event);
    // A key that is not written (`: value`) is shown where its value is.
    const place: Place = { file: this.#file, offset: startOf(event) ?? startOf(this.#events[this.#next]) ?? 0 };
    if (typeof value !== 'string') {
      const raw = getScalarValue(this.#text, event);
      this.problems.push(problem('yaml-key', place, { key: raw === '' ? '(empty)' : raw }));
      return undefined;
    }
    if (value === '<<' && event.style === SCALAR_STYLE.PLAIN) {
      this.problems.push(problem('yaml-merge-key', place, {}));
      return undefined;
    }
    if (value === '__proto__') {
      this.problems.push(problem('yaml-key', place, { key: value }));
      return undefined;
    }
    return value;
  }

  #refuseProperties(event: { anchorStart: number; anchorEnd: number; tagStart: number; tagEnd: number }): void {
    if (event.anchorStart >= 0) this.#refuseAnchor('the anchor', event.anchorStart - 1, event.anchorEnd);
    if (event.tagStart >= 0) {
      const name = this.#text.slice(event.tagStart, event.tagEnd);
      this.problems.push(problem('yaml-tag', { file: this.#file, offset: event.tagStart }, { name }));
    }
  }

  #refuseAnchor(what: string, start: number, end: number): void {
    const name = this.#text.slice(start, end);
    this.problems.push(problem('yaml-anchor', { file: this.#file, offset: start }, { what, name }));
  }

  /** Where a map, whose first event is at `start`, has a key first. Only a file with a duplicate needs it. */
  #offsetOfKey(start: number, key: string): number {
    let keys = this.#keys.get(start);
    if (!keys) this.#keys.set(start, (keys = this.#keysOf(start)));
    return keys.get(key) ?? 0;
  }

  #keysOf(start: number): Map<string, number> {
    const keys = new Map<string, number>();
    let depth = 0;
    let isKey = true;
    for (let i = start; depth >= 0 && i < this.#events.length; i += 1) {
      const event = this.#events[i]!;
      if (depth === 0 && isKey && event.type === EVENT_ID.SCALAR) {
        const name = getScalarValue(this.#text, event);
        if (!keys.has(name)) keys.set(name, startOf(event) ?? 0);
      }
      if (event.type === EVENT_ID.POP) depth -= 1;
      else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) depth += 1;
      if (depth === 0) isKey = !isKey;
    }
    return keys;
  }

  #lineOf(offset: number): number {
    this.#lineStarts ??= [...this.#text.matchAll(/^/gm)].map(({ index }) => index);
    let low = 0;
    let high = this.#lineStarts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#lineStarts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A scalar as the core schema reads it: only plain ones can be anything but text. */
function scalarValue(text: string, event: ScalarEvent): unknown {
  const value = getScalarValue(text, event);
  return event.style === SCALAR_STYLE.PLAIN ? plainValue(value) : value;
}

const INTEGER = /^[-+]?[0-9]+$/;
const OTHER_BASE = /^(?:0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
]);

function plainValue(text: string): unknown {
  const first = text.charCodeAt(0);
  const maybeNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  if (maybeNumber) {
    if (INTEGER.test(text) || FLOAT.test(text)) return Number(text);
    if (OTHER_BASE.test(text)) return Number(text);
  }
  return text.length <= 5 && WORDS.has(text) ? WORDS.get(text) : text;
}
