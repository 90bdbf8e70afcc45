/** What a visitor's browser loads of the heaviest page of a miniapp: of the example with its history, every file that is asked for, compressed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtSite } from '../../scripts/checks/links.ts';
import { command, ROOT } from '../../scripts/checks/shell.ts';
import { holdsExample } from '../../scripts/fixtures/example.ts';
import { removeRepositories, temporaryFolder } from '../../scripts/fixtures/repository.ts';
import { servePortal, type PortalServer } from '../../scripts/portal/serve.ts';
import { chromiumPath, launch } from './browser.ts';
import { gateOf } from './gate.ts';

const MOST = 64 * 1024;

const executable = chromiumPath();
/** A copy without Git, or with the newest commit alone, has no history to weigh; a platform of one's own is its owner's affair. */
const { output: commits } = await command('git log --oneline --max-count=50 -- config', { cwd: ROOT });
const hasHistory = holdsExample() && commits.split('\n').length > 40;
if (!executable || !hasHistory) console.warn('Skipped: no Chromium on PATH, or no example with its history.');

describe.skipIf(!executable || !hasHistory)('the example as it is published', () => {
  const dir = join(temporaryFolder('weight'), 'dist');
  const packed = (path: string): number => gzipSync(readFileSync(join(dir, path))).length;
  let server: PortalServer;
  let browser: Browser;
  beforeAll(async () => {
    const { code, output } = await command(`node scripts/miniapp.mjs portal build --out ${dir}`, { cwd: ROOT });
    if (code !== 0) throw new Error(`portal build ended with ${code}: ${output}`);
    server = await servePortal({ dir, port: 0 });
    browser = await launch(executable!);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    removeRepositories();
  });

  test.each(['', 'zh/'])(
    '/%s: its heaviest page of a miniapp weighs at most 64 KB with all that it loads',
    async (language) => {
      const own = [...builtSite(dir).pages.keys()].filter(
        (path) => path.startsWith(`${language}miniapps/`) && /miniapps\/ty\w+\/index\.html$/.test(path),
      );
      const [heaviest] = own.toSorted((a, b) => packed(b) - packed(a)) as [string];
      const gate = await gateOf(browser, server.url);
      await gate.open(heaviest.replace('index.html', ''));
      expect(await gate.page.locator('.event').count()).toBeGreaterThan(10);
      const files = [...gate.loaded()].map((path) => (path.endsWith('/') ? `${path}index.html` : path).slice(1));
      // Scripts fetch what all miniapps share: the forms, and what they know of the platform.
      expect(files.some((path) => path.endsWith('.txt'))).toBe(true);
      const weights = Object.fromEntries(files.map((path) => [path, packed(path)]));
      const weight = Object.values(weights).reduce((sum, one) => sum + one, 0);
      expect(weight, JSON.stringify(weights, null, 1)).toBeLessThanOrEqual(MOST);
      await gate.page.close();
    },
  );
});
