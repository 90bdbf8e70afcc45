/** What somebody meant who wrote a text in another form than a file holds. */
import { canonicalAccount } from '../core/identity/account.ts';
import type { JsonSchema } from './schema-files.ts';

const WAYS: readonly ((text: string) => string)[] = [
  canonicalAccount,
  (text) => text.trim().toLowerCase(),
  // 01.2.03: what a version number, and nothing else that has a form, looks like.
  (text) => (/^[0-9]+(?:\.[0-9]+){2}$/.test(text) ? text.split('.').map(withoutZeros).join('.') : text),
];

const withoutZeros = (digits: string): string => digits.replace(/^0+(?=[0-9])/, '');

/** The text in the form that a schema wants, if one of the ways leads there. */
export function canonicalForm(text: string, schema: JsonSchema | undefined): string | undefined {
  if (schema?.pattern === undefined) return undefined;
  const pattern = new RegExp(schema.pattern, 'u');
  const limit = Number(schema['maxLength'] ?? 254);
  return WAYS.map((way) => way(text)).find((form) => form !== text && form.length <= limit && pattern.test(form));
}
