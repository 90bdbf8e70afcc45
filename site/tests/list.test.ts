/** A list of several pages fetches its rows once it is there, and where data is dear when somebody reaches for the filters; then it answers at once. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { miniappId, writePlatform } from '../../scripts/bench/platform.ts';
import { servePortal, type PortalServer } from '../../scripts/portal/serve.ts';
import { built, type Built } from './built.ts';
import { chromiumPath, launch, openWithoutScripts } from './browser.ts';

const executable = chromiumPath();
if (!executable) console.warn('Skipped: no Chromium on PATH; CHROMIUM=/path/to/chromium names one.');
const MINIAPPS = 160;

let site: Built;
const config = mkdtempSync(join(tmpdir(), 'miniapp-list-'));
beforeAll(async () => {
  writePlatform(config, MINIAPPS);
  for (let at = 0; at < 80; at += 1)
    writeFileSync(
      join(config, `people/guest-${at}.yaml`),
      `login: guest-${at}\nname: Guest ${at}\ngithubId: ${900_000_000 + at}\n`,
    );
  site = await built({ config, now: Date.parse('2026-11-20') });
});
afterAll(() => rmSync(config, { recursive: true }));

test('the list of people names a few memberships of each, and the person’s page the others', () => {
  const html = (path: string) => readFileSync(join(site.dir, path, 'index.html'), 'utf8');
  const [all, [, login] = []] = [
    html('people/'),
    /<a href="?[^"> ]*people\/([^"/> ]+)\/"?>and \d+ more/.exec(html('people/')) ?? [],
  ];
  for (const row of all.split('<tr id=').slice(1)) expect(row.match(/<li>/g)?.length ?? 0).toBeLessThanOrEqual(6);
  expect(html(`people/${login}/`).match(/<li>/g)!.length).toBeGreaterThan(12);
});

test('people are paged by persons: each stands on one page, which is reached from the first', () => {
  const people = new Set([...site.workspace.people.keys()]);
  expect(people.size).toBeGreaterThan(75);
  const pages = site.files.filter((file) => /^people\/(?:page\/\d+\/)?index\.html$/.test(file));
  expect(pages).toHaveLength(Math.ceil(people.size / 75));
  const seen = pages.flatMap((file) =>
    [...site.text(file).matchAll(/<tr id="person-([^"]+)"/g)].map(([, login]) => login!),
  );
  expect(seen).toHaveLength(people.size);
  expect(new Set(seen)).toEqual(people);
  for (let part = 2; part <= pages.length; part += 1)
    expect(site.text('people/index.html')).toMatch(new RegExp(`href="?[^" >]*people/page/${part}/`));
});

describe.skipIf(!executable)('in a browser', () => {
  let server: PortalServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await servePortal({ dir: site.dir, port: 0 });
    browser = await launch(executable!);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** The list, and how often its rows were asked for. `isDear`: the visitor saves data; `isDown`: the server has none. */
  async function list(
    query = '',
    { isDear = false, isDown = false } = {},
  ): Promise<{ page: Page; asked: () => number }> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    if (isDear)
      await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
    let asked = 0;
    await page.route('**/miniapps/index.en.json', (route) => {
      asked += 1;
      return isDown ? route.abort() : route.continue();
    });
    await page.goto(`${server.url}miniapps/${query}`, { waitUntil: 'networkidle' });
    return { page, asked: () => asked };
  }
  const shown = (page: Page) => page.locator('#shown').textContent();
  const rows = (page: Page) => page.locator('#miniapps tbody tr').count();

  test('its rows come once it is there, so that the first answer stands there as soon as it is asked', async () => {
    const { page, asked } = await list();
    expect(await rows(page)).toBe(75);
    await expect.poll(asked).toBe(1);
    // Until what came is taken in.
    await page.waitForFunction(() => performance.getEntriesByName(new URL('index.en.json', location.href).href).length);
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    const found = await page.evaluate((id) => {
      const field = document.querySelector<HTMLInputElement>('#filters [name=q]')!;
      field.value = id;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return document.querySelectorAll('#miniapps tbody tr').length;
    }, miniappId(159));
    expect(found).toBe(1);
    expect(asked()).toBe(1);
    await page.close();
  });

  test('where data is dear, looking at it asks for nothing', async () => {
    const { page, asked } = await list('', { isDear: true });
    expect(await rows(page)).toBe(75);
    expect(asked()).toBe(0);
    await page.close();
  });

  test.each([
    ['the focus', (page: Page) => page.focus('#filters [name=q]')],
    ['the pointer', (page: Page) => page.hover('#filters [name=type]')],
    ['the focus on a head', (page: Page) => page.locator('#miniapps thead button').first().focus()],
  ])('%s asks for the rows once, and the answer then needs no other request', async (_by, reach) => {
    const { page, asked } = await list('', { isDear: true });
    const rowsAsked = page.waitForResponse('**/miniapps/index.en.json');
    await reach(page);
    await rowsAsked;
    expect(await rows(page)).toBe(75);
    await page.fill('#filters [name=q]', miniappId(159));
    await expect.poll(() => rows(page)).toBe(1);
    await page.hover('#miniapps thead');
    await page.focus('#filters [name=state]');
    expect(asked()).toBe(1);
    expect(await shown(page)).toContain('1');
    await page.close();
  });

  test('what the address asks is answered without reaching for anything', async () => {
    const { page, asked } = await list(`?q=${miniappId(77)}`);
    await expect.poll(() => rows(page)).toBe(1);
    expect(asked()).toBe(1);
    await page.close();
  });

  test('a screenful stands there at once and the rest follows it, which has no place in the next answer', async () => {
    const { page } = await list('?type=smart');
    await expect.poll(() => rows(page)).toBe(75);
    /** How many rows stand there as soon as the last of these types was chosen. */
    const choose = (...types: string[]) =>
      page.evaluate((all) => {
        const select = document.querySelector<HTMLSelectElement>('#filters [name=type]')!;
        for (const type of all) {
          select.value = type;
          select.dispatchEvent(new Event('input', { bubbles: true }));
        }
        return document.querySelectorAll('#miniapps tbody tr').length;
      }, types);
    const typesShown = async () => new Set(await page.locator('#miniapps tbody td:nth-child(2)').allTextContents());
    expect(await choose('panel', 'smart')).toBe(25);
    await expect.poll(() => rows(page)).toBe(75);
    expect(await typesShown()).toEqual(new Set(['Smart']));
    // A page that is scrolled would jump.
    await page.evaluate(() => scrollTo(0, 900));
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(900);
    expect(await choose('')).toBe(75);
    expect(await page.evaluate(() => scrollY)).toBe(900);
    await page.close();
  });

  async function openHeld(path: string): Promise<{ page: Page; letScripts: () => Promise<void> }> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    return { page, letScripts: await openWithoutScripts(page, `${server.url}${path}`) };
  }
  /** For scripts that were held: a busy machine takes its time. */
  const SOON = { timeout: 10_000 };
  const query = (page: Page) => new URL(page.url()).search;

  test('what was chosen before the scripts ran is answered, beside what the address asks, and stands in the address', async () => {
    const { page, letScripts } = await openHeld('miniapps/?q=no-such-miniapp&type=panel');
    await page.fill('#filters [name=q]', miniappId(77));
    await page.locator('.columns summary').click();
    await page.locator('#columns input').first().uncheck();
    expect(await rows(page)).toBe(75);
    await letScripts();
    await expect.poll(() => query(page), SOON).toBe(`?q=${miniappId(77)}&type=panel`);
    expect(await page.inputValue('#filters [name=q]')).toBe(miniappId(77));
    expect(await page.inputValue('#filters [name=type]')).toBe('panel');
    await page.selectOption('#filters [name=type]', '');
    await expect.poll(() => rows(page)).toBe(1);
    expect(await page.locator('#columns input').first().isChecked()).toBe(false);
    // They are kept as if they had been chosen later.
    await page.reload();
    await expect.poll(() => page.inputValue('#filters [name=q]')).toBe(miniappId(77));
    await expect.poll(() => page.locator('#miniapps').getAttribute('data-hidden')).toBe('1');
    await page.close();
  });

  test('a filter that was chosen before the scripts ran is there again when somebody comes back', async () => {
    const { page, letScripts } = await openHeld('miniapps/');
    await page.selectOption('#filters [name=app]', '-');
    await letScripts();
    await expect.poll(() => query(page), SOON).toBe('?app=-');
    await expect.poll(() => shown(page)).toMatch(/^0 of /);
    await page.goto(`${server.url}rules/`);
    await page.goBack();
    expect(query(page)).toBe('?app=-');
    await expect.poll(() => page.inputValue('#filters [name=app]')).toBe('-');
    await expect.poll(() => shown(page)).toMatch(/^0 of /);
    await page.goto(`${server.url}miniapps/?type=smart`);
    await expect.poll(() => page.inputValue('#filters [name=type]')).toBe('smart');
    expect(await page.inputValue('#filters [name=app]')).toBe('');
    await page.close();
  });

  test('what was typed into the search before the scripts ran is searched for', async () => {
    const { page, letScripts } = await openHeld('search/');
    await page.fill('#search-form [name=q]', miniappId(77));
    await page.selectOption('#search-form [name=kind]', 'miniapp');
    await letScripts();
    await expect.poll(() => query(page), SOON).toBe(`?q=${miniappId(77)}&kind=miniapp`);
    await page.locator('#results li').first().waitFor();
    await page.close();
  });

  test.each([
    ['that were to come ahead', false],
    ['that somebody reached for', true],
  ])('rows %s and cannot be had are complained of only to whoever asked something', async (_how, isDear) => {
    const { page, asked } = await list('', { isDear, isDown: true });
    const before = await shown(page);
    // They come ahead when the browser has nothing else to do.
    await expect.poll(asked).toBe(isDear ? 0 : 1);
    await page.focus('#filters [name=q]');
    await expect.poll(asked).toBeGreaterThan(0);
    // Until that they cannot be had has reached the page.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
    expect(await shown(page)).toBe(before);
    await page.keyboard.type('x');
    await expect.poll(() => shown(page)).not.toBe(before);
    expect(asked()).toBeGreaterThan(1);
    await page.close();
  });
});
