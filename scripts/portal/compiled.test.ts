/** Compiled pages are taken again for the same sources alone, and what is kept does not grow for ever. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { compiledKey, compiledPages, isCompiledOf, keep, keepIfSame } from './compiled.ts';

const root = mkdtempSync(join(tmpdir(), 'miniapp-compiled-'));
afterAll(() => rmSync(root, { recursive: true }));

const project = join(root, 'project');
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
};
const SOURCES = {
  'package.json': '{}',
  'tsconfig.json': '{}',
  'node_modules/.package-lock.json': '{}',
  'site/astro.config.ts': 'export default {};',
  'site/src/pages/index.astro': '<p>',
  'scripts/core/model.ts': 'export {};',
};
beforeEach(() => {
  rmSync(project, { recursive: true, force: true });
  for (const [path, text] of Object.entries(SOURCES)) put(path, text);
});

test.each(Object.keys(SOURCES))('another %s is another key', (path) => {
  const before = compiledKey(project, '/');
  put(path, `${SOURCES[path as keyof typeof SOURCES]} `);
  expect(compiledKey(project, '/')).not.toBe(before);
  put(path, SOURCES[path as keyof typeof SOURCES]);
  expect(compiledKey(project, '/')).toBe(before);
});

test.each(['site/public/robots.txt', 'site/.env', 'site/src/pages/apps/[id].astro', 'scripts/core/rules/new.ts'])(
  'so is a new %s, and one that is called otherwise',
  (path) => {
    const before = compiledKey(project, '/');
    put(path, 'new');
    const changed = compiledKey(project, '/');
    expect(changed).not.toBe(before);
    rmSync(join(project, path));
    put(path.replace(/(\w)$/, '$1x'), 'new');
    expect([before, changed]).not.toContain(compiledKey(project, '/'));
  },
);

test('so is another base path; tests and documentation are none of it', () => {
  const before = compiledKey(project, '/');
  expect(compiledKey(project, '/platform/')).not.toBe(before);
  for (const path of [
    'site/README.md',
    'site/tests/a.ts',
    'site/src/data.test.ts',
    'site/.astro/types.d.ts',
    'scripts/read/a.ts',
  ]) {
    put(path, 'new');
    expect([path, isCompiledOf(path), compiledKey(project, '/')]).toEqual([path, false, before]);
  }
});

test('where nothing tells when a package changes there is no key', () => {
  rmSync(join(project, 'node_modules/.package-lock.json'));
  expect(compiledKey(project, '/')).toBeUndefined();
});

test('what was compiled while a source changed is good for that build alone', () => {
  const [kept, compiled] = [join(root, 'meanwhile'), join(root, 'meanwhile/build-1/compiled')];
  mkdirSync(compiled, { recursive: true });
  const own = { project, base: '/', kept, compiled };
  const asked = compiledPages(kept, compiledKey(project, '/')!);
  put('site/src/pages/index.astro', '<p>saved while it was compiled');
  expect(keepIfSame(own, asked)).toEqual({ folder: compiled, isThere: true });
  expect(readdirSync(kept)).toEqual(['build-1']);
  put('site/src/pages/index.astro', SOURCES['site/src/pages/index.astro']);
  expect(keepIfSame(own, asked)).toBe(asked);
  expect(existsSync(asked.folder)).toBe(true);
});

test('what was compiled first stays; those that were used last are left', () => {
  const kept = join(root, 'kept');
  const make = (name: string, text: string): string => {
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, 'page'), text);
    return join(root, name);
  };
  mkdirSync(join(kept, 'code'), { recursive: true });
  const first = compiledPages(kept, 'first');
  expect(first.isThere).toBe(false);
  keep(make('compiled', '1'), first, kept, 2);
  keep(make('compiled', '2'), first, kept, 2);
  expect(readFileSync(join(first.folder, 'page'), 'utf8')).toBe('1');
  keep(make('other', '3'), compiledPages(kept, 'second'), kept, 2);
  for (const [key, hour] of [
    ['first', 1],
    ['second', 2],
  ] as const)
    utimesSync(join(kept, `pages-${key}`), hour * 3600, hour * 3600);
  // Taking it counts as a use.
  expect(compiledPages(kept, 'first').isThere).toBe(true);
  keep(make('third', '4'), compiledPages(kept, 'third'), kept, 2);
  expect(readdirSync(kept).sort()).toEqual(['code', 'pages-first', 'pages-third']);
  expect(existsSync(join(root, 'compiled'))).toBe(true);
});
