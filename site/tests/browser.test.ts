/**
 * The portal in a real browser: QR codes read back from screenshots, every cell against `resolve`, forms, filters. Longer than most
 * files: all of it shares one built portal and one browser.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import jsQR from 'jsqr';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { messages } from '../../scripts/core/problems/messages.ts';
import { linkFor } from '../../scripts/core/resolution/miniapp-link.ts';
import { withBrokenBy } from '../../scripts/core/resolution/broken-promises.ts';
import { overRegions } from '../../scripts/core/resolution/over-regions.ts';
import { traceText } from '../../scripts/core/resolution/resolution-text.ts';
import { resolve } from '../../scripts/core/resolution/resolve.ts';
import { versionOrCode } from '../../scripts/core/resolution/resolution.ts';
import { resolvedCells } from '../../scripts/fixtures/resolution.ts';
import { RESOLVE_FILE } from '../../scripts/fixtures/bare-engine.ts';
import { answersOf, randomCase, tableCases } from '../../scripts/fixtures/host-cases.ts';
import { FIXTURE, NOW, PANEL, SMART } from '../../scripts/fixtures/workspace.ts';
import { servePortal, type PortalServer } from '../../scripts/portal/serve.ts';
import { chromiumPath, launch, untilReady } from './browser.ts';
import { built, type Built } from './built.ts';

const BASE = '/portal/';
/** Two more apps, which are answered alike. */
const ALIKE = Object.fromEntries(
  ['oem-care', 'oem-desk'].map((id) => [
    `apps/${id}.yaml`,
    `id: ${id}\nname: { en: ${id} }\nregions: [EU, AZ]\nscheme: ${id.replace('-', '')}\n`,
  ]),
);
const DESK = { width: 1280, height: 900 };
const executable = chromiumPath();
if (!executable) console.warn('Browser tests are skipped: no Chromium on PATH; CHROMIUM=/path/to/chromium names one.');

