/** What is long stays bounded: on a page its first part, and the rest on pages and in files of their own, without any script. */
import { beforeAll, expect, test } from 'vitest';
import { FIXTURE, NOW, SMART } from '../../scripts/fixtures/workspace.ts';
import { SHOWN_ROWS, WHITELIST_PART } from '../src/features/access/whitelist.ts';
import { SHOWN_CHANGES } from '../src/features/resolution/forecast.ts';
import { ROWS } from '../src/features/versions/view-model.ts';
import { LISTED } from '../src/lib/pages.ts';
import { built, type Built } from './built.ts';

const ACCOUNTS = 5_000;
const VERSIONS = 400;
/** As many as the schemas allow: members and cloud APIs, promises and origins of a region. */
const MOST = { members: 500, cloud: 500, promises: 200, origins: 200 };

const times = (count: number, row: (at: number) => string): string =>
  Array.from({ length: count }, (_one, at) => row(at)).join('');

/** Every row ends on a day of its own, the first two hundred on days to come. */
const day = (at: number): string => new Date(NOW + (200 - at) * 86_400_000).toISOString().slice(0, 10);
const whitelist = Array.from(
  { length: ACCOUNTS },
  (_one, at) => `  - { app: smart-life, account: person-${at}@example.com, expires: ${day(at)} }\n`,
);
const former = Array.from({ length: VERSIONS }, (_one, at) => `0.${at}.0`);
const changes = {
  [`miniapps/${SMART}/whitelist.yaml`]: `whitelist:\n${whitelist.join('')}`,
  [`miniapps/${SMART}/members.yaml`]: `members:\n  - { login: alice, role: admin }\n${times(MOST.members - 1, (at) => `  - { login: person-${at}, role: tester }\n`)}`,
  [`miniapps/${SMART}/domains.yaml`]:
    `domains:\n  request:\n    EU: [https://first.example.com]\n` +
    `    AY:\n${times(MOST.origins, (at) => `      - https://request-${at}.example.com\n`)}` +
    `  upload: { EU: [https://last.example.com] }\ncloud:\n${times(MOST.cloud, (at) => `  - cloud.api.n${at}\n`)}`,
  [`miniapps/${SMART}/scenarios.yaml`]: `scenarios:\n${times(MOST.promises, (at) => `  - { name: Promise ${at}, app: smart-life, region: EU, expect: { opens: 1.1.0 } }\n`)}`,
  ...Object.fromEntries(
    former.map((version) => [
      `miniapps/${SMART}/versions/${version}.yaml`,
      `version: ${version}\ndescription: Former ${version}\nuploadedBy: alice\nuploadedAt: 2026-01-01T08:00:00Z\n` +
        `package: { sha256: ${'5e'.repeat(32)}, bytes: 9, files: 1 }\n`,
    ]),
  ),
};

let site: Built;
beforeAll(async () => {
  site = await built({ config: FIXTURE, now: NOW, changes });
});

const elements = (html: string): number => html.match(/<[a-z]/g)!.length;
const textOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test.each(['', 'zh/'])(
  '%s a page with 5,000 rows and 400 versions is bounded, and says how much it shows',
  (language) => {
    const html = site.text(`${language}miniapps/${SMART}/index.html`);
    expect(elements(html)).toBeLessThanOrEqual(5_000);
    const access = html.slice(html.indexOf('id="access"'), html.indexOf('id="network"'));
    expect(access.match(/<th scope="?row"?>[^<]*•••/g)).toHaveLength(SHOWN_ROWS);
    const forecast = html.slice(html.indexOf('class=forecast'), html.indexOf('class="reasons '));
    expect(forecast.match(/<li>/g)).toHaveLength(SHOWN_CHANGES);
    expect(html.match(/<tr id="version-0\.\d+\.0">/g)).toHaveLength(ROWS);
    if (language !== '') return;
    expect(textOf(access)).toContain(`${SHOWN_ROWS} of 5,000 are shown. All 5,000 rows`);
    expect(textOf(forecast)).toMatch(/and \d+ later ones: the ends of all rows stand in the whitelist/);
    expect(textOf(html)).toContain(`${ROWS} of `);
  },
);

test.each(['', 'zh/'])(
  '%s long lists show their first rows, say how many there are, and lead to all of them',
  (language) => {
    const html = site.text(`${language}miniapps/${SMART}/index.html`);
    const section = (id: string, next: string) => html.slice(html.indexOf(`id="${id}"`), html.indexOf(`id="${next}"`));
    const [access, network] = [section('access', 'network'), section('network', 'languages')];
    const promises = section('promises', 'history');
    expect(access.match(/<td><code>/g)).toHaveLength(LISTED);
    expect(promises.match(/<th scope="?row"?>/g)).toHaveLength(LISTED);
    // The origins of both kinds, and the cloud APIs.
    expect(network.match(/https:\/\/[a-z\d.-]+\.example\.com/g)).toHaveLength(LISTED);
    expect(network.match(/<code>/g)).toHaveLength(LISTED);
    expect(network).toContain('first.example.com');
    expect(network).not.toContain('last.example.com');
    const api = `api/v1/miniapps/${SMART}.json`;
    for (const [text, lists] of [
      [access, 1],
      [network, 2],
      [promises, 1],
    ] as const)
      expect(text.split(`href="/${api}"`)).toHaveLength(lists + 1);
    const document = site.json<{ members: unknown[]; scenarios: unknown[]; domains: { request: { AY: unknown[] } } }>(
      api,
    );
    expect(document.members).toHaveLength(MOST.members);
    expect(document.scenarios).toHaveLength(MOST.promises);
    expect(document.domains.request.AY).toHaveLength(MOST.origins);
    if (language !== '') return;
    expect(textOf(access)).toContain('100 of 500 are shown. All 500 (JSON)');
    expect(textOf(network)).toContain('100 of 202 are shown. All 202 (JSON)');
    expect(textOf(network)).toContain('100 of 500 are shown. All 500 (JSON)');
    expect(textOf(promises)).toContain('100 of 200 are shown. All 200 (JSON)');
  },
);

test.each(['', 'zh/'])('%s every row of the whitelist is reached from link to link, each page bounded', (language) => {
  const first = `${language}miniapps/${SMART}/whitelist/`;
  const seen = new Set<string>();
  const waiting = [first];
  let rows = 0;
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const html = site.text(`${path}index.html`);
    expect(elements(html)).toBeLessThanOrEqual(1_500);
    expect(html).not.toMatch(/[\uE0F1\uE0F2]/);
    const own = html.match(/<th scope="?row"?>[^<]*•••/g)!.length;
    expect(own).toBeLessThanOrEqual(WHITELIST_PART);
    rows += own;
    for (const [, next] of html.matchAll(/href="\/([^"]*\/whitelist\/(?:\d+\/)?)"/g))
      if (next!.startsWith(first)) waiting.push(next!);
  }
  expect(rows).toBe(ACCOUNTS);
  expect(seen.size).toBe(ACCOUNTS / WHITELIST_PART);
  const page = site.text(`${language}miniapps/${SMART}/index.html`);
  expect(page).toContain(`href="/${first}"`);
  const csv = site.text(`miniapps/${SMART}/whitelist.${language === '' ? 'en' : 'zh'}.csv`);
  expect(csv.trimEnd().split('\r\n')).toHaveLength(ACCOUNTS + 1);
  expect(csv).not.toContain('person-');
});

test('a short whitelist has no pages', () => {
  const own = site.files.filter((file) => file.includes('whitelist'));
  expect(own.filter((file) => !file.includes(SMART))).toEqual([]);
});
