/** What every page must be, looked at in a real browser: usable by everybody (axe), quiet, at home, and narrow enough for a small phone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { untilDrawn, untilReady } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Gate {
  readonly page: Page;
  open(path: string): Promise<void>;
  /** What axe finds on the page that is open, one line for each place. */
  violations(): Promise<string[]>;
  /** What the page has done that it must not: messages in the console, errors, requests to elsewhere. */
  faults(): readonly string[];
  /** The files of ours that the page has asked for. */
  loaded(): ReadonlySet<string>;
}

/** `url`: where the portal is served, with a slash at its end. */
export async function gateOf(browser: Browser, url: string): Promise<Gate> {
  let faults: string[] = [];
  let loaded = new Set<string>();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  page.on('console', (message) => {
    const isMissingPage = message.text().includes('404') && message.location().url.includes('there-is-no');
    if (['error', 'warning'].includes(message.type()) && !isMissingPage) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(url);
    if (isOwn) loaded.add(new URL(request.url()).pathname);
    else if (!/^(?:data|blob):/.test(request.url())) faults.push(`request: ${request.url()}`);
  });
  return {
    page,
    async open(path) {
      faults = [];
      loaded = new Set();
      await page.goto(`${url}${path}`, { waitUntil: 'load' });
      await untilReady(page);
      if (path.includes('search/?')) await page.locator('#results li').first().waitFor();
    },
    async violations() {
      // Half a megabyte for the browser to read: once for a page that is looked at twice.
      if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
      await untilDrawn(page);
      const { violations: found } = await page.evaluate(() =>
        (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
          resultTypes: ['violations'],
        }),
      );
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
      );
    },
    faults: () => faults,
    loaded: () => loaded,
  };
}

/** In both themes, wide, as an upright tablet, and as narrow as a small phone. */
export async function expectPasses(gate: Gate, path: string): Promise<void> {
  const { page } = gate;
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await gate.open(path);
  expect(await gate.violations(), 'wide and light').toEqual([]);
  await page.setViewportSize({ width: 768, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(768);
  await page.setViewportSize({ width: 320, height: 700 });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await gate.violations(), 'narrow and dark').toEqual([]);
  expect(gate.faults()).toEqual([]);
}
