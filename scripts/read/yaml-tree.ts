/** Where the values of a YAML file stand. Parses the text again, which only a file with a problem pays for. */
import { EVENT_ID, SCALAR_STYLE, getScalarValue, parseEvents, type Event, type ScalarEvent } from 'js-yaml';
import type { YamlPath } from '../core/problems/problem.ts';

/** Levels of nesting; the deepest file kind has six. */
export const DEPTH_LIMIT = 32;

/** Offsets (UTF-16 units) of a value and of its key; what a place in a file means in its text. */
export interface Span {
  readonly key: number | undefined;
  /** Where the value begins, with its quote or `|`; of a value that is not written, its key or dash. */
  readonly value: number;
  /** The source of a scalar as it is written, without quotes. */
  readonly raw?: string;
}

/**
 * Where a value stands: the deepest part of the path that is there; undefined when the text cannot be parsed. Problems
 * come file by file, so the last file's tree is kept.
 */
export function locate(text: string, path: YamlPath): Span | undefined {
  if (last?.text !== text) last = { text, root: treeOf(text) };
  const { root } = last;
  if (!root) return undefined;
  let node = root;
  for (const step of path) {
    const child = node.children?.get(node.isMap ? String(step) : step);
    if (!child) break;
    node = child;
  }
  const { key, value, scalar } = node;
  return scalar ? { key, value, raw: getScalarValue(text, scalar) } : { key, value };
}

interface Node {
  readonly key: number | undefined;
  readonly value: number;
  readonly isMap?: boolean;
  readonly scalar?: ScalarEvent;
  readonly children?: Map<string | number, Node>;
}

let last: { readonly text: string; readonly root: Node | undefined } | undefined;

function treeOf(text: string): Node | undefined {
  try {
    const events = parseEvents(text, { maxDepth: DEPTH_LIMIT });
    return events.length > 1 ? new Builder(text, events).root() : undefined;
  } catch {
    return undefined;
  }
}

class Builder {
  readonly #text: string;
  readonly #events: readonly Event[];
  #next = 1;
  /** Where what was read so far ends. */
  #end = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  root(): Node {
    return this.#node(undefined, 0);
  }

  /** `instead` is the place of a value that is not written. */
  #node(key: number | undefined, instead: number): Node {
    const event = this.#events[this.#next++]!;
    const value = this.#startOf(event, instead);
    this.#end = Math.max(this.#end, endOf(event));
    if (event.type === EVENT_ID.SCALAR) return { key, value, scalar: event };
    if (event.type === EVENT_ID.SEQUENCE) return { key, value, children: this.#items(value) };
    if (event.type === EVENT_ID.MAPPING) return { key, value, isMap: true, children: this.#pairs(value) };
    return { key, value };
  }

  #items(start: number): Map<number, Node> {
    const items = new Map<number, Node>();
    const isBlock = this.#text[start] === '-';
    for (let index = 0; this.#hasMore(); index += 1) {
      const dash = !isBlock || index === 0 ? start : this.#seek('-', start);
      if (isBlock) this.#end = Math.max(this.#end, dash + 1);
      const item = this.#node(undefined, dash);
      items.set(index, { ...item, key: item.value });
    }
    this.#next += 1;
    return items;
  }

  #pairs(start: number): Map<string, Node> {
    const pairs = new Map<string, Node>();
    while (this.#hasMore()) {
      const keyEvent = this.#events[this.#next]!;
      const key = this.#node(undefined, start).value;
      const value = this.#node(key, key);
      if (keyEvent.type !== EVENT_ID.SCALAR) continue;
      const name = getScalarValue(this.#text, keyEvent);
      if (!pairs.has(name)) pairs.set(name, value);
    }
    this.#next += 1;
    return pairs;
  }

  #hasMore(): boolean {
    const event = this.#events[this.#next];
    return event !== undefined && event.type !== EVENT_ID.POP;
  }

  #startOf(event: Event, instead: number): number {
    if (event.type !== EVENT_ID.SCALAR) return startOf(event) ?? instead;
    if (event.valueStart < 0) return instead;
    const isBlock = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
    // The event of a block text begins at its first line, after the mark.
    return isBlock ? this.#seek('|>', event.valueStart) : startOf(event)!;
  }

  /** The first of these characters after what was read so far, outside comments. */
  #seek(characters: string, otherwise: number): number {
    for (let i = this.#end; i < this.#text.length; i += 1) {
      const character = this.#text[i]!;
      if (characters.includes(character)) return i;
      const isComment = character === '#' && (i === 0 || /\s/.test(this.#text[i - 1]!));
      if (!isComment) continue;
      const lineEnd = this.#text.indexOf('\n', i);
      if (lineEnd === -1) break;
      i = lineEnd;
    }
    return otherwise;
  }
}

/** Where a node begins in the text; undefined for an end mark and for a value that is not written. */
export function startOf(event: Event | undefined): number | undefined {
  if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return undefined;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type !== EVENT_ID.SCALAR) return event.start;
  return event.valueStart < 0 ? undefined : event.valueStart - (isQuoted(event) ? 1 : 0);
}

/** Where a scalar or alias ends; of a list or map, where its first part may begin. */
export function endOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueEnd + (isQuoted(event) ? 1 : 0);
  if (event.type === EVENT_ID.ALIAS) return event.anchorEnd;
  return startOf(event) ?? 0;
}

const isQuoted = (event: ScalarEvent): boolean =>
  event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
