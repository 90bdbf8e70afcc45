/** Sets of values: each once, and no more of them than can be followed. */
import type { Syntax } from './syntax.ts';
import { textOf, UNKNOWN, whereOf, type Value } from './value.ts';

/** Things that one expression may be: code that needs more is not followed. */
const MANY = 64;

/** The parts of a sum in their order, however many: they lean to the left, deeper than anybody nests by hand. */
export function summands(node: Syntax): Syntax[] | undefined {
  const parts: Syntax[] = [];
  let current: Syntax = node;
  while (current.type === 'BinaryExpression') {
    const { left, right, operator } = current;
    if (operator !== '+') return parts.length === 0 ? undefined : [current, ...parts.toReversed()];
    parts.push(right);
    current = left;
  }
  return [current, ...parts.toReversed()];
}

/** Each thing once; of very many texts, only where they lead. */
export function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  const seen = new Map<string, Value>();
  const isMany = values.length > MANY;
  for (const value of values) {
    const short = isMany ? shortened(value) : value;
    const key = keyOf(short);
    if (!seen.has(key)) seen.set(key, short);
  }
  const all = [...seen.values()];
  return all.length > MANY ? [...all.slice(0, MANY), UNKNOWN] : all;
}

const numbers = new WeakMap<object, number>();
let last = 0;

/** The same for the same value. */
function keyOf(value: Value): string {
  if (value.kind === 'text') return `${value.isWhole} ${value.text}`;
  if (value.kind === 'api') return `api ${value.name}`;
  if (value.kind === 'host') return `host ${value.of}`;
  const one = 'node' in value ? value.node : 'script' in value ? value.script : 'of' in value ? value.of : undefined;
  const base = 'base' in value ? value.base : one;
  if (base === undefined) return value.kind;
  let number = numbers.get(base);
  if (number === undefined) numbers.set(base, (number = last += 1));
  return `${value.kind} ${number}${'isThis' in value ? ' this' : ''}`;
}

function shortened(value: Value): Value {
  const where = whereOf(value);
  if (value.kind !== 'text' || where === 'unknown') return value;
  return where === 'local' ? { kind: 'local' } : textOf(`${where.origin}/`, false);
}

/** No origin is longer than what is kept of a text. */
export const bounded = (text: string, isWhole: boolean): Value =>
  text.length > 4096 ? textOf(text.slice(0, 4096), false) : textOf(text, isWhole);
