/** No expression of the tool or of the portal takes longer than in proportion to its text. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeExpressions, slowExpressions, slownessOf, sourcesIn, unusedExceptions } from './regular-expressions.ts';

/** It holds its exceptions as texts. */
const SELF = 'scripts/checks/regular-expressions.ts';
const sources = sourcesIn(join(import.meta.dirname, '../..'));

test('every expression is linear, or says why it may be otherwise', () => {
  expect(sources.size).toBeGreaterThan(200);
  expect([...sources].flatMap(([file, text]) => slowExpressions(file, text))).toEqual([]);
});

test('an expression that is made of a text says of which', () => {
  const others = [...sources].filter(([file]) => file !== SELF);
  expect(others.flatMap(([file, text]) => madeExpressions(file, text))).toEqual([]);
  expect(madeExpressions('scripts/a.ts', 'const a = 1;\nnew RegExp(given)')).toEqual(['scripts/a.ts:2']);
});

test('no exception is left of what is gone', () => {
  const others = [...sources].filter(([file]) => file !== SELF);
  expect(unusedExceptions(new Map(others))).toEqual([]);
});

test.each([
  String.raw`/^[ \t]*,?[ \t]*(?:[ \t]#[^\n]*)?\r?(?:\n|$)/`,
  String.raw`/(?:^|\s)#.*$/`,
  String.raw`/\/+$/`,
  String.raw`/\s+$/`,
  String.raw`/^(a+)+$/`,
  String.raw`/^([A-Za-z][A-Za-z0-9-]*)\s*:\s*(.*?)\s*$/`,
])('%s is found', (literal) => {
  expect(slownessOf(literal)).not.toEqual([]);
});

test.each([String.raw`/(?<!\/)\/+$/`, String.raw`/#.*$/s`, String.raw`/^[a-z0-9]{8,32}$/`])(
  '%s is let through',
  (literal) => expect(slownessOf(literal)).toEqual([]),
);
