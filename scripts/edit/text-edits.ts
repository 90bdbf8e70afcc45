/** For each change of a value the ways to make it in the text, the one that touches least first. */
import { isCollection, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { isRecord } from '../core/is-record.ts';
import type { YamlChange } from './changes.ts';
import {
  beginsLine,
  colonOf,
  columnOf,
  dashOf,
  endOf,
  endsLine,
  find,
  lineStart,
  nextLine,
  pairEnd,
  spansOf,
  startOf,
  type LocatedNode,
  type YamlPair,
} from './yaml-ranges.ts';
import {
  afterColon,
  afterDash,
  blockLines,
  inline,
  isBlockByHabit,
  isEmpty,
  pairInline,
  scalarText,
  type Scalar,
  type YamlStyle,
} from './style.ts';

/** Text to put in place of a part of the text. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Lists of splices of which each makes the change; whoever applies one checks what came of it. */
export function waysTo(change: YamlChange, text: string, contents: Node | null, style: YamlStyle): Splice[][] {
  const found = find(contents, change.path);
  switch (change.how) {
    case 'set':
      return toSet(change.value, found, text, style);
    case 'remove':
      return toRemove(found, text);
    case 'insert-pair':
    case 'insert-item':
      return toInsert(change, found, text, style);
  }
}

/** New lines before the one that begins at an offset, or after the last, which may lack its line end. */
function lines(text: string, at: number, added: string, { lineEnd }: YamlStyle): Splice {
  const isAfterOpenEnd = at === text.length && at > 0 && text[at - 1] !== '\n';
  return { start: at, end: at, text: isAfterOpenEnd ? `${lineEnd}${added}` : `${added}${lineEnd}` };
}

function toInsert(
  change: YamlChange & { how: 'insert-pair' | 'insert-item' },
  { node, isInFlow }: LocatedNode,
  text: string,
  style: YamlStyle,
): Splice[][] {
  if (!isCollection(node)) return [];
  const isPair = change.how === 'insert-pair';
  const index = isPair ? indexAfter(node as YAMLMap, change.after) : change.index;
  if (isInFlow || node.flow) {
    const entry = isPair ? pairInline(change.key, change.value, style) : inline(change.value, style, true);
    return intoFlow(node as YAMLMap | YAMLSeq, index, entry, text, style);
  }
  if (isPair) return [intoBlockMap(node as YAMLMap, index, change, text, style)];
  return [intoBlockList(node as YAMLSeq, index, change.value, text, style)];
}

const indexAfter = (map: YAMLMap, key: string | undefined): number =>
  map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key) + 1;

function intoBlockMap(
  map: YAMLMap,
  index: number,
  { key, value }: { key: string; value: unknown },
  text: string,
  style: YamlStyle,
): Splice[] {
  const pairs = map.items as YamlPair[];
  const first = startOf(pairs[0]!.key);
  const indent = columnOf(text, first);
  const sameKind = (node: Node | null) => (Array.isArray(value) ? isSeq(node) : isRecord(value) && isMap(node));
  // A map of maps stands on several lines, and a list of ids on one, whatever their author likes: they tell nothing of how a small map,
  // or a list of rows, is to be written.
  const tells = (node: YAMLMap | YAMLSeq) => {
    const isHabit = (node.flow === true) !== isBlockByHabit(node.toJSON());
    return !isHabit || isBlockByHabit(node.toJSON()) === isBlockByHabit(value) || (isMap(node) && node.flow === true);
  };
  const sibling = pairs
    .map((pair) => pair.value)
    .findLast((node) => (isMap(node) || isSeq(node)) && sameKind(node) && tells(node));
  const isBlock = isCollection(sibling) ? sibling.flow !== true : isBlockByHabit(value);
  const entry = `${scalarText(key, style, false)}:${afterColon(key, value, indent, style, isBlock)}`;
  if (index === 0) return [{ start: first, end: first, text: `${entry}${style.lineEnd}${' '.repeat(indent)}` }];
  return [
    lines(
      text,
      behindFoot(text, nextLine(text, pairEnd(pairs[index - 1]!)), indent),
      `${' '.repeat(indent)}${entry}`,
      style,
    ),
  ];
}

