/** The list of miniapps: rows, what they are searched by, and their states. */
import { describe, expect, test } from 'vitest';
import type { Miniapp } from '#core/model.ts';
import { fixtureWorkspace, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { packRows, unpackRows } from './packed-rows.ts';
import { searchText } from './row.ts';
import { categoriesOf, listRows, statesOf } from './view-model.ts';
import { miniappsDocument } from '../api/documents.ts';
import { overview } from '../overview/view-model.ts';
import { appViews } from '../apps/view-model.ts';
import { FOUND_KINDS } from '../search/row.ts';
import { searchIndex } from '../search/view-model.ts';
import { publish, type PublicMiniapp } from '../../lib/public.ts';

const raw = fixtureWorkspace();
const workspace = publish(raw);
const smart = workspace.miniapps.get(SMART)!;

describe('the list', () => {
  test('has every miniapp, by name, with what it is searched and filtered by', () => {
    const rows = listRows(workspace, 'en');
    expect(rows.map(({ id }) => id).sort()).toEqual([...workspace.miniapps.keys()].sort());
    expect(rows.map(({ name }) => name)).toEqual(rows.map(({ name }) => name).sort());
    const row = rows.find(({ id }) => id === SMART)!;
    expect(row).toMatchObject({ type: 'smart', online: { version: '1.1.0', enabled: true }, experience: '1.2.0' });
    expect(searchText(row)).toContain(SMART);
    for (const name of Object.values(smart.basics.name)) expect(searchText(row)).toContain(name.toLowerCase());
  });

  test('comes to the browser packed, and is the same there', () => {
    const { online: _, ...stopped } = smart.release;
    const given = { ...smart, id: 'tyother0000000001', basics: { ...smart.basics, category: '' }, release: stopped };
    const { avatar: __, ...plain }: PublicMiniapp = given;
    for (const language of ['en', 'zh'] as const) {
      const miniapps = new Map<string, PublicMiniapp>([...workspace.miniapps, [given.id, plain]]);
      const rows = listRows({ ...workspace, miniapps }, language);
      const packed = JSON.stringify(packRows(rows));
      expect(unpackRows(JSON.parse(packed))).toEqual(rows);
      expect(packed.length).toBeLessThan(JSON.stringify(rows).length / 2 + 300);
    }
  });

  test('calls categories what the platform calls them, and offers those that some miniapp has', () => {
    const categories = { lifestyle: { en: 'Life & style', zh: '生活' }, lighting: 'Lighting' };
    const panel = workspace.miniapps.get(PANEL)!;
    const constructor = { ...panel, basics: { ...panel.basics, category: 'constructor' } };
    const named = {
      ...workspace,
      platform: { ...workspace.platform, categories },
      miniapps: new Map([...workspace.miniapps, [PANEL, constructor]]),
    };
    const found = (language: 'en' | 'zh', of: typeof workspace = named) => {
      const rows = listRows(of, language);
      return { rows, offered: categoriesOf(rows, language) };
    };
    expect(found('zh').offered).toEqual(
      expect.arrayContaining([
        ['lifestyle', '生活'],
        ['constructor', 'constructor'],
      ]),
    );
    expect(found('en').offered).not.toContainEqual(['lighting', 'Lighting']);
    const row = found('en').rows.find(({ id }) => id === SMART)!;
    expect(row).toMatchObject({ category: 'lifestyle', categoryName: 'Life & style' });
    expect(searchText(row)).toContain('life & style');
    expect(overview(named, named.miniapps.get(SMART)!, 'zh').category).toBe('生活');
    const ofNoCategories = { ...workspace, miniapps: new Map([[PANEL, panel]]) };
    expect(found('en', ofNoCategories).offered).toEqual([]);
    expect(found('en', { ...named, platform: workspace.platform }).offered).toContainEqual(['lifestyle', 'lifestyle']);
  });

  test('leaves out what was given up', () => {
    const given = { ...smart, basics: { ...smart.basics, archived: true } };
    const rows = listRows({ ...workspace, miniapps: new Map([...workspace.miniapps, [SMART, given]]) }, 'en');
    expect(rows.map(({ id }) => id)).not.toContain(SMART);
    expect(rows).toHaveLength(workspace.miniapps.size - 1);
  });

  test('what was given up says so on its page, in the search and in the API, in both languages', () => {
    const given: typeof smart = { ...smart, basics: { ...smart.basics, archived: true }, release: {} };
    const changed = { ...workspace, miniapps: new Map([...workspace.miniapps, [SMART, given]]) };
    for (const [language, word] of [
      ['en', 'Archived'],
      ['zh', '已归档'],
    ] as const) {
      const found = searchIndex(changed, language).rows.filter(
        ([kind, , , text]) => FOUND_KINDS[kind] === 'miniapp' && text.includes(word),
      );
      expect(found.map(([, id]) => id)).toEqual([SMART]);
      expect(overview(changed, given, language).isArchived).toBe(true);
    }
    expect(overview(changed, changed.miniapps.get(PANEL)!, 'en').isArchived).toBe(false);
    const { miniapps } = miniappsDocument(changed);
    expect(miniapps.filter(({ archived }) => archived).map(({ id }) => id)).toEqual([SMART]);
    expect(appViews(changed, () => [], 'en')[0]!.count).toBe(workspace.miniapps.size - 1);
  });

  test('a panel is found under every app', () => {
    expect(listRows(workspace, 'zh').find(({ id }) => id === PANEL)!.apps).toEqual([...workspace.apps.keys()]);
  });

  test('states follow release and reviews', () => {
    const released = (release: Miniapp['release']) => statesOf({ ...smart, release, versions: new Map() });
    expect(released({})).toEqual(['offline']);
    expect(released({ online: { version: '1.0.0', enabled: false }, experience: { version: '1.1.0' } })).toEqual([
      'disabled',
      'experience',
    ]);
    expect(statesOf(smart)).toContain('online');
  });

  test('what is approved is to be published, unless it was given up, or is refused without its bytes', () => {
    const review = { status: 'approved', submittedBy: 'alice', reviewedBy: 'rita' } as const;
    const [version] = smart.versions.values();
    const states = (own: object, basics: object = {}) =>
      statesOf({
        ...smart,
        release: {},
        basics: { ...smart.basics, ...basics },
        versions: new Map([[version!.version, { ...version!, review, ...own }]]),
      });
    expect(states({})).toEqual(['offline', 'approved']);
    expect(states({ bytesLack: 'unasked' })).toEqual(['offline', 'approved']);
    for (const bytesLack of ['missing', 'differs', 'unrecorded']) expect(states({ bytesLack })).toEqual(['offline']);
    expect(states({}, { archived: true })).toEqual(['offline']);
  });
});
