import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { DEFAULT_RIGHTS } from '../core/policy/policy.ts';
import { accepted, changed, placeOf, read, refused, validText, type Read } from '../fixtures/schema-cases.ts';
import { SchemaWalk, matches, type Obligation } from '../fixtures/schema-walk.ts';
import { schemas, type JsonSchema } from './schema-files.ts';
import { validators } from './validators.generated.mjs';

const all = schemas();
const kinds = all.map(({ name }) => name).filter((name) => name !== 'defs');
const walks = new Map(kinds.map((kind) => [kind, new SchemaWalk(kind)]));
const walkOf = (kind: string) => walks.get(kind)!;

/** Every schema inside a schema, with its JSON pointer. */
function* inside(schema: unknown, pointer = '#'): Generator<[string, JsonSchema]> {
  if (typeof schema !== 'object' || schema === null) return;
  if (!Array.isArray(schema)) yield [pointer, schema as JsonSchema];
  for (const [key, value] of Object.entries(schema)) {
    const isData = ['examples', 'enum', 'const', 'required'].includes(key);
    if (!isData) yield* inside(value, `${pointer}/${key}`);
  }
}

test('a policy may name every transition there is', () => {
  const policy = all.find(({ name }) => name === 'policy')!.schema as unknown as {
    readonly properties: { readonly transitions: { readonly propertyNames: { readonly enum: readonly string[] } } };
  };
  expect([...policy.properties.transitions.propertyNames.enum].sort()).toEqual(Object.keys(DEFAULT_RIGHTS).sort());
});

describe.each(all)('the schema $name', ({ name, schema }) => {
  test('is draft 2020-12 with an id, a title and a description', () => {
    expect(schema.$id).toBe(`${name}.schema.json`);
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema['title']).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(schema.description).toMatch(/\S{3}/);
  });

  test('closes every object: no field that it does not name, or a map with named keys and limited values', () => {
    for (const [pointer, part] of inside(schema)) {
      if (part.type !== 'object') continue;
      const rest = part['additionalProperties'];
      const isClosed = rest === false && part.properties !== undefined;
      const isMap = typeof rest === 'object' && part['propertyNames'] !== undefined;
      expect(isClosed || isMap, pointer).toBe(true);
    }
  });

  test('limits every text, list, map and number', () => {
    for (const [pointer, part] of inside(schema)) {
      const has = (...keywords: string[]) => keywords.every((keyword) => part[keyword] !== undefined);
      const isPart = ['#/$defs/visible', '#/$defs/plain'].includes(pointer);
      const names = part['propertyNames'] as JsonSchema | undefined;
      const items = part['items'] as JsonSchema | undefined;
      const isBounded = {
        string: isPart || has('maxLength') || has('enum') || (has('pattern') && isBoundedPattern(part.pattern!)),
        array: has('maxItems') || (part['uniqueItems'] === true && items?.enum !== undefined),
        object: has('properties') || has('maxProperties') || names?.enum !== undefined,
        integer: has('minimum', 'maximum'),
        number: has('minimum', 'maximum'),
        boolean: true,
      }[String(part.type)];
      expect(isBounded ?? true, `${pointer} (${String(part.type)})`).toBe(true);
    }
  });

  test('describes every field and every kind of key, with examples', () => {
    for (const [pointer, part] of inside(schema)) {
      const described = [...Object.values(part.properties ?? {}), ...Object.values(part.$defs ?? {})];
      for (const one of described) {
        if ((one as unknown) === false || pointer.includes('/if') || pointer.includes('/then')) continue;
        expect(one.description, `${pointer} ${JSON.stringify(one)}`).toMatch(/\S{3}/);
        expect(one.examples?.length, `${pointer} ${one.description}`).toBeGreaterThan(0);
      }
      const loose = [part['propertyNames'], part['items'], part['additionalProperties']];
      for (const one of loose.filter((value) => typeof value === 'object') as JsonSchema[]) {
        const isNamed = one.$ref !== undefined || one.description !== undefined;
        expect(isNamed, `${pointer} ${JSON.stringify(one)}`).toBe(true);
      }
    }
  });

  test('has examples that are valid themselves', () => {
    const ajv = new Ajv2020({ strict: false, schemas: all.map((file) => file.schema) });
    let count = 0;
    for (const [pointer, part] of inside(schema)) {
      if (!part.examples) continue;
      const validate = ajv.compile({ $ref: `${schema.$id}${pointer}` });
      for (const example of part.examples) {
        expect(validate(example), `${pointer}: ${JSON.stringify(example)} ${ajv.errorsText(validate.errors)}`).toBe(
          true,
        );
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(1);
  });
});

/** Whether a pattern is anchored and repeats nothing without end. */
const isBoundedPattern = (pattern: string): boolean =>
  pattern.startsWith('^') &&
  pattern.endsWith('$') &&
  !/(?<!\\)[*+]|\{[0-9]+,\}/.test(pattern.replaceAll(/\[[^\]]*\]/g, 'x'));

