/** The resolution table as pages show it. */
import { describe, expect, test } from 'vitest';
import { type Language } from '#core/problems/messages.ts';
import { answersByApp } from '#core/resolution/resolution-table.ts';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../../../scripts/fixtures/workspace.ts';
import { publish } from '../../lib/public.ts';
import { resolutionView } from './view-model.ts';

const raw = fixtureWorkspace();
const workspace = publish(raw);
const smart = workspace.miniapps.get(SMART)!;
const panel = workspace.miniapps.get(PANEL)!;
const LANGUAGES: Language[] = ['en', 'zh'];

describe('the resolution table', () => {
  test.each(LANGUAGES)('is shown with the names of apps and regions, in %s', (language) => {
    const table = answersByApp(workspace, PANEL, NOW);
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
          const plain = cells.map(({ id: _id, coverage: _coverage, ...answer }) => answer);
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
    const { blocks } = resolutionView(own, delivered, answersByApp(own, SMART, NOW), 'en');
    expect(blocks.map(({ apps }) => apps.map(({ id }) => id).join(' ')).sort()).toEqual([
      'oem-b',
      'oem-home oem-a oem-c',
      'smart-life',
    ]);
  });
});
