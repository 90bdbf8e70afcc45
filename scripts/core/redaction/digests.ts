/** Digests of accounts in a folded text: whoever has the key knows whose they are. */
import type { TextSpan } from './span.ts';

/** Known digests by their digits alone, as a table may show them without their key's name. */
export type KnownDigests = ReadonlyMap<string, string>;

const DIGEST = /hmac:[0-9a-f]{8}:[0-9a-f]{32}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g;

/** The digests among accounts, each by its hexadecimal part alone: that is what people copy. */
export const knownDigests = (accounts: Iterable<string>): KnownDigests =>
  new Map(
    [...accounts].filter((one) => one.startsWith('hmac:')).map((one) => [one.slice(one.lastIndexOf(':') + 1), one]),
  );

/** Whole digests, known or not, and known ones without what stands before their digits. */
export function digestsIn(text: string, known: KnownDigests): TextSpan[] {
  if (known.size === 0 && !text.includes('hmac:')) return [];
  return [...text.matchAll(DIGEST)].flatMap(({ 0: found, index }) => {
    const account = found.startsWith('hmac:') ? found : known.get(found);
    return account === undefined ? [] : [{ from: index, to: index + found.length, account }];
  });
}
