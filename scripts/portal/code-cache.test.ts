/** What a build compiled, the next one loads; and what is kept does not grow for ever. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { codeCache } from './code-cache.ts';

const root = mkdtempSync(join(tmpdir(), 'miniapp-code-'));
afterAll(() => rmSync(root, { recursive: true }));

const filled = (name: string, files: number): string => {
  const folder = join(root, name);
  mkdirSync(join(folder, 'v1'), { recursive: true });
  for (let i = 0; i < files; i += 1) writeFileSync(join(folder, 'v1', `${i}`), '');
  return folder;
};

test('a folder is named, whether there is one or not, and what is in it stays', () => {
  const folder = filled('kept', 5);
  expect(codeCache(folder, {}, 10)).toEqual({ NODE_COMPILE_CACHE: folder });
  expect(readdirSync(join(folder, 'v1'))).toHaveLength(5);
  expect(codeCache(join(root, 'none'), {})).toEqual({ NODE_COMPILE_CACHE: join(root, 'none') });
});

test('one that has grown is begun anew', () => {
  const folder = filled('grown', 11);
  expect(codeCache(folder, {}, 10)).toEqual({ NODE_COMPILE_CACHE: folder });
  expect(readdirSync(root)).not.toContain('grown');
});

test.each(['NODE_COMPILE_CACHE', 'NODE_DISABLE_COMPILE_CACHE'])('who has set %s is followed', (name) => {
  expect(codeCache(filled(name, 1), { [name]: '1' })).toEqual({});
});
