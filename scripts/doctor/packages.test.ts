import { expect, test } from 'vitest';
import type { Platform } from '../core/model.ts';
import { isKeptInBranches, packageRulesFinding, packagesFinding, type StoreState } from './packages.ts';

const state = (more: Partial<StoreState> = {}): StoreState => ({
  where: 'origin',
  recorded: 9,
  missing: 0,
  differing: 0,
  ...more,
});

test.each<[what: string, packages: Platform['packages'], state: StoreState | undefined, expected: string]>([
  ['no packages', undefined, undefined, 'ok'],
  ['packages that are kept nowhere', { store: 'none' }, undefined, 'ok'],
  ['all of them', {}, state(), 'ok'],
  ['some missing', {}, state({ missing: 2 }), 'warning'],
  ['some missing that are required', { required: true }, state({ missing: 2 }), 'missing'],
  ['one exchanged', {}, state({ differing: 1, missing: 1 }), 'missing'],
  ['a store that does not answer', { required: true }, state({ unasked: 'it is offline', missing: 9 }), 'unknown'],
])('%s', (_, packages, found, expected) => {
  const platform = { ...(packages ? { packages } : {}) } as Platform;
  const finding = packagesFinding(platform, found);
  expect([finding.id, finding.state, finding.next !== undefined]).toEqual([
    'packages',
    expected,
    expected === 'warning' || expected === 'missing',
  ]);
});

test.each([
  ['nothing protects them', [], 'warning'],
  ['they can be deleted', ['creation', 'update', 'non_fast_forward'], 'warning'],
  ['the ruleset of the project', ['creation', 'update', 'deletion', 'non_fast_forward'], 'ok'],
])('branches of packages: %s', (_, types, expected) => expect(packageRulesFinding(types).state).toBe(expected));

test.each<[Platform['packages'], boolean]>([
  [undefined, true],
  [{ required: true }, true],
  [{ git: { remote: 'packages' } }, false],
  [{ store: 'oci' }, false],
  [{ store: 'none' }, false],
])('packages %j stand in branches here: %s', (packages, expected) =>
  expect(isKeptInBranches({ ...(packages ? { packages } : {}) } as Platform)).toBe(expected),
);
