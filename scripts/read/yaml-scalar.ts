/** What a scalar means, by the rules of YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema). */
import { SCALAR_STYLE, getScalarValue, type ScalarEvent } from 'js-yaml';

/** A scalar as the core schema reads it: only plain ones can be anything but text. */
export function scalarValue(text: string, event: ScalarEvent): unknown {
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

const DECIMAL = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/** Whether a number is written as every reader of YAML reads it: 010 is 10 in YAML 1.2 and 8 in YAML 1.1. */
export const isPlainDecimal = (text: string): boolean => DECIMAL.test(text);

/** What a plain scalar means. */
export function plainValue(text: string): unknown {
  const first = text.charCodeAt(0);
  const maybeNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  if (maybeNumber) {
    if (INTEGER.test(text) || FLOAT.test(text)) return Number(text);
    if (OTHER_BASE.test(text)) return Number(text);
  }
  return text.length <= 5 && WORDS.has(text) ? WORDS.get(text) : text;
}
