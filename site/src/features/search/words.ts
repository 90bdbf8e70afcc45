/** The words of a text, for the search: the same for what is searched and for what is asked. Pure. */

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const RUNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*/gu;

/**
 * Words in small letters. What is written without spaces becomes its pairs of characters, so that every part of it is found in
 * any browser; a name with dots, dashes or underscores is found as a whole and by its parts.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(RUNS)) {
    if (HAN.test(run)) words.push(...pairsOf(run));
    else {
      // People write v1.2.0 of 1.2.0.
      const whole = run.replace(/(?<![._-])[._-]+$/, '').replace(/^v(?=\d+\.\d)/, '');
      words.push(whole);
      const parts = whole.split(/[._-]+/);
      // The parts of a version say nothing.
      if (parts.length > 1 && !/^[\d.]+$/.test(whole)) words.push(...parts);
    }
  }
  return words;
}

function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => characters[index]! + character);
}
