import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../fixtures/workspace.ts';
import { canonicalAccount, isDigest, keyOfDigest, maskAccount } from './policy/account.ts';
import { resolutionTable } from './resolution/resolution-table.ts';
import { versionsByState } from './transitions/lifecycle.ts';
import { linkFor, templateFault } from './resolution/miniapp-link.ts';
import { fieldName, nearest } from './suggest.ts';
import { identify, pathOf } from './paths.ts';
import { textIn } from './localized-text.ts';
import { endOf, isReal } from './dates.ts';
import { compareVersions, newestFirst } from './version.ts';

describe('accounts', () => {
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
});

describe('paths', () => {
  test.each([
    ['platform.yaml', { kind: 'platform' }],
    ['apps/smart-life.yaml', { kind: 'app', id: 'smart-life' }],
    ['people/Alice-B.yaml', { kind: 'person', id: 'Alice-B' }],
    [`miniapps/${SMART}/versions/1.2.0.yaml`, { kind: 'version', miniapp: SMART, id: '1.2.0' }],
    [`miniapps/${SMART}/reports/2026-11.yaml`, { kind: 'report', miniapp: SMART, id: '2026-11' }],
    [`miniapps/${SMART}/avatar.webp`, { kind: 'avatar', miniapp: SMART, id: 'avatar.webp' }],
    [`miniapps/${SMART}/release.yaml`, { kind: 'release', miniapp: SMART }],
  ])('%s', (path, identity) => expect({ ...identify(path) }).toEqual(identity));

  test.each([
    'platform.yml',
    'Platform.yaml',
    'apps/Smart.yaml',
    'apps/con.yaml',
    'people/alice .yaml',
    'people/-alice.yaml',
    'miniapps/short/miniapp.yaml',
    `miniapps/${SMART}/versions/01.0.0.yaml`,
    `miniapps/${SMART}/versions/1.0.yaml`,
    `miniapps/${SMART}/reports/2026-13.yaml`,
    `miniapps/${SMART}/notes.yaml`,
    `miniapps/${SMART}/sub/miniapp.yaml`,
    `miniapps/../apps/x.yaml`,
    '',
  ])('%j may not be there', (path) => expect(identify(path)).toBeUndefined());

  test('pathOf and identify are inverse', () => {
    expect(identify(pathOf.version(SMART, '10.0.1'))).toMatchObject({ kind: 'version', id: '10.0.1' });
    expect(identify(pathOf.person('rita'))).toMatchObject({ kind: 'person', id: 'rita' });
    expect(identify(pathOf.file(PANEL, 'languages'))).toMatchObject({ kind: 'languages', miniapp: PANEL });
  });
});

describe('links', () => {
  const templates = {
    url: 'godzilla://{miniapp}/{+page}{?query*}',
    link: '{scheme}://miniApp?url={url}',
    experience: '{scheme}://x/{version}?{url}',
  };
  const base = { scheme: 'app', miniapp: SMART, version: '1.0.0' };
  const inner = (url: string) => decodeURIComponent(url.replace('app://miniApp?url=', ''));

  test('page, query, device and group', () => {
    const link = linkFor(templates, 'link', {
      ...base,
      page: '/pages/a/b?x=1',
      device: 'vdevo1',
      group: 'g 1',
      query: { y: 'ä&b' },
    });
    expect(inner(link)).toBe(`godzilla://${SMART}/pages/a/b?x=1&y=%C3%A4%26b&deviceId=vdevo1&groupId=g%201`);
  });

  test('the home page', () => expect(inner(linkFor(templates, 'link', base))).toBe(`godzilla://${SMART}/`));

  test('the vendor’s form when the platform names none', () => {
    const { url: _, ...rest } = templates;
    expect(inner(linkFor(rest, 'link', base))).toBe(`godzilla://${SMART}/`);
  });

  test.each([
    ['{scheme}://x', undefined],
    ['{?query*}', undefined],
    ['{+page:30}', undefined],
    ['{scheme', 'has a brace that is not closed'],
    ['{}', 'has an empty expression {}'],
    ['{host}', 'names the unknown variable "host"'],
    ['{a b}', 'has "a b", which is no variable'],
  ])('template %s: %s', (template, fault) => expect(templateFault(template, false)).toBe(fault));

  test('url cannot hold itself', () => expect(templateFault('{url}', true)).toContain('url'));
});

describe('versions', () => {
  test('compare by number, not by text', () => {
    expect(newestFirst(['1.9.0', '1.10.0', '0.99.99', '1.10.1'])).toEqual(['1.10.1', '1.10.0', '1.9.0', '0.99.99']);
    expect(compareVersions('1.0.0', '1.0.0')).toBe(0);
  });

  test('stages, marks and the steps possible now', () => {
    const miniapp = fixtureWorkspace().miniapps.get(SMART)!;
    const seen = versionsByState(miniapp).map(({ version, state, steps }) => [
      version.version,
      state.stage,
      state.status ?? '',
      state.isExperience,
      steps.map(({ kind }) => kind).join(' '),
    ]);
    expect(seen).toEqual([
      ['1.3.0', 'development', '', false, 'set-experience delete'],
      ['1.2.0', 'review', 'pending', true, 'approve reject withdraw clear-experience'],
      ['1.1.0', 'online', 'approved', false, 'disable revoke'],
      ['1.0.0', 'superseded', 'approved', false, 'rollback revoke'],
    ]);
  });
});

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-11-20T24:00:00Z', false],
  ['2026-11-20T23:59:59Z', true],
  ['2026-11-20T23:59Z', true],
  ['2026-11-20T24:00Z', false],
  ['2026-11-20T23Z', false],
  ['2026-11-20T23:60:00Z', false],
  ['2026-11-31T00:00:00.5Z', false],
])('%s is in the calendar: %s', (text, real) => expect(isReal(text)).toBe(real));

test('a moment ends at itself, with or without seconds, and a day after its last one', () => {
  expect(endOf('2026-12-31T12:00Z')).toBe(endOf('2026-12-31T12:00:00Z'));
  expect(endOf('2026-12-31')).toBe(Date.parse('2027-01-01T00:00:00Z'));
});

test('a table has every app, each of its regions, both entries, and who is whitelisted where somebody is', () => {
  const cells = resolutionTable(fixtureWorkspace(), SMART, NOW).map(({ app, region, audience, entry, resolution }) =>
    [app, region, audience, entry, resolution.outcome === 'opens' ? resolution.version : resolution.code].join(' '),
  );
  expect(cells).toHaveLength(2 * 2 * 2 + 3 * 2 * 2);
  expect(cells).toContain('smart-life EU everyone link 1.1.0');
  expect(cells).toContain('smart-life EU whitelisted experience 1.2.0');
  expect(cells).toContain('smart-life AZ whitelisted experience 1.2.0');
  expect(cells).toContain('smart-life AZ whitelisted link app-not-associated');
  expect(cells).toContain('oem-home AZ whitelisted experience app-not-associated');
});

test('names', () => {
  expect(fieldName(['whitelist', 2, 'account'])).toBe('whitelist[2].account');
  expect(nearest('smart-lif', ['smart-life', 'oem'])).toBe('Did you mean smart-life?');
  expect(nearest('shwo', ['list', 'show'])).toBe('Did you mean show?');
  expect(nearest('zzzzz', ['smart-life', 'oem'])).toBe('Known: smart-life, oem');
  expect(textIn({ zh: '灯', fr: 'Lampe' }, ['en', 'zh'])).toBe('灯');
  expect(textIn('Lamp', ['zh'])).toBe('Lamp');
});