function intoBlockList(list: YAMLSeq, index: number, value: unknown, text: string, style: YamlStyle): Splice[] {
  const first = dashOf(list, 0);
  const indent = columnOf(text, first);
  const sibling = list.items[Math.max(0, index - 1)];
  const entry = `-${afterDash(value, indent, style, isMap(sibling) && sibling.flow !== true)}`;
  if (index === 0) return [{ start: first, end: first, text: `${entry}${style.lineEnd}${' '.repeat(indent)}` }];
  const behind = behindFoot(text, nextLine(text, endOf(list.items[index - 1] as Node)), indent);
  return [lines(text, behind, `${' '.repeat(indent)}${entry}`, style)];
}

/** Where the next entry may begin: comments that stand further in than the entries are the end of the entry above them. */
function behindFoot(text: string, offset: number, indent: number): number {
  let behind = offset;
  for (let [at, next] = [offset, 0]; at < text.length; at = next) {
    next = text.indexOf('\n', at) + 1 || text.length;
    const line = text.slice(at, next);
    const said = line.trimStart();
    if (said.startsWith('#') && line.length - said.length > indent) behind = next;
    else if (said !== '') break;
  }
  return behind;
}

function intoFlow(
  collection: YAMLMap | YAMLSeq,
  index: number,
  entry: string,
  text: string,
  style: YamlStyle,
): Splice[][] {
  const spans = spansOf(collection);
  const [first] = spans;
  const before = spans[index - 1];
  if (!before) {
    const own = beginsLine(text, first!.start) && endsLine(text, first!.end);
    const gap = own ? `${style.lineEnd}${' '.repeat(columnOf(text, first!.start))}` : ' ';
    return [[{ start: first!.start, end: first!.start, text: `${entry},${gap}` }]];
  }
  const onLine = [{ start: before.end, end: before.end, text: `, ${entry}` }];
  const hasOwnLine = beginsLine(text, before.start) && endsLine(text, before.end);
  if (!hasOwnLine) return [onLine];
  const indent = ' '.repeat(columnOf(text, before.start));
  const at = nextLine(text, before.end);
  const hasComma = /^[ \t]*,/.test(text.slice(before.end, at));
  const comma = hasComma ? [] : [{ start: before.end, end: before.end, text: ',' }];
  return [[...comma, lines(text, at, `${indent}${entry}${hasComma ? ',' : ''}`, style)], onLine];
}

function toRemove({ node, pair, parent, index, isInFlow }: LocatedNode, text: string): Splice[][] {
  if (!parent) return [];
  if (isInFlow) return outOfFlow(parent, index, text);
  const start = pair ? startOf(pair.key) : dashOf(parent as YAMLSeq, index);
  const end = pair ? pairEnd(pair) : Math.max(start + 1, node ? endOf(node) : 0);
  if (beginsLine(text, start)) return [[cut(lineStart(text, start), nextLine(text, end), text)]];
  // The first key after a hyphen: the next one takes its place, or what stands between stays.
  const next = pair ? (parent.items[index + 1] as YamlPair | undefined) : undefined;
  const following = next ? startOf(next.key) : end;
  const isBare = text.slice(end, following).trim() === '';
  const afterHyphen = text.slice(0, start).trimEnd().length;
  return [[{ start: isBare ? start : afterHyphen, end: isBare ? following : end, text: '' }]];
}

/** Takes lines out; of the last line of a text without a last line end also the line end before it. */
function cut(start: number, end: number, text: string): Splice {
  const isOpenEnd = end === text.length && text[end - 1] !== '\n' && start > 0;
  const before = text[start - 2] === '\r' ? 2 : 1;
  return { start: isOpenEnd ? start - before : start, end, text: '' };
}

function outOfFlow(collection: YAMLMap | YAMLSeq, index: number, text: string): Splice[][] {
  const spans = spansOf(collection);
  const { start, end } = spans[index]!;
  const before = spans[index - 1];
  const after = spans[index + 1];
  const hasOwnLine = beginsLine(text, start) && endsLine(text, end);
  const ways: Splice[][] = [];
  const hasComment = (from: number, to: number) => /#/.test(text.slice(from, to));
  if (hasOwnLine) ways.push([cut(lineStart(text, start), nextLine(text, end), text)]);
  if (before && !hasComment(before.end, start)) ways.push([{ start: before.end, end, text: '' }]);
  if (after && !hasComment(end, after.start)) ways.push([{ start, end: after.start, text: '' }]);
  const comma = /^\s*,[ \t]*/.exec(text.slice(end))?.[0].length;
  if (comma !== undefined) ways.push([{ start, end: end + comma, text: '' }]);
  return [...ways, [{ start, end, text: '' }]];
}

