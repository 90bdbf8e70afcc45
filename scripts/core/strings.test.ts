/** Texts: merging never loses or invents one, and differences between languages are found. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyUse, mergeStrings, missingKeys, placeholderDifferences, placeholdersOf, type Strings } from './strings.ts';

const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const texts = fc
  .array(fc.tuple(key, fc.constantFrom('x', 'y', 'z')), { maxLength: 5 })
  .map((pairs) => Object.fromEntries(pairs));
const strings: fc.Arbitrary<Strings> = fc
  .array(fc.tuple(fc.constantFrom('en', 'zh', 'fr'), texts), { maxLength: 3 })
  .map((pairs) => Object.fromEntries(pairs));

describe('merging', () => {
  test('with overwrite and prune it is what was given, for the languages given', () => {
    fc.assert(
      fc.property(strings, strings, (have, given) => {
        const merged = mergeStrings(have, given, { overwrite: true, prune: true });
        // A language of which everything went is no language any more; one that was empty stays.
        const gone = Object.keys(given).filter(
          (name) => !Object.keys(given[name]!).length && Object.keys(have[name] ?? {}).length,
        );
        const all = Object.entries({ ...have, ...given }).filter(([name]) => !gone.includes(name));
        expect(merged.strings).toEqual(Object.fromEntries(all));
        expect(merged.conflicts).toEqual([]);
      }),
    );
  });
  test('without them what is there stays, and twice is once', () => {
    fc.assert(
      fc.property(strings, strings, (have, given) => {
        const once = mergeStrings(have, given, { overwrite: false, prune: false });
        for (const [language, own] of Object.entries(have))
          expect({ ...once.strings[language], ...own }).toEqual(once.strings[language]);
        const again = mergeStrings(once.strings, given, { overwrite: false, prune: false });
        expect(again).toEqual({ ...once, added: 0 });
      }),
    );
  });
  test('a text that says something else is a conflict that names both', () => {
    const { conflicts } = mergeStrings(
      { en: { a: 'x' } },
      { en: { a: 'y', b: 'z' } },
      { overwrite: false, prune: false },
    );
    expect(conflicts).toEqual([{ language: 'en', key: 'a', have: 'x', given: 'y' }]);
  });
});

test('missing: what another language has', () => {
  const strings = { en: { a: 'A', b: 'B' }, zh: { b: '乙', c: '丙' }, fr: { a: 'A', b: 'B', c: 'C' } };
  expect(missingKeys(strings, ['en', 'fr'])).toEqual({ en: ['c'], zh: ['a'] });
  expect(missingKeys(strings, ['en', 'de'])).toEqual({ en: ['c'], zh: ['a'], de: ['a', 'b', 'c'] });
  expect(missingKeys({}, ['en', 'de'])).toEqual({});
});

describe('placeholders', () => {
  test.each<[string, string[]]>([
    ['{0} of {total}', ['0', 'total']],
    ['{ name }, {name}', ['name']],
    ['{} {a b} {{x}} { }', ['x']],
    ['100 %', []],
  ])('%j has %j', (text, names) => expect(placeholdersOf(text)).toEqual(names));

  test('that differ are found against the fallback language, or the first that has the text', () => {
    const all = { zh: { n: '{0} 个', only: '{x}' }, en: { n: '{0} of {1}' }, fr: { only: '{y}', n: '{1} {0}' } };
    expect(placeholderDifferences(all, 'en')).toEqual([
      { key: 'n', language: 'zh', against: 'en', lacks: ['1'], extra: [] },
      { key: 'only', language: 'fr', against: 'zh', lacks: ['x'], extra: ['y'] },
    ]);
  });
});

test('a key is unused when nothing can mean it', () => {
  const all = { en: { named: '', mentioned: '', dp_1: '', idle: '', TUYA_MINI_PLATFORM_SITE: '' } };
  const used = { named: new Set(['named', 'nowhere']), mentioned: new Set(['mentioned']), prefixes: ['', 'dp_'] };
  expect(keyUse(all, used)).toEqual({ unused: ['idle'], undefinedKeys: ['nowhere'] });
});
