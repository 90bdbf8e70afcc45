/**
 * The digest that stands for an account (HMAC-SHA-256, RFC 2104), as read/account-digest.ts makes it, for engines that have no cryptography
 * of their own. A test holds the two against each other.
 */
import { canonicalAccount, isDigest } from '../identity/account.ts';
import { sha256, utf8 } from '../sha256.ts';

const BLOCK = 64;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The bytes of a key as it is kept; undefined for what is none. */
function keyBytes(text: string): number[] | undefined {
  const [, encoded = ''] = /^miniapp-accounts-([A-Za-z0-9_-]{43})$/.exec(text.trim()) ?? [];
  if (encoded === '') return undefined;
  const bytes: number[] = [];
  let [bits, count] = [0, 0];
  for (const character of encoded) {
    bits = (bits << 6) | ALPHABET.indexOf(character);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
    bits &= (1 << count) - 1;
  }
  return bytes;
}

const bytesOf = (words: Uint32Array): number[] =>
  [...words].flatMap((word) => [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff]);

function hmac(key: readonly number[], text: string): string {
  const padded = Array.from({ length: BLOCK }, (_, i) => key[i] ?? 0);
  const inner = sha256([...padded.map((byte) => byte ^ 0x36), ...utf8(text)]);
  const outer = sha256([...padded.map((byte) => byte ^ 0x5c), ...bytesOf(inner)]);
  return [...outer].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** From an account to its digest by a key as it is kept. Throws where the text is no key, or another one than `named`. */
export function digester(keyText: string, named: string | undefined): (account: string) => string {
  const key = keyBytes(keyText);
  if (!key) throw new Error('the key of accounts is none: keys begin with miniapp-accounts-, and 43 characters follow');
  const id = hmac(key, 'miniapp accounts key').slice(0, 8);
  if (named !== undefined && named !== id) throw new Error(`the key is ${id}, and the platform uses ${named}`);
  return (account) =>
    isDigest(account) ? account : `hmac:${id}:${hmac(key, `account ${canonicalAccount(account)}`).slice(0, 32)}`;
}