const steps = (path: string): string[] => (path === '' ? [] : path.split('/'));
const valueAt = (root: unknown, path: string): unknown =>
  steps(path).reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], root);

/** The paths of everything in a value. */
function* paths(value: unknown, path = ''): Generator<string> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* paths(inner, path === '' ? key : `${path}/${key}`);
}

const describeRead = ({ problems }: Read) =>
  problems.map((problem) => `${problem.code} at "${placeOf(problem)}" ${JSON.stringify(problem.args)}`);

/** What tells apart two errors of one keyword at one place. */
const says = (keyword: string, params: Record<string, unknown>): unknown =>
  ({ required: params['missingProperty'], pattern: params['pattern'] })[keyword];

/** Which of a kind's obligations ajv names for a value. */
function namedBy(kind: string, value: unknown): Obligation[] {
  const validate = validators[kind]!;
  validate(value);
  const errors: ErrorObject[] = validate.errors ?? [];
  const isNamed = (obligation: Obligation) =>
    errors.some(({ keyword, schemaPath, instancePath, params }) => {
      const told = says(keyword, params as Record<string, unknown>);
      const isRule = keyword === obligation.keyword && schemaPath === obligation.schemaPath;
      return (
        isRule && matches(obligation.path, instancePath.slice(1)) && (told === undefined || told === obligation.says)
      );
    });
  return walkOf(kind).obligations.filter(isNamed);
}

const COUNTED = ['maxItems', 'maxProperties', 'maxLength'];
const label = ({ keyword, path, says: what, schemaPath }: Obligation) =>
  `${keyword} ${JSON.stringify(what)} of "${path}" (${schemaPath})`;

describe.each(kinds)('a file of kind %s', (kind) => {
  const valid = read(kind, validText(kind));
  const { obligations, values, keys } = walkOf(kind);

  test('is accepted when it is valid, and the valid one holds every field', () => {
    expect(describeRead(valid)).toEqual([]);
    const held = [...paths(valid.value)];
    for (const { path, isChoice } of values) {
      if (!isChoice)
        expect(
          held.some((one) => matches(path, one)),
          path,
        ).toBe(true);
    }
  });

  test.each(accepted(kind))('is accepted: $why', (change) => {
    expect(describeRead(read(kind, changed(kind, change)))).toEqual([]);
  });

  test.each(refused(kind))('is refused: $why', (change) => {
    const { problems } = read(kind, changed(kind, change));
    expect(
      problems.map((problem) => [problem.code, placeOf(problem)]),
      JSON.stringify(problems),
    ).toEqual([[change.code, change.at]]);
  });

  const stored = new Set(refused(kind).flatMap((change) => namedBy(kind, read(kind, changed(kind, change)).value)));
  const counted = obligations.filter((obligation) => !stored.has(obligation) && COUNTED.includes(obligation.keyword));

  test('has a stored refusal for every rule that is not a large number', () => {
    expect(obligations.length).toBeGreaterThan(4);
    const missing = obligations.filter((obligation) => !stored.has(obligation) && !counted.includes(obligation));
    expect(missing.map(label)).toEqual([]);
  });

  test.each(counted.map((obligation) => [label(obligation), obligation] as const))('holds to %s', (_, obligation) => {
    const { path, keyword } = obligation;
    const isOfKey = keys.some((key) => key.path === path && keyword === 'maxLength');
    const limit = Number(obligation.says);
    const place = [...paths(valid.value)].find((one) => matches(path, one))!;
    const grow = (size: number) => candidates(valueAt(valid.value, place), keyword, size, isOfKey);
    const readWith = (grown: unknown) => read(kind, changed(kind, { set: { [place]: grown } }));

    const atLimit = grow(limit).find((grown) => readWith(grown).problems.length === 0);
    expect(atLimit, 'a value at the limit').toBeDefined();
    const beyond = grow(limit + 1).filter((grown) => {
      const { problems } = readWith(grown);
      return problems.length === 1 && problems[0]!.code === 'field-limit' && placeOf(problems[0]!).startsWith(place);
    });
    expect(
      beyond.flatMap((grown) => namedBy(kind, read(kind, changed(kind, { set: { [place]: grown } })).value)),
    ).toContain(obligation);
  });

  const typed = values.filter(({ schema, isChoice }) => schema.type !== undefined && !isChoice);
  test.each(typed.map(({ path, schema }) => [path, String(schema.type)] as const))(
    'has at "%s" no other type than %s',
    (path, type) => {
      const place = [...paths(valid.value)].find((one) => matches(path, one))!;
      for (const other of OTHER_TYPES[type]!) {
        const text = place === '' ? JSON.stringify(other) : changed(kind, { set: { [place]: other } });
        const { problems } = read(kind, text);
        const found = problems.map((problem) => [problem.code, placeOf(problem)]);
        expect(found, JSON.stringify(problems)).toEqual([['field-type', place]]);
      }
    },
  );

  test('accepts every value of every enum in some file', () => {
    const seen = [valid.value, ...accepted(kind).map((change) => read(kind, changed(kind, change)).value)];
    for (const { path, schema } of values) {
      const found = seen.flatMap((value) =>
        [...paths(value)].filter((one) => matches(path, one)).map((one) => valueAt(value, one)),
      );
      for (const choice of schema.enum ?? []) expect(found, path).toContain(choice);
    }
    for (const { path, schema } of keys) {
      const found = seen.flatMap((value) => Object.keys((valueAt(value, path) as object | undefined) ?? {}));
      for (const choice of schema.enum ?? []) expect(found, path).toContain(choice);
    }
  });
});

