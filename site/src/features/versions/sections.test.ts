/** Versions as their section shows them: cards with what each would bring, and a row for each that has none. */
import { expect, test } from 'vitest';
import { fill, type Language } from '#core/problems/messages.ts';
import {
  fixtureWorkspace,
  NOW,
  RELEASE,
  SMART,
  versionFile,
  WHITELIST,
} from '../../../../scripts/fixtures/workspace.ts';
import { words } from '../../i18n/index.ts';
import { publish, type PublicWorkspace } from '../../lib/public.ts';
import { rendered } from '../../../tests/rendered.ts';
import { stepsOfMany } from './steps-of-many.ts';
import Versions from './Versions.astro';
import { stageLists, type StageList } from './view-model.ts';

/** The section of a miniapp with these lists. */
const section = (
  lists: readonly StageList[],
  workspace: PublicWorkspace = publish(fixtureWorkspace()),
  language: Language = 'en',
): Promise<string> =>
  rendered(Versions, {
    language,
    facts: { workspace, lists, miniapp: { id: SMART }, editing: { github: undefined, files: new Set() } },
  });

/** The cards of a platform's miniapp in the section, by version. */
async function cardsIn(workspace: PublicWorkspace, language: Language): Promise<ReadonlyMap<string, string>> {
  const text = await section(stageLists(workspace, workspace.miniapps.get(SMART)!, NOW), workspace, language);
  const cards = [...text.matchAll(/<article id="version-([^"]+)">(.*?)<\/article>/gs)];
  return new Map(cards.map(([, version, card]) => [version!, card!]));
}

/** Each line of a list that can be opened under these words, without its marks. */
const listed = (card: string, summary: string): string[] => {
  const [, list = ''] = card.split(`<details><summary>${summary} `)[1]?.split(/<ul>|<\/ul>/) ?? [];
  return list
    .split('<li>')
    .slice(1)
    .map((line) => line.replaceAll(/<[^>]+>/g, ''));
};

test('a card says once how it stands with its bytes, and of those that it lacks what follows', async () => {
  const kept = async (lack?: 'missing' | 'unasked') => {
    const workspace = publish(fixtureWorkspace(), undefined, () => lack);
    const lists = stageLists(workspace, workspace.miniapps.get(SMART)!, NOW, () => ({ status: 'missing' }));
    const [card = ''] = /<article id="version-1.2.0">.*?<\/article>/s.exec(await section(lists)) ?? [];
    return [...card.matchAll(/<p class=kept[^>]*>([^<]*)/g)].map(([, text]) => text!.trim());
  };
  const { bytes, lack } = words.en.versions;
  expect(await kept()).toEqual([bytes.missing]);
  expect(await kept('missing')).toEqual([lack.missing]);
  expect(await kept('unasked')).toEqual([bytes.missing, lack.unasked]);
});

test('a row says what was uploaded, and of many versions with a step the first are named', async () => {
  const workspace = publish(fixtureWorkspace());
  const smart = workspace.miniapps.get(SMART)!;
  const [, any] = [...smart.versions][0]!;
  const numbers = Array.from({ length: 60 }, (_one, at) => `2.${at}.0`);
  const { review: _review, ...uploaded } = any;
  const versions = new Map(numbers.map((version) => [version, { ...uploaded, version }]));
  const [{ stage, cards }] = stageLists(workspace, { ...smart, versions, release: {} }, NOW) as [StageList];
  // Every second one can do less.
  const mixed = cards.map((card, at) => (at % 2 === 0 ? card : { ...card, steps: card.steps.slice(0, 1) }));
  const text = await section([{ stage, cards: mixed }]);
  const earlier = text.slice(text.indexOf('class=earlier'));
  expect(earlier).toMatch(/<tr id="version-2\.\d+\.0">.*?Base library 2\.14\.2 · BaseKit 3\.10\.4 · Pages 2/s);
  const some = stepsOfMany('en', mixed.slice(8)).filter(({ name }) => name.endsWith(')'));
  expect(some.length).toBeGreaterThan(0);
  for (const { name, command } of some) {
    expect(name.match(/2\.\d+\.0/g)).toHaveLength(12);
    expect(name).toMatch(/, 2\.\d+\.0 and \d+ more\)$/);
    expect(command).toMatch(/ VERSION\b/);
  }
  const chinese = stepsOfMany('zh', mixed.slice(8)).filter(({ name }) => name.includes('2.'));
  expect(chinese).toHaveLength(some.length);
  for (const { name } of chinese) expect(name).toMatch(/^\p{Script=Han}+（2\.[^()]*）$/u);
  for (const { name, command } of stepsOfMany('en', mixed.slice(8)))
    expect(earlier).toContain(`${name} <kbd>${command}</kbd>`);
});

