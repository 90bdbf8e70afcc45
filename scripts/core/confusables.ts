/** Texts that people take for one another, because they are drawn alike. */

/** Letters of Cyrillic, Greek and Armenian that are drawn like Latin ones (a part of Unicode's confusables, UTS #39). */
const CONFUSABLE: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ё: 'e',
  һ: 'h',
  і: 'i',
  ї: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  г: 'r',
  ѕ: 's',
  т: 't',
  у: 'y',
  ѵ: 'v',
  ѡ: 'w',
  ԝ: 'w',
  х: 'x',
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  σ: 'o',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ω: 'w',
  ϲ: 'c',
  ϳ: 'j',
  օ: 'o',
  ս: 'u',
  ո: 'n',
  հ: 'h',
  ց: 'g',
  զ: 'q',
  ı: 'i',
  ɡ: 'g',
  ɑ: 'a',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ḷ: 'l',
  ӓ: 'a',
};

/** With the Latin letters that its letters are drawn like; accents apart, so that é is compared as e. */
export const drawnAsLatin = (text: string): string =>
  [...text.normalize('NFD').replace(/\p{Mn}/gu, '')].map((letter) => CONFUSABLE[letter] ?? letter).join('');

/** Whether it is of ASCII and Chinese characters alone: most names need no patterns with classes of Unicode, which take a millisecond to make. */
const isPlain = (text: string): boolean => /^[\0-\x7f\u4e00-\u9fff]*$/.test(text);

/** Without what stands between letters, and what is drawn as nothing. */
function lettersOf(text: string): string {
  if (isPlain(text)) return text.replace(/[\t-\r _.'-]/g, '');
  between ??= /[\p{White_Space}\p{Pd}\p{Pc}\p{Cf}.·'’]/gu;
  return text.replace(between, '');
}
let between: RegExp | undefined;

/** With something else in the place of letters of alphabets, each with its accents. */
function replaceLetters(text: string, by: (letter: string) => string): string {
  accented ??= /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}]\p{Mn}*/gu;
  return text.replace(accented, by);
}
let accented: RegExp | undefined;

/**
 * Names with the same one can be taken for one another: letter case, width, accents, spaces and alphabets apart. Of scripts whose marks
 * make another letter (ば is not は) the marks count.
 */
export function nameSkeleton(name: string): string {
  const letters = lettersOf(name.normalize('NFKC').toLowerCase());
  return isPlain(letters) ? letters : replaceLetters(letters, drawnAsLatin);
}

/**
 * A key that names share whose signs are drawn alike as they stand, letter case kept: a capital I, a small L, a 1 and a bar; a 0 and an O. An i
 * and an l are not.
 */
export function nameShape(name: string): string {
  const letters = lettersOf(name.normalize('NFKC'));
  const drawn = isPlain(letters) ? letters : replaceLetters(letters, drawnInItsCase);
  return drawn.replace(/[I1|]/g, 'l').replace(/[0O]/g, 'o');
}

function drawnInItsCase(letter: string): string {
  const drawn = drawnAsLatin(letter.toLowerCase());
  return letter === letter.toLowerCase() ? drawn : drawn.toUpperCase();
}
