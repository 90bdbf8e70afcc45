/**
 * What is built, looked at from outside: addresses, security policy, privacy, the API, and hostile texts. Longer than most files: all of
 * it looks at one built portal.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, test } from 'vitest';
import { messages } from '../../scripts/core/problems/messages.ts';
import { brokenLinks, builtSite } from '../../scripts/checks/links.ts';
import { invalidHtml } from '../../scripts/checks/portal.ts';
import { resolve } from '../../scripts/core/resolution/resolve.ts';
import { resolvedCells } from '../../scripts/fixtures/resolution.ts';
import { exampleFolder } from '../../scripts/fixtures/example.ts';
import { FIXTURE, fixtureFiles, NOW, PANEL, SMART } from '../../scripts/fixtures/workspace.ts';
import { built, type Built } from './built.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCHEMAS = join(ROOT, 'site/public/api/v1/schemas');
const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)> "quoted" & 'single' --> {{x}} \${y}`;
const BASE = '/some/where/';

/** The small configuration with everything that must not get out, and everything that must not get loose. */
const hostileChanges = {
  [`miniapps/${SMART}/whitelist.yaml`]: `whitelist:
  - { app: smart-life, account: qa@example.com, note: The phone on the third shelf }
  - { app: smart-life, account: eu1623847561029abcde, note: Belongs to marketing, expires: 2020-01-01 }
  - { app: oem-home, account: "+491701234567", expires: 2099-12-31 }
`,
  [`miniapps/${SMART}/scenarios.yaml`]: `scenarios:
  - name: 'QA@example.com and 0049 170 1234567 scan; eu1623847561029abcde is over'
    app: smart-life
    region: EU
    account: scenario.only@example.com
    expect: { opens: 1.1.0 }
`,
  [`miniapps/${SMART}/miniapp.yaml`]: `id: ${SMART}
type: smart
name: { en: ${JSON.stringify('</script><b>Bold</b> "&" --> ${x}')}, zh: 智能 }
description: { en: ${JSON.stringify(HOSTILE)} }
avatar: avatar.svg
category: ${JSON.stringify('a</td><script>alert(3)</script>')}
`,
};

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Every start tag, as a browser would find it: quotes keep what is in them. */
const elementsOf = (html: string): Element[] =>
  [...html.matchAll(/<([a-z][a-z0-9-]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(([, name = '', rest = '']) => ({
    name: name.toLowerCase(),
    attributes: new Map(
      [...rest.matchAll(/([^\s=>"]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key.toLowerCase(), value]),
    ),
  }));

const unescaped = (text: string): string =>
  text.replace(
    /&(?:lt|gt|quot|amp|#39);/g,
    (entity) => ({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' })[entity] ?? "'",
  );

/** The policy that is the first thing in the head of a page. */
const policyOf = (html: string): string | undefined =>
  /<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];

let site: Built;
let pages: string[];

beforeAll(async () => {
  site = await built({ config: FIXTURE, now: NOW, base: BASE, changes: hostileChanges });
  pages = site.files.filter((file) => file.endsWith('.html'));
});

test('every page stands in English and in Chinese', () => {
  const own = pages.filter((page) => page !== '404.html');
  const english = own.filter((page) => !page.startsWith('zh/'));
  expect(own.filter((page) => page.startsWith('zh/')).sort()).toEqual(english.map((page) => `zh/${page}`).sort());
  for (const page of ['index.html', `miniapps/${SMART}/index.html`, `miniapps/${PANEL}/index.html`]) {
    expect(english).toContain(page);
    expect(site.text(page)).toContain('<html lang="en">');
    expect(site.text(`zh/${page}`)).toContain('<html lang="zh-Hans">');
  }
});

test('what reads the same in both languages is of the configuration, or a code', () => {
  const config = [...Object.values({ ...fixtureFiles(), ...hostileChanges }), HOSTILE].join('\n');
  const codes = new Set(Object.values(messages.en).flatMap((group) => Object.keys(group)));
  const names =
    /•••|^[\w.-]+\.yaml$|^[0-9a-f]{64}$|^\w+:\/\/|^(?:API|BaseKit |App|Kit|Kits|Scheme|SHA-256|ID|config\/miniapps\/|\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC|\d+(?:\.\d)? [KM]?B)/;
  const isOwn = (text: string) =>
    text.split(/ · |, |\n/).every((part) => config.includes(part)) ||
    codes.has(text) ||
    names.test(text) ||
    /^(?:npx miniapp|curl) /.test(text);
  const textsOf = (page: string): string[] => {
    const html = site
      .text(page)
      .replace(/<script[\s\S]*?<\/script>|<(?:var|code)>[\s\S]*?<\/(?:var|code)>/g, '')
      // What is said to be in a language of its own.
      .replace(/<(span|a)[^>]* lang="[^"]*"[^>]*>[\s\S]*?<\/\1>/g, '');
    const between = [...html.replace(/="[^"]*"/g, '').matchAll(/>([^<]+)</g)].map(([, text]) => text!.trim());
    const read = elementsOf(html).flatMap(({ attributes }) =>
      ['title', 'aria-label', 'placeholder', 'alt', 'data-label'].flatMap((key) => attributes.get(key) ?? []),
    );
    return [...between, ...read].filter((text) => /\p{L}{2}/u.test(text)).map(unescaped);
  };
  const left: string[] = [];
  for (const page of pages.filter((name) => name !== '404.html' && !name.startsWith('zh/'))) {
    const chinese = new Set(textsOf(`zh/${page}`));
    left.push(
      ...textsOf(page)
        .filter((text) => chinese.has(text) && !isOwn(text))
        .map((text) => `${text} in ${page}`),
    );
  }
  expect(left).toEqual([]);
});

describe('security', () => {
  test('a strict policy is the first thing in the head of every page', () => {
    for (const page of pages) {
      const policy = policyOf(site.text(page));
      expect(policy, page).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy, page).not.toMatch(/unsafe|https?:|\*/);
    }
  });

  test('nothing inline: no style, no handler, no script but data', () => {
    for (const page of pages) {
      for (const { name, attributes } of elementsOf(site.text(page))) {
        const inline = [...attributes.keys()].filter((key) => key === 'style' || key.startsWith('on'));
        expect(inline, `${page}: ${name}`).toEqual([]);
        const isCode = name === 'script' && attributes.get('type') !== 'application/json';
        if (isCode) expect(attributes.get('src'), page).toMatch(/^\/some\/where\/assets\//);
        expect(['style', 'iframe', 'object', 'embed', 'base']).not.toContain(name);
      }
    }
  });

  test('hostile texts stay texts, in pages and in the data for scripts', () => {
    for (const page of pages) {
      const loose = elementsOf(site.text(page)).filter(
        ({ attributes }) => attributes.has('onerror') || attributes.get('src') === 'x',
      );
      expect(loose, page).toEqual([]);
      expect(site.text(page).replaceAll(/="[^"]*"/g, '')).not.toMatch(/<b>Bold|<script>/);
    }
    const html = site.text(`miniapps/${SMART}/index.html`);
    expect(html).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
    expect(html).not.toContain('<script>');
    const data = /<script type="application\/json" id="miniapp">([\s\S]*?)<\/script>/.exec(html)![1]!;
    expect(JSON.parse(data)).toMatchObject({ id: SMART, type: 'smart' });
    expect(data).not.toContain('<');
  });

  test('no page loads anything from elsewhere', () => {
    for (const page of pages) {
      for (const { name, attributes } of elementsOf(site.text(page))) {
        const address = attributes.get('src') ?? (name === 'a' ? undefined : attributes.get('href'));
        if (address !== undefined) expect(address, page).toMatch(/^\/some\/where\//);
      }
    }
    const styles = site.files.filter((file) => file.endsWith('.css'));
    expect(styles.length).toBeGreaterThan(0);
    for (const style of styles) expect(site.text(style)).not.toMatch(/@import|url\(/);
  });
});

test('no built file holds an account or a note', () => {
  const rows = [...site.workspace.miniapps.values()].flatMap(({ whitelist }) => whitelist);
  const scenarios = [...site.workspace.miniapps.values()].flatMap(({ scenarios: own }) => own);
  const accounts = [...rows, ...scenarios].flatMap(({ account }) => account ?? []);
  const secrets = [...accounts, ...rows.flatMap(({ note }) => note ?? []), '0049 170 1234567'];
  expect(secrets.length).toBeGreaterThan(6);
  for (const file of site.files) {
    const text = site.text(file).toLowerCase();
    for (const secret of secrets) expect(text.includes(secret.toLowerCase()), `${secret} in ${file}`).toBe(false);
  }
  const html = site.text(`miniapps/${SMART}/index.html`);
  for (const mask of ['•••@•••', '+49•••', 'eu•••e']) expect(html).toContain(mask);
});

test('every address inside the portal leads to a file of it, below the base', () => {
  const missing: string[] = [];
  let count = 0;
  for (const page of pages) {
    const html = site.text(page);
    for (const [, address = ''] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      count += 1;
      const [path = '', anchor] = address.replace(/\?[^#]*/, '').split('#');
      const target = path === '' ? page : path.replace(/\/$/, '/index.html').slice(BASE.length);
      const isThere = path === '' || (path.startsWith(BASE) && site.files.includes(target));
      const hasAnchor = !anchor || !isThere || site.text(target).includes(` id="${anchor}"`);
      if (!isThere || !hasAnchor) missing.push(`${address} in ${page}`);
    }
  }
  expect(count).toBeGreaterThan(200);
  expect(missing).toEqual([]);
});

test('a day is written alike on every page, as moments, files and commands write it', () => {
  const pages = site.files.filter((file) => file.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(20);
  const otherwise = pages.filter((file) =>
    /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d|\d年|\d月\d/.test(site.text(file)),
  );
  expect(otherwise).toEqual([]);
});

test('every page is valid HTML', async () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:a11y'],
    // Titles are as long as the names in the configuration; the forms answer as they are filled in, and send nothing.
    rules: { 'long-title': 'off', 'wcag/h32': 'off' },
  });
  for (const page of pages) {
    const { results } = await validator.validateString(site.text(page));
    const found = results.flatMap(({ messages }) =>
      messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`),
    );
    expect(found, page).toEqual([]);
  }
});

describe('the API', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  // Feeds are no documents of the API; tests/feeds.test.ts holds them against their schema.
  const names = readdirSync(SCHEMAS)
    .map((file) => file.replace('.schema.json', ''))
    .filter((name) => name !== 'feed' && name !== 'packages');
  for (const name of names) ajv.addSchema(JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), 'utf8')));

  /** Which documents each schema describes. */
  const documents = (name: string): string[] => {
    const ids = [...site.workspace.miniapps.keys()];
    if (name === 'miniapp') return ids.map((id) => `miniapps/${id}.json`);
    if (name === 'runtime') return ids.map((id) => `runtime/${id}.json`);
    if (name === 'runtime-index') return ['runtime/index.json'];
    if (name === 'resolution') return ids.map((id) => `miniapps/${id}/resolution.json`);
    return [`${name}.json`];
  };

  test('has a schema for each document, and a document for each schema', () => {
    const all = names.flatMap(documents).map((file) => `api/v1/${file}`);
    // Packages are there where they are asked for.
    const schemas = [...names, 'feed', 'packages'].map((name) => `api/v1/schemas/${name}.schema.json`);
    expect(site.files.filter((file) => file.startsWith('api/v1/')).sort()).toEqual([...all, ...schemas].sort());
  });

  test.each(names)('%s documents keep their schema, and name it', (name) => {
    for (const file of documents(name)) {
      const document = site.json<{ $schema: string }>(`api/v1/${file}`);
      const validate = ajv.getSchema(`${name}.schema.json`)!;
      expect([validate(document), validate.errors], file).toEqual([true, null]);
      expect(join('api/v1', file, '..', document.$schema)).toBe(`api/v1/schemas/${name}.schema.json`);
    }
  });

  test.each(names)('the schema of %s is closed', (name) => {
    const [file] = documents(name);
    const document = site.json<object>(`api/v1/${file}`);
    expect(ajv.getSchema(`${name}.schema.json`)!({ ...document, surplus: 1 })).toBe(false);
    const open: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      if ('properties' in schema && (schema as { additionalProperties?: unknown }).additionalProperties !== false)
        open.push(path);
      for (const [key, inner] of Object.entries(schema)) walk(inner, `${path}/${key}`);
    };
    walk(JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), 'utf8')), '');
    expect(open).toEqual([]);
  });

  test('the resolution document has every cell of the table, and says the same', () => {
    for (const id of site.workspace.miniapps.keys()) {
      const { cells } = site.json<{ cells: object[] }>(`api/v1/miniapps/${id}/resolution.json`);
      const expected = resolvedCells(site.workspace, id, NOW).map(({ resolution, ...place }) =>
        resolution.outcome === 'opens'
          ? { ...place, outcome: 'opens', version: resolution.version }
          : { ...place, outcome: 'error', code: resolution.code },
      );
      expect(cells).toEqual(expected);
      expect(cells.length).toBeGreaterThan(0);
    }
  });

  test('and why: each cell has one reason, whose rule is the one that decided, and a link that opens it', () => {
    interface Told {
      readonly reasons: { rule: string; text: Record<string, string>; facts: object[]; cells: number[] }[];
      readonly links: { app: string; entry: string; url: string }[];
    }
    for (const id of site.workspace.miniapps.keys()) {
      const { reasons, links } = site.json<Told>(`api/v1/miniapps/${id}/resolution.json`);
      const table = resolvedCells(site.workspace, id, NOW);
      expect(reasons.flatMap(({ cells }) => cells).toSorted((one, other) => one - other)).toEqual([...table.keys()]);
      for (const { rule, text, facts, cells } of reasons) {
        expect([text['en'], text['zh'], facts.length > 0]).toEqual([expect.any(String), expect.any(String), true]);
        for (const cell of cells)
          expect(table[cell]!.resolution.trace.findLast(({ applies }) => applies)!.rule).toBe(rule);
      }
      for (const { app, region, entry, resolution } of table) {
        if (resolution.outcome !== 'opens') continue;
        const { url } = links.find((link) => link.app === app && link.entry === entry)!;
        // The table takes a device as given, which only the app knows.
        const plain = resolve(site.workspace, { miniapp: id, app, region, entry, now: NOW });
        if (plain.outcome === 'opens') expect(url).toBe(plain.url);
      }
    }
  });
});

test('the same input gives the same bytes, also where two renderers share the work', async () => {
  const input = { config: FIXTURE, now: NOW, base: BASE, changes: hostileChanges };
  const again = await built({ ...input, renderers: 2 }, { fresh: true });
  expect(again.dir).not.toBe(site.dir);
  expect(again.files.toSorted()).toEqual(site.files.toSorted());
  for (const file of site.files) expect(again.text(file), file).toBe(site.text(file));
});

test('shards together are the whole', async () => {
  const shards = await Promise.all(
    ['1/2', '2/2'].map((shard) => built({ config: FIXTURE, now: NOW, base: BASE, shard, changes: hostileChanges })),
  );
  const union = new Set(shards.flatMap(({ files }) => files));
  expect([...union].sort()).toEqual(site.files.toSorted());
  for (const shard of shards) {
    expect(shard.files.length).toBeLessThan(site.files.length);
    for (const file of shard.files) expect(shard.text(file), file).toBe(site.text(file));
  }
});

test('the example configuration: addresses, HTML, policy and privacy', async () => {
  const example = await built({ config: exampleFolder(), now: NOW });
  const html = example.files.filter((file) => file.endsWith('.html'));
  const miniapps = [...example.workspace.miniapps.values()];
  expect(html.length).toBeGreaterThan(2 * miniapps.length);
  const rows = miniapps.flatMap(({ whitelist }) => whitelist);
  const accounts = [...rows, ...miniapps.flatMap(({ scenarios }) => scenarios)].flatMap(({ account }) => account ?? []);
  const notes = rows.flatMap(({ note }) => note ?? []);
  expect(accounts.length).toBeGreaterThan(0);
  expect(notes.length).toBeGreaterThan(0);
  for (const file of example.files) {
    const text = example.text(file);
    const lower = text.toLowerCase();
    const found = [
      ...accounts.filter((account) => lower.includes(account.toLowerCase())),
      ...notes.filter((note) => text.includes(note)),
    ];
    expect(found, file).toEqual([]);
    if (file.endsWith('.html')) expect(policyOf(text), file).toBe(policyOf(site.text('index.html')));
  }
  expect(brokenLinks(builtSite(example.dir))).toEqual([]);
  const pageTexts = new Map(html.map((file) => [file, example.text(file)]));
  expect(await invalidHtml(pageTexts)).toEqual([]);
});

test('an empty configuration has a portal that says so', async () => {
  const empty = await built({ config: FIXTURE, now: NOW, changes: { miniapps: null } });
  expect(empty.text('index.html')).toContain('No miniapp yet');
  expect(empty.text('zh/index.html')).toContain('还没有小程序');
  expect(empty.json('api/v1/miniapps.json')).toMatchObject({ miniapps: [] });
  expect(empty.json('api/v1/reviews.json')).toMatchObject({ reviews: [] });
});
