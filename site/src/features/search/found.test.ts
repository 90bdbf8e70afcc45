/** Search: words of any language, everything is found by what it is called, and nothing private is in the index. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixtureWorkspace, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import type { Language } from '../../i18n/index.ts';
import { FOUND_KINDS, type SearchRow } from './row.ts';
import { searchIndex, searchInsides } from './view-model.ts';
import { finderOf as finderIn, MOST_FOUND } from './found.ts';
import type { EventView } from '../history/view-model.ts';
import { MOST_CHOICES, offerOf } from '../palette/choices.ts';
import { wordsOf } from './words.ts';
import { linkFor } from '../../../../scripts/core/resolution/miniapp-link.ts';

const workspace = publish(fixtureWorkspace());
const EVENT: EventView = {
  commit: '05c8bbbe'.padEnd(40, '0'),
  time: Date.UTC(2026, 9, 20),
  who: 'Aiko Sato',
  approvers: [],
  isUnseen: false,
  steps: [{ kind: 'publish', miniapp: { id: SMART, name: 'Alarm clock', isHere: true }, version: '1.1.0' }],
  kinds: ['publish'],
  more: 0,
  effects: [],
  table: [],
};
const OPENS_IN = 'What this link opens in {app}';
const finderOf = (of: typeof workspace, language: Language, events: readonly EventView[] = []) =>
  finderIn(searchIndex(of, language, events), searchInsides(of), OPENS_IN);
const paths = (found: readonly { readonly path: string }[]) => found.map(({ path }) => path);

test.each([
  ['Smart Life', ['smart', 'life']],
  ['智能灯', ['智能', '能灯']],
  ['灯', ['灯']],
  ['Wi-Fi 灯具 2.0', ['wi-fi', 'wi', 'fi', '灯具', '2.0']],
  ['app-not-associated', ['app-not-associated', 'app', 'not', 'associated']],
  ['1.2.0.', ['1.2.0']],
  ['pages/home/index', ['pages', 'home', 'index']],
  ['ＡＢＣ', ['abc']],
  ['…!?', []],
])('the words of %j', (text, words) => expect(wordsOf(text)).toEqual(words));

test('whatever part of a text somebody asks for, its words are among those of the text', () => {
  const han = fc.string({ unit: fc.constantFrom(...'智能家居小程序灯光'), minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(han, fc.nat(), fc.nat(), (text, from, length) => {
      const characters = [...text];
      const start = from % (characters.length - 1);
      const part = characters.slice(start, start + 2 + (length % characters.length)).join('');
      expect(wordsOf(text)).toEqual(expect.arrayContaining(wordsOf(part)));
    }),
  );
});

test.each(['en', 'zh'] as const)('everything is found by its id and by its title (%s)', async (language) => {
  const { rows } = searchIndex(workspace, language, [EVENT]);
  // A result is a sentence to be read, not one to be filled in.
  expect(rows.filter((row) => /\{\w+\}/.test(row[3]))).toEqual([]);
  const finder = await finderOf(workspace, language, [EVENT]);
  expect(new Set(rows.map(([kind]) => FOUND_KINDS[kind]))).toEqual(new Set(FOUND_KINDS));
  for (const [, id, title] of rows) {
    const ids = finder.find(id, '').found.map((one) => one.id);
    expect(ids, id).toContain(id);
    if (wordsOf(title).length > 0)
      expect(
        finder.find(title, '').found.map((one) => one.id),
        title,
      ).toContain(id);
  }
});

test('a version and a page lead into their miniapp; a kind alone is found where it is asked for', async () => {
  const finder = await finderOf(workspace, 'en');
  const smart = workspace.miniapps.get(SMART)!;
  const [found] = finder.find('1.1.0', 'miniapp').found;
  expect(found!.inside).toEqual([{ label: '1.1.0', path: `miniapps/${SMART}/#version-1.1.0` }]);
  const page = smart.versions.get('1.1.0')!.pages!.at(-1)!;
  const inside = finder.find(page, '').found.find(({ id }) => id === SMART)!.inside;
  expect(paths(inside)).toContain(`miniapps/${SMART}/?${new URLSearchParams({ 'qr.page': page })}#try`);
  expect(new Set(finder.find('app', 'symptom').found.map(({ kind }) => kind))).toEqual(new Set(['symptom']));
  expect(finder.find('no such thing anywhere', '')).toEqual({ found: [], count: 0 });
  expect(finder.find('', '').count).toBe(0);
  expect(paths(finder.find(PANEL, 'miniapp').found)).toEqual([`miniapps/${PANEL}/`]);
});

test.each([
  ['alarm clock 1.1.0'],
  ['Alarm v1.1.0'],
  [`${SMART} 1.1.0`],
  // By an app that it is delivered to, and by a member.
  ['smart-life 1.1.0'],
  ['alice 1.1.0'],
  ['alice example alarm 1.1.0'],
])('%s leads to the version, in the palette too', async (query) => {
  const finder = await finderOf(workspace, 'en', [EVENT]);
  const path = `miniapps/${SMART}/#version-1.1.0`;
  for (const kind of ['', 'miniapp'] as const) {
    const { found, count } = finder.find(query, kind);
    expect(found[0]).toMatchObject({ path, title: 'Alarm clock · 1.1.0' });
    const more = { kind: 'section', title: 'More', text: '', path: 'search/' } as const;
    expect(offerOf(found, count, more).choices[0]).toMatchObject({ path });
  }
});

test('a person or an app beside a word leads to miniapps, and alone to the person or the app', async () => {
  const finder = await finderOf(workspace, 'en');
  expect(paths(finder.find('alice alarm', '').found)[0]).toBe(`miniapps/${SMART}/`);
  const alone = paths(finder.find('alice', '').found);
  expect(alone[0]).toBe('people/alice/');
  expect(alone.filter((path) => path.startsWith('miniapps/'))).toEqual([]);
  expect(finder.find('alice 9.9.9', '').count).toBe(0);
});

test('an old version that people can open is found', () => {
  const smart = workspace.miniapps.get(SMART)!;
  const [, version] = [...smart.versions][0]!;
  const versions = new Map(Array.from({ length: 30 }, (_one, n) => [`1.0.${n}`, { ...version, version: `1.0.${n}` }]));
  const own = { ...smart, versions, release: { online: { version: '1.0.0', enabled: true } } };
  expect(searchInsides({ ...workspace, miniapps: new Map([[SMART, own]]) })[SMART]![0]).toContain('1.0.0');
});

test('servers, commits, pages of the portal and cells are found, each where it stands', async () => {
  const smart = workspace.miniapps.get(SMART)!;
  const domains = { ...smart.domains, request: { EU: ['https://images.example.net'] } };
  const miniapps = new Map(workspace.miniapps).set(SMART, { ...smart, domains });
  const finder = await finderOf({ ...workspace, miniapps }, 'en', [EVENT]);
  const [server] = finder.find('images.example.net', '').found;
  expect([server!.id, server!.inside]).toEqual([
    SMART,
    [{ label: 'images.example.net', path: `miniapps/${SMART}/#network` }],
  ]);
  expect(paths(finder.find('05c8bbbe', '').found)).toEqual(['history/#commit-05c8bbbe']);
  expect(paths(finder.find('alarm published 1.1.0', 'commit').found)).toEqual(['history/#commit-05c8bbbe']);
  expect(paths(finder.find('qr sheet', 'section').found)).toEqual(['sheet/']);
  expect(paths(finder.all('section')).slice(0, 2)).toEqual(['', 'miniapps/']);
  const [cell] = finder.find('tysmart smart life eu', '').found;
  expect(cell!.path).toMatch(/#cell\.smart-life\.EU\.everyone\.link$/);
});

test('the palette offers what was found with its parts below it, and no more than a bound', async () => {
  const finder = await finderOf(workspace, 'en', [EVENT]);
  const more = { kind: 'section', title: 'More', text: '', path: 'search/?q=1.1.0' } as const;
  const { found, count } = finder.find('1.1.0', '');
  const { choices, shown } = offerOf(found, count, more);
  expect([shown, choices.includes(more)]).toEqual([count, false]);
  expect(choices.slice(0, 2).map(({ kind, path }) => [kind, path])).toContainEqual([
    undefined,
    `miniapps/${SMART}/#version-1.1.0`,
  ]);
  expect(choices.find(({ kind }) => kind === 'commit')).toMatchObject({ text: 'Aiko Sato · 2026-10-20' });
  const many = Array.from({ length: 200 }, () => finder.all('person')[0]!);
  const cut = offerOf(many.slice(0, 50), 200, more);
  expect([cut.choices.length, cut.choices.at(-1), cut.shown]).toEqual([MOST_CHOICES, more, MOST_CHOICES - 1]);
  // What was found beyond what is shown counts as cut, also where all of it has a place here.
  expect(offerOf(many.slice(0, 3), 200, more)).toMatchObject({ choices: { length: 4 }, shown: 3 });
  expect(offerOf(many.slice(0, MOST_CHOICES), MOST_CHOICES, more).choices).not.toContain(more);
});

test('many answers are counted, and only the best are shown', async () => {
  const rows = Array.from({ length: 200 }, (_one, index): SearchRow => [0, `tymany${index}`, `Lamp ${index}`, '']);
  const { found, count } = (await finderIn({ link: workspace.platform.link, rows }, {}, OPENS_IN)).find('lamp', '');
  expect([found.length, count]).toEqual([MOST_FOUND, 200]);
});

test('a miniapp takes a bounded place in the index, and no account is in it', () => {
  const smart = workspace.miniapps.get(SMART)!;
  const [, version] = [...smart.versions][0]!;
  const pages = Array.from({ length: 500 }, (_one, index) => `pages/page${index}/index`);
  const versions = new Map(
    Array.from({ length: 300 }, (_one, index) => [`1.0.${index}`, { ...version, version: `1.0.${index}`, pages }]),
  );
  const long = { ...smart.basics, description: { en: 'word '.repeat(5000) } };
  const large = { ...workspace, miniapps: new Map([[SMART, { ...smart, basics: long, versions }]]) };
  const row = searchIndex(large, 'en').rows.find(([, id]) => id === SMART)!;
  const inside = searchInsides(large)[SMART]!;
  expect(JSON.stringify([row, inside]).length).toBeLessThan(5000);
  // As many as large miniapps have: the last of a hundred is found.
  expect(inside[1]).toContain('pages/page99/index');
  const accounts = [...fixtureWorkspace().miniapps.values()].flatMap(({ whitelist }) => whitelist);
  const index = JSON.stringify([searchIndex(workspace, 'en'), searchInsides(workspace)]);
  expect(accounts.length).toBeGreaterThan(0);
  for (const { account } of accounts) expect(index).not.toContain(account);
});

test('a scanned link leads to its miniapp, its version and what it opens', async () => {
  const { link } = workspace.platform;
  const smartLife = workspace.apps.get('smart-life')!;
  const finder = await finderOf(workspace, 'en', [EVENT]);
  const code = { scheme: smartLife.scheme, miniapp: SMART, version: '1.2.0', page: 'pages/index/index' };
  const tries = (entry: string) =>
    `miniapps/${SMART}/?${new URLSearchParams({ 'qr.app': 'smart-life', 'qr.entry': entry, 'qr.page': code.page })}#try`;
  const scanned = finder.find(` ${linkFor(link, 'experience', code)} `, '');
  expect(scanned).toMatchObject({ count: 1, found: [{ kind: 'miniapp', id: SMART, path: `miniapps/${SMART}/` }] });
  expect(scanned.found[0]!.inside).toEqual([
    { label: '1.2.0', path: `miniapps/${SMART}/#version-1.2.0` },
    { label: 'What this link opens in Smart Life', path: tries('experience') },
  ]);
  expect(paths(finder.find(linkFor(link, 'link', code), 'miniapp').found[0]!.inside)).toEqual([tries('link')]);
  const [tried] = finder.find(linkFor(link, 'link', { ...code, query: { room: '1' }, group: 'g1' }), '').found[0]!
    .inside;
  expect(new URL(tried!.path, 'https://x.example').searchParams.get('qr.page')).toMatch(/\?room=1&groupId=g1$/);
  // A version that was deleted has no place to lead to.
  const deleted = finder.find(linkFor(link, 'experience', { ...code, version: '0.0.9' }), '').found[0]!;
  expect(paths(deleted.inside)).toEqual([tries('experience')]);
  // A link is no answer to a question about people, and one of another miniapp is none of ours.
  expect(finder.find(linkFor(link, 'link', code), 'person').found).toEqual([]);
  expect(finder.find(linkFor(link, 'link', { ...code, miniapp: 'tynobody00000001' }), '').found).toEqual([]);
});

test('of two names that begin alike the one that is asked for whole comes first, whichever says the words more often', async () => {
  const smart = workspace.miniapps.get(SMART)!;
  const called = (id: string, name: string, description: string) =>
    [
      id,
      { ...smart, id, basics: { ...smart.basics, id, name: { en: name }, description: { en: description } } },
    ] as const;
  const miniapps = new Map([
    called('typlural00000001', 'Wake-up Lights', 'Light for a wake-up: lights that wake up'),
    called('tysingle00000001', 'Wake-up Light', 'Sunrise'),
  ]);
  const finder = await finderOf({ ...workspace, miniapps }, 'en');
  const first = (query: string) => finder.find(query, '').found[0]!.id;
  expect(['wake-up light', 'Wake-Up Lights', 'WAKE-UP LIGHT '].map(first)).toEqual([
    'tysingle00000001',
    'typlural00000001',
    'tysingle00000001',
  ]);
});
