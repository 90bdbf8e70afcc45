/** A workflow or Dependabot file as the audits see it: values with their place, and the comments beside and above them. */
import { isMap, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';

export type Path = readonly (string | number)[];

/** One value of the file that is not a list or a map. */
export interface Leaf {
  readonly path: Path;
  readonly value: string;
  readonly line: number;
  /** A block of lines (`|` or `>`), and whether it ends with a line break. */
  readonly endsWithBreak: boolean;
}

export interface WorkflowFile {
  readonly name: string;
  readonly data: any;
  readonly leaves: readonly Leaf[];
  lineOf(path: Path): number;
  /** The comment at the end of a line, without `#`. */
  commentAt(line: number): string;
  /** The comment lines directly above a line. */
  commentAbove(line: number): string;
  /** What the parser has against the file. */
  readonly faults: readonly string[];
}

/** Reads the text of a workflow, of an action or of Dependabot's settings; what is no YAML is in `faults`. */
export function workflowFile(name: string, text: string): WorkflowFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const lines = text.split('\n');
  const leaves: Leaf[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key') return;
      const value = node.value === null || node.value === undefined ? '' : String(node.value);
      const path = pathOf(document, ancestors, key);
      leaves.push({ path, value, line: counter.linePos(node.range![0]).line, endsWithBreak: value.endsWith('\n') });
    },
  });
  return {
    name,
    data: document.errors.length > 0 ? {} : document.toJS(),
    leaves,
    lineOf: (path) => lineOf(document, counter, path),
    commentAt: (line) => /\s#\s*(.*)$/.exec(lines[line - 1] ?? '')?.[1] ?? '',
    commentAbove: (line) => {
      const above: string[] = [];
      for (let i = line - 2; /^\s*#/.test(lines[i] ?? ''); i -= 1) above.unshift(lines[i]!.replace(/^\s*#\s*/, ''));
      return above.join(' ');
    },
    faults: document.errors.map(({ message }) => message.split('\n')[0]!),
  };
}

function pathOf(document: Document, ancestors: readonly unknown[], last: number | 'key' | 'value' | null): Path {
  const path: (string | number)[] = [];
  for (const [i, ancestor] of ancestors.entries()) {
    const next = ancestors[i + 1];
    const isPair = typeof ancestor === 'object' && ancestor !== null && 'key' in ancestor && 'value' in ancestor;
    if (isPair) path.push(String((ancestor.key as { value?: unknown }).value ?? ancestor.key));
    else if (!isMap(ancestor) && ancestor !== document) {
      const items = (ancestor as { items?: readonly unknown[] }).items;
      const index = next === undefined ? last : items?.indexOf(next);
      if (typeof index === 'number') path.push(index);
    }
  }
  return path;
}

/** The line of a key, or of an item of a list. */
function lineOf(document: Document, counter: LineCounter, path: Path): number {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const last = path.at(-1);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined;
  const node = pair?.key ?? document.getIn(path, true);
  const range = (node as { range?: readonly number[] } | undefined)?.range;
  return range ? counter.linePos(range[0]!).line : 1;
}

/** The expressions in a text: what stands between `${{` and `}}`. */
export const expressionsIn = (text: string): string[] =>
  [...text.matchAll(/\$\{\{([\s\S]*?)\}\}/g)].map(([, inner = '']) => inner.trim());