function toSet(value: unknown, found: LocatedNode, text: string, style: YamlStyle): Splice[][] {
  const { node, pair, parent, index, isInFlow } = found;
  const isBlock = isCollection(node) && node.flow !== true;
  const isWritten = node !== null && endOf(node) > startOf(node);
  const ways: Splice[][] = [];
  if (isCollection(node) && node.items.length === 0) ways.push(...intoHollow(node, value, text, style));
  if (isWritten && !isBlock && !(isBlockByHabit(value) && !isInFlow && isCollection(node))) {
    const isScalarNow = isScalar(node) && typeof value !== 'object';
    const written = isScalarNow
      ? scalarText(value as Scalar, style, isInFlow, nameOf(pair), node.type ?? undefined)
      : inline(value, style, isInFlow, nameOf(pair));
    const end = endOf(node);
    const tail = text[end - 1] === '\n' ? style.lineEnd : '';
    ways.push([{ start: startOf(node), end, text: written + tail }]);
  }
  if (pair && !isInFlow) ways.push(...toSetBlock(value, pair, text, style));
  if (!pair && parent && node && !isInFlow) {
    const written = `-${afterDash(value, columnOf(text, dashOf(parent as YAMLSeq, index)), style, false)}`;
    ways.push([replace(dashOf(parent as YAMLSeq, index), endOf(node), written, text, style)]);
  }
  if (!parent && node) {
    const indent = columnOf(text, startOf(node));
    const isLines = typeof value === 'object' && value !== null && !isEmpty(value) && !Array.isArray(value);
    const written = isLines ? blockLines(value, indent, style).join(style.lineEnd).trimStart() : inline(value, style);
    ways.push([replace(startOf(node), endOf(node), written, text, style)]);
  }
  return ways;
}

const nameOf = (pair: YamlPair | undefined): string | undefined =>
  pair && isScalar(pair.key) ? String(pair.key.value) : undefined;

/** Entries for empty brackets or braces that hold a comment. */
function intoHollow(node: YAMLMap | YAMLSeq, value: unknown, text: string, style: YamlStyle): Splice[][] {
  const start = startOf(node);
  const isSameKind = isSeq(node) ? Array.isArray(value) : isRecord(value);
  if (!isSameKind || !text.slice(start, endOf(node)).includes('#')) return [];
  const entries = inline(value, style, true).slice(1, -1).trim();
  return [[{ start: start + 1, end: start + 1, text: entries }]];
}

function toSetBlock(value: unknown, pair: YamlPair, text: string, style: YamlStyle): Splice[][] {
  const { value: node } = pair;
  const afterKey = colonOf(pair) + 1;
  const key = startOf(pair.key);
  const indent = columnOf(text, key);
  const end = pairEnd(pair);
  const written = afterColon(nameOf(pair), value, indent, style);
  const whole = [replace(afterKey, end, written, text, style)];
  const isOnLaterLine = node !== null && text.slice(afterKey, startOf(node)).includes('\n');
  if (isOnLaterLine && !written.includes('\n')) {
    // What was said between the key and its value stays.
    const from = lineStart(text, startOf(node));
    return [[{ start: afterKey, end: afterKey, text: written }, cut(from, nextLine(text, end), text)], whole];
  }
  const isHollow = node === null || (isCollection(node) && node.items.length === 0) || endOf(node) === startOf(node);
  if (isHollow && written.includes('\n')) {
    const block = written.slice(style.lineEnd.length);
    const isThere = node !== null && endOf(node) > startOf(node);
    const emptied = { start: afterKey, end: isThere ? endOf(node) : afterKey, text: '' };
    return [[emptied, lines(text, nextLine(text, end), block, style)], whole];
  }
  // What is not written begins after the spaces before a comment, which stay before it.
  return isHollow ? [whole, [{ start: afterKey, end: afterKey, text: written }]] : [whole];
}

/** Replaces what may end with its own line end, a block scalar, by what does not. */
function replace(start: number, end: number, written: string, text: string, { lineEnd }: YamlStyle): Splice {
  return { start, end, text: text[end - 1] === '\n' ? written + lineEnd : written };
}