const OTHER_TYPES: Readonly<Record<string, readonly unknown[]>> = {
  string: [5, true, null, ['a'], { a: 'b' }],
  integer: ['5', 1.5, true, null, [1]],
  number: ['5', false, null, [1]],
  boolean: ['no', 1, null],
  array: ['a', 5, { a: 'b' }, null],
  object: ['a', 5, ['a'], null],
};

/** Values made from a valid one that have so many characters, items or entries; which of them is otherwise valid is tried. */
function candidates(value: unknown, keyword: string, size: number, isOfKey: boolean): unknown[] {
  if (isOfKey) {
    const [first] = Object.values(value as object);
    return [{ ['a'.repeat(size)]: first }];
  }
  if (keyword === 'maxLength') return longTexts(String(value), size);
  if (keyword === 'maxProperties') {
    const [[firstKey, first]] = Object.entries(value as object) as [[string, unknown]];
    return distinct(firstKey, size).map((names) => Object.fromEntries(names.map((name) => [name, first])));
  }
  const [first] = value as unknown[];
  if (typeof first === 'object') return [Array.from({ length: size }, () => first)];
  return distinct(String(first), size);
}

function longTexts(text: string, size: number): string[] {
  const missing = size - text.length;
  const labels = '.a'.repeat(Math.floor(missing / 2)) + (missing % 2 ? 'a' : '');
  return [text[0]!.repeat(missing) + text, text + text.at(-1)!.repeat(missing), text + labels];
}

/** Lists of so many different texts like the given one: numbered, a version number, or letters. */
function distinct(text: string, size: number): string[][] {
  const letters = (n: number): string =>
    (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(97 + (n % 26));
  const ways = [(n: number) => `${text}${n}`, (n: number) => `0.0.${n}`, (n: number) => letters(n + 26)];
  return ways.map((way) => Array.from({ length: size }, (_, n) => way(n)));
}

/** Plain words that YAML takes for null, a truth or a number. */
const NO_TEXTS = ['~', 'null', 'Null', 'true', 'False', '1', '1.10', '0o17', '0x1F', '1e3', '.inf', '.NaN', '-0'];

test.each(kinds)('a word that is no text is refused wherever a text of %s stands', (kind) => {
  const valid = read(kind, validText(kind)).value;
  const texts = [...paths(valid)].filter((path) => typeof valueAt(valid, path) === 'string');
  expect(texts.length).toBeGreaterThan(0);
  const taken = texts.flatMap((path) =>
    NO_TEXTS.filter((word) => {
      const parts = steps(path);
      const replaced = JSON.stringify(valid, function (this: unknown, key, value: unknown) {
        const isMeant = this === valueAt(valid, parts.slice(0, -1).join('/')) && key === parts.at(-1);
        return isMeant ? '@@' : value;
      }).replace('"@@"', word);
      return !read(kind, replaced).problems.some((found) => placeOf(found) === path);
    }).map((word) => `${path}: ${word}`),
  );
  expect(taken).toEqual([]);
});
