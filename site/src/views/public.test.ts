import { describe, expect, test } from 'vitest';
import { maskAccount } from '#core/account.ts';
import type { Miniapp, Workspace } from '#core/model.ts';
import { publish } from './public.ts';

const MAIL = 'qa.lead@example.com';
const PHONE = '+491701234567';
const ID = 'eu1623847561029abcde';

function workspace(changes: Partial<Miniapp> = {}): Workspace {
  const miniapp: Miniapp = {
    id: 'tysmart0000000001',
    basics: { id: 'tysmart0000000001', type: 'smart', name: { en: 'One' }, avatar: 'avatar.svg' },
    release: {},
    versions: new Map(),
    trafficking: [],
    whitelist: [
      { app: 'a', account: MAIL, note: 'Shelf three' },
      { app: 'a', account: PHONE, expires: '2026-01-01' },
    ],
    members: [],
    domains: {},
    scenarios: [{ name: `${ID} scans`, app: 'a', region: 'EU', account: ID, expect: { opens: '1.0.0' } }],
    strings: {},
    reports: new Map(),
    ...changes,
  };
  return {
    platform: { name: 'P', regions: { EU: 'EU' }, languages: ['en'], link: { link: 'x', experience: 'y' } },
    policy: { transitions: {} },
    apps: new Map(),
    people: new Map(),
    miniapps: new Map([[miniapp.id, miniapp]]),
    files: new Set(),
    broken: new Set(),
  };
}

const published = (changes: Partial<Miniapp> = {}) => publish(workspace(changes)).miniapps.get('tysmart0000000001')!;

test('whitelist rows keep their app and end, lose their note, and are masked', () => {
  expect(published().whitelist).toEqual([
    { app: 'a', account: maskAccount(MAIL) },
    { app: 'a', account: maskAccount(PHONE), expires: '2026-01-01' },
  ]);
});

test('what leaves is named here: the files by their paths alone, the policy that names nobody, and no note', () => {
  const leaving = publish(workspace());
  expect(Object.keys(leaving).sort()).toEqual(['apps', 'files', 'miniapps', 'people', 'platform', 'policy']);
  expect(JSON.stringify([...leaving.miniapps.values()])).not.toContain('Shelf three');
});

describe('accounts are masked in every text', () => {
  const said = `Ask ${MAIL.toUpperCase()}, call 0049 (170) 123-4567 or ${PHONE}; ${ID}.`;
  const heard = `Ask ${maskAccount(MAIL)}, call ${maskAccount(PHONE)} or ${maskAccount(PHONE)}; ${maskAccount(ID)}.`;
  const version = { version: '1.0.0', description: said, uploadedBy: 'alice', uploadedAt: '2026-01-01T00:00:00Z' };
  const review = { status: 'rejected', submittedBy: 'alice', reviewedBy: 'bob', reason: said } as const;
  const one = published({
    basics: { id: 'x', type: 'smart', name: { en: said }, description: { en: said }, avatar: 'a.png' },
    versions: new Map([['1.0.0', { ...version, review }]]),
    strings: { en: { hello: said } },
  });

  test.each([
    ['a name', one.basics.name['en']],
    ['a description', one.basics.description!['en']],
    ['what is new in a version', one.versions.get('1.0.0')!.description],
    ['the reason of a rejection', one.versions.get('1.0.0')!.review!.reason],
    ['a text of the miniapp', one.strings['en']!['hello']],
  ])('%s', (_, text) => expect(text).toBe(heard));

  test('a scenario', () => {
    expect(published().scenarios[0]).toMatchObject({ name: `${maskAccount(ID)} scans`, account: maskAccount(ID) });
  });
});

test('texts without accounts stay as they are', () => {
  const text = 'Version 1.2.3 (2026-01-01): write to help@example.com, +1 555 0100; a+b@c';
  expect(published({ strings: { en: { text } } }).strings['en']!['text']).toBe(text);
});