describe.skipIf(!executable)('in a browser', () => {
  let site: Built;
  let server: PortalServer;
  let browser: Browser;
  /** Where pages are looked at by which nothing is asked of the browser: a context of its own costs a process and an empty cache. */
  let tab: Page;
  const others: Page[] = [];
  /** What went wrong on any page: console errors, policy violations, requests to elsewhere. */
  const faults: string[] = [];

  beforeAll(async () => {
    site = await built({ config: FIXTURE, now: NOW, base: BASE, changes: ALIKE });
    server = await servePortal({ dir: site.dir, port: 0, base: BASE });
    browser = await launch(executable!);
    tab = await newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  // After each test, whatever it looked at: the tab is as it was before.
  afterEach(async () => {
    for (const page of others.splice(0)) await page.close();
    await tab.unrouteAll();
    if (tab.url().startsWith(server.url)) await tab.evaluate(() => localStorage.clear());
    await tab.goto('about:blank');
    await tab.setViewportSize(DESK);
    const found = faults.splice(0);
    if (found.length > 0) throw new Error(found.join('\n'));
  });

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: DESK, deviceScaleFactor: 2, ...options });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(server.url) || /^(?:data|blob|about):/.test(request.url());
      if (!isOwn) faults.push(`request: ${request.url()}`);
    });
    return page;
  }

  async function open(path: string, options?: BrowserContextOptions): Promise<Page> {
    const page = options === undefined ? tab : await newPage(options);
    if (page !== tab) others.push(page);
    await page.goto(`${server.url}${path}`);
    if (options?.javaScriptEnabled !== false) await untilReady(page);
    return page;
  }

  const miniappPage = (id: string, options?: BrowserContextOptions) => open(`miniapps/${id}/`, options);
  const workspaceOf = () => site.workspace;

  /** What a phone reads from the page as it is seen. */
  async function readQr(page: Page, drawn = '.qr-image'): Promise<string | undefined> {
    const shot = PNG.sync.read(await page.locator(drawn).screenshot());
    return jsQR(new Uint8ClampedArray(shot.data), shot.width, shot.height)?.data;
  }

  test.each(['light', 'dark'] as const)('the QR code reads back as the exact link (%s)', async (colorScheme) => {
    const page = await miniappPage(SMART, { colorScheme });
    const miniapp = workspaceOf().miniapps.get(SMART)!;
    const version = miniapp.release.experience!.version;
    const firstPage = miniapp.versions.get(version)!.pages!.at(-1)!;
    const { link } = workspaceOf().platform;
    const { scheme } = workspaceOf().apps.get('oem-home')!;

    await page.selectOption('#qr-form [name=app]', 'oem-home');
    await page.fill('#qr-form [name=page]', firstPage);
    await page.fill('#qr-form [name=device]', 'vdevo123');
    await page.fill('#qr-form [name=group]', 'group9');
    await page.fill('#qr-form [name=query]', 'from=poster & print\ncity=成都');
    const query = { from: 'poster & print', city: '成都' };
    const wanted = { scheme, miniapp: SMART, page: firstPage, device: 'vdevo123', group: 'group9', query };
    const experience = linkFor(link, 'experience', { ...wanted, version });
    const expectLink = async (link: string) => {
      await expect.poll(() => page.textContent('#qr-link')).toBe(link);
    };
    await expectLink(experience);
    expect(await readQr(page)).toBe(experience);

    await page.check('#qr-form [name=entry][value=link]');
    const normal = linkFor(link, 'link', { ...wanted, version: miniapp.release.online!.version });
    expect(normal).not.toBe(experience);
    await expectLink(normal);
    expect(await readQr(page)).toBe(normal);
    const offered = page
      .locator('#pages option')
      .evaluateAll((options) => options.map((o) => (o as HTMLOptionElement).value));
    expect(await offered).toEqual(miniapp.versions.get(miniapp.release.online!.version)!.pages);
  });

  test('the downloads hold the same code', async () => {
    const page = await miniappPage(SMART);
    const link = await page.textContent('#qr-link');
    const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'PNG' }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await png.createReadStream()) chunks.push(chunk as Buffer);
    const image = PNG.sync.read(Buffer.concat(chunks));
    expect(jsQR(new Uint8ClampedArray(image.data), image.width, image.height)?.data).toBe(link);
    const [svg] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'SVG' }).click()]);
    expect([png.suggestedFilename(), svg.suggestedFilename()]).toEqual([`${SMART}-qr.png`, `${SMART}-qr.svg`]);
  });

  test('resolve.mjs, which hosts get, answers here as resolve does', async () => {
    const page = await miniappPage(SMART);
    const cases = [...tableCases(1511), ...fc.sample(randomCase, 20)];
    await page.route('**/resolve.mjs', (route) =>
      route.fulfill({ path: RESOLVE_FILE, contentType: 'text/javascript' }),
    );
    const asked = JSON.stringify(cases.map(({ data, questions }) => ({ data, questions })));
    const program = `(async (asked) => {
      const { resolver } = await import(new URL('resolve.mjs', document.baseURI).href);
      return JSON.parse(asked).map((one) => (${answersOf.toString()})(resolver, one));
    })(${JSON.stringify(asked)})`;
    const found = await page.evaluate(program);
    expect(found).toEqual(cases.map(({ answers }) => answers));
  });

  test('a panel gets no experience code without a device, and says why', async () => {
    const page = await miniappPage(PANEL);
    const result = page.locator('#qr-result');
    expect(await result.textContent()).toContain(messages.en.outcomes['device-required'].cause);
    expect(await page.locator('.qr-image').count()).toBe(0);
    await page.fill('#qr-form [name=device]', 'vdevo42');
    await page.locator('.qr-image').waitFor();
    expect(await readQr(page)).toContain('vdevo42');
    await page.fill('#qr-form [name=device]', '   ');
    expect(await page.locator('.qr-image').count()).toBe(0);
    await page.check('#qr-form [name=entry][value=link]');
    await page.locator('.qr-image').waitFor();
  });

  /** The answer of a cell, which may stand for several regions of its app. */
  const answerIn = (page: Page, app: string, region: string, audience: string, entry: string) =>
    page
      .locator(`tbody:has([data-app="${app}"]) tr`)
      .filter({ has: page.locator(`[data-region="${region}"]`) })
      .locator(`td[data-audience="${audience}"][data-entry="${entry}"] > .answer`);

  test.each([SMART, PANEL])('every cell of the resolution table of %s says what resolve says', async (id) => {
    const page = await miniappPage(id);
    const cells = resolvedCells(withBrokenBy(workspaceOf(), id, NOW), id, NOW);
    for (const { app, region, audience, entry, resolution } of cells) {
      const answer = answerIn(page, app, region, audience, entry);
      const isOpening = resolution.outcome === 'opens';
      const where = `${app} ${region} ${audience} ${entry}`;
      expect(await answer.textContent(), where).toBe(
        isOpening ? resolution.version : messages.en.outcomes[resolution.code].title,
      );
      expect(await answer.getAttribute('class')).toBe(`answer ${isOpening ? resolution.channel : 'error'}`);
      // The address of exactly this cell opens its reason.
      await page.evaluate((hash) => (location.hash = hash), `cell.${app}.${region}.${audience}.${entry}`);
      const reason = page.locator('.why:popover-open');
      await reason.waitFor();
      const steps = await reason.locator('.trace li').allTextContents();
      // Regions of an app that are answered alike stand in one row: the reason names, and cures, all of them.
      const row = answer.locator('xpath=ancestor::tr[1]').locator('[data-region]');
      const regions = await row.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['region']!));
      expect(regions).toContain(region);
      const answerOf = (one: string) =>
        cells.find(
          (cell) => cell.app === app && cell.region === one && cell.audience === audience && cell.entry === entry,
        )!.resolution;
      const told = overRegions(answerOf, regions);
      expect(steps, where).toEqual(told.trace.map((step) => traceText(step)));
      const commands = await reason.locator('.fixes kbd').allTextContents();
      expect(commands).toEqual(told.outcome === 'error' ? told.fix.map(({ command }) => command) : []);
      await page.keyboard.press('Escape');
    }
    // No cell stands twice: each region of an app in one row.
    const bodies = await page
      .locator('.resolution tbody')
      .evaluateAll((all) =>
        all.map((body) => ['app', 'region'].map((what) => body.querySelectorAll(`[data-${what}]`).length)),
      );
    const regions = bodies.reduce((sum, [apps, own]) => sum + apps! * own!, 0);
    expect(regions).toBe([...workspaceOf().apps.values()].reduce((sum, app) => sum + app.regions.length, 0));
  });

  test('the table is narrowed by app, region, audience and entry, and the address keeps it', async () => {
    const page = await miniappPage(SMART);
    const form = page.locator('#table-filters form');
    await form.locator('[name=app]').selectOption('smart-life');
    await form.locator('[name=region]').selectOption('AZ');
    await form.locator('[name=audience]').selectOption('everyone');
    await form.locator('[name=entry]').selectOption('link');
    const shown = () => page.locator('.resolution td:visible').count();
    const narrowed = '?app=smart-life&region=AZ&audience=everyone&entry=link';
    expect([await shown(), new URL(page.url()).search]).toEqual([1, narrowed]);
    await page.reload();
    // The forms wait for what all pages share.
    expect(await form.locator('[name=region]').inputValue()).toBe('AZ');
    expect(await shown()).toBe(1);
    await form.locator('[name=app]').selectOption('oem-home');
    const isServed = workspaceOf().apps.get('oem-home')!.regions.includes('AZ');
    expect(await page.locator('#table-filters .notice').isVisible()).toBe(!isServed);
  });

  test('apps that are answered alike stand together, and each has the reason with its own cure', async () => {
    const page = await miniappPage(SMART);
    const body = page.locator('tbody:has([data-app="oem-care"])');
    expect(await body.locator('[data-app]').allTextContents()).toEqual(['oem-care oem-care', 'oem-desk oem-desk']);
    await body.locator('.answer').first().click();
    const reason = page.locator('.why:popover-open');
    const command = reason.locator('.fixes kbd').last();
    expect(await command.textContent()).toContain('oem-care');
    await reason.getByRole('link', { name: 'oem-desk' }).click();
    await expect.poll(() => command.textContent()).toContain('oem-desk');
    expect(await command.textContent()).not.toContain('oem-care');
    expect(new URL(page.url()).hash).toBe('#cell.oem-desk.EU.everyone.link');
    await page.keyboard.press('Escape');
    // Narrowed to one of them, it is of that one alone.
    await page.locator('#table-filters [name=app]').selectOption('oem-desk');
    expect(await body.locator('[data-app]:visible').allTextContents()).toEqual(['oem-desk oem-desk']);
    await body.locator('.answer').first().click();
    expect(await command.textContent()).toContain('oem-desk');
    expect(await reason.getByRole('link', { name: 'oem-care' }).count()).toBe(0);
  });

  test('the address of an answer opens it also where the app is one of too many to be named', async () => {
    const ids = Array.from({ length: 130 }, (_one, at) => `many-${at}`);
    const apps = ids.map((id) => [
      `apps/${id}.yaml`,
      `id: ${id}\nname: { en: Name of ${id} }\nregions: [EU]\nscheme: ${id}\n`,
    ]);
    const many = await built({ config: FIXTURE, now: NOW, changes: Object.fromEntries(apps) });
    const own = await servePortal({ dir: many.dir, port: 0 });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    try {
      await page.goto(`${own.url}miniapps/${SMART}/`);
      const named = await page
        .locator('.resolution [data-app]')
        .evaluateAll((all) => all.map((one) => one.dataset['app']!));
      const unnamed = ids.find((id) => !named.includes(id))!;
      expect(unnamed).toMatch(/^many-/);
      await page.goto(`${own.url}miniapps/${SMART}/#cell.${unnamed}.EU.everyone.link`);
      const reason = page.locator('.why:popover-open');
      await expect.poll(() => reason.count()).toBe(1);
      expect(await reason.textContent()).toContain(`Name of ${unnamed}`);
      const query = {
        miniapp: SMART,
        app: unnamed,
        region: 'EU',
        entry: 'link',
        whitelisted: false,
        now: NOW,
      } as const;
      const resolution = resolve(many.workspace, query);
      expect(resolution.outcome).toBe('error');
      if (resolution.outcome === 'error')
        expect(await reason.textContent()).toContain(messages.en.outcomes[resolution.code].title);
      expect(await reason.locator('.fixes kbd').last().textContent()).toContain(unnamed);
      await page.keyboard.press('Escape');
      await expect.poll(() => reason.count()).toBe(0);
      // An app that is nowhere opens nothing.
      await page.goto(`${own.url}miniapps/${SMART}/?#cell.nobody.EU.everyone.link`);
      expect(await reason.count()).toBe(0);
    } finally {
      await page.close();
      await own.close();
    }
  });

  test('an account that is typed leaves the rows that may be of it, and goes nowhere', async () => {
    const page = await miniappPage(SMART);
    const rows = page.locator('.card:has(> #account-check) tbody tr:visible');
    const [none, some] = ['#account-none', '#account-some'].map((one) => page.locator(one));
    const state = async () => [await rows.count(), await none!.isVisible(), await some!.isVisible()];
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    expect(await state()).toEqual([2, false, false]);
    await page.fill('#account-check [name=account]', 'Someone.Else@example.com');
    expect(await state()).toEqual([0, true, false]);
    for (const { account } of workspaceOf().miniapps.get(SMART)!.whitelist) {
      await page.fill('#account-check [name=account]', account);
      expect(await state()).toEqual([1, false, true]);
    }
    await page.fill('#account-check [name=account]', '');
    expect(await state()).toEqual([2, false, false]);
    expect(asked).toEqual([]);
    expect(page.url()).not.toContain('account');
  });

  test('the search has questions to begin with, and an answer to each', async () => {
    const page = await open('search/', { reducedMotion: 'reduce' });
    const examples = page.locator('#search-examples a');
    expect(await examples.count()).toBeGreaterThan(4);
    await examples.first().click();
    await expect.poll(() => page.locator('#results li').count()).toBeGreaterThan(0);
    expect(await page.locator('#search-examples').isVisible()).toBe(false);
    await page.fill('#search-form [name=q]', '');
    await expect.poll(() => page.locator('#search-examples').isVisible()).toBe(true);
  });

  test('the table prints alone on one page', async () => {
    const page = await miniappPage(SMART);
    await page.evaluate(() => document.documentElement.classList.add('only-resolution'));
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  });

  test('the address of a cell opens it, and closing takes it out of the address', async () => {
    const page = await miniappPage(`${SMART}`);
    await page.goto(`${server.url}miniapps/${SMART}/#cell.smart-life.EU.everyone.link`);
    await page.reload();
    const reason = page.locator('.why:popover-open');
    expect(await reason.locator('.verdict').textContent()).toContain(
      workspaceOf().miniapps.get(SMART)!.release.online!.version,
    );
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).hash).toBe('');
  });

  test('what the forms are asked can be handed on as an address', async () => {
    const page = await miniappPage(SMART);
    await page.goto(
      `${server.url}miniapps/${SMART}/?if.app=oem-home&if.whitelisted=yes&if.page=pages/nowhere&qr.page=a/b&qr.level=H&qr.entry=link`,
    );
    expect(await page.inputValue('#what-if-form [name=app]')).toBe('oem-home');
    expect(await page.isChecked('#what-if-form [name=whitelisted][value=yes]')).toBe(true);
    expect(await page.inputValue('#what-if-form [name=page]')).toBe('pages/nowhere');
    expect(await page.inputValue('#qr-form [name=level]')).toBe('H');
    expect(await page.textContent('#qr-link')).toContain('a%2Fb');
  });

  test('the page itself is a code that reads back as its address', async () => {
    const page = await open('apps/');
    await page.locator('footer button', { hasText: 'QR code' }).click();
    await page.locator('.page-code svg').waitFor();
    expect(await readQr(page, '.page-code .qr-image')).toBe(page.url());
    await page.keyboard.press('Escape');
    expect(await page.locator('.page-code').isVisible()).toBe(false);
  });

  test('a dense code takes the width that there is, and says where that is not enough', async () => {
    const page = await miniappPage(SMART);
    await page.locator('#qr-form [name=query]').fill(`text=${'long-'.repeat(40)}`);
    await page.locator('#qr-form [name=level]').selectOption('H');
    await page.locator('.qr-image.dense').waitFor();
    expect(await readQr(page)).toContain('long-long');
    await page.setViewportSize({ width: 320, height: 700 });
    await page.locator('#qr-form [name=level]').selectOption('Q');
    await page.locator('#qr-result .note', { hasText: 'pixels wide here' }).waitFor();
  });

  test('the legend of a chart keeps its marks where the visitor forces colours', async () => {
    const page = await miniappPage(SMART, { forcedColors: 'active' });
    const key = page.locator('.key').first();
    const colour = await key.evaluate((one) => getComputedStyle(one, '::before').forcedColorAdjust);
    expect(colour).toBe('none');
  });

  test('a bar that does not fit fades at the edge behind which there is more', async () => {
    const page = await miniappPage(SMART, { viewport: { width: 375, height: 800 } });
    const fades = (selector: string) =>
      page
        .locator(selector)
        .evaluate((bar) => [...['::before', '::after'].map((edge) => Number(getComputedStyle(bar, edge).opacity))]);
    await page.locator('.sections').evaluate((bar) => bar.scrollTo(0, 0));
    await expect.poll(() => fades('.sections')).toEqual([0, 1]);
    await page.locator('.sections').evaluate((bar) => bar.scrollTo(bar.scrollWidth, 0));
    await expect.poll(() => fades('.sections')).toEqual([1, 0]);
    // Where all of it fits, nothing fades.
    const wide = await miniappPage(SMART);
    const [sections, top] = ['.sections', '.top nav'].map((bar) =>
      wide
        .locator(bar)
        .evaluate((one) => [...['::before', '::after'].map((edge) => Number(getComputedStyle(one, edge).opacity))]),
    );
    expect(await Promise.all([sections, top])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('a phone shows the code first, and opens itself what it cannot scan', async () => {
    const page = await miniappPage(SMART, { viewport: { width: 375, height: 800 }, hasTouch: true, isMobile: true });
    const opener = page.locator('#qr-result .open-app');
    expect(await opener.getAttribute('href')).toBe(await page.textContent('#qr-link'));
    expect(await opener.textContent()).toBe('Open in Smart Life');
    const top = async (selector: string) => (await page.locator(selector).boundingBox())!.y;
    expect(await top('.qr-image')).toBeLessThan(await top('#qr-form'));
    const desk = await miniappPage(SMART);
    expect(await desk.locator('#qr-result .open-app').isVisible()).toBe(false);
  });

  test('what draws codes is loaded when somebody asks for another one than the page was sent with, which stays until then', async () => {
    const page = await newPage();
    others.push(page);
    const scripts = new Set<string>();
    page.on('request', (request) => {
      if (request.url().endsWith('.js')) scripts.add(request.url());
    });
    /** The scripts asked for that hold the words of the library that draws; read from the server, as a browser may drop a body. */
    const drawers = async () => {
      const texts = await Promise.all([...scripts].map(async (url) => (await fetch(url)).text()));
      return texts.filter((text) => text.includes('The amount of data is too big to be stored in a QR'));
    };
    await page.goto(`${server.url}miniapps/${SMART}/`, { waitUntil: 'networkidle' });
    await page.locator('#qr-link').waitFor();
    expect(await page.locator('.qr-image img').count()).toBe(1);
    expect(await drawers()).toHaveLength(0);
    await page.fill('#qr-form [name=group]', 'group9');
    await page.locator('.qr-image svg').waitFor();
    expect(await drawers()).toHaveLength(1);
    expect(await readQr(page)).toContain('group9');
    await page.fill('#qr-form [name=group]', '');
    await page.locator('.qr-image img').waitFor();
    expect(await readQr(page)).toBe(await page.textContent('#qr-link'));
  });

  test('where what draws codes cannot be fetched, no code of another question stands there', async () => {
    const page = await newPage();
    others.push(page);
    await page.goto(`${server.url}miniapps/${SMART}/`, { waitUntil: 'networkidle' });
    await page.locator('#qr-link').waitFor();
    await page.route('**/*.js', (route) => route.abort());
    await page.fill('#qr-form [name=group]', 'group9');
    await page.locator('#qr-result .notice', { hasText: 'could not be fetched' }).waitFor();
    expect(await page.locator('.qr-image').count()).toBe(0);
    expect(await page.textContent('#qr-link')).toContain('group9');
    expect(await page.locator('#qr-result button', { hasText: 'SVG' }).count()).toBe(0);
    // The browser says so itself; no error of ours stands beside it.
    expect(new Set(faults.splice(0))).toEqual(new Set(['console: Failed to load resource: net::ERR_FAILED']));
  });

  test('more error correction makes a denser code of the same link', async () => {
    const page = await miniappPage(SMART);
    const side = async () => Number((await page.getAttribute('.qr-image svg', 'viewBox'))!.split(' ')[2]);
    await page.selectOption('#qr-form [name=level]', 'L');
    const low = await side();
    await page.selectOption('#qr-form [name=level]', 'H');
    await expect.poll(side).toBeGreaterThan(low);
    expect(await readQr(page)).toBe(await page.textContent('#qr-link'));
  });

  test('without scripts the default code is there and reads back, and on the sheet too', async () => {
    const page = await miniappPage(SMART, { javaScriptEnabled: false });
    const link = await page.textContent('#qr-result kbd');
    expect(link).toContain('experience');
    expect(await readQr(page)).toBe(link);
    await page.goto(`${server.url}sheet/`);
    expect(await readQr(page, 'div.qr-image')).toBe(link);
    const scripted = await miniappPage(SMART);
    expect(await scripted.textContent('#qr-link')).toBe(link);
  });

  test('an answer opens its reason, with the keyboard too, and gives the focus back', async () => {
    const page = await miniappPage(SMART);
    const answer = answerIn(page, 'smart-life', 'AZ', 'everyone', 'link');
    expect(await answer.getAttribute('aria-haspopup')).toBe('dialog');
    await answer.focus();
    await page.keyboard.press('Enter');
    const reason = page.getByRole('dialog', { name: messages.en.outcomes['app-not-associated'].title });
    const query = {
      miniapp: SMART,
      app: 'smart-life',
      region: 'AZ',
      entry: 'link',
      whitelisted: false,
      now: NOW,
    } as const;
    const resolution = resolve(workspaceOf(), query);
    expect(resolution.outcome).toBe('error');
    const text = await reason.textContent();
    expect(text).toContain(traceText(resolution.trace.at(-1)!));
    expect(text).toContain(messages.en.outcomes['app-not-associated'].message);
    expect(text).toContain(`npx miniapp trafficking add ${SMART} --app smart-life --region AZ`);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('why');
    await page.keyboard.press('Escape');
    expect(await page.locator('.why:popover-open').count()).toBe(0);
    expect(await answer.evaluate((element) => element === document.activeElement)).toBe(true);
    await answer.click();
    await reason.getByRole('button', { name: 'Close' }).click();
    expect(await page.locator('.why:popover-open').count()).toBe(0);
  });

  test('where an answer opens its own reason, the reasons of all of them are away', async () => {
    const page = await miniappPage(SMART);
    expect(await page.locator('.reasons').count()).toBe(1);
    expect(await page.locator('.reasons').isVisible()).toBe(false);
  });

  test('without scripts an answer leads to what explains it', async () => {
    const page = await miniappPage(SMART, { javaScriptEnabled: false, reducedMotion: 'reduce' });
    const opening = page.locator('[id="cell.smart-life.AY.everyone.link"] > a');
    const version = workspaceOf().miniapps.get(SMART)!.release.online!.version;
    expect(await opening.textContent()).toBe(version);
    await opening.click();
    const reason = page.locator('.reason:target');
    expect(await reason.isVisible()).toBe(true);
    expect(await reason.locator('.decided').textContent()).toContain('release.yaml');
    await page.locator('[id="cell.smart-life.AZ.everyone.link"] > a').click();
    expect(await reason.textContent()).toContain(messages.en.outcomes['app-not-associated'].cause);
    expect(await reason.locator('kbd').first().textContent()).toContain(`npx miniapp trafficking add ${SMART}`);
  });

  test('the what-if form answers as resolve does', async () => {
    const page = await miniappPage(SMART);
    const answer = page.locator('#what-if-answer');
    const cases = [
      { app: 'smart-life', region: 'EU', entry: 'link', whitelisted: false },
      { app: 'smart-life', region: 'AZ', entry: 'experience', whitelisted: true },
      { app: 'smart-life', region: 'AZ', entry: 'experience', whitelisted: false },
      { app: 'oem-home', region: 'EU', entry: 'link', whitelisted: true },
    ] as const;
    const promised = withBrokenBy(workspaceOf(), SMART, NOW);
    for (const { app, region, entry, whitelisted } of cases) {
      await page.selectOption('#what-if-form [name=app]', app);
      await page.selectOption('#what-if-form [name=region]', region);
      await page.check(`#what-if-form [name=entry][value=${entry}]`);
      await page.check(`#what-if-form [name=whitelisted][value=${whitelisted ? 'yes' : 'no'}]`);
      const resolution = resolve(promised, { miniapp: SMART, app, region, entry, whitelisted, now: NOW });
      const expected = versionOrCode(resolution);
      expect(await answer.getAttribute('data-answer'), `${app} ${region} ${entry} ${whitelisted}`).toBe(expected);
      const steps = await answer.locator('.trace li').allTextContents();
      expect(steps).toEqual(resolution.trace.map((step) => traceText(step)));
      const commands = await answer.locator('.fixes kbd').allTextContents();
      expect(commands).toEqual(resolution.outcome === 'error' ? resolution.fix.map(({ command }) => command) : []);
    }
    await page.fill('#what-if-form [name=page]', 'pages/nowhere');
    await page.selectOption('#what-if-form [name=region]', 'EU');
    await page.selectOption('#what-if-form [name=app]', 'smart-life');
    expect(await answer.getAttribute('data-answer')).toBe('page-not-found');
  });

  test('the regions offered are those of the app', async () => {
    const page = await miniappPage(SMART);
    for (const app of workspaceOf().apps.values()) {
      await page.selectOption('#what-if-form [name=app]', app.id);
      const offered = await page
        .locator('#what-if-form [name=region] option')
        .evaluateAll((options) => options.map((o) => (o as HTMLOptionElement).value));
      expect(offered).toEqual(app.regions);
    }
  });

  test('the list is searched, filtered and sorted, and the address keeps it', async () => {
    const page = await open('miniapps/');
    const shown = () => page.locator('#miniapps tbody tr:visible th small').allTextContents();
    expect((await shown()).sort()).toEqual([PANEL, SMART]);
    await page.fill('[name=q]', SMART.slice(0, 9));
    await expect.poll(shown).toEqual([SMART]);
    expect(new URL(page.url()).search).toBe(`?q=${SMART.slice(0, 9)}`);
    await page.selectOption('[name=type]', 'panel');
    await expect.poll(shown).toEqual([]);
    expect(await page.locator('#no-match').isVisible()).toBe(true);
    expect(await page.textContent('#shown')).toBe('0 of 2 shown');
    await page.reload();
    expect(await page.inputValue('[name=type]')).toBe('panel');
    await expect.poll(shown).toEqual([]);
    await page.click('button[type=reset]');
    await expect.poll(shown).toHaveLength(2);
    expect(new URL(page.url()).search).toBe('');
    const header = page.locator('#miniapps thead th').first();
    await header.locator('button').click();
    const up = await shown();
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    await header.locator('button').click();
    await expect.poll(shown).toEqual(up.toReversed());
    expect(await header.getAttribute('aria-sort')).toBe('descending');
  });

  test('columns that are left out stay so on the next visit; a phone chooses the order, and has no hidden tab stops', async () => {
    const page = await open('miniapps/');
    await page.locator('.columns summary').click();
    await page.locator('#columns input').first().uncheck();
    await page.reload();
    expect(await page.locator('#miniapps td:nth-child(2)').first().isVisible()).toBe(false);
    expect(await page.locator('#miniapps td:nth-child(3)').first().isVisible()).toBe(true);
    await page.setViewportSize({ width: 360, height: 800 });
    const ids = () => page.locator('#miniapps tbody .who small').allTextContents();
    const before = await ids();
    expect(before.length).toBeGreaterThan(1);
    // Rows are fetched when somebody reaches for the order.
    await page.locator('[name=sort]').selectOption('-0');
    await expect.poll(ids).toEqual(before.toReversed());
    expect(new URL(page.url()).search).toBe('?sort=-0');
    await page.locator('[name=sort]').selectOption('0');
    await expect.poll(ids).toEqual(before);
    await page.locator('.columns summary').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('who');
  });

  test('the whitelist is taken away as it is shown, masked, and without formulas', async () => {
    const page = await miniappPage(SMART);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('[data-csv] > button').first().click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${SMART}-whitelist.csv`);
    const text = readFileSync((await download.path())!, 'utf8');
    const rows = text.trimEnd().split('\r\n');
    expect(rows).toHaveLength(1 + workspaceOf().miniapps.get(SMART)!.whitelist.length);
    for (const { account } of workspaceOf().miniapps.get(SMART)!.whitelist) expect(text).not.toContain(account);
    expect(rows.some((row) => /^[=+@-]/.test(row))).toBe(false);
  });

  test('moments and days stand in one line, on a phone too, and what scrolls sideways shows that there is more', async () => {
    for (const width of [390, 1280]) {
      const page = await miniappPage(SMART);
      await page.setViewportSize({ width, height: 900 });
      const broken = await page.locator('time, [data-ends]').evaluateAll((all) =>
        all
          .filter((one) => {
            const lines = document.createRange();
            lines.selectNodeContents(one);
            const tops = [...lines.getClientRects()].map(({ top }) => Math.round(top / 8));
            return new Set(tops).size > 1;
          })
          .map((one) => one.textContent.trim()),
      );
      expect(broken).toEqual([]);
    }
    const shades = await tab
      .locator('.scroll')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundAttachment));
    expect(shades.length).toBeGreaterThan(0);
    for (const shade of shades) expect(shade).toMatch(/^local, local, scroll/);
  });

  test('on a phone what a role lets somebody do stands below it, as wide as the page', async () => {
    const page = await open('people/alice/', { viewport: { width: 390, height: 900 } });
    const boxes = await page
      .locator('#held tbody tr')
      .first()
      .locator('th, td')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
    expect(boxes).toHaveLength(3);
    expect(boxes[2].width).toBeGreaterThan(300);
    expect(boxes[2].top).toBeGreaterThanOrEqual(boxes[0].bottom);
  });

  test('without scripts the list is whole and the forms are away', async () => {
    const page = await open('miniapps/', { javaScriptEnabled: false });
    expect(await page.locator('#miniapps tbody tr:visible').count()).toBe(2);
    expect(await page.locator('#filters').isVisible()).toBe(false);
  });

  test('the keyboard goes past the navigation', async () => {
    const page = await open('');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  });
});
