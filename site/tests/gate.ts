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

/** How a page is looked at: how wide, and in which theme. */
export interface View {
  readonly width: Width;
  readonly theme: 'light' | 'dark';
}

type Width = 1280 | 320;
const HEIGHTS: Readonly<Record<Width | 768, number>> = { 1280: 900, 768: 900, 320: 700 };

/**
 * Four looks at a page, two in each language, of the eight that there are: in them each width stands beside each theme, and each of both
 * in each language. What is wrong only where all three meet would be a rule for one language at one width in one theme: one style sheet
 * alone knows the language of a page, that of the resolution table's labels, and pages with that table are looked at in EVERY_VIEW.
 */
export const VIEWS: Readonly<Record<'en' | 'zh', readonly [View, View]>> = {
  en: [
    { width: 1280, theme: 'light' },
    { width: 320, theme: 'dark' },
  ],
  zh: [
    { width: 320, theme: 'light' },
    { width: 1280, theme: 'dark' },
  ],
};

export const EVERY_VIEW: readonly [View, ...View[]] = [...VIEWS.en, ...VIEWS.zh];

/** What is folded is looked at too: a browser measures nothing of it, and axe passes it over. */
const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('main details')) details.setAttribute('open', '');
  });

/** Opened in the first view, unfolded, looked at in each of them, and nowhere wider than a window, an upright tablet or a small phone. */
export async function expectPasses(gate: Gate, path: string, views: readonly [View, ...View[]]): Promise<void> {
  const { page } = gate;
  const resize = async (width: keyof typeof HEIGHTS): Promise<void> => {
    await page.setViewportSize({ width, height: HEIGHTS[width] });
  };
  const expectFits = async (width: number): Promise<void> =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} pixels wide`).toBe(width);
  const look = async ({ width, theme }: View): Promise<void> => {
    await expectFits(width);
    expect(await gate.violations(), `${width} pixels wide and ${theme}`).toEqual([]);
  };
  const [first, ...others] = views;
  await resize(first.width);
  await page.emulateMedia({ colorScheme: first.theme });
  await gate.open(path);
  await unfold(page);
  await look(first);
  const seen = new Set(views.map(({ width }) => width));
  for (const width of [768, 1280, 320] as const) {
    if (width !== 768 && seen.has(width)) continue;
    await resize(width);
    await expectFits(width);
  }
  for (const view of others) {
    await resize(view.width);
    await page.emulateMedia({ colorScheme: view.theme });
    await look(view);
  }
  expect(gate.faults()).toEqual([]);
}
