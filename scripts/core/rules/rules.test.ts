import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { fixtureFiles, NOW, PANEL, pointed, problemsIn, SMART, type Files } from '../../fixtures/workspace.ts';
import { severityOf, type ProblemCode } from '../problems/messages.ts';
import { checkRules, rules } from './index.ts';
import { namesAreDistinct } from './names-are-distinct.ts';

const S = `miniapps/${SMART}`;
const P = `miniapps/${PANEL}`;
const files = fixtureFiles();

/** A file of the fixture with a text replaced; the text must be there. */
function edit(path: string, from: string, to: string): Record<string, string> {
  const text = files[path]!;
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  return { [path]: text.replace(from, to) };
}

test('the fixture has no problem', () => expect(problemsIn(files)).toEqual([]));

test('every rule says what it is for, under a name of its own', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { why } of rules) expect(why).toMatch(/^Ensure .+\.$/);
});

type Story = [why: string, changes: Record<string, string | Uint8Array | null>, expected: string[]];

const png = (width: number, height: number): Uint8Array => PNG.sync.write(new PNG({ width, height }));
const withAvatar = (name: string, content: string | Uint8Array): Record<string, string | Uint8Array | null> => ({
  ...edit(`${P}/miniapp.yaml`, 'avatar.svg', name),
  [`${P}/avatar.svg`]: null,
  [`${P}/${name}`]: content,
});

/** Smart Life with a version for each share. */
const runtimes = (...shares: (string | undefined)[]): Record<string, string> => {
  const rows = shares.map(
    (share, i) =>
      `  - { appVersion: 6.${i}.0, baseLibrary: 2.14.2, kits: { BaseKit: 3.10.4 }${share === undefined ? '' : `, share: ${share}`} }\n`,
  );
  return { 'apps/smart-life.yaml': `${files['apps/smart-life.yaml']}runtimes:\n${rows.join('')}` };
};

/** 1.3.0 approved, and rolled out to where `where` says. */
const rolledOut = (where?: string): Record<string, string> => ({
  [`${S}/versions/1.3.0.yaml`]: `${files[`${S}/versions/1.3.0.yaml`]}review: { status: approved, submittedBy: alice, reviewedBy: rita }\n`,
  [`${S}/release.yaml`]: `${files[`${S}/release.yaml`]}rollout: { version: 1.3.0, percent: 10${where ? `, ${where}` : ''} }\n`,
});

const DIGESTS = 'accounts: digest\naccountsKey: 5f0c2a9b\n';
/** The fixture's accounts as digests of a key. */
const digests = (key: string): Record<string, string> =>
  Object.fromEntries(
    [`${P}/whitelist.yaml`, `${S}/whitelist.yaml`, `${S}/scenarios.yaml`].map((path) => [
      path,
      files[path]!.replace(/account: ("?)([^",}]*?)\1(?=[,\s])/g, (_, __, account: string) => {
        const digits = Buffer.from(account).toString('hex').padEnd(32, '0').slice(-32);
        return `account: hmac:${key}:${digits}`;
      }),
    ]),
  );

