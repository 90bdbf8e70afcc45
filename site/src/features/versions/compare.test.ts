import { expect, test } from 'vitest';
import type { Version } from '../../../../scripts/core/model.ts';
import { replacedVersion, versionChange } from './compare.ts';

const version = (number: string, changes: Partial<Version> = {}): Version => ({
  version: number,
  description: 'x',
  uploadedBy: 'alice',
  uploadedAt: '2026-01-01T00:00:00Z',
  ...changes,
});
const miniapp = (online: string | undefined) => ({
  release: online === undefined ? {} : { online: { version: online, enabled: true } },
  versions: new Map(['1.9.0', '1.10.0', '2.0.0', '2.1.0'].map((one) => [one, version(one)])),
});

test.each([
  ['what is above the online version, with that', '1.10.0', '2.1.0', '1.10.0'],
  ['the online version, with the number below', '1.10.0', '1.10.0', '1.9.0'],
  ['without an online version, with the number below', undefined, '2.0.0', '1.10.0'],
  ['the first, with nothing', '1.10.0', '1.9.0', undefined],
])('%s', (_name, online, number, expected) => expect(replacedVersion(miniapp(online), number)).toBe(expected));

test('pages, origins and APIs that came and went, what it needs, and its size', () => {
  const proof = (bytes: number) => ({ sha256: 'a'.repeat(64), bytes, files: 1 });
  const before = version('1.0.0', {
    pages: ['a', 'b'],
    kits: { BaseKit: '1.0.0', MiniKit: '2.0.0' },
    package: proof(5),
  });
  const after = version('1.1.0', {
    pages: ['b', 'c'],
    apis: ['ty.x'],
    baseLibrary: '2.0.0',
    kits: { BaseKit: '1.2.0' },
    package: proof(7),
  });
  expect(versionChange(before, after)).toEqual({
    before: '1.0.0',
    lists: {
      pages: { added: ['c'], removed: ['a'] },
      origins: { added: [], removed: [] },
      apis: { added: ['ty.x'], removed: [] },
    },
    needs: [
      { name: 'BaseKit', before: '1.0.0', after: '1.2.0' },
      { name: 'MiniKit', before: '2.0.0' },
      { name: '', after: '2.0.0' },
    ],
    bytes: [5, 7],
  });
  expect(versionChange(after, after)).toMatchObject({ needs: [], lists: { pages: { added: [], removed: [] } } });
});
