/** How a value is written in YAML: as the file around it is written, and so that every reader takes it for the same. */
import { isScalar, isSeq, parseDocument } from 'yaml';
import { isRecord } from '../core/is-record.ts';
import { inDoubleQuotes, isPrintable } from '../read/yaml-text.ts';

export interface YamlStyle {
  readonly lineEnd: '\n' | '\r\n';
  readonly quote: "'" | '"';
  /** Spaces inside braces: `{ a: 1 }` or `{a: 1}`. */
  readonly padding: '' | ' ';
}

/** The habits of a file; of a new one those of this project. */
export function styleOf(text: string): YamlStyle {
  const isTight = /\{[^\s{}]/.test(text) && !/\{ /.test(text);
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const isDouble = count(/[:\-[,{] *"/g) > count(/[:\-[,{] *'/g);
  return {
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    quote: isDouble ? '"' : "'",
    padding: isTight ? '' : ' ',
  };
}

export type Scalar = string | number | boolean | null;

/** Whether a value is a list or map without entries; no text and no number is. */
export const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** How the scalar that is replaced was written, if there was one. */
export type PreviousStyle = 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' | string | undefined;

/** `key`: of which it is the value, where it is one's. */
export function scalarText(
  value: Scalar,
  style: YamlStyle,
  isInFlow: boolean,
  key?: string,
  former?: PreviousStyle,
): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return oddNumber(value);
  if (typeof value !== 'string') return String(value);
  const isQuoted = former === 'QUOTE_SINGLE' || former === 'QUOTE_DOUBLE';
  const isText = !isOlderNumber(value) && (MOMENTS.has(key ?? '') || !OLDER_MOMENT.test(value));
  if (!isQuoted && isText && isPlain(value, isInFlow)) return value;
  const quote = former === 'QUOTE_DOUBLE' ? '"' : former === 'QUOTE_SINGLE' ? "'" : style.quote;
  const canBeSingle = isPrintable(value) && !value.includes('\n');
  return quote === "'" && canBeSingle ? `'${value.replaceAll("'", "''")}'` : inDoubleQuotes(value);
}

const oddNumber = (value: number): string => (Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf');

/**
 * What readers of YAML 1.1 (PyYAML, Psych, yaml v2 of Go) take for a number, as https://yaml.org/type/ has it: with underscores, to the
 * base of two, eight or sixteen, or in sixties, as 12:30.
 */
const OLDER_NUMBER =
  /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|\.[0-9_]+(?:e[-+]?[0-9]+)?|\.(?:inf|nan))$/i;
/** Go's readers take underscores out first, wherever they stand: `0_x1F` is 31. */
const isOlderNumber = (text: string): boolean =>
  OLDER_NUMBER.test(text) || (/^[-+]?[0-9.]/.test(text) && OLDER_NUMBER.test(text.replaceAll('_', '')));
/** And for a time; Go's readers take one digit for an hour, a minute and a second too. */
const OLDER_MOMENT = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}.*)?$/i;
/** Keys of which a moment is meant: to read it as one is right. */
export const MOMENTS: ReadonlySet<string> = new Set(['uploadedAt', 'expires', 'left', 'date']);

/** Words that other readers of YAML take for something else than text; the last one as a key. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|<<)$/i;
const FLOW_INDICATOR = /[,[\]{}]/;

function isPlain(text: string, isInFlow: boolean): boolean {
  const isSimple = /^[\p{L}\p{N}_./+(<][^\n]*$/u.test(text) && isPrintable(text) && !/:(?:\s|$)|\s#|\s$/.test(text);
  if (!isSimple || WORD.test(text) || (isInFlow && FLOW_INDICATOR.test(text))) return false;
  const { contents, errors } = parseDocument(`[${text}]`, { schema: 'core', version: '1.2' });
  const inFlow = isSeq(contents) && contents.items.length === 1 ? contents.items[0] : undefined;
  if (isInFlow) return errors.length === 0 && isScalar(inFlow) && inFlow.value === text;
  const block = parseDocument(`- ${text}\n`, { schema: 'core', version: '1.2' });
  const [item] = isSeq(block.contents) ? block.contents.items : [];
  return block.errors.length === 0 && isScalar(item) && item.value === text;
}

/** A value on one line. */
export function inline(value: unknown, style: YamlStyle, isInFlow = false, key?: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, style, true)).join(', ')}]`;
  if (!isRecord(value)) return scalarText(value as Scalar, style, isInFlow, key);
  const pairs = Object.entries(value).map(([name, item]) => pairInline(name, item, style));
  return pairs.length === 0 ? '{}' : `{${style.padding}${pairs.join(', ')}${style.padding}}`;
}

/** A key and its value on one line. */
export const pairInline = (key: string, value: unknown, style: YamlStyle): string =>
  `${scalarText(key, style, true)}: ${inline(value, style, true, key)}`;

/** Lists of rows, and maps of collections, have a line for each entry; the rest stands on one. */
export const isBlockByHabit = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).some((item) => typeof item === 'object' && item !== null && (isRecord(item) || isRecord(value)));

/** The lines of a collection that has a line for each entry. */
export function blockLines(value: unknown, indent: number, style: YamlStyle): string[] {
  const start = ' '.repeat(indent);
  if (Array.isArray(value)) return value.map((item) => `${start}- ${inline(item, style)}`);
  return Object.entries(value as object).flatMap(([key, item]) => {
    const name = `${start}${scalarText(key, style, false)}:`;
    return isBlockByHabit(item)
      ? [name, ...blockLines(item, indent + 2, style)]
      : [`${name} ${inline(item, style, false, key)}`];
  });
}

/** The value of a key, from the colon on. `indent`: the column of the key. */
export function afterColon(
  key: string | undefined,
  value: unknown,
  indent: number,
  style: YamlStyle,
  isBlock = isBlockByHabit(value),
): string {
  if (!isBlock || isEmpty(value) || typeof value !== 'object' || value === null)
    return ` ${inline(value, style, false, key)}`;
  return [''].concat(blockLines(value, indent + 2, style)).join(style.lineEnd);
}

/** A value after the hyphen of a list, as the other items of the list are written. */
export function afterDash(value: unknown, indent: number, style: YamlStyle, isBlock: boolean): string {
  if (!isBlock || !isRecord(value) || isEmpty(value)) return ` ${inline(value, style)}`;
  return ` ${blockLines(value, indent + 2, style)
    .join(style.lineEnd)
    .trimStart()}`;
}