const stories: Record<string, Story[]> = {
  'path-is-identity': [
    [
      'an app says another id',
      edit('apps/oem-home.yaml', 'id: oem-home', 'id: oem-other'),
      ['identity-mismatch apps/oem-home.yaml:1 oem-other'],
    ],
    [
      'a login in other letter case',
      edit('people/bob.yaml', 'login: bob', 'login: Bob'),
      ['identity-mismatch people/bob.yaml:1 Bob'],
    ],
    [
      'a miniapp says another id',
      edit(`${P}/miniapp.yaml`, PANEL, SMART),
      [`identity-mismatch ${P}/miniapp.yaml:1 tysmart0000000001`],
    ],
    [
      'a version says another number',
      edit(`${S}/versions/1.3.0.yaml`, 'version: 1.3.0', 'version: 1.4.0'),
      [`identity-mismatch ${S}/versions/1.3.0.yaml:1 1.4.0`],
    ],
  ],
  'references-exist': [
    [
      'an unknown app',
      edit(`${S}/trafficking.yaml`, 'app: oem-home', 'app: oem-hone'),
      [`reference-unknown ${S}/trafficking.yaml:3 oem-hone`],
    ],
    [
      'an unknown region',
      edit('apps/oem-home.yaml', '[EU, AZ]', '[EU, XX]'),
      ['reference-unknown apps/oem-home.yaml:3 XX'],
    ],
    [
      'a region named like something that every object has',
      edit('apps/oem-home.yaml', '[EU, AZ]', '[EU, constructor]'),
      ['reference-unknown apps/oem-home.yaml:3 constructor'],
    ],
    [
      'an unknown manager',
      edit('apps/oem-home.yaml', '[olga]', '[oleg]'),
      ['reference-unknown apps/oem-home.yaml:5 oleg'],
    ],
    [
      'an unknown uploader',
      edit(`${S}/versions/1.3.0.yaml`, 'alice', 'carol'),
      [`reference-unknown ${S}/versions/1.3.0.yaml:3 carol`],
    ],
    [
      'an unknown submitter',
      edit(`${S}/versions/1.2.0.yaml`, 'submittedBy: bob', 'submittedBy: bo'),
      [`reference-unknown ${S}/versions/1.2.0.yaml:10 bo`],
    ],
    [
      'an unknown reviewer',
      edit(`${S}/versions/1.1.0.yaml`, 'reviewedBy: rita', 'reviewedBy: rito'),
      [`reference-unknown ${S}/versions/1.1.0.yaml:10 rito`],
    ],
    [
      'a member who is nobody',
      edit(`${S}/members.yaml`, 'bob', 'bobby'),
      [`reference-unknown ${S}/members.yaml:3 bobby`],
    ],
    [
      'a whitelist row of an unknown app',
      edit(`${S}/whitelist.yaml`, 'app: oem-home', 'app: oem-hom'),
      [`reference-unknown ${S}/whitelist.yaml:3 oem-hom`],
    ],
    [
      'domains of an unknown region',
      edit(`${S}/domains.yaml`, 'static: { EU', 'static: { UE'),
      [`reference-unknown ${S}/domains.yaml:3 UE:`],
    ],
    [
      'an online version that is not there',
      edit(`${S}/release.yaml`, '1.1.0', '1.1.1'),
      [`reference-unknown ${S}/release.yaml:1 1.1.1`],
    ],
    [
      'an experience version that is not there',
      edit(`${P}/release.yaml`, '1.0.0', '2.0.0'),
      [`reference-unknown ${P}/release.yaml:1 2.0.0`],
    ],
    [
      'a former version that is not there',
      edit(`${S}/release.yaml`, '[1.0.0]', '[0.9.0]'),
      [`reference-unknown ${S}/release.yaml:3 0.9.0`],
    ],
    [
      'a report of an unknown version',
      edit(`${S}/reports/2026-10.yaml`, 'version: 1.1.0', 'version: 0.1.0'),
      [`reference-unknown ${S}/reports/2026-10.yaml:2 0.1.0`],
    ],
    [
      'an unknown person who is only broken is not reported twice',
      edit('people/bob.yaml', 'githubId: 104', 'githubId: x'),
      ['field-type people/bob.yaml:2 x'],
    ],
  ],
  'one-default-app': [
    [
      'two default apps',
      { 'apps/oem-home.yaml': `${files['apps/oem-home.yaml']}default: true\n` },
      ['default-app-several apps/smart-life.yaml:5 true'],
    ],
    [
      'no default app',
      edit('apps/smart-life.yaml', 'default: true', 'default: false'),
      ['default-app-missing apps/oem-home.yaml:1 id:'],
    ],
  ],
  'rollout-reaches-somebody': [
    ['an app and a region that it is delivered to', rolledOut('apps: [smart-life], regions: [AY]'), []],
    ['everywhere it is delivered', rolledOut(), []],
    [
      'an app that has it, and a region of another',
      rolledOut('apps: [oem-home], regions: [AY, AZ]'),
      [`rollout-reaches-nobody ${S}/release.yaml:4 {`],
    ],
    ['a region where no app has it', rolledOut('regions: [AZ]'), [`rollout-reaches-nobody ${S}/release.yaml:4 {`]],
    [
      'delivered nowhere any more',
      { ...rolledOut(), [`${S}/trafficking.yaml`]: null, [`${S}/scenarios.yaml`]: null, [`${S}/whitelist.yaml`]: null },
      [`rollout-reaches-nobody ${S}/release.yaml:4 {`],
    ],
    [
      'a delivery that cannot be read',
      { ...rolledOut(), [`${S}/trafficking.yaml`]: 'trafficking: 1\n', [`${S}/scenarios.yaml`]: null },
      [`field-type ${S}/trafficking.yaml:1 1`],
    ],
  ],
  'runtimes-add-up': [
    [
      'shares of more than everybody, in decimals',
      runtimes('33.4', '33.3', '33.4'),
      ['runtime-shares apps/smart-life.yaml:9 33.4'],
    ],
    ['shares of everybody, whose sum in binary is more', runtimes('33.4', '33.3', '33.3'), []],
    ['shares of which some are not known', runtimes('99', undefined, '1'), []],
    [
      'a kit that nothing asks for, told once',
      { 'apps/smart-life.yaml': runtimes('1', '2')['apps/smart-life.yaml']!.replaceAll('BaseKit', 'BasKit') },
      ['runtime-kit-unused apps/smart-life.yaml:7 BasKit:'],
    ],
  ],
  'one-pending-version': [
    [
      'two under review',
      {
        [`${S}/versions/1.3.0.yaml`]: `${files[`${S}/versions/1.3.0.yaml`]}review: { status: pending, submittedBy: alice }\n`,
      },
      [`review-pending-several ${S}/versions/1.3.0.yaml:10 pending`],
    ],
  ],
  'reviewer-is-another': [
    [
      'the submitter reviews',
      edit(`${S}/versions/1.1.0.yaml`, 'submittedBy: alice, reviewedBy: rita', 'submittedBy: rita, reviewedBy: rita'),
      [`review-by-author ${S}/versions/1.1.0.yaml:10 rita`],
    ],
    [
      'the uploader reviews',
      edit(`${S}/versions/1.1.0.yaml`, 'submittedBy: alice, reviewedBy: rita', 'submittedBy: bob, reviewedBy: alice'),
      [`review-by-author ${S}/versions/1.1.0.yaml:10 alice`],
    ],
    [
      'the uploader under other letter case is an unknown name, and only that',
      edit(`${S}/versions/1.1.0.yaml`, 'reviewedBy: rita', 'reviewedBy: ALICE'),
      [`reference-unknown ${S}/versions/1.1.0.yaml:10 ALICE`],
    ],
    [
      'the uploader whose own file cannot be read reviews all the same',
      {
        ...edit(`${S}/versions/1.1.0.yaml`, 'reviewedBy: rita', 'reviewedBy: alice'),
        ...edit('people/alice.yaml', 'githubId: ', 'githubId: x'),
      },
      [`review-by-author ${S}/versions/1.1.0.yaml:10 alice`, 'field-type people/alice.yaml:2 x103'],
    ],
    [
      'automatic approval is nobody',
      edit(`${S}/versions/1.1.0.yaml`, 'reviewedBy: rita', 'reviewedBy: "policy:internal"'),
      [],
    ],
  ],
  'release-points-right': [
    [
      'online and previous',
      edit(`${S}/release.yaml`, '[1.0.0]', '[1.0.0, 1.1.0]'),
      [`release-version-twice ${S}/release.yaml:3 1.1.0`],
    ],
    [
      'online and experience',
      edit(`${S}/release.yaml`, 'version: 1.2.0', 'version: 1.1.0'),
      [`release-version-twice ${S}/release.yaml:2 1.1.0`, `scenario-broken ${S}/scenarios.yaml:3 {`],
    ],
    [
      'a development version online',
      edit(`${S}/release.yaml`, '{ version: 1.1.0', '{ version: 1.3.0'),
      [`release-not-approved ${S}/release.yaml:1 1.3.0`, `scenario-broken ${S}/scenarios.yaml:2 {`],
    ],
    [
      'a version under review in previous',
      edit(`${S}/release.yaml`, '[1.0.0]', '[1.0.0, 1.3.0]'),
      [`release-not-approved ${S}/release.yaml:3 1.3.0`],
    ],
  ],
  'archived-is-idle': [
    [
      'what is given up is not online, tried or under review',
      { [`${S}/miniapp.yaml`]: `${files[`${S}/miniapp.yaml`]!}archived: true\n` },
      [`archived-in-use ${S}/miniapp.yaml:7 true`, `archived-in-use ${S}/miniapp.yaml:7 true`],
    ],
    [
      'what is out of service and waits for nobody may be given up',
      {
        [`${S}/miniapp.yaml`]: `${files[`${S}/miniapp.yaml`]!}archived: true\n`,
        [`${S}/release.yaml`]: 'online: { version: 1.1.0, enabled: false }\nprevious: [1.0.0]\n',
        [`${S}/scenarios.yaml`]: 'scenarios: []\n',
        ...edit(`${S}/versions/1.2.0.yaml`, 'review: { status: pending, submittedBy: bob }\n', ''),
      },
      [],
    ],
    [
      'archived: false is as if it were not there',
      { [`${S}/miniapp.yaml`]: `${files[`${S}/miniapp.yaml`]!}archived: false\n` },
      [],
    ],
  ],
  'members-have-admin': [
    ['no admin', edit(`${S}/members.yaml`, 'role: admin', 'role: operator'), [`admin-missing ${S}/members.yaml:2 -`]],
    [
      'a member who has left',
      { 'people/bob.yaml': `${files['people/bob.yaml']}left: 2026-10-31\n` },
      [`person-left ${P}/members.yaml:3 bob`, `person-left ${S}/members.yaml:3 bob`],
    ],
  ],
  'rows-are-unique': [
    [
      'an app delivered twice',
      { [`${S}/trafficking.yaml`]: `${files[`${S}/trafficking.yaml`]}  - { app: smart-life, regions: [AZ] }\n` },
      [`scenario-broken ${S}/scenarios.yaml:4 {`, `row-duplicate ${S}/trafficking.yaml:4 {`],
    ],
    [
      'a version of an app twice',
      {
        'apps/smart-life.yaml': runtimes('1', '2')['apps/smart-life.yaml']!.replace('6.1.0', '6.0.0'),
      },
      ['row-duplicate apps/smart-life.yaml:8 {'],
    ],
    [
      'a member twice',
      { [`${S}/members.yaml`]: `${files[`${S}/members.yaml`]}  - { login: bob, role: tester }\n` },
      [`row-duplicate ${S}/members.yaml:4 {`],
    ],
    [
      'an account twice in one app',
      {
        [`${S}/whitelist.yaml`]: `${files[`${S}/whitelist.yaml`]}  - { app: smart-life, account: qa@example.com, expires: 2027-01-01 }\n`,
      },
      [`row-duplicate ${S}/whitelist.yaml:4 {`],
    ],
    [
      'an account in two apps is fine',
      { [`${S}/whitelist.yaml`]: `${files[`${S}/whitelist.yaml`]}  - { app: oem-home, account: qa@example.com }\n` },
      [],
    ],
    [
      'a day reported twice',
      edit(`${S}/reports/2026-10.yaml`, '2026-10-06', '2026-10-05'),
      [`row-duplicate ${S}/reports/2026-10.yaml:3 {`],
    ],
    [
      'a commit acknowledged twice',
      {
        'platform.yaml': `${files['platform.yaml']}acknowledged:\n${`  - { commit: ${'a'.repeat(40)}, reason: Seen }\n`.repeat(2)}`,
      },
      ['row-duplicate platform.yaml:15 {'],
    ],
  ],
  'avatar-is-image': [
    ['no avatar', { [`${P}/avatar.svg`]: null }, [`avatar-missing ${P}/miniapp.yaml:4 avatar.svg`]],
    [
      'an image that is not the avatar',
      { [`${P}/other.svg`]: files[`${P}/avatar.svg`]! },
      [`file-unknown ${P}/other.svg:1 <svg`],
    ],
    [
      'a PNG that is an SVG',
      withAvatar('avatar.png', files[`${P}/avatar.svg`]!),
      [`avatar-format ${P}/avatar.png:1 <svg`],
    ],
    ['a PNG that is a text', withAvatar('avatar.png', 'hello'), [`avatar-format ${P}/avatar.png:1 hello`]],
    ['16 pixels are enough', withAvatar('avatar.png', png(16, 16)), []],
    ['15 pixels are not', withAvatar('avatar.png', png(15, 64)), [`avatar-size ${P}/avatar.png:1`]],
    ['1024 pixels may be', withAvatar('avatar.png', png(1024, 1024)), []],
    ['1025 pixels may not', withAvatar('avatar.png', png(1024, 1025)), [`avatar-size ${P}/avatar.png:1`]],
    [
      'an SVG with a script',
      { [`${P}/avatar.svg`]: files[`${P}/avatar.svg`]!.replace('<circle', '<script>alert(1)</script><circle') },
      [`avatar-active ${P}/avatar.svg:1 <svg`],
    ],
    ['an image of 257 KB', withAvatar('avatar.png', new Uint8Array(257 * 1024)), [`file-too-large ${P}/avatar.png:1`]],
  ],
  'whitelist-has-effect': [
    [
      'a row that has ended',
      edit(`${S}/whitelist.yaml`, '2099-12-31', '2026-11-19'),
      [`whitelist-expired ${S}/whitelist.yaml:3 2026-11-19`],
    ],
    ['a row that ends today still counts', edit(`${S}/whitelist.yaml`, '2099-12-31', '2026-11-20'), []],
    [
      'a row of an app without delivery',
      { [`${S}/trafficking.yaml`]: 'trafficking:\n  - { app: smart-life, regions: [AY, EU] }\n' },
      [`whitelist-never-matches ${S}/whitelist.yaml:3 oem-home`],
    ],
    [
      'an expiry that is in no calendar has not passed',
      edit(`${S}/whitelist.yaml`, '2099-12-31', '2026-13-01'),
      [`date-invalid ${S}/whitelist.yaml:3 2026-13-01`],
    ],
    ['a panel needs no delivery', edit(`${P}/whitelist.yaml`, 'smart-life', 'oem-home'), []],
  ],
  'accounts-are-kept-as-asked': [
    [
      'plain accounts where digests are asked for',
      edit('platform.yaml', 'languages:', 'accounts: digest\naccountsKey: 5f0c2a9b\nlanguages:'),
      [
        `account-plain ${P}/whitelist.yaml:2 eu1623847561029abcde`,
        `account-plain ${S}/scenarios.yaml:3 qa@example.com`,
        `account-plain ${S}/whitelist.yaml:2 qa@example.com`,
        `account-plain ${S}/whitelist.yaml:3 "+491701234567"`,
      ],
    ],
    [
      'digests without the id of their key',
      { ...digests('5f0c2a9b'), ...edit('platform.yaml', 'languages:', 'accounts: digest\nlanguages:') },
      ['accounts-key-missing platform.yaml:6 digest'],
    ],
    [
      'digests of the platform’s key',
      { ...digests('5f0c2a9b'), ...edit('platform.yaml', 'languages:', `${DIGESTS}languages:`) },
      [],
    ],
    [
      'digests of another key',
      {
        ...digests('5f0c2a9b'),
        ...edit('platform.yaml', 'languages:', `${DIGESTS}languages:`),
        [`${P}/whitelist.yaml`]: `whitelist:\n  - { app: smart-life, account: hmac:00000000:${'1'.repeat(32)} }\n`,
      },
      [`account-key-differs ${P}/whitelist.yaml:2 hmac:00000000:${'1'.repeat(32)}`],
    ],
    [
      'a digest where accounts are plain',
      { [`${P}/whitelist.yaml`]: `whitelist:\n  - { app: smart-life, account: hmac:00000000:${'1'.repeat(32)} }\n` },
      [`account-digest ${P}/whitelist.yaml:2 hmac:00000000:${'1'.repeat(32)}`],
    ],
    [
      'a note that tells what the digest does not',
      {
        ...digests('5f0c2a9b'),
        ...edit('platform.yaml', 'languages:', `${DIGESTS}languages:`),
        [`${P}/whitelist.yaml`]: `whitelist:\n  - { app: smart-life, account: hmac:5f0c2a9b:${'1'.repeat(32)}, note: Ann (ann@example.com) }\n`,
      },
      [`account-in-text ${P}/whitelist.yaml:2 Ann`],
    ],
  ],
  'delivery-fits-app': [
    [
      'a region that the app does not serve',
      edit(`${S}/trafficking.yaml`, 'app: oem-home, regions: [EU]', 'app: oem-home, regions: [EU, AY]'),
      [`region-outside-app ${S}/trafficking.yaml:3 AY`],
    ],
    [
      'a report from there stays: it is a fact of its day',
      edit(`${S}/reports/2026-10.yaml`, 'app: smart-life, region: EU', 'app: oem-home, region: AY'),
      [],
    ],
  ],
  'domains-are-origins': [
    [
      'a path',
      edit(`${S}/domains.yaml`, 'https://eu.example.org', 'https://eu.example.org/v1'),
      [`domain-extra ${S}/domains.yaml:2 https://eu.example.org/v1`],
    ],
    [
      'a suffix that no registry lists',
      edit(`${S}/domains.yaml`, 'https://eu.example.org', 'https://api.exmaple.con'),
      [`domain-suffix-unknown ${S}/domains.yaml:2 https://api.exmaple.con`],
    ],
    ['a name kept for documentation', edit(`${S}/domains.yaml`, 'https://eu.example.org', 'https://api.example'), []],
    [
      'a look-alike',
      edit(`${S}/domains.yaml`, 'https://eu.example.org', 'https://xn--80ak6aa92e.com'),
      [`domain-lookalike ${S}/domains.yaml:2 https://xn--80ak6aa92e.com`],
    ],
    [
      'the same origin twice',
      edit(`${S}/domains.yaml`, 'https://eu.example.org', 'https://api.example.com'),
      [`list-duplicate ${S}/domains.yaml:2 https://api.example.com`],
    ],
  ],
  'names-are-distinct': [
    ...(
      [
        ['the same name', 'Alarm clock'],
        ['in another letter case', 'ALARM CLOCK'],
        ['in another width and with other spaces', 'Ａｌａｒｍ\u00a0ｃｌｏｃｋ'],
        ['with a hyphen', 'Alarm-Clock'],
        ['with an accent', 'Álarm clock'],
        ['in letters of another alphabet', 'Аlаrm сlосk'],
        ['with what is drawn as nothing', 'Alarm\u00ad clock'],
      ] as const
    ).map(([why, name]): Story => [
      `a miniapp: ${why}`,
      { [`${P}/miniapp.yaml`]: files[`${P}/miniapp.yaml`]!.replace(/^name: .*$/m, `name: { en: "${name}" }`) },
      [`name-alike ${P}/miniapp.yaml:3 ${`"${name}"`.split(/\s/u)[0]}`, `name-alike ${S}/miniapp.yaml:3 Alarm`],
    ]),
    [
      'a mark that makes another letter',
      {
        [`${P}/miniapp.yaml`]: files[`${P}/miniapp.yaml`]!.replace(/^name: .*$/m, 'name: { en: ば }'),
        [`${S}/miniapp.yaml`]: files[`${S}/miniapp.yaml`]!.replace(/^name: .*$/m, 'name: { en: は }'),
      },
      [],
    ],
    [
      'apps, in another language',
      edit('apps/oem-home.yaml', '家', 'Smart life'),
      ['name-alike apps/oem-home.yaml:2 Smart', 'name-alike apps/smart-life.yaml:2 Smart'],
    ],
  ],
  'people-are-distinct': [
    ['one account, two people', edit('people/bob.yaml', '104', '103'), ['github-id-duplicate people/bob.yaml:2 103']],
    [
      'a former login that somebody else has',
      { 'people/bob.yaml': `${files['people/bob.yaml']}formerLogins: [Alice]\n` },
      ['login-taken people/bob.yaml:4 Alice'],
    ],
    [
      'one former login, two people, in whatever letter case',
      {
        'people/alice.yaml': `${files['people/alice.yaml']}formerLogins: [mona]\n`,
        'people/bob.yaml': `${files['people/bob.yaml']}formerLogins: [MONA]\n`,
      },
      ['login-taken people/bob.yaml:4 MONA'],
    ],
    [
      'a former login of their own in another letter case',
      { 'people/bob.yaml': `${files['people/bob.yaml']}formerLogins: [Bob]\n` },
      [],
    ],
    [
      "the bot's number",
      edit('people/bob.yaml', '104', '41898282'),
      ['github-id-duplicate people/bob.yaml:2 41898282'],
    ],
    [
      "the bot's login, in whatever letter case",
      edit('platform.yaml', '"github-actions[bot]"', 'BOB'),
      ['login-taken people/bob.yaml:1 bob'],
    ],
    [
      "the bot's login as a former one",
      {
        ...edit('platform.yaml', '"github-actions[bot]"', 'robot'),
        'people/bob.yaml': `${files['people/bob.yaml']}formerLogins: [Robot]\n`,
      },
      ['login-taken people/bob.yaml:4 Robot'],
    ],
    [
      'nobody owns the platform',
      edit('people/olga.yaml', 'owner', 'reviewer'),
      ['owner-missing platform.yaml:1 name:'],
    ],
    [
      'a reviewer who has left',
      { 'people/rita.yaml': `${files['people/rita.yaml']}left: 2026-10-31\n` },
      ['person-left people/rita.yaml:4 reviewer'],
    ],
  ],
  'dates-are-real': [
    [
      '29 February of a common year',
      edit(`${S}/whitelist.yaml`, '2099-12-31', '2099-02-29'),
      [`date-invalid ${S}/whitelist.yaml:3 2099-02-29`],
    ],
    [
      '25 o’clock',
      edit(`${S}/versions/1.3.0.yaml`, 'T08:', 'T25:'),
      [`date-invalid ${S}/versions/1.3.0.yaml:4 2026-10-04T25:00:00Z`],
    ],
    [
      'a day that a person cannot have left',
      { 'people/bob.yaml': `${files['people/bob.yaml']}left: 2026-11-31\n` },
      [
        `person-left ${P}/members.yaml:3 bob`,
        `person-left ${S}/members.yaml:3 bob`,
        'date-invalid people/bob.yaml:4 2026-11-31',
      ],
    ],
    [
      'a row of another month',
      edit(`${S}/reports/2026-10.yaml`, '2026-10-06', '2026-11-06'),
      [`report-month ${S}/reports/2026-10.yaml:3 2026-11-06`],
    ],
  ],
  'report-figures-agree': [
    [
      'more new visitors than visitors',
      edit(`${S}/reports/2026-10.yaml`, 'newVisitors: 5', 'newVisitors: 81'),
      [`report-figures ${S}/reports/2026-10.yaml:2 81`],
    ],
    [
      'more visitors than opens',
      edit(`${S}/reports/2026-10.yaml`, 'visitors: 80', 'visitors: 121'),
      [`report-figures ${S}/reports/2026-10.yaml:2 121`],
    ],
  ],
  'languages-are-complete': [
    [
      'a name without the fallback language',
      edit(`${S}/miniapp.yaml`, '{ en: Alarm clock, zh: 闹钟 }', '{ zh: 闹钟 }'),
      [`language-fallback-missing ${S}/miniapp.yaml:3 {`],
    ],
    [
      'a name in a language that the platform has not',
      edit(`${S}/miniapp.yaml`, 'zh: 闹钟 }', 'fr: Réveil }'),
      [`language-unknown ${S}/miniapp.yaml:3 fr:`],
    ],
    [
      'texts not translated',
      edit(`${S}/languages.yaml`, '{ alarm.title: 闹钟, alarm.off: 关 }', '{ alarm.title: 闹钟 }'),
      [`strings-incomplete ${S}/languages.yaml:3 zh:`],
    ],
    [
      'a language without a text',
      edit(`${S}/languages.yaml`, '  zh: { alarm.title: 闹钟, alarm.off: 关 }\n', ''),
      [`strings-incomplete ${S}/languages.yaml:2 en:`],
    ],
    [
      'no text in the fallback language',
      { [`${S}/languages.yaml`]: 'strings:\n  zh: { a: 一 }\n' },
      [`language-fallback-missing ${S}/languages.yaml:2 zh:`],
    ],
  ],
  'versions-rise': [
    [
      'a lower version uploaded later',
      edit(`${S}/versions/1.0.0.yaml`, '2026-10-01', '2026-10-09'),
      [`version-order ${S}/versions/1.0.0.yaml:4 2026-10-09T08:00:00Z`],
    ],
    [
      'a date that is in no calendar has no order',
      edit(`${S}/versions/1.1.0.yaml`, '2026-10-02', '2026-02-30'),
      [`date-invalid ${S}/versions/1.1.0.yaml:4 2026-02-30T08:00:00Z`],
    ],
    [
      'a moment without seconds has an order',
      edit(`${S}/versions/1.0.0.yaml`, '2026-10-01T08:00:00Z', '2026-10-09T08:00Z'),
      [`version-order ${S}/versions/1.0.0.yaml:4 2026-10-09T08:00Z`],
    ],
    [
      'nothing says what was uploaded',
      edit(`${S}/versions/1.3.0.yaml`, /package.*\n/.exec(files[`${S}/versions/1.3.0.yaml`]!)![0], ''),
      [`package-unproven ${S}/versions/1.3.0.yaml:1 version:`],
    ],
  ],
  'links-can-be-filled': [
    [
      'a variable that is none',
      edit('platform.yaml', '{scheme}://miniApp?url={url}"\n  exp', '{host}://miniApp?url={url}"\n  exp'),
      ['link-template platform.yaml:9 "{host'],
    ],
    [
      'a brace left open',
      edit('platform.yaml', '&experience={version}', '&experience={version'),
      ['link-template platform.yaml:10 "{scheme'],
    ],
  ],
  'scenarios-hold': [
    [
      'the promised version does not open',
      edit(`${S}/scenarios.yaml`, 'opens: 1.1.0', 'opens: 1.0.0'),
      [`scenario-broken ${S}/scenarios.yaml:2 {`],
    ],
    [
      'the promised error does not show',
      edit(`${S}/scenarios.yaml`, 'app-not-associated', 'service-disabled'),
      [`scenario-broken ${S}/scenarios.yaml:4 {`],
    ],
    [
      'what an app that cannot be read would answer is not asked',
      edit('apps/smart-life.yaml', 'scheme: smartlife', 'scheme: smart life'),
      ['field-pattern apps/smart-life.yaml:4 smart'],
    ],
    [
      'an emergency stop lets a promise wait',
      edit(`${S}/release.yaml`, 'enabled: true', 'enabled: false'),
      [`scenario-suspended ${S}/scenarios.yaml:2 {`],
    ],
    [
      'a whitelist row that has ended lets the promise of its account wait',
      edit(`${S}/whitelist.yaml`, 'account: qa@example.com', 'account: qa@example.com, expires: 2020-01-01'),
      [`scenario-suspended ${S}/scenarios.yaml:3 {`, `whitelist-expired ${S}/whitelist.yaml:2 2020-01-01`],
    ],
    [
      'one that never was breaks it',
      edit(`${S}/whitelist.yaml`, 'account: qa@example.com', 'account: other@example.com'),
      [`scenario-broken ${S}/scenarios.yaml:3 {`],
    ],
    [
      'a revoked approval lets a promise wait that names the version',
      {
        [`${S}/release.yaml`]: 'experience: { version: 1.2.0 }\nprevious: [1.0.0]\n',
        ...edit(`${S}/versions/1.1.0.yaml`, 'status: approved', 'status: rejected, reason: Leak'),
      },
      [`scenario-suspended ${S}/scenarios.yaml:2 {`],
    ],
    ['whatever is online may be promised', edit(`${S}/scenarios.yaml`, 'opens: 1.1.0', 'opens: online'), []],
    ['whatever is tried may be promised', edit(`${S}/scenarios.yaml`, 'opens: 1.2.0', 'opens: experience'), []],
    [
      'the online version is no experience version',
      edit(`${S}/scenarios.yaml`, 'opens: 1.1.0', 'opens: experience'),
      [`scenario-broken ${S}/scenarios.yaml:2 {`],
    ],
    [
      'a promise of whatever is tried waits while there is nothing to try',
      {
        ...edit(`${S}/scenarios.yaml`, 'opens: 1.2.0', 'opens: experience'),
        ...edit(`${S}/release.yaml`, 'experience: { version: 1.2.0 }\n', ''),
      },
      [`scenario-suspended ${S}/scenarios.yaml:3 {`],
    ],
  ],
};

