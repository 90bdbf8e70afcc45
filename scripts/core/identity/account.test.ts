/** Accounts in one form, digests told from them, and neither shown whole. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalAccount, isDigest, keyOfDigest, maskAccount } from './account.ts';

test.each([
  ['QA@Example.COM', 'qa@example.com'],
  [' qa@example.com ', 'qa@example.com'],
  ['+49 170 123-4567', '+491701234567'],
  ['0049 (170) 1234567', '+491701234567'],
  ['+49 170/1234567', '+491701234567'],
  ['+49 170\u2013123\u20114567', '+491701234567'],
  ['\u202A+491701234567\u202C', '+491701234567'],
  ['\uFF0B491701234567', '+491701234567'],
  ['+49 (0) 170 1234567', '+491701234567'],
  ['0049 (0)170 1234567', '+491701234567'],
  ['+39 (0)6 1234567', '+39061234567'],
  ['+1 (800) 555-0100', '+18005550100'],
  ['eu1623AbC', 'eu1623AbC'],
  ['12-34', '12-34'],
  ['', ''],
])('%j is %j', (input, canonical) => expect(canonicalAccount(input)).toBe(canonical));

test('canonical form is canonical', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (text) => canonicalAccount(canonicalAccount(text)) === canonicalAccount(text),
    ),
  );
});

test.each(['qa@example.com', 'someone.long@example.org', '+491701234567', 'eu1623847561029abcde', 'short'])(
  '%s is never shown whole',
  (account) => {
    const masked = maskAccount(account);
    expect(masked).toContain('•••');
    const [hidden = ''] = account.split('@');
    expect(masked).not.toContain(hidden);
  },
);

test('a digest is no account, says its key, and shows as much as tells rows apart', () => {
  const digest = `hmac:5f0c2a9b:71de83${'0'.repeat(26)}`;
  expect([isDigest(digest), isDigest('hmac'), isDigest(`${digest}0`), isDigest(digest.toUpperCase())]).toEqual([
    ...[true, false, false, false],
  ]);
  expect([keyOfDigest(digest), keyOfDigest('qa@example.com')]).toEqual(['5f0c2a9b', undefined]);
  expect([canonicalAccount(digest), maskAccount(digest)]).toEqual([digest, 'hmac:71de83•••']);
});
