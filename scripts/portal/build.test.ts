/** Building never harms what is there: foreign folders are refused, a portal is replaced as a whole or not at all. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { FIXTURE, NOW, SMART } from '../fixtures/workspace.ts';
import { diskSource } from '../read/disk.ts';
import { load } from '../read/load.ts';
import { basePath, buildChecked, buildPortal } from './build.ts';
import { compiledKey, compiledPages, keptIn } from './compiled.ts';
import { PROJECT } from './renderer.ts';
import { shardIn } from '../core/shard.ts';

let folder: string;
let config: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'miniapp-build-'));
  config = join(folder, 'config');
  cpSync(FIXTURE, config, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an empty folder is taken; a second build takes the place of the first, whole, and leaves nothing beside it', async () => {
  const out = join(folder, 'deep/dist');
  mkdirSync(out, { recursive: true });
  const { pages } = await buildPortal({ config, out, now: NOW });
  expect(pages).toBeGreaterThan(10);
  expect(statSync(out).mode & 0o055).toBe(0o055);
  writeFileSync(join(out, 'left-over.html'), 'of the first');
  rmSync(join(config, `miniapps/${SMART}`), { recursive: true });
  const workspace = load(diskSource(config)).workspace;
  expect(await buildChecked({ config, out, now: NOW }, async () => ({ workspace, submitted: new Map() }))).toEqual({
    pages: pages - 2,
  });
  expect(existsSync(join(out, 'left-over.html'))).toBe(false);
  expect(existsSync(join(out, `miniapps/${SMART}`))).toBe(false);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['dist']);
  cpSync(FIXTURE, config, { recursive: true });
});

test('pages are compiled once for the same sources: the next build takes them, and makes the same bytes', async () => {
  const base = '/compiled-once/';
  const { folder: pages } = compiledPages(keptIn(PROJECT), compiledKey(PROJECT, base)!);
  rmSync(pages, { recursive: true, force: true });
  onTestFinished(() => rmSync(pages, { recursive: true, force: true }));
  const filesOf = async (name: string) => {
    const out = join(folder, name);
    const built = await buildPortal({ config, out, now: NOW, base });
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
    expect(built.pages).toBe(paths.filter((path) => path.endsWith('.html')).length);
    return paths.map((path) => [path.slice(out.length), readFileSync(path, 'latin1')]);
  };
  const first = await filesOf('first');
  // From here on whatever compiles ends at once.
  const noCompiler = encodeURIComponent("if (process.argv[1]?.endsWith('compile.ts')) process.exit(9);");
  vi.stubEnv('NODE_OPTIONS', `--import data:text/javascript,${noCompiler}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const again = await filesOf('again');
  expect(again.map(([path]) => path)).toEqual(first.map(([path]) => path));
  expect(again).toEqual(first);
  await expect(buildPortal({ config, out: join(folder, 'other'), now: NOW, base: '/not-compiled/' })).rejects.toThrow(
    /could not be rendered/,
  );
});

describe('the portal that was there stays', () => {
  let out: string;
  beforeAll(() => {
    out = join(folder, 'kept');
    mkdirSync(join(out, 'api/v1'), { recursive: true });
    writeFileSync(join(out, 'api/v1/catalogue.json'), '{}');
  });
  const isKept = () => {
    expect(readFileSync(join(out, 'api/v1/catalogue.json'), 'utf8')).toBe('{}');
    expect(readdirSync(folder).filter((name) => name.includes('kept'))).toEqual(['kept']);
  };

  test('when the pages cannot be rendered', async () => {
    await expect(buildPortal({ config, out, now: Number.NaN })).rejects.toThrow(/could not be rendered/);
    isKept();
  });

  test('when what was read is not to be shown, or cannot be read', async () => {
    expect(await buildChecked({ config, out, now: NOW }, async () => undefined)).toBeUndefined();
    isKept();
    const reading = buildChecked({ config, out, now: NOW }, () => Promise.reject(new Error('no disk')));
    await expect(reading).rejects.toThrow('no disk');
    isKept();
  });
});

test('what builds left that were killed is cleared; between two portals the former one is put back', async () => {
  const place = join(folder, 'killed');
  const { pid } = spawnSync(process.execPath, ['--version']);
  mkdirSync(join(place, `.dist.old-${pid}/api/v1`), { recursive: true });
  writeFileSync(join(place, `.dist.old-${pid}/api/v1/catalogue.json`), '{}');
  mkdirSync(join(place, `.dist.new-${pid}`));
  mkdirSync(join(place, `.dist.new-${process.pid}`));
  const cache = join(import.meta.dirname, '../../node_modules/.cache/miniapp-portal');
  mkdirSync(join(cache, `build-${pid}`), { recursive: true });
  const building = buildPortal({ config, out: join(place, 'dist'), now: Number.NaN });
  await expect(building).rejects.toThrow(/^the pages could not be rendered: [^\n]+$/);
  expect(readFileSync(join(place, 'dist/api/v1/catalogue.json'), 'utf8')).toBe('{}');
  expect(readdirSync(place).sort()).toEqual([`.dist.new-${process.pid}`, 'dist']);
  expect(existsSync(join(cache, `build-${pid}`))).toBe(false);
});

describe('a folder that is no portal is refused', () => {
  const refused = async (out: string, why: RegExp) => {
    await expect(buildPortal({ config, out, now: NOW })).rejects.toThrow(why);
  };

  test('with files of somebody else', async () => {
    const foreign = join(folder, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'thesis.txt'), 'years of work');
    await refused(foreign, /holds something else than a portal/);
    expect(readdirSync(foreign)).toEqual(['thesis.txt']);
  });

  test('above or below the configuration, or above where the command runs', async () => {
    await refused(folder, /name one of its own/);
    await refused(config, /name one of its own/);
    await refused(join(config, 'dist'), /name one of its own/);
    await refused(process.cwd(), /name one of its own/);
    await refused('/', /name one of its own/);
    expect(existsSync(join(config, 'platform.yaml'))).toBe(true);
  });

  test('a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'x');
    await refused(file, /not a folder/);
    expect(readFileSync(file, 'utf8')).toBe('x');
  });
});

test.each([
  ['/', '/'],
  ['', '/'],
  ['repo', '/repo/'],
  ['/a/b.c/', '/a/b.c/'],
])('the base %s is %s', (given, expected) => expect(basePath(given)).toBe(expected));

test.each(['https://example.com/', '/a b/', '/../x/', '/a/./b', '"><script>', '/a?b', '//x//../'])(
  '%s is no base',
  (given) => expect(() => basePath(given)).toThrow(/--base/),
);

test.each(['0/1', '2/1', '1', 'a/b', '1/0', '1/2/3', ' 1/2'])('%s is no shard', (given) =>
  expect(() => shardIn(given)).toThrow(/--shard/),
);
