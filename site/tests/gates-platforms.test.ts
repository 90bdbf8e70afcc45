/** The gates on platforms that are not like the example: one that has just begun, and one whose texts are as bad as they may be. portal.test.ts has the example. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokenLinks, builtSite } from '../../scripts/checks/links.ts';
import { invalidHtml } from '../../scripts/checks/portal.ts';
import { judgeByBytes } from '../../scripts/fixtures/judging-platform.ts';
import { cloneOf, product } from '../../scripts/fixtures/product.ts';
import {
  removeRepositories,
  repository,
  temporaryFolder,
  type TestRepository,
} from '../../scripts/fixtures/repository.ts';
import { PANEL, SMART } from '../../scripts/fixtures/workspace.ts';
import { loadWorkingTree } from '../../scripts/git/working-tree/working-tree.ts';
import { servePortal, type PortalServer } from '../../scripts/portal/serve.ts';
import { words } from '../src/i18n/index.ts';
import { chromiumPath, launch } from './browser.ts';
import { expectPasses, gateOf, type Gate, type View } from './gate.ts';
import { PAGES } from './pages.ts';

const executable = chromiumPath();
if (!executable) console.warn('The gates are skipped: no Chromium on PATH; CHROMIUM=/path/to/chromium names one.');
afterAll(removeRepositories);

/** As `init` makes it: no miniapp, one app, one person. */
async function begun(): Promise<TestRepository> {
  const own = cloneOf(product());
  const words = ['--name', 'Acme Minis', '--owner', 'ada', '--github-id', '583231', '--region', 'EU=Europe'];
  const { code, err } = await own.run('init', ...words, '--app', 'acme=Acme', '--commit');
  if (code !== 0) throw new Error(err);
  return own;
}

const MARKUP = '</script><img src=x onerror=alert(1)>';
const LONG = 'Donaudampfschifffahrtsgesellschaftskapitaenswitwenrentenauszahlungsstelle12345';
const PLANTED = 'planted.person@example.com';
const ARABIC = 'تطبيق صغير يعمل داخل تطبيق كبير';

/**
 * Names of markup, of eighty letters without a space, from right to left, of files too; forty apps; a hundred and twenty pages. Bytes are
 * required, and are kept of some versions.
 */
async function hostile(): Promise<TestRepository> {
  const own = repository();
  await judgeByBytes(own, {
    [`${MARKUP.replace('/', '')}.js`]: '',
    [`${LONG}/${LONG}.json`]: '{}',
    [`${ARABIC}.json`]: '{}',
    ...Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`assets/${at}.json`, '{}'])),
  });
  own.edit(`miniapps/${SMART}/miniapp.yaml`, 'en: Alarm clock, zh: 闹钟', `en: ${LONG}, zh: ${ARABIC}`);
  own.edit(`miniapps/${SMART}/miniapp.yaml`, 'Wakes you up', JSON.stringify(`${MARKUP} ${LONG}${LONG}`));
  own.edit(`miniapps/${SMART}/miniapp.yaml`, 'lifestyle', JSON.stringify(`a</td>${MARKUP}`));
  own.write('people/gone.yaml', 'login: gone\ngithubId: 999\nname: Gone\nleft: 2026-10-01\n');
  own.edit('people/bob.yaml', 'Bob Example', JSON.stringify(`${MARKUP} ${LONG.slice(0, 30)}`));
  own.edit('platform.yaml', 'en: Central Europe', `en: ${JSON.stringify(`${MARKUP} EU`)}`);
  for (let app = 0; app < 40; app += 1)
    own.write(
      `apps/app-${String(app).padStart(2, '0')}-${'x'.repeat(50)}.yaml`,
      `id: app-${String(app).padStart(2, '0')}-${'x'.repeat(50)}\nname: { en: ${LONG.slice(app)} }\nregions: [EU, AZ]\nscheme: app${app}\n`,
    );
  const pages = Array.from({ length: 120 }, (_, page) => `pages/${LONG.toLowerCase()}/number-${page}/index`);
  own.edit(
    `miniapps/${SMART}/versions/1.3.0.yaml`,
    'pages: ["pages/index/index","pages/alarm/index"]',
    `pages: [${pages.join(', ')}]`,
  );
  own.edit(`miniapps/${SMART}/versions/1.3.0.yaml`, 'Version 1.3.0', JSON.stringify(`${MARKUP} ${LONG}`));
  // An account that is whitelisted, and then stands where no account belongs.
  own.edit(
    `miniapps/${SMART}/whitelist.yaml`,
    'whitelist:\n',
    `whitelist:\n  - { app: smart-life, account: ${PLANTED} }\n`,
  );
  own.edit(`miniapps/${SMART}/versions/1.2.0.yaml`, 'Version 1.2.0', JSON.stringify(`For ${PLANTED} ${MARKUP}`));
  own.commit({ by: 'olga', message: `${MARKUP} ${LONG} ${PLANTED}`, trailers: ['Actor: olga'] });
  // A stop, whose reason the history repeats.
  const release = `miniapps/${SMART}/release.yaml`;
  own.edit(release, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice', message: `disable\n\n${LONG} ${LONG}`, trailers: ['Actor: alice'] });
  own.edit(release, 'enabled: false', 'enabled: true');
  own.commit({ by: 'alice', message: 'enable', trailers: ['Actor: alice'] });
  return own;
}

/** A step of a version or a release, as it is printed. */
const STEP =
  /^(?:submit|withdraw|approve|reject|revoke|publish|rollback|delete|enable|disable|experience|rollout (?:start|widen|stop|finish)) /;

/** The longest page, which says the same on every platform, is looked at in gates.test.ts alone. */
const SAME = 'rules/';
const OWN = PAGES.filter((page) => page !== SAME);
/** Its contents on the platforms, in both languages. */
const contents = new Set<string>();

