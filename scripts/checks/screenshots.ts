/**
 * npm run screenshots: the pictures of the README, made from `config/` by the portal itself. Needs Chromium (CHROMIUM, or
 * Debian's); exit 2 without it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { servePortal } from '../portal/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const IMAGES = join(ROOT, '.github/images');
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const MINIAPPS = join(ROOT, 'config/miniapps');

/** The miniapp with the most versions; none where no miniapp has one. */
function busiest(): string | undefined {
  const ids = existsSync(MINIAPPS) ? readdirSync(MINIAPPS).sort() : [];
  const counted = ids.map((id) => {
    const folder = join(MINIAPPS, id, 'versions');
    return { id, versions: existsSync(folder) ? readdirSync(folder).length : 0 };
  });
  const most = Math.max(0, ...counted.map(({ versions }) => versions));
  return counted.find(({ versions }) => versions === most && most > 0)?.id;
}

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
  const page = await browser.newPage({
    viewport: { width: 1200, height: 720 },
    colorScheme: 'light',
    // Nothing is on its way when the picture is taken.
    reducedMotion: 'reduce',
  });
  await page.goto(new URL(path, server.url).href);
  await page.evaluate((selector) => document.querySelector(selector)?.scrollIntoView({ behavior: 'instant' }), from);
  await page.screenshot({ path: join(IMAGES, name) });
  await page.close();
  console.log(`.github/images/${name}`);
}

try {
  mkdirSync(IMAGES, { recursive: true });
  await take('overview.png', '/');
  await take('list.png', '/miniapps/');
  const miniapp = busiest();
  if (miniapp !== undefined) await take('portal.png', `/miniapps/${miniapp}/`, '#resolution');
  await take('history.png', '/history/');
} finally {
  await browser.close();
  await server.close();
  rmSync(dir, { recursive: true, force: true });
}
