/** Building never harms what is there: foreign folders are refused, a portal is replaced as a whole or not at all. */
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
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIXTURE, NOW, SMART } from '../fixtures/workspace.ts';
import { basePath, buildPortal, shardOf } from './build.ts';

let folder: string;
let config: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'miniapp-build-'));
  config = join(folder, 'config');
  cpSync(FIXTURE, config, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a second build takes the place of the first, whole, and leaves nothing beside it', async () => {
  const out = join(folder, 'deep/dist');
  const { pages } = await buildPortal({ config, out, now: NOW });
  expect(pages).toBeGreaterThan(10);
  expect(statSync(out).mode & 0o055).toBe(0o055);
  writeFileSync(join(out, 'left-over.html'), 'of the first');
  rmSync(join(config, `miniapps/${SMART}`), { recursive: true });
  expect((await buildPortal({ config, out, now: NOW })).pages).toBe(pages - 2);
  expect(existsSync(join(out, 'left-over.html'))).toBe(false);
  expect(existsSync(join(out, `miniapps/${SMART}`))).toBe(false);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['dist']);
  cpSync(FIXTURE, config, { recursive: true });
});

test('a build that fails leaves the portal that was there', async () => {
  const out = join(folder, 'kept');
  await buildPortal({ config, out, now: NOW });
  const before = readFileSync(join(out, 'index.html'), 'utf8');
  await expect(buildPortal({ config, out, now: Number.NaN })).rejects.toThrow(/could not be rendered/);
  expect(readFileSync(join(out, 'index.html'), 'utf8')).toBe(before);
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

test('an empty folder is taken', async () => {
  const out = join(folder, 'empty');
  mkdirSync(out);
  await buildPortal({ config, out, now: NOW });
  expect(existsSync(join(out, 'index.html'))).toBe(true);
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
  expect(() => shardOf(given)).toThrow(/--shard/),
);