test('a stage without a version is no empty column, and without any version that is said', async () => {
  const workspace = publish(fixtureWorkspace());
  const smart = workspace.miniapps.get(SMART)!;
  const shown = (versions: typeof smart.versions) =>
    section(stageLists(workspace, { ...smart, versions, release: {} }, NOW));
  const { review: _review, ...uploaded } = smart.versions.values().next().value!;
  const one = await shown(new Map([[uploaded.version, uploaded]]));
  expect(one.match(/<h3>/g)).toHaveLength(1);
  expect(one).toContain('Development');
  const none = await shown(new Map());
  expect(none).not.toContain('<h3>');
  expect(none).toContain('No version has been uploaded yet.');
});

/** 1.3.0 is approved, and its code calls two servers: one allowed in two of the three regions, one nowhere. */
const APPROVED = {
  [versionFile('1.3.0')]: `version: 1.3.0
description: Version 1.3.0
uploadedBy: alice
uploadedAt: 2026-10-04T08:00:00Z
package: { sha256: ${'9f'.repeat(32)}, bytes: 1000, files: 10 }
origins: [https://api.example.com, https://nowhere.example.net]
review: { status: approved, submittedBy: alice, reviewedBy: rita }
`,
};

test.each([
  [
    'en',
    'Everyone: 1.1.0 → 1.3.0 Smart Life (China, Central Europe), OEM Home (Central Europe)',
    'Whitelisted · Experience QR code: 1.2.0 → Not delivered to this app Smart Life (Western America)',
    'Western America',
    'All 3 regions',
  ],
  [
    'zh',
    '所有人：1.1.0 → 1.3.0 智能生活（中国、中欧）、家（中欧）',
    '白名单 · 体验版二维码：1.2.0 → 未投放到此 App 智能生活（Western America）',
    'Western America',
    '全部 3 个区域',
  ],
] as const)(
  'a card says which servers are not allowed, and whose answers change if it goes online (%s)',
  async (language, change, loss, one, all) => {
    const { versions: t } = words[language];
    const cards = await cardsIn(publish(fixtureWorkspace(APPROVED)), language);
    expect(listed(cards.get('1.3.0')!, t.ifOnline)).toEqual([change]);
    expect(listed(cards.get('1.3.0')!, t.blocked)).toEqual([
      `https://api.example.com ${one}`,
      `https://nowhere.example.net ${all}`,
    ]);
    // The version under review, too, with which testers lose what only they have; of what is online nothing changes, and its servers are told as well.
    expect(listed(cards.get('1.2.0')!, t.ifOnline)).toEqual([change.replace('1.3.0', '1.2.0'), loss]);
    expect(listed(cards.get('1.1.0')!, t.ifOnline)).toEqual([]);
    expect(listed(cards.get('1.1.0')!, t.blocked)).toEqual([`https://api.example.com ${one}`]);
    // Nobody meets the code of a former version.
    expect(cards.get('1.0.0')).not.toContain(t.blocked);
  },
);

test('of several approved versions the newest tells of answers; of what waits for nobody none does', async () => {
  const { versions: t } = words.en;
  const older = { [versionFile('1.2.5')]: APPROVED[versionFile('1.3.0')]!.replaceAll('1.3.0', '1.2.5') };
  const cards = await cardsIn(publish(fixtureWorkspace({ ...APPROVED, ...older })), 'en');
  const told = [...cards].filter(([, card]) => card.includes(t.ifOnline)).map(([version]) => version);
  expect(told.sort()).toEqual(['1.2.0', '1.3.0']);
  // As the fixture stands 1.3.0 is not submitted.
  const plain = await cardsIn(publish(fixtureWorkspace()), 'en');
  expect([...plain].filter(([, card]) => card.includes(t.ifOnline)).map(([version]) => version)).toEqual(['1.2.0']);
});

test('where nothing would change that is said, and what versions of apps lose or get back is a line each', async () => {
  const { versions: t } = words.en;
  const nowhere = publish(
    fixtureWorkspace({ [`miniapps/${SMART}/trafficking.yaml`]: 'trafficking: []\n', [WHITELIST]: 'whitelist: []\n' }),
  );
  const cards = await cardsIn(nowhere, 'en');
  expect(cards.get('1.2.0')).toContain(t.changesNothing);
  expect(cards.get('1.3.0')).not.toContain(t.changesNothing);
  const runtimes = `runtimes:
  - { appVersion: 5.0.0, baseLibrary: 2.14.2, kits: { BaseKit: 3.10.4 } }
  - { appVersion: 6.0.0, baseLibrary: 2.20.0, kits: { BaseKit: 3.20.0 } }
`;
  const needs = APPROVED[versionFile('1.3.0')]!.replace('origins:', 'baseLibrary: 2.15.0\norigins:');
  const app = 'id: smart-life\nname: { en: Smart Life }\nregions: [AY, EU, AZ]\nscheme: smartlife\ndefault: true\n';
  const narrowed = publish(
    fixtureWorkspace({
      'apps/smart-life.yaml': app + runtimes,
      [versionFile('1.3.0')]: needs,
      [RELEASE]: 'online: { version: 1.1.0, enabled: true }\n',
    }),
  );
  expect(listed((await cardsIn(narrowed, 'en')).get('1.3.0')!, t.ifOnline)).toContain(
    fill(t.losesFit, { app: 'Smart Life', versions: '5.0.0' }),
  );
});
