/** From the bytes of a file to its text: what must not even be parsed. */
import { isUtf8 } from 'node:buffer';
import { problem, type Place, type Problem } from '../core/problems/problem.ts';

/** The text of a file and what keeps it from being parsed. */
export function readText(file: string, bytes: Uint8Array): { text: string; problems: Problem[] } {
  if (!isUtf8(bytes)) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return { text, problems: [problem('utf8-invalid', { file, offset: firstInvalid(text, bytes) }, {})] };
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (isLfsPointer(bytes)) return { text, problems: [problem('lfs-pointer', { file, offset: 0 }, { file })] };
  return { text, problems: forbiddenCharacters(file, text) };
}

/** The beginning of what somebody wrote, to name it in a sentence. */
export const clip = (text: string, limit = 80): string => (text.length > limit ? `${text.slice(0, limit - 1)}…` : text);

const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/');

/** Whether a file holds where Git LFS keeps it, instead of what it is (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
export const isLfsPointer = (bytes: Uint8Array): boolean => LFS_POINTER.equals(bytes.subarray(0, LFS_POINTER.length));

/** Where the first replacement character stands that the bytes do not hold themselves. */
function firstInvalid(text: string, bytes: Uint8Array): number {
  let byte = 0;
  let from = 0;
  for (let i = text.indexOf('\uFFFD'); i !== -1; i = text.indexOf('\uFFFD', from)) {
    byte += Buffer.byteLength(text.slice(from, i));
    const isWritten = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (!isWritten) return i;
    byte += 3;
    from = i + 1;
  }
  return 0;
}

/** Everything that cannot be seen, or that makes text read in another order than it is stored. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\x00-\x09\x0B-\x1F\x7F-\x9F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/;
const FORBIDDEN_ALL = new RegExp(FORBIDDEN, 'g');

/** Whether a text can stand in a file without escapes; line ends apart. */
export const isPrintable = (text: string): boolean => !FORBIDDEN.test(text);

/** The text in double quotes: JSON's form, which YAML reads as the same, with every character that must not stand there escaped. */
export const inDoubleQuotes = (text: string): string =>
  JSON.stringify(text).replace(
    FORBIDDEN_ALL,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** One problem for each kind of character, where it is first. */
function forbiddenCharacters(file: string, text: string): Problem[] {
  if (!FORBIDDEN.test(text)) return [];
  const found = new Map<string, Problem>();
  for (const match of text.matchAll(FORBIDDEN_ALL)) {
    const [character] = match;
    if (found.has(character)) continue;
    const place: Place = { file, offset: match.index };
    const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    if (character === '\uFEFF' && match.index === 0) found.set(character, problem('bom-found', place, {}));
    else if (character === '\r') found.set(character, problem('carriage-return-found', place, {}));
    else if (character === '\t') found.set(character, problem('tab-found', place, {}));
    else found.set(character, problem('control-character-found', place, { character: name }));
  }
  return [...found.values()];
}
