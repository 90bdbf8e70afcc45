/** What is long stays bounded: on a page its first part, and the rest on pages and in files of their own, without any script. */
import { beforeAll, expect, test } from 'vitest';
import { FIXTURE, NOW, SMART } from '../../scripts/fixtures/workspace.ts';
import { SHOWN_ROWS, WHITELIST_PART } from '../src/features/access/whitelist-markup.ts';
import { SHOWN_CHANGES } from '../src/features/resolution/forecast-markup.ts';
import { ROWS } from '../src/features/versions/markup.ts';
import { built, type Built } from './built.ts';

const ACCOUNTS = 5_000;
const VERSIONS = 400;

/** Every row ends on a day of its own, the first two hundred on days to come. */
const day = (at: number): string => new Date(NOW + (200 - at) * 86_400_000).toISOString().slice(0, 10);
const whitelist = Array.from(
  { length: ACCOUNTS },
  (_one, at) => `  - { app: smart-life, account: person-${at}@example.com, expires: ${day(at)} }\n`,
);
const former = Array.from({ length: VERSIONS }, (_one, at) => `0.${at}.0`);
const changes = {
  [`miniapps/${SMART}/whitelist.yaml`]: `whitelist:\n${whitelist.join('')}`,
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
    expect(access.match(/<th scope="row">[^<]*•••/g)).toHaveLength(SHOWN_ROWS);
    const forecast = html.slice(html.indexOf('class="forecast"'), html.indexOf('class="reasons"'));
    expect(forecast.match(/<li>/g)).toHaveLength(SHOWN_CHANGES);
    expect(html.match(/<tr id="version-0\.\d+\.0">/g)).toHaveLength(ROWS);
    if (language !== '') return;
    expect(textOf(access)).toContain(`${SHOWN_ROWS} of 5,000 are shown. All 5,000 rows`);
    expect(textOf(forecast)).toMatch(/and \d+ later ones: the ends of all rows stand in the whitelist/);
    expect(textOf(html)).toContain(`${ROWS} of `);
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
    const own = html.match(/<th scope="row">[^<]*•••/g)!.length;
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

test('what all frames were made of is gone, and a short whitelist has no pages', () => {
  expect(site.files.filter((file) => file.includes('frame-of'))).toEqual([]);
  const own = site.files.filter((file) => file.includes('whitelist'));
  expect(own.filter((file) => !file.includes(SMART))).toEqual([]);
});
