/** App accounts: an e-mail, a phone number in E.164 form, or a user id; how they are compared and how they are shown. */

/** The canonical form of an account, as files hold it. Takes what people type. Never throws; invalid input is returned as invalid. */
export function canonicalAccount(input: string): string {
  const text = input.trim();
  if (text.includes('@')) return text.toLowerCase();
  const digits = text.replace('\uFF0B', '+').replace(trunkZero(), '$1').replace(punctuation(), '');
  if (/^\+[0-9]+$/.test(digits)) return digits;
  if (/^00[1-9][0-9]{6,14}$/.test(digits)) return `+${digits.slice(2)}`;
  return text;
}

/** Made when an account is read, as classes of Unicode take long to make. What people and address books write into a phone number: spaces, brackets, dots, slashes, any dash, marks of the direction of writing. */
const punctuation = () => /[\s()./\p{Pd}\p{Cf}]/gu;

/** The zero in brackets of `+49 (0) 170`, which is not dialled after a country code; in Italy and San Marino it is. */
const trunkZero = () => /^([\s\p{Cf}]*(?:\+|00)(?!39|378)[1-9][0-9]{0,2}[\s\p{Cf}]*)\([\s\p{Cf}]*0[\s\p{Cf}]*\)/u;

/** Whether there is an account at all: a host app may pass an empty text for somebody who is not signed in. */
export const isNamed = (account: string | undefined): account is string =>
  account !== undefined && account.trim() !== '';

/** A digest that stands for an account: by which key, and the first 128 bits of its HMAC-SHA-256. No account holds a colon. */
const DIGEST = /^hmac:([0-9a-f]{8}):([0-9a-f]{32})$/;

/** Whether a text stands for an account without naming it. */
export const isDigest = (account: string): boolean => account.startsWith('hmac:') && DIGEST.test(account);

/** The id of the key that made a digest; undefined for an account. */
export const keyOfDigest = (account: string): string | undefined => DIGEST.exec(account)?.[1];

/** What stands for the part of an account that is not shown. */
export const HIDDEN = '•••';

/** Domains that so many people share that the domain identifies nobody. */
const SHARED_DOMAINS: ReadonlySet<string> = new Set(
  `126.com 139.com 163.com 189.cn aol.com foxmail.com free.fr gmail.com gmx.com gmx.de gmx.net googlemail.com
  hotmail.com icloud.com live.com mac.com mail.ru me.com msn.com naver.com orange.fr outlook.com proton.me
  protonmail.com qq.com sina.com t-online.de web.de yahoo.com yandex.com yandex.ru yeah.net zoho.com`.split(/\s+/),
);

/**
 * An account as others may see it: its owner recognises it, nobody else can write to it or guess it from what is left.
 * `qa.lead@gmail.com` → `q•••@gmail.com`, `qa.lead@example.com` → `q•••@•••` (a rare domain names its owner),
 * `+491701234567` → `+49•••`, a user id → its first two and last characters, a digest → six of its digits, which tell rows apart.
 * Never throws, and masks what is no account, too.
 */
export function maskAccount(account: string): string {
  const [, , digits] = DIGEST.exec(account) ?? [];
  if (digits !== undefined) return `hmac:${digits.slice(0, 6)}${HIDDEN}`;
  const at = account.lastIndexOf('@');
  if (at >= 0) {
    const [local, domain] = [account.slice(0, at), account.slice(at + 1).toLowerCase()];
    const first = local.length > 2 && /^[\p{L}\p{N}]/u.test(local) ? local.slice(0, 1) : '';
    return `${first}${HIDDEN}@${SHARED_DOMAINS.has(domain) ? domain : HIDDEN}`;
  }
  if (account.startsWith('+')) {
    const { country, national } = phoneParts(account.slice(1));
    return `+${national.length < 7 ? '' : country}${HIDDEN}`;
  }
  return account.length < 10 ? HIDDEN : `${account.slice(0, 2)}${HIDDEN}${account.slice(-1)}`;
}

/** Country codes of two digits (ITU-T E.164, list of assigned codes); 1 and 7 have one digit, all others three. */
const TWO_DIGITS = /^(?:2[07]|3[0-4]|36|39|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** The digits of an E.164 number: its country code, and the national number. */
export function phoneParts(digits: string): { country: string; national: string } {
  const length = /^[17]/.test(digits) ? 1 : TWO_DIGITS.test(digits) ? 2 : 3;
  return { country: digits.slice(0, length), national: digits.slice(length) };
}
