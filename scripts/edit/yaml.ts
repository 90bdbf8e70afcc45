/**
 * Edits a YAML text so that it says something else, and touches only what must change: comments, order, quotes, indentation
 * and line ends stay. Each step is checked by reading what came of it, so a wrong splice is never the answer.
 */
import type { Document, Node } from 'yaml';
import { isRecord } from '../core/is-record.ts';
import { isEqual } from '../core/transitions/changes.ts';
import type { YamlPath } from '../core/problems/problem.ts';
import { allChanges } from './batch-edits.ts';
import { changed, firstChange, valueAt, type YamlChange } from './changes.ts';
import { parse, withoutIdleLines } from './yaml-ranges.ts';
import { readYaml } from '../read/yaml.ts';
import { waysTo, type Splice } from './text-edits.ts';
import { blockLines, isEmpty, styleOf } from './style.ts';

/** The text that says `wanted`. `text` is one document without anchors, tags or duplicate keys. */
export function rewrite(text: string, wanted: Readonly<Record<string, unknown>>): string {
  const reading = readingFor(text);
  let current = atOnce(text, wanted, reading) ?? text;
  for (;;) {
    const { contents, value } = reading.read(current);
    const change = firstChange(value, wanted);
    if (!change) return current;
    current = apply(change, { text: current, value, contents }, reading);
  }
}

type TextCheck = (text: string, wanted: unknown) => boolean;

interface ReadYaml {
  readonly contents: Node | null;
  readonly value: unknown;
}

/** How texts are read for one edit: one of a megabyte takes a second, so that what is read is read once. */
interface EditReading {
  read(text: string): ReadYaml;
  /** Whether a text is read as a value by whoever could read the text that is edited. */
  readonly says: TextCheck;
  readonly saysToEditor: TextCheck;
}

/** How the texts of the edit of this one are read. */
function readingFor(text: string): EditReading {
  const parsed = remembering(parseQuickly);
  const saysToEditor: TextCheck = (next, value) => {
    const document = parsed(next);
    return document.errors.length === 0 && isEqual(document.toJS() ?? {}, value);
  };
  const saysToAll: TextCheck = (next, value) => saysToReader(next, value) && saysToEditor(next, value);
  return {
    read: (next) => {
      const document = parsed(next);
      return { contents: document.contents, value: document.toJS() ?? {} };
    },
    says: isRefused(text) ? saysToEditor : saysToAll,
    saysToEditor,
  };
}

/**
 * The document of a text. Long runs of lines that say nothing are read as one line of spaces, which takes no time and moves nothing; where they do
 * say something, as in a text over several lines, the value is another than the reader's, and the whole text is read.
 */
function parseQuickly(text: string): Document.Parsed {
  const quick = withoutIdleLines(text);
  if (quick === text) return parse(text);
  const document = parse(quick);
  const { value, problems } = readYaml('', Buffer.from(text));
  const isSame = document.errors.length === 0 && problems.length === 0 && isEqual(document.toJS() ?? {}, value);
  return isSame ? document : parse(text);
}

/** A function that remembers its last answer. */
function remembering<T>(of: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly answer: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, answer: of(text) };
    return last.answer;
  };
}

/** From how many steps on they are tried together: each alone reads the whole text. */
const MANY = 12;

/** Many steps together, each in the way that touches least; undefined where that does not come out as it must. */
function atOnce(
  text: string,
  wanted: Readonly<Record<string, unknown>>,
  { read, says }: EditReading,
): string | undefined {
  const { contents, value } = read(text);
  const changes = allChanges(value, wanted);
  if (!changes || changes.length < MANY) return undefined;
  const style = styleOf(text);
  const ways = changes.map((change) => waysTo(change, text, contents, style)[0]);
  if (ways.some((way) => way === undefined)) return undefined;
  const next = spliced(
    text,
    ways.flatMap((way) => way!),
  );
  // More than a file may hold stays more, however it is written: judging the edit says so.
  return says(next, wanted) || isCrowded(next) ? next : undefined;
}

/** The text of a new file. */
export const written = (value: Readonly<Record<string, unknown>>, head = ''): string =>
  `${head}${isEmpty(value) ? '{}' : blockLines(value, 0, styleOf('')).join('\n')}\n`;

/** One change, by the first way that gives the value it must; where none does, what is around it is written anew. */
function apply(
  change: YamlChange,
  { text, value, contents }: ReadYaml & { readonly text: string },
  { says, saysToEditor }: EditReading,
): string {
  const wanted = changed(value, change);
  const style = styleOf(text);
  let refused: string | undefined;
  for (const attempt of [change, ...around(change.path, wanted)]) {
    for (const way of waysTo(attempt, text, contents, style)) {
      const next = spliced(text, way);
      if (says(next, wanted)) return next;
      if (refused === undefined && isRefused(next) && saysToEditor(next, wanted)) refused = next;
    }
  }
  // Where what stays of a text is read otherwise after any splice, the text is written anew, below its comments at the start.
  const anew = isRecord(wanted) ? written(wanted, /^(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*/.exec(text)![0]) : '';
  if (says(anew, wanted)) return anew;
  // Whatever the way, the reader does not take such a value: judging the edit says so, and nothing is written.
  if (refused !== undefined) return refused;
  throw new Error('this file cannot be edited in place; change it by hand');
}

/** Writing anew the value at a path, then what holds it, up to the whole file. */
const around = (path: YamlPath, wanted: unknown): YamlChange[] =>
  Array.from({ length: path.length }, (_, i) => path.slice(0, path.length - 1 - i)).map((outer) => ({
    how: 'set',
    path: outer,
    value: valueAt(wanted, outer),
  }));

/** The reader and the editor are two packages: what one of them takes for something else, or not at all, is not written. */
const saysToReader: TextCheck = (text, wanted) => {
  const { value, problems } = readYaml('', Buffer.from(text));
  return problems.length === 0 && isEqual(value, wanted);
};

/** Whether the reader refuses it for its size alone. */
const isCrowded = (text: string): boolean => readYaml('', Buffer.from(text)).problems[0]?.code === 'yaml-entries';

const isRefused = (text: string): boolean => readYaml('', Buffer.from(text)).problems.length > 0;

/** The text with parts exchanged that do not overlap. What is put in at one place comes in the order in which it was asked for. */
function spliced(text: string, splices: readonly Splice[]): string {
  let from = 0;
  const parts: string[] = [];
  for (const { start, end, text: added } of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(from, start), added);
    from = end;
  }
  return parts.join('') + text.slice(from);
}
