/** What settings name, as far as it is known, and whether that is an address. */
import type { Evaluator } from './evaluate/evaluator.ts';
import type { Scope } from './scope.ts';
import type { Syntax } from './syntax.ts';
import { whereOf, type Value } from './value.ts';

/** What the maps among the values of an expression have under a key. */
export function settingOf(evaluator: Evaluator, node: Syntax, scope: Scope, key: string): readonly Value[] {
  const maps = evaluator.valuesOf({ node, scope }).filter(({ kind }) => kind === 'map');
  return maps.flatMap((value) => evaluator.memberOf(value, key));
}

/** A value, or the elements of a list; of maps with an address in them, that address. */
export function listed(evaluator: Evaluator, value: Value): readonly Value[] {
  if (value.kind !== 'list' && value.kind !== 'elements') return [value];
  return evaluator
    .elements([value])
    .flatMap((one) => (one.kind === 'map' ? ['url', 'src'].flatMap((key) => evaluator.memberOf(one, key)) : [one]));
}

/** Whether none of these says where it leads, or one of them may lead anywhere. */
export const isOpen = (values: readonly Value[]): boolean => values.length === 0 || values.some(isOpenAddress);

/** Whether a value may be an address anywhere. */
export const isOpenAddress = (value: Value): boolean => whereOf(value) === 'unknown';
