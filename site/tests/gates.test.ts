/**
 * What every page of the portal must be, in a real browser: usable by everybody (axe), quiet (nothing in the console), at home (no request
 * to elsewhere), narrow enough for a small phone, and light. Both languages and both themes. Longer than most files: all gates look at one
 * built portal in one browser.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokenLinks, builtSite } from '../../scripts/checks/links.ts';
import { removeRepositories, repository, temporaryFolder } from '../../scripts/fixtures/repository.ts';
import { PANEL, SMART } from '../../scripts/fixtures/workspace.ts';
import { servePortal, type PortalServer } from '../../scripts/portal/serve.ts';
import { words } from '../src/i18n/index.ts';
import { chromiumPath, launch, openWithoutScripts, untilDrawn } from './browser.ts';
import { EVERY_VIEW, expectPasses, gateOf, VIEWS, type Gate } from './gate.ts';
import { PAGES } from './pages.ts';

const BUSY = `miniapps/${SMART}/`;

/** One page of each kind: all that the navigation leads to, and of those that there are several of the busiest. */
const KINDS = [...PAGES, BUSY, 'apps/smart-life/', 'people/alice/', 'search/?q=a', 'there-is-no-such-page/'];
const LANGUAGES = ['', 'zh/'];

const executable = chromiumPath();
if (!executable) console.warn('The gates are skipped: no Chromium on PATH; CHROMIUM=/path/to/chromium names one.');

let folder: string;

// A platform with a history of its own, whatever stands in config/: pages without events are looked at by other tests.
beforeAll(async () => {
  folder = temporaryFolder('gates');
  const own = repository();
  // Bytes are required from the first commit on, and kept where nobody asks: gates-platforms.test.ts has those that were looked for.
  own.edit('platform.yaml', 'languages:', 'packages: { required: true }\nlanguages:');
  own.git('commit', '-qa', '--amend', '--no-edit');
  own.git('remote', 'add', 'origin', temporaryFolder('store'));
  for (const [minor, by] of ['alice', 'bob', 'alice', 'bob', 'alice', 'bob', 'alice', 'bob'].entries()) {
    const version = `1.${minor + 4}.0`;
    own.write(`miniapps/${SMART}/versions/${version}.yaml`, versionFile(version, by));
    const about = ['Transition: upload', `Miniapp: ${SMART}`, `Version: ${version}`, `Actor: ${by}`];
    own.commit({ by, message: `upload ${SMART} ${version}`, trailers: about });
  }
  own.edit(`miniapps/${SMART}/miniapp.yaml`, 'en: Alarm clock, zh: 闹钟', 'en: Alarm Explorer, zh: 闹钟小程序');
  own.write(`miniapps/${SMART}/reports/2026-11.yaml`, `rows:\n${DAYS.flatMap((day) => figuresOf(day)).join('')}`);
  // More days than the charts show where somebody asks for fewer; of another miniapp, so that they weigh nothing above.
  mkdirSync(own.file(`miniapps/${PANEL}/reports`));
  own.write(
    `miniapps/${PANEL}/reports/2026-10.yaml`,
    `rows:\n${Array.from({ length: 31 }, (_one, day) => figuresOf(day + 1, '2026-10', ['1.0.0']))
      .flat()
      // The first day, which is no more in sight then, had more opens.
      .map((row) => (row.includes('2026-10-01') ? row.replace('opens: ', 'opens: 9') : row))
      .join('')}`,
  );
  own.commit({ by: 'alice', message: `edit-basics and edit-report ${SMART}`, trailers: ['Actor: alice'] });
  const { code, err } = await own.run('portal', 'build', '--out', join(folder, 'dist'));
  if (code !== 0) throw new Error(`portal build ended with ${code}: ${err}`);
});
afterAll(removeRepositories);

const versionFile = (version: string, by: string): string => `version: ${version}
description: A version with more of everything, and a sentence that is longer than a small phone is wide
uploadedBy: ${by}
uploadedAt: 2026-11-02T08:00:00Z
package: { sha256: ${'5e'.repeat(32)}, bytes: 2211219, files: 653 }
baseLibrary: 2.14.2
kits: { BaseKit: 3.10.4, DeviceKit: 4.0.8, MiniKit: 3.1.0 }
pages: [${Array.from({ length: 60 }, (_, page) => `pages/a-page-of-many/number-${page}/index`).join(', ')}]
origins: [https://api.example.com, https://a-rather-long-name-of-a-server.central-europe.example.org]
`;

