/**
 * `astro dev` serves every page and file of a miniapp as a build writes it, although a build asks endpoints for their body alone.
 * Only styles and scripts are Vite's own in `astro dev`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIXTURE, NOW, PANEL, SMART } from '../../scripts/fixtures/workspace.ts';
import { built, type Built } from './built.ts';

const ROOT = join(import.meta.dirname, '../..');
const START = `import { dev } from 'astro';
const { address } = await dev({ root: 'site', logLevel: 'error', server: { host: '127.0.0.1', port: 0 } });
process.send(address.port);`;

/** Long enough that it has pages of its own. */
const LONG = `whitelist:\n${Array.from({ length: 210 }, (_, n) => `  - { app: smart-life, account: qa-${n}@example.com }\n`).join('')}`;

let site: Built;
let server: ChildProcess;
let origin: string;
let cache: string;

beforeAll(async () => {
  site = await built({ config: FIXTURE, now: NOW, changes: { [`miniapps/${SMART}/whitelist.yaml`]: LONG } });
  mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true });
  cache = mkdtempSync(join(ROOT, 'node_modules/.cache/dev-test-'));
  server = spawn(process.execPath, ['--input-type=module', '-e', START], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'development',
      // Under it Astro starts a server that serves no pages.
      VITEST: undefined,
      ASTRO_TELEMETRY_DISABLED: '1',
      MINIAPP_CONFIG_DIR: join(site.dir, '../config'),
      MINIAPP_NOW: String(NOW),
      MINIAPP_CACHE_DIR: cache,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [port] = await Promise.race([once(server, 'message'), once(server, 'exit').then(() => [undefined])]);
  if (port === undefined) throw new Error('astro dev ended before it served anything');
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.kill('SIGKILL');
  rmSync(cache, { recursive: true, force: true, maxRetries: 5 });
});

const served = async (path: string): Promise<Buffer> => {
  const answer = await fetch(`${origin}/${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  return Buffer.from(await answer.arrayBuffer());
};

const ofMiniapps = () =>
  site.files.filter((file) => new RegExp(`(?:^|/)(?:${SMART}|${PANEL})[./]|shared\\.|runtime/index`).test(file));

test('every file of a miniapp is the same in dev and in a build', async () => {
  const files = ofMiniapps().filter((file) => !file.endsWith('.html'));
  const kinds = new Set(files.map((file) => file.replace(/^.*\//, '').replace(SMART, 'ID').replace(PANEL, 'ID')));
  expect([...kinds].sort()).toEqual(
    expect.arrayContaining(['ID.json', 'avatar.svg', 'badge.svg', 'code.svg', 'resolution.json', 'whitelist.en.csv']),
  );
  for (const file of files) {
    const [dev, build] = [await served(file), readFileSync(join(site.dir, file))];
    expect([file, withoutAssets(dev.toString())]).toEqual([file, withoutAssets(build.toString())]);
  }
});

test('every page of a miniapp is, apart from where styles and scripts are', async () => {
  const pages = ofMiniapps().filter((file) => file.endsWith('index.html'));
  expect(pages.filter((page) => page.includes('/whitelist/')).length).toBeGreaterThan(3);
  expect(pages.length).toBeGreaterThan(7);
  for (const page of pages) {
    const dev = (await served(page.replace(/index\.html$/, ''))).toString();
    const tags = (html: string) => [page, ...withoutAssets(html).split('<')];
    expect(tags(dev)).toEqual(tags(site.text(page)));
  }
});

/** Without styles and scripts, and what the policy allows for those that Vite writes into a page. */
const withoutAssets = (html: string): string =>
  html
    .replace(/<style\b[^]*?<\/style>/g, '')
    .replace(/<script type="?module"? src="[^"]*">\s*<\/script>/g, '')
    .replace(/<link rel="?stylesheet"? href="\/assets\/(?!cell-labels)[^"]*">/g, '')
    .replace("style-src 'self' 'unsafe-inline'", "style-src 'self'");
