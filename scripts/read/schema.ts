/** Shape: a value against the schema of its kind. What ajv finds becomes problems with the schema's own words. */
import { maskedLogin } from '../core/addresses.ts';
import type { ErrorObject } from 'ajv';
import type { AdviceCode } from '../core/problems/messages.ts';
import { fieldName, nearest } from '../core/problems/suggest.ts';
import { atKey, problem, type Place, type Problem, type YamlPath } from '../core/problems/problem.ts';
import { canonicalForm } from './canonical.ts';
import { misreadNumbers } from './number-form.ts';
import { pathToPointer, pointerToPath, refine, valueAt } from './schema-errors.ts';
import { fieldSchema, keySchema, patternSchema } from './schema-fields.ts';
import type { JsonSchema } from './schema-files.ts';
import { validators } from './validators.generated.mjs';
import { yamlFlow, yamlScalar } from './yaml-flow.ts';
import { clip } from './yaml-text.ts';
import { limited, locate, type YamlResult } from './yaml.ts';

const NOTHING: readonly Problem[] = [];

/** The problems of a value that was read from a file of a kind. */
export function checkShape(kind: string, file: string, { value, text, hasOddNumber }: YamlResult): readonly Problem[] {
  const validate = validators[kind];
  if (!validate) throw new Error(`no schema for ${kind}`);
  const isValid = validate(value);
  const suspects = hasOddNumber ? misreadNumbers(file, value, text) : NOTHING;
  if (isValid && suspects.length === 0) return NOTHING;
  const errors = isValid ? [] : refine(value, validate.errors ?? []);
  const places = new Set(errors.map(({ instancePath }) => instancePath));
  const misread = suspects.filter(({ at: { path = [] } }) => {
    const isNumber = ['integer', 'number'].includes(String(fieldSchema(kind, path)?.type));
    return isNumber && !places.has(pathToPointer(path));
  });
  const found = errors.flatMap((error) => toProblem(kind, file, value, text, error) ?? []);
  return limited(file, [...found, ...misread]);
}

/** Keywords that only say that something inside them failed, which is reported by itself. */
const FRAMES: ReadonlySet<string> = new Set(['if', 'oneOf', 'anyOf', 'allOf', 'propertyNames']);

function toProblem(kind: string, file: string, root: unknown, text: string, error: ErrorObject): Problem | undefined {
  if (FRAMES.has(error.keyword)) return undefined;
  const path = pointerToPath(root, error.instancePath);
  // propertyNames reports the key itself as the instance.
  const key = error.propertyName;
  if (key !== undefined) return keyProblem(kind, file, path, key, error);
  const field = fieldSchema(kind, path);
  const name = clip(fieldName(path), 160);
  const params = error.params as Record<string, unknown>;
  const place: Place = { file, path };
  // What a file must not hold is not to be told on.
  const actual = maskedLogin(shown(text, root, path));
  const example = sample(field);
  const description = field?.description ?? '';
  switch (error.keyword) {
    case 'required': {
      const missing = String(params['missingProperty']);
      const schema = fieldSchema(kind, [...path, missing]);
      const args = { field: missing, description: schema?.description ?? '', example: `${missing}: ${sample(schema)}` };
      return problem('field-missing', path.length === 0 ? { file } : { file, path, part: 'key' }, args);
    }
    case 'additionalProperties': {
      const unknown = String(params['additionalProperty']);
      const known = Object.keys(field?.properties ?? {});
      const near = nearest(unknown, known);
      return problem('field-unknown', atKey(file, ...path, unknown), { field: clip(unknown), near });
    }
    case 'false schema':
      return problem('field-not-allowed', atKey(file, ...path), { field: String(path.at(-1)), description });
    case 'not':
      return problem('field-not-allowed', place, { field: String(path.at(-1)), description });
    case 'type': {
      const value = valueAt(root, path);
      const expected = typeNames([params['type']].flat() as string[]);
      const wantsText = expected.includes('text');
      const isScalar = typeof value === 'number' || typeof value === 'boolean' || value === null;
      const hint =
        wantsText && isScalar && actual !== ''
          ? `Write it in quotes: '${actual}'`
          : [description, example === '' ? '' : `for example ${example}`].filter((part) => part !== '').join(', ');
      return problem('field-type', place, { field: name, actual: typed(value, actual), expected, hint });
    }
    case 'enum':
    case 'const': {
      const allowed = (params['allowedValues'] ?? [params['allowedValue']]) as unknown[];
      const near = nearest(actual, allowed.map(String));
      return problem('field-value', place, { field: name, actual: quote(actual), expected: allowed.join(', '), near });
    }
    case 'pattern': {
      const of = patternSchema(field, String(params['pattern'])) ?? field;
      return problem('field-pattern', place, patternArgs(name, actual, of, field));
    }
    case 'uniqueItems': {
      const [first, second] = [Number(params['i']), Number(params['j'])].sort((a, b) => a - b) as [number, number];
      const args = { field: name, first: first + 1, second: second + 1 };
      return problem('list-duplicate', { file, path: [...path, second] }, args);
    }
    default:
      return problem('field-limit', place, {
        field: name,
        limit: limit(error.keyword, params, actual),
        description,
        example,
      });
  }
}