const DAYS = Array.from({ length: 19 }, (_, day) => day + 1);

const figuresOf = (day: number, month = '2026-11', versions = ['1.0.0', '1.1.0']): string[] =>
  ['EU', 'AZ'].flatMap((region) =>
    versions.map(
      (version) =>
        `  - { date: ${month}-${String(day).padStart(2, '0')}, app: smart-life, region: ${region}, version: ${version}, opens: ${900 + day * 37}, visitors: ${600 + day * 11}, newVisitors: ${day}, staySeconds: ${40 + day}, errors: ${day % 3} }\n`,
    ),
  );

test('what is refused without bytes says that nobody asked for them', () => {
  const page = readFileSync(join(folder, 'dist', BUSY, 'index.html'), 'utf8');
  expect(page).toContain(words.en.versions.lack.unasked);
});

test('every link of every page leads somewhere', () => {
  const site = builtSite(join(folder, 'dist'));
  expect(site.pages.size).toBeGreaterThan(2 * KINDS.length);
  expect(brokenLinks(site)).toEqual([]);
});

describe.skipIf(!executable)('in a browser', () => {
  let server: PortalServer;
  let browser: Browser;
  let page: Page;
  let gate: Gate;

  beforeAll(async () => {
    server = await servePortal({ dir: join(folder, 'dist'), port: 0 });
    browser = await launch(executable!);
    gate = await gateOf(browser, server.url);
    page = gate.page;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test('axe finds what is wrong', async () => {
    await gate.open('rules/');
    await page.evaluate(() => {
      const image = document.createElement('img');
      const low = document.createElement('p');
      low.className = 'low';
      low.textContent = 'hardly to be read';
      document.querySelector('main')!.append(image, low);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.low { color: #777; background: #888 }');
      document.adoptedStyleSheets.push(sheet);
    });
    const found = (await gate.violations()).map((line) => line.split(':')[0]);
    expect(found).toEqual(expect.arrayContaining(['image-alt', 'color-contrast']));
  });

  test.each(KINDS)('/%s', async (path) => {
    await expectPasses(gate, path, path === BUSY ? EVERY_VIEW : VIEWS.en);
  });
  test.each(KINDS)('/zh/%s', async (path) => {
    await expectPasses(gate, `zh/${path}`, path === BUSY ? EVERY_VIEW : VIEWS.zh);
  });

  test.each(LANGUAGES)(
    '/%s: a page of a miniapp weighs at most 60 KB with everything that it loads',
    async (language) => {
      await gate.open(`${language}${BUSY}`);
      const files = [...gate.loaded()].map((path) =>
        join(folder, 'dist', path.endsWith('/') ? `${path}index.html` : path),
      );
      expect(files.length).toBeGreaterThan(8);
      const weight = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
      expect(weight).toBeLessThanOrEqual(60 * 1024);
      expect([...gate.loaded()].filter((path) => path.includes('search'))).toEqual([]);
    },
  );

  test('charts are read day by day with the keyboard', async () => {
    await gate.open(BUSY);
    const reader = page.locator('.chart-reader').first();
    const reading = page.locator('.reading').first();
    await reader.focus();
    const last = await reading.textContent();
    await page.keyboard.press('ArrowLeft');
    const before = await reading.textContent();
    expect(before).not.toBe(last);
    expect(await reader.getAttribute('aria-valuetext')).toBe(before);
    await page.keyboard.press('Home');
    expect(await reader.getAttribute('aria-valuenow')).toBe('1');
    await page.keyboard.press('End');
    expect(await reading.textContent()).toBe(last);
  });

  test('what is chosen of the history and of the charts before their scripts ran counts, and goes into the address', async () => {
    const search = () => new URL(page.url()).search;
    const letHistory = await openWithoutScripts(page, `${server.url}history/?kind=upload&from=2026-11-01`);
    await page.fill('#history-filters [name=from]', '2026-01-01');
    await letHistory();
    await expect.poll(search, { timeout: 10_000 }).toBe('?kind=upload&from=2026-01-01');
    expect(await page.inputValue('#history-filters [name=kind]')).toBe('upload');
    const letCharts = await openWithoutScripts(page, `${server.url}miniapps/${PANEL}/`);
    await page.locator('.range input').first().check();
    await letCharts();
    await expect.poll(search, { timeout: 10_000 }).toBe('?report.days=30');
    expect(await page.locator('.range input').first().isChecked()).toBe(true);
  });

  test('charts show fewer days where somebody asks, count those alone, and keep that in the address', async () => {
    await gate.open(`miniapps/${PANEL}/`);
    const sum = page.locator('.charts [data-days]').first();
    const reader = page.locator('.chart-reader').first();
    const counts = (await sum.getAttribute('data-days'))!.split(' ').map(Number);
    const text = (shown: number) =>
      counts
        .slice(-shown)
        .reduce((all, one) => all + one, 0)
        .toLocaleString('en');
    expect(counts.length).toBeGreaterThan(30);
    expect(await sum.textContent()).toBe(text(counts.length));
    await page.locator('.range input:checked').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => sum.textContent()).toBe(text(30));
    expect(new URL(page.url()).search).toContain('report.days=30');
    // The values beside a plot are of what is shown.
    const narrowed = page.locator('.chart-figure:has([data-taller])').first();
    const marks = narrowed.locator('.marks');
    expect(await narrowed.locator('.values:visible').count()).toBe(1);
    expect(await narrowed.locator('[data-taller]').isVisible()).toBe(true);
    expect(await marks.getAttribute('transform')).toMatch(/scale\(1 \d/);
    await page.reload();
    await expect.poll(() => sum.textContent()).toBe(text(30));
    // No key leads to a day that is out of sight, and a day in sight lies in the plot.
    await reader.focus();
    await page.keyboard.press('Home');
    expect(await reader.getAttribute('aria-valuenow')).toBe(String(counts.length - 29));
    const [plot, day] = await Promise.all([reader.boundingBox(), page.locator('.day.is-read').first().boundingBox()]);
    expect(day!.x).toBeGreaterThanOrEqual(plot!.x);
    await page.locator('.range input').last().check();
    expect(await sum.textContent()).toBe(text(counts.length));
    expect(await narrowed.locator('[data-taller]').isVisible()).toBe(false);
    expect(await marks.getAttribute('transform')).toBe('');
  });

  test('what the address names is in sight when everything is there, and stays out of it for whoever moved on', async () => {
    const moving = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await moving.goto(`${server.url}${BUSY}#access`);
    await moving.locator('#qr-form').waitFor();
    await moving.locator('#table-filters form').waitFor();
    const top = () => moving.locator('#access').evaluate((section) => Math.round(section.getBoundingClientRect().top));
    await expect.poll(top).toBeLessThan(260);
    expect(await top()).toBeGreaterThanOrEqual(0);
    await moving.mouse.wheel(0, -2_000);
    await expect.poll(top).toBeGreaterThan(900);
    await moving.setViewportSize({ width: 1000, height: 900 });
    await untilDrawn(moving);
    expect(await top()).toBeGreaterThan(900);
    await moving.close();
  });

  test('the history is narrowed by words, person, step and day, and the address keeps it', async () => {
    await gate.open('history/');
    const shown = () => page.locator('.event:visible').count();
    const all = await shown();
    expect(all).toBeGreaterThan(8);
    await page.selectOption('#history-filters [name=kind]', 'edit-report');
    await expect.poll(shown).toBe(1);
    await page.selectOption('#history-filters [name=kind]', 'upload');
    const uploads = await shown();
    await page.selectOption('#history-filters [name=who]', { label: 'Bob Example' });
    await expect.poll(shown).toBeLessThan(uploads);
    await page.fill('#history-filters [name=q]', '1.5.0');
    await expect.poll(shown).toBe(1);
    const { search } = new URL(page.url());
    expect(search).toBe('?kind=upload&who=Bob+Example&q=1.5.0');
    await gate.open(`history/${search}`);
    expect(await shown()).toBe(1);
    await page.fill('#history-filters [name=to]', '2020-01-01');
    await expect.poll(shown).toBe(0);
    await page.locator('#history-filters [type=reset]').click();
    await expect.poll(shown).toBe(all);
    expect(new URL(page.url()).search).toBe('');
    expect(gate.faults()).toEqual([]);
  });

  /** A form: where it is, what is chosen first and then, what that control holds, and what the page shows of it. */
  const FORMS: readonly {
    readonly name: string;
    readonly path: string;
    readonly choose: readonly [first: () => Promise<unknown>, second: () => Promise<unknown>];
    readonly held: () => Promise<string>;
    readonly shown: () => Promise<string>;
  }[] = [
    {
      name: 'the search',
      path: 'search/',
      choose: [() => page.fill('#search-form [name=q]', 'olga'), () => page.fill('#search-form [name=q]', 'explorer')],
      held: () => page.inputValue('#search-form [name=q]'),
      shown: () => textOf('#results'),
    },
    {
      name: 'the history',
      path: 'history/',
      choose: [
        () => page.selectOption('#history-filters [name=kind]', 'edit-report'),
        () => page.selectOption('#history-filters [name=kind]', 'upload'),
      ],
      held: () => page.inputValue('#history-filters [name=kind]'),
      shown: async () => String(await page.locator('.event:visible').count()),
    },
    {
      name: 'the list',
      path: 'miniapps/',
      choose: [() => page.fill('#filters [name=q]', PANEL), () => page.selectOption('#filters [name=type]', 'smart')],
      held: async () =>
        `${await page.inputValue('#filters [name=q]')} ${await page.inputValue('#filters [name=type]')}`,
      shown: async () => `${await textOf('#shown')} ${await textOf('#miniapps tbody')}`,
    },
    {
      name: 'what if',
      path: BUSY,
      choose: [() => share('what-if', 'app', 'oem-home'), () => share('what-if', 'app', 'smart-life')],
      held: () => page.inputValue('#what-if-form [name=app]'),
      shown: () => textOf('#what-if-answer kbd'),
    },
    {
      name: 'the code',
      path: BUSY,
      choose: [() => share('qr', 'app', 'oem-home'), () => share('qr', 'level', 'H')],
      held: async () =>
        `${await page.inputValue('#qr-form [name=app]')} ${await page.inputValue('#qr-form [name=level]')}`,
      shown: async () =>
        `${await textOf('#qr-link')} ${await page.evaluate(() => document.querySelector('.qr-image path + path')?.getAttribute('d'))}`,
    },
    {
      name: 'the table of answers',
      path: BUSY,
      choose: [
        () => page.selectOption('#table-filters [name=region]', 'EU'),
        () => page.selectOption('#table-filters [name=audience]', 'everyone'),
      ],
      held: async () =>
        `${await page.inputValue('#table-filters [name=region]')} ${await page.inputValue('#table-filters [name=audience]')}`,
      shown: async () => String(await page.locator('.resolution td:visible').count()),
    },
    {
      name: 'the days of charts',
      path: `miniapps/${PANEL}/`,
      choose: [() => page.locator('.range input').first().check(), () => page.locator('.range input').last().check()],
      held: () => page.inputValue('.range input:checked'),
      shown: () => textOf('.charts [data-days]'),
    },
  ];
  /** What these two forms ask goes into the address when somebody hands it on. */
  const share = async (form: 'qr' | 'what-if', field: string, value: string) => {
    await page.selectOption(`#${form}-form [name=${field}]`, value);
    await page
      .locator(`#${form}`)
      .getByRole('button', { name: /^Copy the link/ })
      .click();
  };
  const textOf = async (selector: string) => (await page.locator(selector).first().textContent()) ?? '';

  test.each(FORMS)('$name follows the browser back and on', async ({ path, choose: [first, second], held, shown }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await gate.open(path);
    const state = async () => ({ held: await held(), shown: await shown(), search: new URL(page.url()).search });
    /** What stands there once it is another answer, and stays so. */
    const settled = async (former: string) => {
      let last = await state();
      const isSettled = async () => {
        const earlier = JSON.stringify(last);
        last = await state();
        return last.shown !== former && JSON.stringify(last) === earlier;
      };
      await expect.poll(isSettled, { interval: 100 }).toBe(true);
      return last;
    };
    const sent = await shown();
    await first();
    const before = await settled(sent);
    // A way to a place on the page is an entry of its own, with what was asked until then.
    await page.evaluate(() => (location.hash = 'main'));
    await second();
    const after = await settled(before.shown);
    expect(after.search).not.toBe(before.search);
    await page.goBack();
    await expect.poll(state).toEqual(before);
    await page.goForward();
    await expect.poll(state).toEqual(after);
    expect(gate.faults()).toEqual([]);
  });

  test('the key / leads to the search, which finds everything, and the address keeps the question', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await gate.open('rules/');
    await page.keyboard.press('/');
    await page.waitForURL(`${server.url}search/`);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('q');
    expect([...gate.loaded()].filter((path) => path.endsWith('.json'))).toEqual([]);
    const links = page.locator('#results li');
    const finds = async (query: string, href: string) => {
      await page.fill('[name=q]', query);
      await page.locator(`#results a[href="${href}"]`).first().waitFor({ timeout: 10_000 });
    };
    await finds('explorer', `/${BUSY}`);
    await finds('expl', `/${BUSY}`);
    await finds('exploer', `/${BUSY}`);
    await finds('tysmart00', `/${BUSY}`);
    await finds('小程序', `/${BUSY}`);
    await finds('1.2.0', `/${BUSY}#version-1.2.0`);
    await finds('app-not-associated', '/symptoms/#app-not-associated');
    await finds('10004', '/symptoms/#loader');
    await finds('smart life', '/apps/smart-life/');
    await finds('olga', '/people/olga/');
    expect(new URL(page.url()).search).toBe('?q=olga');
    expect(await links.count()).toBeGreaterThan(0);
    await page.selectOption('[name=kind]', 'rule');
    await expect.poll(() => links.count()).toBe(0);
    expect(new URL(page.url()).search).toBe('?q=olga&kind=rule');
    await page.goto(`${server.url}zh/search/?q=小程序&kind=miniapp`);
    await page.locator(`#results a[href="/zh/${BUSY}"]`).waitFor();
    expect(gate.faults()).toEqual([]);
  });

  test('Ctrl+K opens the palette over any page, and the keyboard alone leads to what was found', async () => {
    await gate.open(`zh/${BUSY}`);
    const before = [...gate.loaded()];
    expect(before.filter((path) => /palette|search/.test(path))).toEqual([]);
    await page.locator('.find').focus();
    await page.keyboard.press('Control+k');
    const field = page.locator('.palette [role=combobox]');
    await page.locator('#palette-0').waitFor();
    expect(await page.locator('.palette li').count()).toBeGreaterThan(8);
    await field.fill('olga');
    await page.locator('.palette li', { hasText: 'olga' }).first().waitFor();
    await field.fill('a');
    await expect.poll(() => page.locator('.palette li').count()).toBeGreaterThan(2);
    await page.keyboard.press('ArrowDown');
    expect(await field.getAttribute('aria-activedescendant')).toBe('palette-1');
    expect(await page.locator('#palette-1').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('.palette li').last().getAttribute('aria-selected')).toBe('true');
    expect(await gate.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.palette').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('find');
    await page.keyboard.press('Control+k');
    await field.fill('olga');
    await page.locator('.palette li', { hasText: 'olga' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.url}zh/people/olga/`);
    expect(gate.faults()).toEqual([]);
  });

  test('where a script that is loaded on demand cannot be fetched, what asked for it says so, or leads to the search', async () => {
    await gate.open(`miniapps/${PANEL}/`);
    await page.route('**/*.js', (route) => route.abort());
    await page.locator('.range input').first().check();
    await page.locator('.range .notice', { hasText: 'could not be fetched' }).waitFor();
    await page.locator('footer button', { hasText: 'QR code' }).click();
    await page.locator('.page-code .notice', { hasText: 'could not be fetched' }).waitFor();
    expect(await page.locator('.page-code').textContent()).toContain(page.url());
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.waitForURL(`${server.url}search/`);
    await page.unrouteAll();
    // The browser says so itself; no error of ours stands beside it.
    for (const fault of gate.faults()) expect(fault).toContain('net::ERR_FAILED');
  });

  test('a chosen theme is there on the next page, before anything is drawn', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await gate.open('about/');
    await page.locator('.theme select').selectOption('dark');
    await gate.open('rules/');
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
    await page.locator('.theme select').selectOption('system');
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light dark');
  });

  test('without scripts the search leads to the list', async () => {
    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(`${server.url}search/`);
    expect(await plain.locator('#search-form').isVisible()).toBe(false);
    expect(await plain.locator('#search-without a').getAttribute('href')).toBe('/miniapps/');
    await plain.close();
  });
});
