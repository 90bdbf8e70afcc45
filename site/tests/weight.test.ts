/** What a miniapp weighs in a built portal, a kind of file each: more than a tenth more is noticed here, before ten thousand miniapps weigh it. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePlatform } from '../../scripts/bench/platform.ts';
import { built, type Built } from './built.ts';

const MINIAPPS = 160;

/** Bytes a miniapp on the generated platform, and which files they are in. Who makes one lighter writes the lower figure here. */
const WEIGHTS: readonly (readonly [what: string, bytes: number, files: RegExp])[] = [
  ['page in English', 21_700, /^miniapps\/ty\w+\/index\.html$/],
  ['page in Chinese', 21_700, /^zh\/miniapps\/ty\w+\/index\.html$/],
  ['answers (API)', 11_100, /^api\/v1\/miniapps\/ty\w+\/resolution\.json$/],
  ['miniapp (API)', 5_600, /^api\/v1\/miniapps\/ty\w+\.json$/],
  ['runtime document', 970, /^api\/v1\/runtime\/ty\w+\.json$/],
  ['code and badges', 2_440, /^(?:zh\/)?miniapps\/ty\w+\/(?:code|badge)\.svg$/],
  ['rows of lists, tables and people', 6_660, /^(?:zh\/)?(?:miniapps|reviews|apps|people|sheet|tables)\/(?!ty)/],
  ['index of the search', 1_530, /^search\/.*\.json$/],
];

let site: Built;
const config = mkdtempSync(join(tmpdir(), 'miniapp-weight-'));
beforeAll(async () => {
  writePlatform(config, MINIAPPS);
  site = await built({ config, now: Date.parse('2026-11-20') });
});
afterAll(() => rmSync(config, { recursive: true }));

test.each(WEIGHTS)('%s: %i bytes a miniapp, a tenth more or less', (_what, bytes, files) => {
  const own = site.files.filter((file) => files.test(file));
  const weight = own.reduce((sum, file) => sum + statSync(join(site.dir, file)).size, 0) / MINIAPPS;
  expect(weight).toBeGreaterThan(bytes * 0.9);
  expect(weight).toBeLessThan(bytes * 1.1);
});

test('whatever is written for each miniapp has its figure', () => {
  const own = site.files.filter((file) => /\/ty\w+[./]/.test(file) && !file.endsWith('avatar.svg'));
  expect(own.length).toBeGreaterThan(7 * MINIAPPS);
  expect(own.filter((file) => !WEIGHTS.some(([, , files]) => files.test(file)))).toEqual([]);
});