interface Platform {
  readonly name: string;
  readonly make: () => Promise<TestRepository> | TestRepository;
  /** The pages that a browser looks at. */
  readonly looked: readonly string[];
  /**
   * How, in each language. gates.test.ts looks at every kind of page in all of VIEWS; here the texts of a platform meet each width,
   * theme and language once, and those of both platforms each width in each theme.
   */
  readonly views: { readonly en: View; readonly zh: View };
}

const PLATFORMS: readonly Platform[] = [
  {
    name: 'that has just begun',
    make: begun,
    looked: [...OWN, 'apps/acme/', 'people/ada/'],
    views: { en: { width: 1280, theme: 'light' }, zh: { width: 320, theme: 'dark' } },
  },
  {
    name: 'whose texts are bad',
    make: hostile,
    looked: [...OWN, `miniapps/${SMART}/`, `miniapps/${PANEL}/`, 'apps/smart-life/', 'people/bob/'],
    views: { en: { width: 320, theme: 'light' }, zh: { width: 1280, theme: 'dark' } },
  },
];

describe.each(PLATFORMS)('a platform $name', ({ name, make, looked, views }) => {
  const folder = temporaryFolder('gates');
  const dir = join(folder, 'dist');
  let secrets: readonly string[];
  let own: TestRepository;

  beforeAll(async () => {
    own = await make();
    const { miniapps } = loadWorkingTree(own.file('')).workspace;
    // Notes may repeat what is said elsewhere, as in the example; privacy.test.ts looks for those.
    secrets = [...miniapps.values()].flatMap(({ whitelist, scenarios }) =>
      [...whitelist, ...scenarios].flatMap(({ account }) => account ?? []),
    );
    const { code, err } = await own.run('portal', 'build', '--out', dir);
    if (code !== 0) throw new Error(`portal build ended with ${code}: ${err}`);
  });

  test('has valid pages, whose links lead somewhere', async () => {
    const site = builtSite(dir);
    expect(brokenLinks(site)).toEqual([]);
    const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
    const pages = new Map(names.map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
    expect(names.length).toBeGreaterThan(2 * PAGES.length);
    expect(await invalidHtml(pages)).toEqual([]);
    const page = pages.get(`miniapps/${SMART}/index.html`) ?? '';
    const { missing, differs, unrecorded } = words.en.versions.lack;
    const said = [missing, differs, unrecorded, 'assets/49.json'].map((what) => page.includes(what));
    expect(said).toEqual(Array.from({ length: 4 }, () => name === 'whose texts are bad'));
    for (const path of [SAME, `zh/${SAME}`])
      contents.add(/<main[^]*<\/main>/.exec(pages.get(`${path}index.html`)!)![0]);
  });

  test('counts the same people on the overview and on the page about the portal', () => {
    const cellOf = (path: string) =>
      /<dt[^>]*>People(?:<\/dt>)?\s*<dd[^>]*>(.*?)<\/d(?:d|iv)>/s
        .exec(readFileSync(join(dir, path), 'utf8'))![1]!
        .replace(/<[^>]*>/g, '')
        .trim();
    const [overview, about] = [cellOf('index.html'), cellOf('about/index.html')];
    expect(about).toBe(name === 'whose texts are bad' ? `${overview} and 1 who left` : overview);
  });

  test('prints as next steps only such as are taken', async () => {
    const printed = new Set<string>();
    for (const [, html] of builtSite(dir).pages)
      for (const [, command = ''] of html.matchAll(/<kbd>npx miniapp ([^<]*)/g))
        if (STEP.test(command)) printed.add(command);
    expect(printed.size > 8).toBe(name === 'whose texts are bad');
    for (const command of printed) {
      const words = command.split(' ').map((word) => ({ PERCENT: '10', REASON: 'No' })[word] ?? word);
      const actor = /^(?:approve|reject|revoke)$/.test(words[0]!) ? 'rita' : 'alice';
      const { code, value } = await own.runJson(...words, '--actor', actor, '--dry-run');
      const codes = (value.problems ?? []).map((one: { code: string }) => one.code);
      // What people were promised is theirs to change.
      const isTaken = code === 0 || codes.every((one: string) => one === 'scenario-broken');
      expect({ command, codes, isTaken }).toEqual({ command, codes, isTaken: true });
    }
  });

  test('names no account in any file, and every page has its policy', () => {
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(2 * PAGES.length);
    expect(secrets.length > 0).toBe(name !== 'that has just begun');
    expect(secrets.includes(PLANTED)).toBe(name === 'whose texts are bad');
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      const text = readFileSync(path, 'utf8');
      const lower = text.toLowerCase();
      expect(
        secrets.filter((secret) => lower.includes(secret.toLowerCase())),
        path,
      ).toEqual([]);
      if (path.endsWith('.html'))
        expect(text, path).toMatch(
          /<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self';/,
        );
    }
  });

  describe.skipIf(!executable)('in a browser', () => {
    let server: PortalServer;
    let browser: Browser;
    let gate: Gate;
    beforeAll(async () => {
      server = await servePortal({ dir, port: 0 });
      browser = await launch(executable!);
      gate = await gateOf(browser, server.url);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    const paths = looked.flatMap((page) => [[page, views.en] as const, [`zh/${page}`, views.zh] as const]);
    test.each(paths)('/%s', async (path, view) => {
      await expectPasses(gate, path, [view]);
      // Markup in a text is text; what it would load would have been a fault.
      expect(await gate.page.locator('img[src="x"]').count()).toBe(0);
    });
  });
});

test(`/${SAME} says the same on both of them, once in each language`, () => {
  expect(contents.size).toBe(2);
});
