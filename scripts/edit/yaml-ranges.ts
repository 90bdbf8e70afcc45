/** Where the parts of a YAML document stand in its text, so that an edit touches nothing else. */
import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { defined } from '../core/defined.ts';
import type { YamlPath } from '../core/problems/problem.ts';

export type YamlPair = Pair<Node, Node | null>;

/** The document of a text with the tokens and offsets that edits need. It throws nothing: faults are in its `errors`. */
export function parse(text: string): Document.Parsed {
  return parseDocument(text, { keepSourceTokens: true, schema: 'core', version: '1.2', merge: false });
}

/** Empty lines and comments in a row from which on they are read as one: each takes the parser microseconds and a thousand bytes. */
const IDLE = 100;

/** The text with each long run of empty lines and lines of comments alone in one line of spaces, so that every offset stays. */
export function withoutIdleLines(text: string): string {
  const parts: string[] = [];
  let taken = 0;
  let [start, lines] = [0, 0];
  const take = (end: number): void => {
    if (lines < IDLE) return;
    parts.push(text.slice(taken, start), ' '.repeat(end - 1 - start), '\n');
    taken = end;
  };
  for (let at = 0; at < text.length;) {
    const next = text.indexOf('\n', at) + 1;
    if (next === 0) break;
    if (isIdle(text, at, next)) lines += 1;
    else {
      take(at);
      [start, lines] = [next, 0];
    }
    at = next;
    if (text.indexOf('\n', at) < 0) take(at);
  }
  return taken === 0 ? text : parts.join('') + text.slice(taken);
}

/** Whether a line is empty, or a comment after spaces; tabs are for the parser to judge. */
function isIdle(text: string, start: number, next: number): boolean {
  let at = start;
  while (text.charCodeAt(at) === 0x20) at += 1;
  return at === next - 1 || text[at] === '#';
}

/** The offset at which the line of an offset begins; offsets count UTF-16 units from 0. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** The beginning of the line after; of the last line the end of the text. */
export function nextLine(text: string, offset: number): number {
  // What ends with its line end, a block scalar, is over where the next line begins.
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** How many characters stand before an offset on its line. */
export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/** Whether nothing but spaces is before it on its line. */
export const beginsLine = (text: string, offset: number): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === '';

/** Whether nothing follows on its line but a comma and a comment. */
export function endsLine(text: string, offset: number): boolean {
  const rest = text.slice(offset, nextLine(text, offset));
  const start = rest.trimStart();
  return isBlankOrComment(start.startsWith(',') ? start.slice(1) : rest);
}

/** A comment has a space before it. */
function isBlankOrComment(text: string): boolean {
  const said = text.trimStart();
  return said === '' || (said.startsWith('#') && said.length < text.length);
}

/** The offset of a node's first character; 0 for one that the text does not hold. */
export const startOf = (node: Node): number => node.range?.[0] ?? 0;

/** Where a node's own text is over: before the comments and blank lines after it. */
export function endOf(node: Node): number {
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  if (isPair(last)) return pairEnd(last as YamlPair);
  if (last !== undefined && isSeq(node)) return Math.max(endOf(last as Node), dashOf(node, node.items.length - 1) + 1);
  return node.range?.[1] ?? 0;
}

/** The offset behind a pair: its value or, where that is empty, its colon. */
export const pairEnd = (pair: YamlPair): number =>
  Math.max(colonOf(pair) + 1, endOf(pair.key), pair.value ? endOf(pair.value) : 0);

/** Where the colon of a pair is; before the text when it has none (`{ key }`). */
export const colonOf = ({ srcToken }: YamlPair): number =>
  srcToken?.sep?.find(({ type }) => type === 'map-value-ind')?.offset ?? -1;

/** Where the hyphen of an item of a block list is. */
export function dashOf(seq: YAMLSeq, index: number): number {
  const token = seq.srcToken;
  const items = token?.type === 'block-seq' ? token.items : [];
  return items[index]?.start.find(({ type }) => type === 'seq-item-ind')?.offset ?? -1;
}

/** Where each entry of a flow collection begins and ends. */
export const spansOf = (collection: YAMLMap | YAMLSeq): { start: number; end: number }[] =>
  collection.items.map((item) => {
    if (isPair(item)) return { start: startOf(item.key as Node), end: pairEnd(item as YamlPair) };
    return { start: startOf(item as Node), end: endOf(item as Node) };
  });

/** What is at a path, and whether it is inside brackets or braces, where a line's indentation says nothing. */
export interface LocatedNode {
  readonly node: Node | null;
  /** The entry of a map whose value it is. */
  readonly pair?: YamlPair;
  readonly parent?: YAMLMap | YAMLSeq;
  readonly index: number;
  readonly isInFlow: boolean;
}

/**
 * The node at a path, its collection and its index there; null where the last step has none. Throws Error where a step before it has
 * none: edits go along values that were read.
 */
export function find(contents: Node | null, path: YamlPath): LocatedNode {
  let found: LocatedNode = { node: contents, index: 0, isInFlow: false };
  for (const step of path) {
    const { node, isInFlow } = found;
    const flow = isInFlow || (isCollection(node) && node.flow === true);
    if (isMap(node)) {
      const index = node.items.findIndex(({ key }) => isScalar(key) && key.value === step);
      const pair = node.items[index] as YamlPair | undefined;
      found = { node: pair?.value ?? null, parent: node, index, isInFlow: flow, ...defined({ pair }) };
    } else if (isSeq(node)) {
      const index = Number(step);
      found = { node: (node.items[index] as Node | undefined) ?? null, parent: node, index, isInFlow: flow };
    } else {
      throw new Error(`nothing at ${path.join('.')}`);
    }
  }
  return found;
}