for (const { id } of rules) {
  describe(id, () => {
    test.each(stories[id] ?? [])('%s', (_, changes, expected) => {
      expect(pointed(changes)).toEqual(expected);
    });
  });
}

test('where only some miniapps were read, a kit may be what another needs', () => {
  const source = memorySource({ ...files, ...stories['runtimes-add-up']![3]![1] } as Files);
  const kits = (miniapps?: string[]) =>
    checkRules(load(source, miniapps ? { miniapps } : {}).workspace, NOW).map(({ code }) => code);
  expect([kits(), kits([SMART])]).toEqual([['runtime-kit-unused'], []]);
});

test('thousands of miniapps with one name are told in little time, each with a few others', () => {
  const { workspace } = load(memorySource(files));
  const one = workspace.miniapps.get(SMART)!;
  const names = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`x-${i}`, `Alarm clock${' '.repeat(i)}`]));
  const basics = { ...one.basics, name: names };
  const ids = Array.from({ length: 2000 }, (_, i) => `tymany${String(i).padStart(10, '0')}`);
  const miniapps = new Map(ids.map((id) => [id, { ...one, id, basics }]));
  const before = process.cpuUsage();
  const found = [...namesAreDistinct.check({ ...workspace, miniapps }, NOW)];
  const { user } = process.cpuUsage(before);
  expect(found).toHaveLength(ids.length);
  expect(String(found[0]!.args['others']).split(', ')).toHaveLength(3);
  // Compared one by one they would take some hours.
  expect(user / 1e6).toBeLessThan(5);
});

