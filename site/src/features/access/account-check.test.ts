/** Somebody who is on a whitelist finds their row, and who is told that no row is theirs is on none. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalAccount, maskAccount } from '#core/identity/account.ts';
import { words } from '../../i18n/index.ts';
import { mayBeOf } from './account-check.ts';

const account = fc.oneof(
  fc.emailAddress(),
  fc.stringMatching(/^\+[1-9][0-9]{7,13}$/),
  fc.stringMatching(/^[a-z0-9]{6,24}$/),
);

test('a row of the account is always among those that may be, however it is typed', () => {
  fc.assert(
    fc.property(fc.array(account, { minLength: 1 }), fc.nat(), (accounts, at) => {
      const own = accounts[at % accounts.length]!;
      const masks = accounts.map((one) => maskAccount(canonicalAccount(one)));
      for (const typed of [own, ` ${own} `, own.includes('@') ? own.toUpperCase() : own])
        expect(mayBeOf(typed, masks)![at % accounts.length]).toBe(true);
    }),
  );
});

test('a row whose mask is another is not; nothing is asked by nothing', () => {
  const masks = ['q•••@•••', '+49•••', 'eu•••a'];
  expect(mayBeOf('qa.lead@example.com', masks)).toEqual([true, false, false]);
  expect(mayBeOf('+49 170 1234567', masks)).toEqual([false, true, false]);
  expect(mayBeOf('someone.else@example.com', masks)).toEqual([false, false, false]);
  expect(mayBeOf('  ', masks)).toBeUndefined();
});

test('a phone number without its country code finds no row of its own, so the words for that say how one is written', () => {
  expect(mayBeOf('0170 1234567', [maskAccount('+491701234567')])).toEqual([false]);
  for (const language of ['en', 'zh'] as const) expect(words[language].access.checkNone).toContain('+491');
});
