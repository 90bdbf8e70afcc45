/** The portal of a repository with a past: who made it so, and nobody's account, whatever commits and former files say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenLinks, builtSite } from '../../scripts/checks/links.ts';
import { invalidHtml } from '../../scripts/checks/portal.ts';
import { removeRepositories, repository } from '../../scripts/fixtures/repository.ts';
import { SMART } from '../../scripts/fixtures/workspace.ts';

const FORMER = 'former.tester@example.com';
const release = `miniapps/${SMART}/release.yaml`;
const whitelist = `miniapps/${SMART}/whitelist.yaml`;
let dir: string;
let disabled: string;
let text: (path: string) => string;

beforeAll(async () => {
  const own = repository();
  own.edit(
    'platform.yaml',
    'review: {',
    'portal: { repository: example-org/registry, url: https://example.org/ }\nreview: {',
  );
  own.commit({ by: 'olga' });
  own.edit(whitelist, 'whitelist:', `whitelist:\n  - { app: smart-life, account: ${FORMER}, note: Shelf nine }`);
  own.commit({ by: 'alice', message: `Whitelist ${FORMER}` });
  own.edit(whitelist, `\n  - { app: smart-life, account: ${FORMER}, note: Shelf nine }`, '');
  own.commit({ by: 'alice', message: `Take ${FORMER} off`, trailers: [`Actor: ${FORMER}`] });
  own.edit(release, 'enabled: true', 'enabled: false');
  disabled = own.commit({
    by: 'alice',
    message: `disable ${SMART}\n\nIt loses alarms, says ${FORMER} <b>loudly</b>.`,
    trailers: ['Pull-request: #12', 'Approved-by: olga'],
  });
  const { code, err } = await own.run('portal', 'build', '--out', 'dist');
  if (code !== 0 || err !== '') throw new Error(`the portal was not built: ${err}`);
  dir = join(own.home, 'dist');
  text = (path) => readFileSync(join(dir, path), 'utf8');
});
afterAll(removeRepositories);

const names = () => readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));

test('an answer names the commit and the pull request that made it so, and what it changed', () => {
  const html = text(`miniapps/${SMART}/index.html`);
  expect(html).toContain(`https://github.com/example-org/registry/commit/${disabled}`);
  expect(html).toContain('https://github.com/example-org/registry/pull/12');
  expect(html).toContain('approved by <span>Olga');
  const reason = html.slice(html.indexOf('id="why-service-disabled"'));
  expect(reason.slice(0, reason.indexOf('</details>'))).toContain(`/commit/${disabled}`);
  const event = html.slice(html.indexOf(`id="commit-${disabled.slice(0, 8)}"`));
  expect(event.slice(0, event.indexOf('</li>'))).toMatch(/1\.1\.0.*Service disabled/s);
  expect(event).toContain(`--at ${disabled.slice(0, 8)}`);
  expect(text('history/index.html')).toContain(`/commit/${disabled}`);
  expect(text('zh/history/index.html')).toContain('停用 1.1.0');
});

test('what is out of service says why, as the commit does, with accounts masked', () => {
  const why = /It loses alarms, says [^ ]*•[^ ]* &lt;b&gt;loudly&lt;\/b&gt;\./;
  for (const page of ['index.html', 'zh/index.html', 'history/index.html', `miniapps/${SMART}/index.html`])
    expect(text(page), page).toMatch(why);
  expect(text('index.html')).not.toContain(FORMER);
});

test('each miniapp has a feed of its own and a badge, in both languages', () => {
  for (const [path, record, state] of [
    [`miniapps/${SMART}/`, 'Took 1.1.0 out of service', 'Out of service'],
    [`zh/miniapps/${SMART}/`, '停用 1.1.0', '已停用'],
  ] as const) {
    const feed = text(`${path}feed.atom`);
    expect(feed).toContain(record);
    expect(feed).toContain(`<link rel="self" href="https://example.org/${path}feed.atom"/>`);
    expect(feed).toContain(`<link rel="alternate" href="https://example.org/${path}"/>`);
    expect(text(`${path}badge.svg`)).toContain(state);
    expect(text(`${path}index.html`)).toContain(`href="/${path}feed.atom"`);
  }
});

test('files open in the editor of GitHub, steps in its workflow', () => {
  const html = text(`miniapps/${SMART}/index.html`);
  expect(html).toContain(`https://github.com/example-org/registry/edit/main/config/miniapps/${SMART}/whitelist.yaml`);
  expect(html).toContain('https://github.com/example-org/registry/actions/workflows/transition.yml');
});

test('no built file holds the account of somebody who left the whitelist, nor a text of a commit', () => {
  for (const name of names()) {
    const content = text(name).toLowerCase();
    for (const secret of [FORMER, 'former.tester', 'shelf nine', 'qa@example.com'])
      expect(content.includes(secret), `${secret} in ${name}`).toBe(false);
  }
});

test('it says what it was built from', () => {
  expect(text('about/index.html')).toContain(disabled);
});

test('feeds tell it with addresses that hold anywhere, and pages name them', () => {
  const { items } = JSON.parse(text('feeds/releases.json')) as { items: { url: string; tags: string[] }[] };
  expect(items[0]).toMatchObject({
    url: `https://example.org/miniapps/${SMART}/#commit-${disabled.slice(0, 8)}`,
    tags: ['disable'],
  });
  expect(text('index.html')).toContain('type="application/atom+xml"');
  expect(text('zh/index.html')).toContain('href="/zh/feeds/releases.atom"');
  expect(text('api/index.html')).toContain('href="/feeds/reviews.json"');
});

test('the history of the API keeps its schema, and names the commit that all was built from', () => {
  const schema = readFileSync(join(import.meta.dirname, '../public/api/v1/schemas/history.schema.json'), 'utf8');
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(schema) as object);
  const document = JSON.parse(text('api/v1/history.json')) as { commit: string; complete: boolean; events: object[] };
  expect([validate(document), validate.errors]).toEqual([true, null]);
  expect([document.commit, document.complete]).toEqual([disabled, true]);
  expect(document.events[0]).toMatchObject({ commit: disabled, actor: 'alice', approvedBy: ['olga'], pullRequest: 12 });
});

test('is valid, and leads nowhere that is not there', async () => {
  const pages = names().filter((name) => name.endsWith('.html'));
  expect(await invalidHtml(new Map(pages.map((name) => [name, text(name)])))).toEqual([]);
  expect(brokenLinks(builtSite(dir))).toEqual([]);
});
