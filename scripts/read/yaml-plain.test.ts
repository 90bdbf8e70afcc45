/** What is plain YAML and what is left to the strict reader. That both read the same is looked at by `checks/differential.test.ts`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writePlatform } from '../bench/platform.ts';
import { comparePlain } from '../checks/plain-texts.ts';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { ENTRY_LIMIT } from './yaml-limits.ts';
import { readPlain } from './yaml-plain.ts';

afterAll(removeRepositories);

test('files as they are written are plain', () => {
  const root = temporaryFolder('plain');
  writePlatform(root, 3);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const odd = files.filter((file) => !comparePlain(readFileSync(join(root, file), 'utf8')).isPlain);
  expect(odd).toEqual([]);
  expect(files.length).toBeGreaterThan(40);
});

test('it reads comments, lists of maps, brackets, quotes and links', () => {
  const text = `# first
id: a1
on: yes

names: { en: Two words, zh: '闹钟: 1' }
# between
rows:
  - app: x
    link: https://a.example.com/b?c=d#e
  - [1, "2", -, b]
last:
  deep: { list: [], map: {}, numbers: [1.10, 0] }
`;
  expect(readPlain(text)).toBeUndefined();
  const value = readPlain(text.replace(' -,', ''));
  expect(JSON.parse(JSON.stringify(value))).toEqual({
    id: 'a1',
    on: 'yes',
    names: { en: 'Two words', zh: '闹钟: 1' },
    rows: [{ app: 'x', link: 'https://a.example.com/b?c=d#e' }, [1, '2', 'b']],
    last: { deep: { list: [], map: {}, numbers: [1.1, 0] } },
  });
});

test.each([
  ['nothing', ''],
  ['a comment alone', '# a\n'],
  ['a text alone', 'a\n'],
  ['a list alone', '- a\n'],
  ['an indented beginning', '  a: b\n'],
  ['a value that is not written', 'a:\nb: c\n'],
  ['a key twice', 'a: b\na: c\n'],
  ['a key twice in brackets', 'a: { b: c, b: d }\n'],
  ['a number for a key', '1: a\n'],
  ['a reserved key', '__proto__: a\n'],
  ['a merge key', '<<: a\n'],
  ['an odd number', 'a: 010\n'],
  ['a number of another base', 'a: 0x10\n'],
  ['an escape', 'a: "b\\n"\n'],
  ['a quote in quotes', "a: 'it''s'\n"],
  ['text after quotes', "a: 'b' c\n"],
  ['an open quote', "a: 'b\n"],
  ['a text over two lines', 'a: b\n  c\n'],
  ['a block text', 'a: |\n  b\n'],
  ['a comment after a value', 'a: b # c\n'],
  ['a map in a value', 'a: b: c\n'],
  ['a colon at the end', 'a: b:\n'],
  ['a colon at the end of the text', 'a: b:'],
  ['brackets over two lines', 'a: [b,\n  c]\n'],
  ['a comma at the end', 'a: [b,]\n'],
  ['two commas', 'a: [b,, c]\n'],
  ['a pair in a list', 'a: [b: c]\n'],
  ['a key without value in brackets', 'a: { b }\n'],
  ['an open bracket', 'a: [b\n'],
  ['text after a bracket', 'a: [b] c\n'],
  ['an anchor', 'a: &b c\n'],
  ['an alias', 'a: *b\n'],
  ['a tag', 'a: !b c\n'],
  ['a second document', 'a: b\n---\nc: d\n'],
  ['the end of the document', 'a: b\n...\n'],
  ['a directive', '%YAML 1.2\n---\na: b\n'],
  ['a list as far out as its key', 'a:\n- b\n'],
  ['a line less far in than its map', 'a:\n    b: c\n  d: e\n'],
  ['a line of spaces', 'a: b\n  \nc: d\n'],
  ['a space at the end', 'a: b \n'],
])('it leaves %s to the strict reader', (_, text) => {
  expect(readPlain(text)).toBeUndefined();
});

test('it leaves what is deeper or larger than any file to the strict reader', () => {
  const nested = (depth: number) => `a: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;
  expect([readPlain(nested(8)), readPlain(nested(40))]).toEqual([expect.anything(), undefined]);
  const long = (rows: number) => `a: [${Array.from({ length: rows }, () => 'b').join(', ')}]\n`;
  expect([readPlain(long(ENTRY_LIMIT - 100)), readPlain(long(ENTRY_LIMIT))]).toEqual([expect.anything(), undefined]);
});
