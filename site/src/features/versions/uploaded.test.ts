import { expect, test } from 'vitest';
import type { Version } from '#core/model.ts';
import { versionChange } from './compare.ts';
import { summaryOf, uploadedFacts, uploadedLine } from './uploaded.ts';

const version = (number: string, changes: Partial<Version> = {}): Version => ({
  version: number,
  description: 'x',
  uploadedBy: 'alice',
  uploadedAt: '2026-01-01T00:00:00Z',
  ...changes,
});
const proof = (bytes: number) => ({ sha256: 'a'.repeat(64), bytes, files: 3 });
const before = version('1.0.0', {
  pages: ['a', 'b'],
  origins: Array.from({ length: 6 }, (_one, at) => `https://${at}.example.com`),
  baseLibrary: '2.0.0',
  kits: { BaseKit: '1.0.0', MiniKit: '2.0.0' },
  package: proof(1024),
});
const after = version('1.1.0', {
  ...before,
  version: '1.1.0',
  pages: ['b', 'c'],
  kits: { BaseKit: '1.2.0' },
  package: proof(2048),
});

const cardOf = (one: Version, other?: Version) => ({
  number: one.version,
  version: one,
  size: '2.0 KB',
  kits: Object.entries(one.kits ?? {}),
  ...(other ? { change: versionChange(other, one) } : {}),
});

const factsOf = (one: Version, other?: Version) => uploadedFacts('en', cardOf(one, other));

/** What is said beside the names of facts, a line each. */
const said = (one: Version, other?: Version): string[] =>
  factsOf(one, other).flatMap(({ values, names = '' }) => [...values, ...names.split('\n')]);

test('beside each fact stands how it was: names that came and went, kits, size; a long list that stayed is told once', () => {
  expect(summaryOf('en', versionChange(before, after))).toBe(
    'Compared with 1.0.0 · Pages +1 −1 · What it needs of the app',
  );
  expect(said(after, before)).toEqual(
    expect.arrayContaining([
      '1.0 KB → 2.0 KB in 3 files',
      '2.0.0',
      'BaseKit 1.0.0 → 1.2.0',
      'MiniKit 2.0.0 → –',
      'b',
      '+\u00A0c',
      '−\u00A0a',
    ]),
  );
  expect(factsOf(after, before)).toContainEqual({ name: 'Origins in the code', count: 6, values: [], isAs: '1.0.0' });
});

test('without another version it is told as it is', () => {
  const lines = said(before);
  expect(factsOf(before).filter(({ isAs, moreGone }) => isAs ?? moreGone)).toEqual([]);
  expect(lines).toEqual(expect.arrayContaining(['BaseKit 1.0.0', 'MiniKit 2.0.0', 'a', 'b', 'https://5.example.com']));
  expect(lines.filter((line) => /^[+−]|→/.test(line))).toEqual([]);
});

test('a base library that is needed no more is said', () => {
  const { baseLibrary: _former, ...rest } = after;
  expect(said(rest, before)).toContain('2.0.0 → –');
});

test('of a list that went the first names are told, the others counted', () => {
  const many = version('1.0.0', { apis: Array.from({ length: 25 }, (_one, at) => `ty.a${at}`) });
  const lines = said(version('1.1.0'), many);
  expect(factsOf(version('1.1.0'), many).at(-1)).toMatchObject({ count: 0, moreGone: 5 });
  expect(lines.filter((line) => line.startsWith('−\u00A0ty.'))).toHaveLength(20);
});

test('the names of a version are marked by what it is compared with, whatever that was before', () => {
  expect(said(after, before)).toContain('+\u00A0c');
  expect(said(after)).toContain('c');
  expect(said(after, version('1.0.9', { pages: ['c'] }))).toContain('+\u00A0b');
});

test('a line tells the same of a version that has no card', () => {
  const { kits, change } = { kits: Object.entries(after.kits!), change: versionChange(before, after) };
  const line = uploadedLine('en', { version: after, kits, change });
  expect(line).toBe(
    'Base library 2.0.0 · BaseKit 1.2.0 · Pages 2 · Origins in the code 6 · Compared with 1.0.0 · Pages +1 −1 · What it needs of the app',
  );
  expect(uploadedLine('zh', { version: version('1.0.0'), kits: [] })).toBe('');
});
