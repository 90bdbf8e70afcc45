/** Changes of more versions, or bytes, than are looked into at once. */
import { expect, test } from 'vitest';
import type { Version } from '../core/model.ts';
import { file, evaluatedPackages } from '../fixtures/evaluated-packages.ts';
import { SMART } from '../fixtures/workspace.ts';
import { evaluatePackages, type PackageCase } from './evaluate.ts';
import type { PackageStore } from './store.ts';
import { keyOf } from './version-id.ts';

const { before, uploaded } = await evaluatedPackages();

test('a change of more versions than can be looked into at once is refused before any store is asked', async () => {
  const after = structuredClone(before);
  const versions = after.miniapps.get(SMART)!.versions as Map<string, Version>;
  const transitions = Array.from({ length: 500 }, (_, i) => {
    const version = `2.0.${i}`;
    versions.set(version, { ...uploaded, version });
    return { kind: 'upload', miniapp: SMART, version, at: { file: file(version) } } as const;
  });
  const base = { ...before, platform: { ...before.platform, packages: {} } };
  const places = { head: [], store: [] };
  const found = await evaluatePackages({ transitions, base, merged: after, ...places, isOlder: () => false });
  expect(found).toMatchObject({
    problems: [{ code: 'packages-too-many', args: { count: 500, limit: 50 } }],
    toCopy: [],
  });
  expect(found.problems[0]!.severity).toBeUndefined();
  // Fewer are looked into one by one, and what was brought here for one makes room for the next.
  const steps: string[] = [];
  const empty: PackageStore = {
    kind: 'git',
    where: 'a store',
    release() {},
    close: () => void steps.push('closed'),
    find: async () => (steps.push('asked'), new Map()),
    prove: async () => new Map(),
    proveHere: () => new Map(),
    open: async () => ({ isAbsent: true }),
  };
  const some = { transitions: transitions.slice(0, 50), base, merged: after, head: [empty], store: [] };
  expect((await evaluatePackages({ ...some, isOlder: () => false })).problems.length).toBe(50);
  expect(steps).toEqual(Array.from({ length: 50 }, () => ['asked', 'closed']).flat());
  // A rollback need not be proven: it is no reason to refuse others, and of hundreds those that there is room for are read.
  const back = transitions.slice(50, 400).map((step) => ({ ...step, kind: 'rollback' }) as const);
  const codes = async (all: PackageCase['transitions']) => {
    steps.length = 0;
    const { problems } = await evaluatePackages({ ...some, transitions: all, store: [empty], isOlder: () => false });
    expect(steps.filter((step) => step === 'asked')).toHaveLength(50);
    return problems.map(({ code, severity }) => `${code} ${severity ?? 'error'}`);
  };
  const [first, ...rest] = await codes([...some.transitions, ...back.slice(0, 10)]);
  expect([first, ...new Set(rest)]).toEqual(['packages-too-many warning', 'package-missing warning']);
  expect(await codes(back)).toEqual([
    'packages-too-many warning',
    ...Array.from({ length: 50 }, () => 'package-missing warning'),
  ]);
});

test.each([
  ['as their files record', 2_000, 1_000, 0],
  ['as it turns out, whatever their files record', 400, 1_200, 2],
])('a change of more bytes than can be looked into at once is refused, %s', async (_, recorded, there, opened) => {
  const ids = ['2.0.0', '2.0.1', '2.0.2'].map((version) => ({ miniapp: SMART, version }));
  const after = structuredClone(before);
  const versions = after.miniapps.get(SMART)!.versions as Map<string, Version>;
  for (const { version } of ids)
    versions.set(version, { ...uploaded, version, package: { ...uploaded.package!, bytes: recorded } });
  let asked = 0;
  const store: PackageStore = {
    kind: 'git',
    where: 'a store',
    release() {},
    close() {},
    proveHere: () => new Map(),
    find: async ([id]) => new Map([[keyOf(id!), { id: id!, ref: 'x', object: id!.version }]]),
    prove: async ([held], onBytes) => {
      asked += 1;
      onBytes?.(there);
      return new Map([[keyOf(held!.id), { ...uploaded.package!, bytes: there }]]);
    },
    open: async () => ({ isAbsent: true }),
  };
  const base = { ...before, platform: { ...before.platform, packages: {} } };
  const most = { versions: 50, bytes: 2_000 };
  const codes = async (kind: 'upload' | 'rollback') => {
    asked = 0;
    const transitions = ids.map((id) => ({ kind, ...id, at: { file: file(id.version) } }) as const);
    const places = { head: [store], store: [store], isOlder: () => false, most };
    const { problems, toCopy } = await evaluatePackages({ transitions, base, merged: after, ...places });
    expect(toCopy).toEqual([]);
    return problems.map(({ code, severity }) => `${code} ${severity ?? 'error'}`);
  };
  const differs = Array.from({ length: opened }, () => 'package-differs error');
  expect([await codes('upload'), asked]).toEqual([[...differs, 'packages-too-many error'], opened]);
  // Of a rollback as many are looked into as there is room for.
  const few = Math.max(1, opened);
  expect([(await codes('rollback'))[0], asked]).toEqual(['packages-too-many warning', few]);
});
