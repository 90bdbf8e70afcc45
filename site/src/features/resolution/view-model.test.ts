/** The resolution table as pages show it, against the one of the core. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Language } from '#core/problems/messages.ts';
import { resolutionTable } from '#core/resolution/resolution-table.ts';
import type { Miniapp } from '#core/model.ts';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { answersOf, resolutionView } from './view-model.ts';

const raw = fixtureWorkspace();
const workspace = publish(raw);
const smart = workspace.miniapps.get(SMART)!;
const panel = workspace.miniapps.get(PANEL)!;
const LANGUAGES: Language[] = ['en', 'zh'];

describe('the resolution table', () => {
  const flat = (id: string, of = workspace) =>
    answersOf(of, id, NOW).flatMap(({ app, rows }) =>
      rows.flatMap(({ region, answers }) => answers.map((answer) => ({ app, region, ...answer }))),
    );
  const asked = (id: string, of = workspace) =>
    resolutionTable(of, id, NOW).map(({ resolution, ...place }) =>
      resolution.outcome === 'opens'
        ? { ...place, outcome: 'opens', version: resolution.version, channel: resolution.channel }
        : { ...place, outcome: 'error', code: resolution.code },
    );

  test.each([SMART, PANEL])('%s: is that of core/effects, cell for cell', (id) => {
    expect(flat(id)).toEqual(asked(id));
    expect(flat(id).length).toBeGreaterThan(0);
  });

  test('whatever is delivered where and released', () => {
    const apps = [...workspace.apps.values()];
    const row = fc
      .constantFrom(...apps)
      .chain(({ id, regions }) => fc.record({ app: fc.constant(id), regions: fc.subarray([...regions]) }));
    const version = fc.constantFrom(...smart.versions.keys());
    const release = fc.record(
      { online: fc.record({ version, enabled: fc.boolean() }), experience: fc.record({ version }) },
      { requiredKeys: [] },
    );
    const whitelisted = fc.subarray(apps.map(({ id }) => ({ app: id, account: 'a@example.com' })));
    const type = fc.constantFrom('smart' as const, 'panel' as const);
    fc.assert(
      fc.property(fc.array(row), release, whitelisted, type, (trafficking, released, whitelist, kind) => {
        const basics = { ...smart.basics, type: kind };
        const own = { ...smart, basics, trafficking, release: released as Miniapp['release'], whitelist };
        const changed = { ...workspace, miniapps: new Map([[SMART, own]]) };
        expect(flat(SMART, changed)).toEqual(asked(SMART, changed));
      }),
    );
  });

  test.each(LANGUAGES)('is shown with the names of apps and regions, in %s', (language) => {
    const table = answersOf(workspace, PANEL, NOW);
    const view = resolutionView(workspace, panel, table, language);
    expect(view.isPanel).toBe(true);
    const blocks = view.blocks.flatMap(({ apps, rows }) => apps.map((app) => ({ ...app, rows })));
    expect(blocks.map(({ id }) => id).sort()).toEqual([...workspace.apps.keys()].sort());
    for (const { id: app, name, rows } of blocks) {
      expect(name).not.toBe('');
      // Every region of the app stands in one row, and the row says what the table says of it.
      const own = table.find((one) => one.app === app)!.rows;
      expect(rows.flatMap(({ regions }) => regions.map(({ id }) => id)).sort()).toEqual(
        own.map(({ region }) => region).sort(),
      );
      for (const { regions, cells, isEverywhere } of rows) {
        expect(isEverywhere).toBe(regions.length === own.length);
        for (const { id, label } of regions) {
          expect(label).not.toBe('');
          const plain = cells.map(({ id: _id, coverage: _standing, ...answer }) => answer);
          expect(plain).toEqual(own.find(({ region }) => region === id)!.answers);
        }
      }
      const anchors = rows.flatMap(({ cells }) => cells.map(({ id }) => id));
      expect(new Set(anchors).size).toBe(anchors.length);
    }
  });

  test('has apps that are answered alike in one block, and the default app in its own', () => {
    const home = workspace.apps.get('oem-home')!;
    const more = ['oem-a', 'oem-b', 'oem-c'].map((id) => [id, { ...home, id, name: { en: id } }] as const);
    const wider = { ...workspace, apps: new Map([...workspace.apps, ...more]) };
    const delivered = { ...smart, trafficking: [{ app: 'oem-b', regions: [home.regions[0]!] }], whitelist: [] };
    const own = { ...wider, miniapps: new Map([[SMART, delivered]]) };
    const { blocks } = resolutionView(own, delivered, answersOf(own, SMART, NOW), 'en');
    expect(blocks.map(({ apps }) => apps.map(({ id }) => id).join(' ')).sort()).toEqual([
      'oem-b',
      'oem-home oem-a oem-c',
      'smart-life',
    ]);
  });
});
