/** The validators that `generate.ts` makes, with functions of our own in them, judge as ajv does by the schemas as they stand. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { accepted, changed, read, refused, validText } from '../fixtures/schema-cases.ts';
import { schemas } from './schema-files.ts';
import { validators } from './validators.generated.mjs';

const KINDS = readdirSync(join(import.meta.dirname, '../fixtures/schemas'));

const plain = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
for (const { schema } of schemas()) plain.addSchema(schema);
const byAjv = (kind: string) => plain.getSchema(schemas().find(({ name }) => name === kind)!.schema.$id as string)!;

/** Texts that the functions of our own might take otherwise: pairs of surrogates and halves of them, ideographs, signs that nobody sees, many. */
const TEXTS = [
  '',
  ' ',
  'a',
  '😀'.repeat(40),
  '\ud83d',
  '你好',
  'é',
  '\u200b',
  '\u0000',
  'Ⅷ',
  'a'.repeat(70),
  '😀'.repeat(600),
];

/** The value with each of its texts replaced by each of these, and each of its lists with an entry again, alone and behind many others. */
function* variants(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield* TEXTS;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value) && value.length > 0) {
    const [first] = value;
    const many = Array.from({ length: 40 }, (_, i) => (typeof first === 'string' ? `${first}${i}` : first));
    yield [...value, first];
    yield [first, ...value, first];
    yield many;
    yield [...many, many[0]];
    yield [...many, many[7], many[7], many[39]];
  }
  for (const [key, inner] of Object.entries(value))
    for (const other of variants(inner))
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
}

const said = (errors: readonly { readonly instancePath: string; readonly keyword: string }[] | null | undefined) =>
  (errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`).sort();

test.each(KINDS)('%s: what it says of valid, accepted and refused documents, and of what is near them', (kind) => {
  const [own, ajv] = [validators[kind]!, byAjv(kind)];
  const texts = [validText(kind), ...[...accepted(kind), ...refused(kind)].map((change) => changed(kind, change))];
  const values = texts.map((text) => read(kind, text).value);
  let refusals = 0;
  for (const value of [...values, ...variants(values[0])]) {
    const [isOurs, isTheirs] = [own(value), ajv(value)];
    const judged = JSON.stringify(value)?.slice(0, 300);
    expect([judged, isOurs, said(own.errors)]).toEqual([judged, isTheirs, said(ajv.errors)]);
    if (!isOurs) refusals += 1;
  }
  expect(refusals).toBeGreaterThan(0);
});