function keyProblem(kind: string, file: string, path: YamlPath, key: string, error: ErrorObject): Problem {
  const schema = keySchema(kind, path);
  const place = atKey(file, ...path, key);
  if (error.keyword === 'enum') {
    const allowed = ((error.params as Record<string, unknown>)['allowedValues'] as unknown[]).map(String);
    return problem('field-unknown', place, { field: clip(key), near: nearest(key, allowed) });
  }
  if (error.keyword !== 'pattern') {
    const limited = limit(error.keyword, error.params as Record<string, unknown>, key);
    const args = { field: `the key "${clip(key, 40)}"`, limit: limited, description: schema?.description ?? '' };
    return problem('field-limit', place, { ...args, example: sample(schema) });
  }
  return problem('field-pattern', place, patternArgs('the key', key, schema, schema));
}

/** What a text should look like, and how it would be written, if what was meant can be told. */
function patternArgs(field: string, actual: string, of: JsonSchema | undefined, whole: JsonSchema | undefined) {
  const canonical = canonicalForm(actual, of);
  const advice: AdviceCode = canonical === undefined ? 'for-example' : 'write-canonical';
  return {
    field,
    actual: quote(actual),
    description: of?.form ?? of?.description ?? '',
    example: sample(whole),
    canonical: canonical === undefined ? '' : yamlScalar(canonical),
    next: advice,
  };
}

/** What a limit keyword says in words. */
function limit(keyword: string, params: Readonly<Record<string, unknown>>, actual: string): string {
  const bound = String(params['limit'] ?? '');
  const isEmpty = keyword.startsWith('min') && keyword !== 'minimum' && bound === '1';
  if (isEmpty) return 'is empty';
  const sentences: Record<string, string> = {
    minLength: `has fewer than ${bound} characters`,
    maxLength: `has ${[...actual].length} characters, more than ${bound}`,
    minItems: `has fewer than ${bound} entries`,
    maxItems: `has more than ${bound} entries`,
    minProperties: `has fewer than ${bound} entries`,
    maxProperties: `has more than ${bound} entries`,
    minimum: `is ${actual}, less than ${bound}`,
    maximum: `is ${actual}, more than ${bound}`,
  };
  return sentences[keyword] ?? `does not fit (${keyword})`;
}

/** A scalar as it is written in the file; for a map or a list its kind. */
function shown(text: string, root: unknown, path: YamlPath): string {
  const value = valueAt(root, path);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a map';
  if (typeof value === 'string') return value;
  return locate(text, path)?.raw ?? String(value);
}

const quote = (text: string): string => {
  if (text === 'a list' || text === 'a map') return text;
  return `"${clip(text)}"`;
};

/** A value with its type: `"5", a number`; of a list or a map the type alone. */
function typed(value: unknown, actual: string): string {
  const type = typeName(value);
  return value === null || typeof value === 'object' ? type : `${quote(actual)}, ${type}`;
}

function typeName(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? typeof value;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'a map',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};
const typeNames = (types: readonly string[]): string => types.map((type) => TYPES[type] ?? type).join(' or ');

/** The first example, as it would be written in YAML; nothing where there is none. */
function sample(schema: JsonSchema | undefined): string {
  const [first] = schema?.examples ?? [];
  return first === undefined ? '' : yamlFlow(first);
}
