/** How it stands with versions whose bytes cannot all be read. */
import { expect, test } from 'vitest';
import { isWrong, statusesOf } from './status.ts';
import type { Package } from '../project/digest.ts';
import type { PackageStore, Unusable } from './store.ts';
import { keyOf, type VersionId } from './version-id.ts';

const recorded = { sha256: '0'.repeat(64), bytes: 1, files: 1 };
const versions = ['1.0.0', '1.1.0', '1.2.0'].map((version) => ({ miniapp: 'tyfirst000000001', version, recorded }));
const empty: PackageStore = {
  kind: 'git',
  where: 'here',
  release() {},
  close() {},
  find: async () => new Map(),
  prove: async () => new Map(),
  proveHere: () => new Map(),
  open: async () => ({ isAbsent: true }),
};
const held = (id: VersionId) => [keyOf(id), { id, ref: id.version, object: id.version }] as const;

test('one package that cannot be read excuses no other that is missing', async () => {
  const [unread, missing, fine] = versions;
  const store: PackageStore = {
    ...empty,
    find: async () => new Map([held(unread!), held(fine!)]),
    prove: async () =>
      new Map<string, Package | Unusable>([
        [keyOf(unread!), { isAbsent: true, why: 'the registry answers 500' }],
        [keyOf(fine!), recorded],
      ]),
  };
  const { packages, unasked } = await statusesOf(versions, { store, here: empty }, { isProven: true });
  expect(packages.map((one) => [one.version, one.status, isWrong(one, true), isWrong(one, false)])).toEqual([
    [unread!.version, 'missing', false, false],
    [missing!.version, 'missing', true, false],
    [fine!.version, 'stored', false, false],
  ]);
  expect(unasked).toBe('the registry answers 500');
});
