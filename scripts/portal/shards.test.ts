/** The parts of a portal, and what they agree on. */
import { expect, test } from 'vitest';
import { FIXTURE, NOW } from '../fixtures/workspace.ts';
import { shardIn } from '../core/shard.ts';
import { partsOf, pathOf, planOf } from './shards.ts';

test.each([
  [0, 1],
  [1, 1],
  [2000, 1],
  [2001, 2],
  [10_000, 5],
  [1_000_000, 64],
])('%d miniapps are %d parts', (miniapps, parts) => {
  const found = partsOf(miniapps);
  expect(found).toHaveLength(parts);
  expect(found.map(shardIn).map(({ part, parts }) => `${part}/${parts}`)).toEqual(found);
});

test.each([
  ['https://example-org.github.io/miniapp-registry/', '/miniapp-registry/'],
  ['https://miniapps.example.com', '/'],
  ['https://example.com/a/b', '/a/b/'],
  [undefined, '/'],
])('%s is served under %s', (url, base) => expect(pathOf(url)).toBe(base));

test.each([
  ['not an address', 'portal.url is no address'],
  ['https://example.com/a$(id)/', '--base'],
])('%s is refused', (url, message) => expect(() => pathOf(url)).toThrow(message));

test('every value is one line, whatever the configuration says', async () => {
  const plan = await planOf(FIXTURE, new Date(NOW));
  expect(Object.keys(plan)).toEqual(['revision', 'now', 'base', 'shards']);
  expect(plan['revision']).toMatch(/^[0-9a-f]{40}$/);
  expect(plan['now']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(Object.values(plan).join('')).not.toContain('\n');
});
