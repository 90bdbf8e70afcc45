/**
 * JSON as the vendor's tools read it: with comments and trailing commas. Values are taken from the tree of the text, so that each
 * has its place and no key (`__proto__`) means anything else than its name.
 */
import { isUtf8 } from 'node:buffer';
import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { readBytes, type Content } from './content.ts';
import type { Findings } from './finding.ts';
import { LIMITS } from './limits.ts';
import { dataOf } from './relaxed-json.ts';
import { reasonOf } from './tree.ts';

/** A value of a JSON file. */
export class Json {
  readonly path: string;
  readonly text: string;
  readonly node: Node | undefined;

  constructor(path: string, text: string, node: Node | undefined) {
    this.path = path;
    this.text = text;
    this.node = node;
  }

  get offset(): number {
    return this.node?.offset ?? 0;
  }

  /** The value under a key; when it is there twice, the last, as JSON.parse has it. */
  get(key: string): Json | undefined {
    if (this.node?.type !== 'object') return undefined;
    const pair = this.node.children?.findLast(({ children }) => children?.[0]?.value === key);
    const value = pair?.children?.[1];
    return value && new Json(this.path, this.text, value);
  }

  /** The entries of a map. */
  entries(): [string, Json][] {
    if (this.node?.type !== 'object') return [];
    return (this.node.children ?? []).flatMap(({ children }) => {
      const [key, value] = children ?? [];
      return key && value ? [[String(key.value), new Json(this.path, this.text, value)]] : [];
    });
  }

  items(): Json[] {
    if (this.node?.type !== 'array') return [];
    return (this.node.children ?? []).map((item) => new Json(this.path, this.text, item));
  }

  get isObject(): boolean {
    return this.node?.type === 'object';
  }

  get isArray(): boolean {
    return this.node?.type === 'array';
  }

  get string(): string | undefined {
    return typeof this.node?.value === 'string' ? this.node.value : undefined;
  }

  /** What it is, for a sentence. */
  get actual(): string {
    const { node } = this;
    if (!node) return 'nothing';
    if (node.type === 'object' || node.type === 'array') return node.type === 'object' ? 'a map' : 'a list';
    return JSON.stringify(node.value).slice(0, 80);
  }
}

/** A file of the project as JSON; what is wrong with it is reported, each mistake with its place. */
export function readJson(content: Content, path: string, findings: Findings): Json | undefined {
  let bytes: Uint8Array;
  try {
    bytes = readBytes(content, path, LIMITS.json);
  } catch (error) {
    findings.add('file-unreadable', path, { file: findings.shown(path), detail: reasonOf(error) });
    return undefined;
  }
  if (!isUtf8(bytes)) {
    findings.add('utf8-invalid', path, {});
    return undefined;
  }
  const json = parseJson(path, new TextDecoder().decode(bytes), findings);
  if (json && !json.isObject) {
    const args = { field: path, actual: json.actual, expected: 'a map: { … }' };
    findings.add('project-field', path, args, json.offset, json.text);
    return undefined;
  }
  return json;
}

/**
 * The value of a file's text; undefined where it is none, with a finding for the first mistakes and where they are. `path`: as findings
 * name it.
 */
export function parseJson(path: string, text: string, findings: Findings): Json | undefined {
  const errors: ParseError[] = [];
  let node: Node | undefined;
  try {
    node = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  } catch {
    // The parser calls itself for every level.
    findings.add('project-json', path, { detail: 'it is nested too deep' }, 0, text);
    return undefined;
  }
  // The vendor's own examples have names without quotes and texts in single ones, which is no JSON but still data.
  if (errors.length > 0) {
    const relaxed = dataOf(text);
    if (relaxed) return new Json(path, text, relaxed);
  }
  // One mistake makes others; the first ones are those to correct.
  for (const { error, offset } of errors.slice(0, 5)) {
    const words = printParseErrorCode(error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    findings.add('project-json', path, { detail: words.toLowerCase() }, Math.min(offset, text.length), text);
  }
  if (errors.length === 0 && !node) findings.add('project-json', path, { detail: 'the file is empty' }, 0, text);
  return errors.length > 0 || !node ? undefined : new Json(path, text, node);
}
