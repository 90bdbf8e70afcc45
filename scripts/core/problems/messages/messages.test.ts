import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { zh } from './zh.ts';

const FOLDER = join(import.meta.dirname, 'en');

/** Every sentence of a language by the path of its key, such as `problems.bom-found.hint`. */
function sentences(tree: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) => {
      const path = prefix === '' ? key : `${prefix}.${key}`;
      return typeof value === 'string' ? [[path, value] as const] : [...sentences(value, path)];
    }),
  );
}

const english = sentences(en);
const chinese = sentences(zh);
const placeholders = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
const words = (sentence: string) => sentence.replaceAll(/\{\w+\}/g, '').match(/\p{L}+/gu) ?? [];

/** Sentences that are arguments alone, or nothing: only they may read the same in both languages. */
const WORDLESS = [
  'andBreaks',
  'problems.field-limit.message',
  'problems.field-pattern.hint',
  'problems.field-type.hint',
  'problems.field-unknown.hint',
  'problems.field-value.hint',
  'problems.file-not-plain.hint',
  'problems.reference-unknown.hint',
  'trace.app-not-associated.no',
  'trace.opens-online.no',
];

describe('the sentences of both languages', () => {
  test('have the same keys', () => {
    expect([...chinese.keys()]).toEqual([...english.keys()]);
    expect(english.size).toBeGreaterThan(200);
  });

  test('stand in one group each, all of which are listed', async () => {
    const groups = await Promise.all(
      readdirSync(FOLDER).map(async (file) => {
        const [name = ''] = file.split('.');
        return ((await import(`./en/${name}.ts`)) as Record<string, object>)[name]!;
      }),
    );
    const own = groups.filter((group) => !('outcomes' in group)).flatMap(Object.keys);
    expect(own.sort()).toEqual(Object.keys(en.problems).sort());
  });

  test('have the same arguments', () => {
    for (const [key, sentence] of english) expect(placeholders(chinese.get(key)!), key).toEqual(placeholders(sentence));
  });

  test.each(['en', 'zh'] as const)('every brace in %s belongs to an argument', (language) => {
    for (const [key, sentence] of language === 'en' ? english : chinese) {
      expect(sentence.replaceAll(/\{\w+\}/g, ''), key).not.toMatch(/[{}]/);
    }
  });

  test('without words are only those listed', () => {
    const wordless = [...english].filter(([, sentence]) => words(sentence).length === 0).map(([key]) => key);
    expect(wordless.sort()).toEqual(WORDLESS);
  });

  test('that read the same in both languages have no words', () => {
    const same = [...english].filter(([key, sentence]) => chinese.get(key) === sentence).map(([key]) => key);
    expect(WORDLESS).toEqual(expect.arrayContaining(same));
  });

  test('with words are translated: Chinese has Han characters, English has none', () => {
    for (const [key, sentence] of english) {
      expect(sentence, key).not.toMatch(/\p{Script=Han}/u);
      if (!WORDLESS.includes(key)) expect(chinese.get(key), key).toMatch(/\p{Script=Han}/u);
    }
  });

  test('are empty only where nothing is to be said', () => {
    const empty = (all: Map<string, string>) => [...all].filter(([, text]) => text.trim() === '').map(([key]) => key);
    expect(empty(english)).toEqual(['trace.opens-online.no']);
    expect(empty(chinese)).toEqual(['trace.opens-online.no']);
  });

  test('name the same commands and files', () => {
    const fixed = /npx miniapp [a-z]+|--[a-z]+|config\/README\.md|[\w.]+\.yaml|git [a-z]+/g;
    for (const [key, sentence] of english) {
      const found = [...chinese.get(key)!.matchAll(fixed)].map(String).sort();
      expect(found, key).toEqual([...sentence.matchAll(fixed)].map(String).sort());
    }
  });

  test('have Chinese punctuation beside Chinese words', () => {
    for (const [key, sentence] of chinese)
      expect(sentence, key).not.toMatch(/\p{Script=Han}[,;:!?(]|[,;:!?)]\p{Script=Han}/u);
  });
});
