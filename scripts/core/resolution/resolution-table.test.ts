import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolvedCells } from '../../fixtures/resolution.ts';
import { fixtureWorkspace, NOW, PANEL, SMART } from '../../fixtures/workspace.ts';
import type { Miniapp } from '../model.ts';
import { versionOrCode } from './resolution.ts';
import { compareTables, resolutionTable } from './resolution-table.ts';
import type { ResolutionWorkspace } from './resolve.ts';

const workspace = fixtureWorkspace();
const smart = workspace.miniapps.get(SMART)!;

test('a table has every app, each of its regions, both entries, and who is whitelisted where somebody is', () => {
  const cells = resolutionTable(workspace, SMART, NOW).map((cell) =>
    [cell.app, cell.region, cell.audience, cell.entry, versionOrCode(cell)].join(' '),
  );
  expect(cells).toHaveLength(2 * 2 * 2 + 3 * 2 * 2);
  expect(cells).toContain('smart-life EU everyone link 1.1.0');
  expect(cells).toContain('smart-life EU whitelisted experience 1.2.0');
  expect(cells).toContain('smart-life AZ whitelisted experience 1.2.0');
  expect(cells).toContain('smart-life AZ whitelisted link app-not-associated');
  expect(cells).toContain('oem-home AZ whitelisted experience app-not-associated');
});

/** What the table must be: each cell resolved by itself. */
const resolved = (of: ResolutionWorkspace, id: string) =>
  resolvedCells(of, id, NOW).map(({ resolution, ...place }) =>
    resolution.outcome === 'opens'
      ? { ...place, outcome: 'opens', version: resolution.version, channel: resolution.channel }
      : { ...place, outcome: 'error', code: resolution.code },
  );

test.each([SMART, PANEL])('the table of %s is what resolve says of each cell', (id) => {
  const table = resolutionTable(workspace, id, NOW);
  expect(table).toEqual(resolved(workspace, id));
  expect(table.length).toBeGreaterThan(0);
});

test('a table is what resolve says of each cell, whatever is delivered where, released, rolled out and whitelisted', () => {
  const apps = [...workspace.apps.values()];
  const row = fc
    .constantFrom(...apps)
    .chain(({ id, regions }) => fc.record({ app: fc.constant(id), regions: fc.subarray([...regions]) }));
  const version = fc.constantFrom(...smart.versions.keys());
  const covered = {
    apps: fc.subarray(apps.map(({ id }) => id)),
    regions: fc.subarray([...new Set(apps.flatMap(({ regions }) => regions))]),
  };
  const rollout = fc.record(
    { version, percent: fc.constant(10), ...covered },
    { requiredKeys: ['version', 'percent'] },
  );
  const release = fc.record(
    { online: fc.record({ version, enabled: fc.boolean() }), experience: fc.record({ version }), rollout },
    { requiredKeys: [] },
  );
  const whitelisted = fc.subarray(apps.map(({ id }) => ({ app: id, account: 'a@example.com' })));
  const type = fc.constantFrom('smart' as const, 'panel' as const);
  fc.assert(
    fc.property(fc.array(row), release, whitelisted, type, (trafficking, released, whitelist, kind) => {
      const basics = { ...smart.basics, type: kind };
      const own = { ...smart, basics, trafficking, release: released as Miniapp['release'], whitelist };
      const changed = { ...workspace, miniapps: new Map([[SMART, own]]) };
      expect(resolutionTable(changed, SMART, NOW)).toEqual(resolved(changed, SMART));
    }),
  );
});

test('where one of two states whitelists nobody, the whitelisted get there what everyone gets', () => {
  const nobody = { ...workspace, miniapps: new Map([[SMART, { ...smart, whitelist: [] }]]) };
  const cells = compareTables([workspace, nobody], SMART, NOW);
  const at = (app: string, region: string, audience: string) =>
    cells.find(
      (one) => [one.app, one.region, one.audience, one.entry].join() === [app, region, audience, 'experience'].join(),
    );
  expect(at('smart-life', 'EU', 'whitelisted')?.answers).toEqual(['1.2.0', '1.1.0']);
  expect(at('smart-life', 'EU', 'everyone')?.answers).toEqual(['1.1.0', '1.1.0']);
  expect(
    compareTables([workspace, { ...workspace, miniapps: new Map() }], SMART, NOW).every(
      ({ answers }) => answers[1] === null,
    ),
  ).toBe(true);
});