test('every rule has a story', () => expect(Object.keys(stories).sort()).toEqual(rules.map(({ id }) => id).sort()));

test('warnings are exactly what a configuration can live with', () => {
  const codes = new Set(
    Object.values(stories).flatMap((all) =>
      all.flatMap(([, , found]) => found.map((line) => line.split(' ')[0] as ProblemCode)),
    ),
  );
  expect([...codes].filter((code) => severityOf(code) === 'warning').sort()).toEqual([
    'account-in-text',
    'domain-lookalike',
    'domain-suffix-unknown',
    'language-fallback-missing',
    'language-unknown',
    'name-alike',
    'owner-missing',
    'package-unproven',
    'person-left',
    'report-figures',
    'rollout-reaches-nobody',
    'runtime-kit-unused',
    'scenario-suspended',
    'strings-incomplete',
    'version-order',
    'whitelist-expired',
    'whitelist-never-matches',
  ]);
});

test.each([
  ['1.3.0', 'not begun', '', `Submit 1.3.0 for review: .* \\(npx miniapp submit ${SMART} 1.3.0\\)`],
  ['1.2.0', 'pending', '', `Have 1.2.0 approved, .* \\(npx miniapp approve ${SMART} 1.2.0\\)`],
  [
    '1.1.0',
    'rejected',
    'review: { status: rejected, submittedBy: alice, reviewedBy: rita, reason: It crashes }',
    `Withdraw 1.1.0, .* \\(npx miniapp withdraw ${SMART} 1.1.0\\)`,
  ],
])('the step after taking %s (%s) out of the release depends on its review', (version, status, review, hint) => {
  const path = `${S}/versions/${version}.yaml`;
  const changes = {
    [`${S}/release.yaml`]: `online: { version: ${version}, enabled: true }\n`,
    ...(review === '' ? {} : { [path]: files[path]!.replace(/^review: .*$/m, review) }),
  };
  const found = problemsIn({ ...files, ...changes }).filter(({ code }) => code === 'release-not-approved');
  expect(found).toHaveLength(1);
  expect(found[0]!.message).toContain(`its review is ${status}`);
  expect(found[0]!.hint).toMatch(new RegExp(`^Take it out of release.yaml first. Then: ${hint}$`));
});
