/**
 * Entries of a settings command from a file: a CSV table whose columns are the fields, YAML or JSON (a list of maps or texts, or a file of the
 * configuration, whose one list it takes), or plain text with one entry a line. All values are texts; a list is one text with spaces.
 */
import { parseEvents } from 'js-yaml';
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Scalar, type YAMLMap } from 'yaml';
import { messageOf } from '../core/errors.ts';
import { nearest } from '../core/problems/suggest.ts';
import type { Findings } from '../project/finding.ts';
import { readTable } from './table.ts';

export interface EntryShape {
  /** The field that a line of plain text, or an item that is no map, gives. */
  readonly main: string;
  /** All fields there are. */
  readonly fields: readonly string[];
  /** Fields that may be lists. */
  readonly lists: readonly string[];
}

export interface GivenEntry {
  readonly values: ReadonlyMap<string, string>;
  /** Columns of a table in which its cell is empty. */
  readonly blank?: readonly string[];
  /** Fields whose value is no text, which is a finding already. */
  readonly unread?: readonly string[];
  /** In the text of the file. */
  readonly offset: number;
}

/** What is wrong with the file is a finding with its place; undefined when nothing could be read. */
export function readEntries(
  path: string,
  text: string,
  shape: EntryShape,
  findings: Findings,
): GivenEntry[] | undefined {
  const kind = kindOf(path, text, shape);
  const entries =
    kind === 'yaml'
      ? inYaml(path, text, shape, findings)
      : kind === 'csv'
        ? inTable(path, text, shape, findings)
        : inLines(text, shape);
  if (entries?.length !== 0) return entries;
  if (findings.hasErrors) return undefined;
  findings.add('table-empty', path, { expected: `The fields are ${shape.fields.join(', ')}` }, 0, text);
  return undefined;
}

