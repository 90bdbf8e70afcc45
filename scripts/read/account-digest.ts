/**
 * Accounts as keyed digests: what a repository holds that must not hold accounts. HMAC-SHA-256 by a random key of the platform's, so
 * that whoever has the repository and not the key learns nothing, although phone numbers can be counted through. It is no password
 * hash: whoever has the key can try all numbers of a country in minutes, so the key is what has to be kept.
 */
import { canonicalAccount, isDigest } from '../core/identity/account.ts';

/** 256 random bits. Made by `newKey`: a word that somebody thought of could be guessed from the digest of one known account. */
export type AccountKey = Buffer & { readonly isAccountKey: true };

const MARK = 'miniapp-accounts-';

/** Loaded when it is needed, since it takes milliseconds: most platforms keep accounts plain. */
const crypto = () => process.getBuiltinModule('node:crypto');

/** A new key of 32 random bytes. */
export const newKey = (): AccountKey => crypto().randomBytes(32) as AccountKey;

/** As it is kept outside the repository; the beginning tells people, and scanners for secrets, what it is. */
export const keyText = (key: AccountKey): string => MARK + key.toString('base64url');

/** Undefined for what is no such key. */
export function keyOf(text: string): AccountKey | undefined {
  const [, encoded = ''] = /^miniapp-accounts-([A-Za-z0-9_-]{43})$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(encoded, 'base64url');
  return bytes.length === 32 ? (bytes as AccountKey) : undefined;
}

const hmac = (key: AccountKey, text: string): string =>
  crypto().createHmac('sha256', key).update(text, 'utf8').digest('hex');

/** What the repository may say of a key: it tells keys apart and nothing else. */
export const keyId = (key: AccountKey): string => hmac(key, 'miniapp accounts key').slice(0, 8);

/** The digest that stands for an account, however it is typed; a digest is itself. Of one account it is the same everywhere. */
export function digestOf(account: string, key: AccountKey): string {
  if (isDigest(account)) return account;
  return `hmac:${keyId(key)}:${hmac(key, `account ${canonicalAccount(account)}`).slice(0, 32)}`;
}
