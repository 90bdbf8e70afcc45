/** A value as somebody would write it on one line of YAML. */
import { plainValue } from './yaml-scalar.ts';

/** `{ en: Smart Life, regions: [EU] }`; texts are quoted where YAML needs it. */
export function yamlFlow(value: unknown): string {
  return typeof value === 'string' ? yamlScalar(value) : inFlow(value);
}

/** A text that stands alone after a key: in plain style where that means the same text. */
export const yamlScalar = (text: string): string => (isPlainText(text, plain()) ? text : quoted(text));

function inFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, inner]) => `${inFlow(key)}: ${inFlow(inner)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (typeof value === 'string') return isPlainText(value, plainInFlow()) ? value : quoted(value);
  return JSON.stringify(value);
}

/** Less than YAML allows: no mark at the beginning, nothing that ends a plain scalar. Made when a problem is told, as its classes are large. */
const plain = () => /^[\p{L}\p{N}_/.][\p{L}\p{M}\p{N} _/.:@+()*^$?&;=~%,[\]{}-]*$/u;
const plainInFlow = () => /^[\p{L}\p{N}_/.][\p{L}\p{M}\p{N} _/.:@+()*^$?&;=~%-]*$/u;
/** Truth values of YAML 1.1, which some readers still know. */
const OLD_WORDS = /^(?:y|n|yes|no|on|off)$/i;

const isPlainText = (text: string, allowed: RegExp): boolean =>
  allowed.test(text) &&
  !/: |:$| $/.test(text) &&
  !text.startsWith('...') &&
  !OLD_WORDS.test(text) &&
  typeof plainValue(text) === 'string';

/** In single quotes, or in double ones where a character needs an escape. */
const quoted = (text: string): string =>
  /^\P{C}*$/u.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
