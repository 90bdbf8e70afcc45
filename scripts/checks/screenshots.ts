/**
 * npm run screenshots: the pictures of the README, made from `config/` by the portal itself. Needs Chromium (CHROMIUM, or
 * Debian's); exit 2 without it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { servePortal } from '../portal/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const IMAGES = join(ROOT, '.github/images');
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** The busiest miniapp of the example. */
const EXPLORER = 'tyxjloabh908nktbhp';

if (!existsSync(executablePath)) {
  console.error(`There is no Chromium at ${executablePath}; name one with CHROMIUM=…`);
  process.exit(2);
}

const dir = mkdtempSync(join(tmpdir(), 'miniapp-screenshots-'));
// The command, as it knows the history too.
const command = [join(ROOT, 'scripts/miniapp.mjs'), 'portal', 'build', '--out', join(dir, 'dist')];
execFileSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit' });
const server = await servePortal({ dir: join(dir, 'dist'), port: 0, base: '/' });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });

async function take(name: string, path: string, from = 'body'): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 720 }, colorScheme: 'light' });
  await page.goto(new URL(path, server.url).href);
  await page.evaluate((selector) => document.querySelector(selector)?.scrollIntoView(), from);
  await page.screenshot({ path: join(IMAGES, name) });
  await page.close();
  console.log(`.github/images/${name}`);
}

try {
  mkdirSync(IMAGES, { recursive: true });
  await take('list.png', '/');
  await take('portal.png', `/miniapps/${EXPLORER}/`, '#resolution');
  await take('history.png', '/history/');
} finally {
  await browser.close();
  await server.close();
  rmSync(dir, { recursive: true, force: true });
}
