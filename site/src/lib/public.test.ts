import { describe, expect, test } from 'vitest';
import { maskAccount } from '#core/identity/account.ts';
import type { Miniapp, Workspace } from '#core/model.ts';
import { redactorOf } from '#core/redaction/workspace.ts';
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
  const name = ID;
  const version = {
    version: '1.0.0',
    description: said,
    uploadedBy: 'alice',
    uploadedAt: '2026-01-01T00:00:00Z',
    pages: [`pages/${name}/index`],
    origins: [`https://${MAIL}`],
    apis: [`ty.${name}`],
    kits: { [name]: '1.0.0' },
  };
  const review = { status: 'rejected', submittedBy: 'alice', reviewedBy: 'bob', reason: said } as const;
  const whole = workspace({
    basics: {
      id: 'x',
      type: 'smart',
      name: { en: said },
      description: { en: said },
      avatar: `${name}.png`,
      category: said,
    },
    versions: new Map([['1.0.0', { ...version, review }]]),
    strings: { en: { hello: said, [MAIL]: 'a', [PHONE.replace('+', '00')]: 'b' } },
    domains: { request: { EU: [`https://${name}.example.com`] }, cloud: [name] },
    scenarios: [
      {
        name: said,
        app: 'a',
        region: 'EU',
        account: ID,
        page: name,
        device: name,
        expect: { opens: '1.0.0' },
      },
    ],
  });
  const platform = { ...whole.platform, name: { en: said }, regions: { EU: said, AZ: { en: said } } };
  const apps = new Map([['a', { id: 'a', name: { en: said }, regions: ['EU'], scheme: 'a' }]]);
  const people = new Map([['alice', { login: 'alice', githubId: 1, name: said }]]);
  const all = publish({ ...whole, platform, apps, people });
  const one = all.miniapps.get('tysmart0000000001')!;
  const [own] = one.versions.values();

  test.each([
    ['the platform', all.platform.name, { en: heard }],
    ['regions', all.platform.regions, { EU: heard, AZ: { en: heard } }],
    ['an app', all.apps.get('a')!.name, { en: heard }],
    ['a person', all.people.get('alice'), { login: 'alice', githubId: 1, name: heard }],
    ['a name', one.basics.name, { en: heard }],
    ['a description', one.basics.description, { en: heard }],
    ['a category', one.basics.category, heard],
    ['the name of an avatar', one.basics.avatar, `${maskAccount(ID)}.png`],
    ['what is new in a version', own!.description, heard],
    ['the reason of a rejection', own!.review!.reason, heard],
    ['pages', own!.pages, [`pages/${maskAccount(ID)}/index`]],
    ['origins in the code', own!.origins, [`https://${maskAccount(MAIL)}`]],
    ['APIs of the vendor', own!.apis, [`ty.${maskAccount(ID)}`]],
    ['kits', own!.kits, { [maskAccount(ID)]: '1.0.0' }],
    ['domains', one.domains, { request: { EU: [`https://${maskAccount(ID)}.example.com`] }, cloud: [maskAccount(ID)] }],
    [
      'texts and their keys',
      one.strings,
      { en: { hello: heard, [maskAccount(MAIL)]: 'a', [maskAccount(PHONE)]: 'b' } },
    ],
    [
      'scenarios',
      one.scenarios[0],
      {
        name: heard,
        app: 'a',
        region: 'EU',
        page: maskAccount(ID),
        device: maskAccount(ID),
        account: maskAccount(ID),
        expect: { opens: '1.0.0' },
      },
    ],
  ])('%s', (_, text, expected) => expect(text).toEqual(expected));

  test('keys that become alike are all kept', () => {
    const strings = { en: { 'a.one@example.com': '1', 'a.two@example.com': '2' } };
    expect(published({ strings }).strings).toEqual({ en: { 'a•••@•••': '1', 'a•••@•••-2': '2' } });
  });

  test('whoever was on a list once', () => {
    const strings = { en: { text: 'Ask former-tester-7 or +4917012345' } };
    const former = publish(workspace({ strings }), redactorOf(workspace(), ['Former-Tester-7', '+4917012345']));
    expect(former.miniapps.get('tysmart0000000001')!.strings).toEqual({ en: { text: 'Ask Fo•••7 or +49•••' } });
  });

  test('the login of somebody in people/ is public, whoever has it as a user id', () => {
    const strings = { en: { text: 'Ask Alice or bobby' } };
    const given = workspace({ strings, whitelist: ['alice', 'bobby'].map((account) => ({ app: 'a', account })) });
    const people = new Map([['Alice', { login: 'Alice', githubId: 1, name: 'Alice' }]]);
    const seen = publish({ ...given, people });
    expect(seen.miniapps.get('tysmart0000000001')!.strings).toEqual({ en: { text: 'Ask Alice or •••' } });
  });
});

test('texts without accounts stay as they are', () => {
  const text = 'Version 1.2.3 (2026-01-01): open https://example.com:8080/a@b; lodash@4.17.21';
  expect(published({ strings: { en: { text } } }).strings['en']!['text']).toBe(text);
});
