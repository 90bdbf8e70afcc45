/** Which part of the schemas describes a value: for its words, its examples and what its keys may be. */
import { defined } from '../core/defined.ts';
import type { YamlPath } from '../core/problems/problem.ts';
import { schemas, type JsonSchema } from './schema-files.ts';

let named: ReadonlyMap<string, JsonSchema> | undefined;
const byName = (): ReadonlyMap<string, JsonSchema> =>
  (named ??= new Map(schemas().map(({ name, schema }) => [name, schema])));

/** A schema and the file that its references start from. */
interface LocatedSchema {
  readonly schema: JsonSchema;
  readonly home: string;
}

/** The schema that describes the value at a path, or undefined where nothing is known of it. */
export const fieldSchema = (kind: string, path: YamlPath): JsonSchema | undefined => find(kind, path)?.schema;

function find(kind: string, path: YamlPath): LocatedSchema | undefined {
  const root = byName().get(kind);
  if (!root) return undefined;
  let current: LocatedSchema = { schema: root, home: kind };
  for (const step of path) {
    const next = alternatives(current)
      .map(({ schema, home }) => ({ schema: childSchema(schema, step), home }))
      .find((child): child is LocatedSchema => child.schema !== undefined);
    if (!next) return undefined;
    current = resolveRef(next.home, next.schema);
  }
  return current;
}

/** The schema of the keys of the map at a path. */
export function keySchema(kind: string, path: YamlPath): JsonSchema | undefined {
  const map = find(kind, path);
  const [names] = (map ? alternatives(map) : []).flatMap(({ schema, home }) => {
    const own = schema['propertyNames'] as JsonSchema | undefined;
    return own ? [resolveRef(home, own).schema] : [];
  });
  return names;
}

/** A schema and what it lets choose from. */
const alternatives = ({ schema, home }: LocatedSchema): LocatedSchema[] => [
  { schema, home },
  ...((schema['oneOf'] as JsonSchema[] | undefined) ?? []).map((choice) => resolveRef(home, choice)),
];

function childSchema(schema: JsonSchema, step: string | number): JsonSchema | undefined {
  if (typeof step === 'number') return schema['items'] as JsonSchema | undefined;
  const own = schema.properties?.[step];
  if (own) return own;
  const rest = schema['additionalProperties'];
  return typeof rest === 'object' ? (rest as JsonSchema) : undefined;
}

/**
 * Follows `$ref`, keeping the description and examples that stand beside it. They say what a field is for; `form` is what
 * the definition says that its values look like.
 */
function resolveRef(home: string, schema: JsonSchema): LocatedSchema {
  if (schema.$ref === undefined) return { schema, home };
  const [file = '', pointer = ''] = schema.$ref.split('#');
  const target = file === '' ? home : file.replace('.schema.json', '');
  const found = byName().get(target)?.$defs?.[pointer.replace('/$defs/', '')];
  if (!found) return { schema, home };
  const inner = resolveRef(target, found);
  const { $ref: _, ...beside } = schema;
  const form = inner.schema.form ?? inner.schema.description;
  return { schema: { ...inner.schema, ...beside, ...defined({ form }) }, home: inner.home };
}

/** The part of a field's schema that holds a pattern: the field itself, or one of what it combines. */
export function patternSchema(field: JsonSchema | undefined, pattern: string): JsonSchema | undefined {
  if (!field) return undefined;
  if (field.pattern === pattern) return field;
  const parts = [
    ...((field['allOf'] as JsonSchema[] | undefined) ?? []),
    ...((field['oneOf'] as JsonSchema[] | undefined) ?? []),
  ];
  for (const part of parts) {
    const found = patternSchema(resolveRef('defs', part).schema, pattern);
    if (found) return found;
  }
  return undefined;
}
