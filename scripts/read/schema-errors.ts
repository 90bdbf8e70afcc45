/** What ajv found, as one would count it: each mistake once, with the key that it is about. */
import type { ErrorObject } from 'ajv';
import type { YamlPath } from '../core/problems/problem.ts';

/**
 * The errors of ajv without doubles and without those that only follow from others, keys in their places. `root`: the value that was
 * checked.
 */
export const refine = (root: unknown, errors: readonly ErrorObject[]): readonly ErrorObject[] =>
  withoutAlternatives(root, unique(withKeys(root, errors)));

/** A rule that two parts of a schema share is broken once; of several patterns that a text must fit, the last one is reported. */
function unique(errors: readonly ErrorObject[]): ErrorObject[] {
  const key = ({ instancePath, keyword, params, propertyName }: ErrorObject) =>
    JSON.stringify([instancePath, keyword, keyword === 'pattern' ? {} : params, propertyName]);
  return [...new Map(errors.map((error) => [key(error), error])).values()];
}

const OF_TEXTS: ReadonlySet<string> = new Set(['pattern', 'minLength', 'maxLength']);

/** Through a `$ref`, what is wrong with a key does not say with which; the error after it, that the key is wrong, does. */
function withKeys(root: unknown, errors: readonly ErrorObject[]): ErrorObject[] {
  const named: ErrorObject[] = [];
  let frame: ErrorObject | undefined;
  for (const error of errors.toReversed()) {
    if (error.keyword === 'propertyNames') frame = error;
    const isOfKey =
      frame?.instancePath === error.instancePath &&
      OF_TEXTS.has(error.keyword) &&
      typeof valueAt(root, pointerToPath(root, error.instancePath)) !== 'string';
    const { propertyName } = (frame?.params ?? {}) as { propertyName: string };
    named.push(isOfKey ? { ...error, propertyName } : error);
  }
  return named.reverse();
}

/**
 * Where one of several types may stand, each alternative complains of a value of another one's type. When the type is
 * that of one alternative, the others have nothing to say; when it is none, they say it together.
 */
function withoutAlternatives(root: unknown, errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const places = new Set(errors.filter(({ keyword }) => keyword === 'oneOf').map(({ instancePath }) => instancePath));
  if (places.size === 0) return errors;
  const isChoice = ({ keyword, instancePath }: ErrorObject) => keyword === 'type' && places.has(instancePath);
  const choices = Map.groupBy(errors.filter(isChoice), ({ instancePath }) => instancePath);
  const joined = [...choices].flatMap(([place, [first, ...others]]) => {
    const value = valueAt(root, pointerToPath(root, place));
    const actual = value === null || Array.isArray(value) ? 'none' : typeof value;
    const types = [first!, ...others].map(({ params }) => String((params as { type: unknown }).type));
    // Every alternative but its own complained.
    return ['string', 'object'].includes(actual) ? [] : [{ ...first!, params: { type: types } }];
  });
  return [...joined, ...errors.filter((error) => !isChoice(error))];
}

/** A JSON pointer as a path: numbers where the value is a list. */
export function pointerToPath(root: unknown, pointer: string): (string | number)[] {
  if (pointer === '') return [];
  let value = root;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((token) => {
      const step = Array.isArray(value) ? Number(token) : token;
      value = (value as Record<string | number, unknown> | undefined)?.[step];
      return step;
    });
}

/** A path as a JSON pointer. */
export const pathToPointer = (path: YamlPath): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** What stands at a path of a value, or undefined where the way ends before. */
export const valueAt = (root: unknown, path: YamlPath): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], root);
