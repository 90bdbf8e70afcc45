/** A name shows something: what only looks like a letter or a symbol to Unicode's tables is none. */
import { expect, test } from 'vitest';
import { fixtureFiles, problemsIn } from '../fixtures/workspace.ts';

const nameOf = (name: string) => {
  const files = fixtureFiles();
  const file = 'people/bob.yaml';
  return problemsIn({ ...files, [file]: files[file]!.replace('Bob Example', JSON.stringify(name)) })
    .filter((found) => found.file === file)
    .map(({ code }) => code);
};

test.each([
  ['a Hangul filler', '\u3164'],
  ['a halfwidth Hangul filler', '\uFFA0'],
  ['a Hangul choseong filler', '\u115F'],
  ['a Hangul jungseong filler', '\u1160'],
  ['an empty Braille pattern', '\u2800'],
  ['an inherent vowel of Khmer', '\u17B4'],
  ['a null notehead', '\u{1D159}'],
  ['a blank hieroglyph', '\u{13441}'],
  ['half a blank hieroglyph', '\u{13442}'],
  ['what stands for an object', '\uFFFC'],
  ['a soft hyphen', '\u00AD'],
  ['a tag character', '\u{E0041}'],
  ['a variation selector', '\uFE0F'],
  ['combining marks alone', '\u0301\u0300'],
  ['spaces of every width', '\u2003\u3000\u00A0'],
  ['several of them', '\u3164 \u2800\u0301\u200B'],
])('%s is no name', (_, name) => {
  expect(nameOf(name)).toEqual(['field-pattern']);
});

test.each(['Bob', '小明', '🙂', 'é', '\u3164a', '?'])('%s is one', (name) => {
  expect(nameOf(name)).toEqual([]);
});
