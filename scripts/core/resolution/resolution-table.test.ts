import { expect, test } from 'vitest';
import { fixtureWorkspace, NOW, SMART } from '../../fixtures/workspace.ts';
import { resolutionTable } from './resolution-table.ts';

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
