/**
 * The one reader of YAML, strict and fast: UTF-8, plain characters, one document, no anchors, tags, merge keys or
 * duplicate keys. js-yaml gives events with offsets; values are built here, so that whatever is refused has its place.
 * Scalars resolve as in YAML 1.2's core schema, like package yaml, with which files are edited.
 */
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
import { problem, type Place, type Problem } from '../core/problems/problem.ts';
import { ambiguityOf } from './yaml-ambiguous.ts';
import { crowdedCollection } from './yaml-limits.ts';
import { Bare } from './yaml-map.ts';
import { readPlain } from './yaml-plain.ts';
import { isPlainDecimal, scalarValue } from './yaml-scalar.ts';
import { clip, readText } from './yaml-text.ts';
import { DEPTH_LIMIT, endOf, startOf } from './yaml-tree.ts';

export { isLfsPointer } from './yaml-text.ts';
export { DEPTH_LIMIT, locate, type Span } from './yaml-tree.ts';

export interface YamlResult {
  readonly text: string;
  /** undefined when there are problems. Maps have no prototype. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Whether a number stands there in another form than plain decimal digits. */
  readonly hasOddNumber: boolean;
}

/** Reads the bytes of one file. Never throws. */
export function readYaml(file: string, bytes: Uint8Array): YamlResult {
  const { text, problems } = readText(file, bytes);
  if (problems.length > 0) return { text, value: undefined, problems, hasOddNumber: false };
  const value = readPlain(text);
  return value === undefined ? readStrictly(file, text) : { text, value, problems, hasOddNumber: false };
}

/** Reads a text of any form that has no forbidden characters. Never throws. */
export function readStrictly(file: string, text: string): YamlResult {
  const refuse = (...problems: Problem[]): YamlResult => ({
    text,
    value: undefined,
    problems,
    hasOddNumber: false,
  });
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: DEPTH_LIMIT });
  } catch (error) {
    return refuse(syntaxProblem(file, error));
  }
  const crowd = crowdedCollection(events);
  if (crowd) {
    const place: Place = { file, offset: startOf(crowd.event) ?? 0 };
    return refuse(problem('yaml-entries', place, { entries: crowd.entries, limit: crowd.limit }));
  }
  const composer = new Composer(file, text, events);
  const value = composer.document();
  return composer.problems.length > 0
    ? refuse(...limited(file, composer.problems))
    : { text, value, problems: [], hasOddNumber: composer.hasOddNumber };
}

/** Problems of one file: every entry of a full list may be wrong twice; a file made to be wrong could hold many more. */
export const PROBLEM_LIMIT = 20_000;

/** At most that many, the last of them saying how many more there are. */
export const limited = (file: string, problems: readonly Problem[]): readonly Problem[] => {
  const more = problems.length - PROBLEM_LIMIT;
  if (more <= 0) return problems;
  return [...problems.slice(0, PROBLEM_LIMIT - 1), problem('problems-more', { file }, { file, count: more + 1 })];
};

function syntaxProblem(file: string, error: unknown): Problem {
  if (!(error instanceof YAMLException)) {
    return problem('yaml-syntax', { file, offset: 0 }, { detail: 'it cannot be parsed' });
  }
  const place: Place = { file, offset: error.mark?.position ?? 0 };
  if (error.reason.includes('maxDepth')) return problem('yaml-nesting', place, { limit: DEPTH_LIMIT });
  return problem('yaml-syntax', place, { detail: clip(error.reason, 160) });
}

/** Builds the value of a document from its events, noting what is refused. */
class Composer {
  readonly problems: Problem[] = [];
  hasOddNumber = false;
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
      this.#refuseAmbiguous(event);
      const value = scalarValue(this.#text, event);
      if (typeof value === 'number') this.hasOddNumber ||= !isPlainDecimal(getScalarValue(this.#text, event));
      return value;
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
        this.problems.push(problem('yaml-duplicate-key', place, { key: clip(key), line }));
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
    // Every key of every file passes here: a look at the spaces before it, and a pattern only for the rare `? `.
    let before = offset - 1;
    while (this.#text.charCodeAt(before) === 0x20) before -= 1;
    if (before < 0 || this.#text.charCodeAt(before) === 0x0a) return;
    const lineStart = this.#text.lastIndexOf('\n', before) + 1;
    if (/^ *\? +$/.test(this.#text.slice(lineStart, offset))) return;
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
    this.#refuseAmbiguous(event);
    const value = scalarValue(this.#text, event);
    // A key that is not written (`: value`) is shown where its value is.
    const place: Place = { file: this.#file, offset: startOf(event) ?? startOf(this.#events[this.#next]) ?? 0 };
    if (typeof value !== 'string') {
      const raw = getScalarValue(this.#text, event);
      this.problems.push(problem('yaml-key', place, { key: raw === '' ? '(empty)' : clip(raw) }));
      return undefined;
    }
    if (value === '<<' && event.style === SCALAR_STYLE.PLAIN) {
      this.problems.push(problem('yaml-merge-key', place, {}));
      return undefined;
    }
    if (value === '__proto__') {
      this.problems.push(problem('yaml-key-reserved', place, { key: value }));
      return undefined;
    }
    return value;
  }

  #refuseAmbiguous(event: ScalarEvent): void {
    const found = ambiguityOf(this.#text, event);
    if (!found) return;
    const { offset, detail } = found;
    this.problems.push(problem('yaml-syntax', { file: this.#file, offset }, { detail }));
  }

  #refuseProperties(event: { anchorStart: number; anchorEnd: number; tagStart: number; tagEnd: number }): void {
    if (event.anchorStart >= 0) this.#refuseAnchor('the anchor', event.anchorStart - 1, event.anchorEnd);
    if (event.tagStart >= 0) {
      const name = clip(this.#text.slice(event.tagStart, event.tagEnd));
      this.problems.push(problem('yaml-tag', { file: this.#file, offset: event.tagStart }, { name }));
    }
  }

  #refuseAnchor(what: string, start: number, end: number): void {
    const name = clip(this.#text.slice(start, end));
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
