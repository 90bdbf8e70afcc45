/** A Chromium for tests, when there is one. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser that the tests use: `CHROMIUM`, or the first of the usual names on PATH. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['CHROMIUM'];
  if (named) return existsSync(named) ? named : undefined;
  const folders = ['/usr/bin', ...(env['PATH'] ?? '').split(delimiter)].filter(Boolean);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** Starts it without a window; throws where it cannot be started. */
export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      // Tests may run as root in a container, where the sandbox cannot start; they open pages of their own alone.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });

/** What an observer of sizes makes of a new width comes with the next frame: waits for that, and for the one behind it. */
export async function untilDrawn(page: Page): Promise<void> {
  const frame = () => page.evaluate(() => new Promise((then) => requestAnimationFrame(then)));
  await frame();
  await frame();
}

/** The scripts of a miniapp's page fetch what its forms and answers need, and nothing that loads a page waits for that. */
export async function untilReady(page: Page): Promise<void> {
  if ((await page.locator('#try').count()) > 0) await page.locator('#platform').waitFor({ state: 'attached' });
}

/** Opens a page whose scripts are on their way until the answer is called; what sets the theme before anything is drawn has come. */
export async function openWithoutScripts(page: Page, url: string): Promise<() => Promise<void>> {
  const { promise, resolve: letThem } = Promise.withResolvers<void>();
  await page.route(/\/assets\/(?!theme\.)[^/]+\.js$/, async (route) => {
    await promise;
    await route.continue();
  });
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('footer').waitFor({ state: 'attached' });
  return async () => {
    letThem();
    await page.unrouteAll({ behavior: 'wait' });
  };
}