/** By its name; standard input, which has none, by how it begins. */
function kindOf(path: string, text: string, { fields, main }: EntryShape): 'csv' | 'yaml' | 'text' {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === 'csv' || ending === 'tsv') return 'csv';
  if (ending === 'yaml' || ending === 'yml' || ending === 'json') return 'yaml';
  if (ending === 'txt') return 'text';
  const start = text.trimStart();
  if (/^(?:- |[[{]|[A-Za-z]+:\s*(?:\n|\[|$))/.test(start)) return 'yaml';
  const head = (start.split(/[\r\n]/, 1)[0] ?? '').split(/[,;\t]/).map((cell) => cell.trim());
  return head.includes(main) && head.every((cell) => fields.includes(cell)) ? 'csv' : 'text';
}

function inTable(path: string, text: string, shape: EntryShape, findings: Findings): GivenEntry[] | undefined {
  const known = shape.fields.filter((field) => field !== shape.main);
  const rows = readTable(path, text, { required: [shape.main], known, nameOf: () => undefined }, findings);
  return rows?.map(({ cells, offset }) => ({
    values: new Map(
      [...cells].flatMap(([name, cell]) => (cell === undefined ? [] : [[name, fieldText(name, cell, shape)]])),
    ),
    blank: [...cells].flatMap(([name, cell]) => (cell === undefined ? [name] : [])),
    offset,
  }));
}

/** A list is written with spaces, commas or semicolons between. */
const fieldText = (name: string, text: string, { lists }: EntryShape): string =>
  lists.includes(name)
    ? text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .join(' ')
    : text.trim();

function inLines(text: string, shape: EntryShape): GivenEntry[] {
  const entries: GivenEntry[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const comment = line.search(/(?<!\S)#/);
    const said = (comment === -1 ? line : line.slice(0, comment)).replace(/^\uFEFF/, '').trim();
    if (said !== '') entries.push({ values: new Map([[shape.main, said]]), offset: index });
  }
  return entries;
}

/** Null in the core schema of YAML 1.2, as in JSON: it says nothing, and is no text that reads "null" or "~". */
const isNull = (node: Node | null): boolean =>
  isScalar(node) &&
  (node.tag === 'tag:yaml.org,2002:null' ||
    (node.type === 'PLAIN' && node.tag === undefined && /^(?:~|null|Null|NULL|)$/.test(String(node.value ?? ''))));

const isText = (node: Node | null): node is Scalar => isScalar(node) && !isNull(node);

function kindOfNode(node: Node | null): string {
  if (node === null || isNull(node)) return 'null';
  return isAlias(node) ? 'an alias' : isMap(node) ? 'a map' : isSeq(node) ? 'a list' : 'a text';
}

/** Fields of which each is looked at; no entry has so many. */
const MOST_FIELDS = 50;

const TOO_DEEP = 'it is nested too deep';
/** Levels of nesting. Package yaml takes seconds and gigabytes for a megabyte of brackets; js-yaml stops at a level. */
const DEPTH_LIMIT = 32;

/** Every scalar is a text here: a phone number is no number, a version no fraction. Undefined for what is nested too deep. */
function parsed(text: string): ReturnType<typeof parseDocument> | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    return parseDocument(text, { schema: 'failsafe', version: '1.2', uniqueKeys: false });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isTooDeep(text: string): boolean {
  try {
    parseEvents(text, { maxDepth: DEPTH_LIMIT });
    return false;
  } catch (error) {
    // Other errors are told below, with their place.
    return /maxDepth/.test(messageOf(error));
  }
}

function inYaml(path: string, text: string, shape: EntryShape, findings: Findings): GivenEntry[] | undefined {
  const document = parsed(text);
  if (!document) {
    findings.add('table-unreadable', path, { detail: TOO_DEEP }, 0, text);
    return undefined;
  }
  for (const { code, message, pos } of document.errors.slice(0, 1)) {
    const detail = code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : message.split('\n')[0]!;
    findings.add('table-unreadable', path, { detail }, pos[0], text);
  }
  if (document.errors.length > 0) return undefined;
  /** `place`: what stands where a value is lacking. */
  const fault = (node: Node | null, field: string, expected: string, place: Node | null = node) => {
    const args = { field, actual: kindOfNode(node), expected };
    findings.add('table-value', path, { ...args, next: '' }, place?.range?.[0] ?? 0, text);
  };
  const { contents } = document;
  const lists = isMap(contents)
    ? (contents as YAMLMap<Node, Node | null>).items.map(({ value }) => value).filter(isSeq)
    : [];
  // A file of the configuration is a map of one list.
  const inside = lists.length === 1 ? lists[0] : contents;
  if (!isSeq(inside)) {
    fault(contents as Node | null, path, 'a list of entries');
    return undefined;
  }
  return (inside.items as Node[]).flatMap((item) => {
    const offset = item.range?.[0] ?? 0;
    if (isText(item)) return [{ values: new Map([[shape.main, String(item.value ?? '').trim()]]), offset }];
    if (!isMap(item)) {
      fault(item, 'an entry', 'a map of fields, or a text');
      return [];
    }
    const unread: string[] = [];
    return [{ values: new Map(fieldsOf(item as YAMLMap<Node, Node | null>, unread)), unread, offset }];
  });

  function fieldsOf(item: YAMLMap<Node, Node | null>, unread: string[]): [string, string][] {
    const seen = new Set<string>();
    return item.items.slice(0, MOST_FIELDS).flatMap(({ key, value }): [string, string][] => {
      const name = isScalar(key) ? String(key.value) : '';
      if (seen.has(name)) {
        const args = { what: `the field "${name}" is there twice`, near: '' };
        findings.add('table-column', path, args, key.range?.[0] ?? 0, text);
      }
      seen.add(name);
      if (!shape.fields.includes(name)) {
        findings.add(
          'table-column',
          path,
          { what: `there is no field "${name}"`, near: nearest(name, shape.fields) },
          key.range?.[0] ?? 0,
          text,
        );
        return [];
      }
      if (isText(value)) return [[name, fieldText(name, String(value.value ?? ''), shape)]];
      const parts = isSeq(value) && shape.lists.includes(name) ? (value.items as Node[]) : undefined;
      if (parts?.every((part) => isText(part))) return [[name, parts.map((part) => String(part.value)).join(' ')]];
      unread.push(name);
      const wrong = parts?.find((part) => !isText(part)) ?? value;
      fault(wrong, name, shape.lists.includes(name) ? 'a text or a list of texts' : 'a text', wrong ?? key);
      return [];
    });
  }
}
