/** The schemas as they stand in `schemas/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const SCHEMA_FOLDER = join(import.meta.dirname, '../../schemas');

/** What is read of a JSON Schema here. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly description?: string;
  /** Of a field that refers to a definition: the definition's own description. */
  readonly form?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly [keyword: string]: unknown;
}

export interface SchemaFile {
  /** The file kind: `platform`, `app`, … or `defs`. */
  readonly name: string;
  readonly schema: JsonSchema & { readonly $id: string };
}

let cache: SchemaFile[] | undefined;

/** Every schema, sorted by name; read once. */
export function schemas(): readonly SchemaFile[] {
  cache ??= readdirSync(SCHEMA_FOLDER)
    .filter((file) => file.endsWith('.schema.json'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.schema.json'.length),
      schema: JSON.parse(readFileSync(join(SCHEMA_FOLDER, file), 'utf8')),
    }));
  return cache;
}
