/**
 * The one reader of YAML, strict and fast: UTF-8, plain characters, one document, no anchors, tags, merge keys or
 * duplicate keys. js-yaml gives events with offsets; values are built here, so that whatever is refused has its place.
 * Scalars resolve as in YAML 1.2's core schema, like package yaml, with which files are edited.
 */
import { isUtf8 } from 'node:buffer';
import {
  EVENT_ID,
  SCALAR_STYLE,
  YAMLException,
  getScalarValue,
  parseEvents,
  type Event,
  type ScalarEvent,
} from 'js-yaml';
import { problem, type Place, type Problem, type YamlPath } from '../core/problem.ts';

/** Levels of nesting; the deepest file kind has six. */
export const DEPTH_LIMIT = 32;

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
    const text = new TextDecoder('utf-8').decode(bytes);
    return refuse(text, problem('utf8-invalid', { file, offset: firstInvalid(text) }, {}));
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
  const composer = new Composer(file, text, events);
  const value = composer.document();
  return composer.problems.length > 0 ? refuse(text, ...composer.problems) : { text, value, problems: [] };
}

const firstInvalid = (text: string): number => Math.max(0, text.indexOf('\uFFFD'));

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

  constructor(file: string, text: string, events: Event[]) {
    this.#file = file;
    this.#text = text;
    this.#events = events;
  }

  document(): unknown {
    const [first] = this.#events;
    if (first?.type !== EVENT_ID.DOCUMENT || this.#events[1]?.type === EVENT_ID.POP) {
      this.problems.push(problem('file-empty', { file: this.#file, offset: 0 }, {}));
      return undefined;
    }
    if (first.directives.length > 0) {
      this.problems.push(problem('yaml-directive', { file: this.#file, offset: this.#text.indexOf('%') }, {}));
    }
    this.#next = 1;
    const value = this.#node();
    this.#next += 1;
    if (this.#next < this.#events.length) {
      const offset = startOf(this.#events[this.#next + 1]) ?? this.#text.length;
      this.problems.push(
        problem('yaml-documents', { file: this.#file, offset: Math.max(0, this.#text.lastIndexOf('---', offset)) }, {}),
      );
    }
    return value;
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
      return this.#mapping();
    }
    return null;
  }

  #mapping(): Bare {
    const map = new Bare();
    let lines: Map<string, number> | undefined;
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) {
      const event = this.#events[this.#next]!;
      const key = this.#key();
      if (key === undefined) {
        this.#node();
        continue;
      }
      if (key in map) {
        lines ??= this.#linesOfKeys(map);
        this.problems.push(
          problem('yaml-duplicate-key', { file: this.#file, offset: startOf(event)! }, { key, line: lines.get(key) ?? 0 }),
        );
        this.#node();
        continue;
      }
      map[key] = this.#node();
    }
    this.#next += 1;
    return map;
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
    const place: Place = { file: this.#file, offset: event.valueStart };
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

  /** The lines of a map's keys; only needed once a duplicate was found, so found by looking back. */
  #linesOfKeys(map: Bare): Map<string, number> {
    const lines = new Map<string, number>();
    let depth = 0;
    for (let i = this.#next - 2; i >= 0 && lines.size < Object.keys(map).length; i -= 1) {
      const event = this.#events[i]!;
      if (event.type === EVENT_ID.POP) depth += 1;
      else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) depth -= 1;
      if (depth < 0) break;
      if (depth === 0 && event.type === EVENT_ID.SCALAR) {
        const key = getScalarValue(this.#text, event);
        if (key in map) lines.set(key, lineOf(this.#text, event.valueStart));
      }
    }
    return lines;
  }
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Where a node begins in the text; undefined for an end mark. */
function startOf(event: Event | undefined): number | undefined {
  if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return undefined;
  if (event.type === EVENT_ID.SCALAR) return Math.max(0, event.valueStart - (isQuoted(event) ? 1 : 0));
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  return event.start;
}

const isQuoted = (event: ScalarEvent): boolean =>
  event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;

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

/** Offsets of a value and of its key; what a place in a file means in its text. */
export interface Span {
  readonly key: number | undefined;
  readonly value: number;
  /** The source of a scalar as it is written, without quotes. */
  readonly raw?: string;
}

/**
 * Where a value stands: parses the text again, which only a file with a problem pays for. Gives the deepest part of the
 * path that is there; undefined when the text cannot be parsed.
 */
export function locate(text: string, path: YamlPath): Span | undefined {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: DEPTH_LIMIT });
  } catch {
    return undefined;
  }
  let index = 1;
  let key: number | undefined;
  for (const step of path) {
    const child = childOf(text, events, index, step);
    if (child === undefined) break;
    index = child.index;
    key = child.key;
  }
  const event = events[index];
  const value = startOf(event) ?? 0;
  return event?.type === EVENT_ID.SCALAR ? { key, value, raw: getScalarValue(text, event) } : { key, value };
}

function childOf(
  text: string,
  events: readonly Event[],
  parent: number,
  step: string | number,
): { index: number; key: number | undefined } | undefined {
  const event = events[parent];
  const isMap = event?.type === EVENT_ID.MAPPING;
  if (!isMap && event?.type !== EVENT_ID.SEQUENCE) return undefined;
  let index = parent + 1;
  for (let count = 0; events[index] && events[index]!.type !== EVENT_ID.POP; count += 1) {
    if (!isMap) {
      if (count === step) return { index, key: startOf(events[index]) };
      index = after(events, index);
      continue;
    }
    const keyEvent = events[index]!;
    const valueIndex = after(events, index);
    if (keyEvent.type === EVENT_ID.SCALAR && getScalarValue(text, keyEvent) === String(step)) {
      return { index: valueIndex, key: startOf(keyEvent) };
    }
    index = after(events, valueIndex);
  }
  return undefined;
}

/** The index after a whole node. */
function after(events: readonly Event[], index: number): number {
  let depth = 0;
  for (let i = index; i < events.length; i += 1) {
    const { type } = events[i]!;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
    if (depth === 0) return i + 1;
  }
  return events.length;
}
