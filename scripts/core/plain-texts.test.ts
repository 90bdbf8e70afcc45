/** What is told of most texts by a short pattern is what the whole one with classes of Unicode tells. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawnAsLatin, nameShape, nameSkeleton } from './confusables.ts';
import { replaceInvisible } from './invisible.ts';

const INVISIBLE =
  /(?![\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const BETWEEN = /[\p{White_Space}\p{Pd}\p{Pc}\p{Cf}.·'’]/gu;
const ACCENTED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}]\p{Mn}*/gu;

const skeleton = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(BETWEEN, '')
    .replace(ACCENTED, (letter) => drawnAsLatin(letter));
const shape = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(BETWEEN, '')
    .replace(ACCENTED, (letter) => {
      const drawn = drawnAsLatin(letter.toLowerCase());
      return letter === letter.toLowerCase() ? drawn : drawn.toUpperCase();
    })
    .replace(/[I1|]/g, 'l')
    .replace(/[0O]/g, 'o');

const PLAIN = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ...Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, i) => String.fromCharCode(0x4e00 + i)),
];
const compare = (text: string): unknown => [nameSkeleton(text), nameShape(text), replaceInvisible(text, () => '?')];
const whole = (text: string): unknown => [skeleton(text), shape(text), text.replace(INVISIBLE, () => '?')];

describe('names and invisible characters', () => {
  test('each plain character alone, and between others', () => {
    const texts = PLAIN.flatMap((one) => [one, `A${one}b`]);
    expect(texts.map(compare)).toEqual(texts.map(whole));
  });

  test('any text', () => {
    const odd = fc.constantFrom('é', 'е', 'І', 'ば', 'ﬁ', 'Ａ', '·', '’', '\u200B', '\u202E', '\u3000', '　', 'İ', 'ß');
    const unit = fc.oneof(fc.constantFrom(...PLAIN.slice(0, 140)), odd, fc.string({ unit: 'grapheme', maxLength: 2 }));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), (units) => {
        const text = units.join('');
        expect(compare(text)).toEqual(whole(text));
      }),
      { numRuns: 3000 },
    );
  });
});
