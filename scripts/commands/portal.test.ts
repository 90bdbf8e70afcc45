/** The command: refuses what is wrong before it writes anything, serves, and ends when it is told to. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { main } from '../cli.ts';
import { answerOf } from '../fixtures/answers.ts';
import { FIXTURE, SMART } from '../fixtures/workspace.ts';
import type { Io } from '../cli/frame/command.ts';

const CLI = join(import.meta.dirname, '../miniapp.mjs');
const roots: string[] = [];
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'miniapp-portal-command-'));
  roots.push(root);
  cpSync(FIXTURE, join(root, 'config'), { recursive: true });
});
afterAll(() => roots.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function miniapp(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const io: Io = {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    env: {},
    cwd: root,
    isColoured: false,
    now: Date.parse('2026-11-20T12:00:00Z'),
  };
  return { code: await main(args, io), out, err };
}

test('builds into dist/ and touches nothing else', async () => {
  const { code, out } = await miniapp('portal', 'build');
  expect([code, out]).toEqual([0, expect.stringMatching(/pages in dist/)]);
  expect(readdirSync(root).sort()).toEqual(['config', 'dist']);
  expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toContain('>2026-11-20 12:00 UTC</time>');
});

test('answers in JSON', async () => {
  const { code, out } = await miniapp('portal', 'build', '--format', 'json', '--out', 'public', '--now', '2026-11-21');
  expect([code, answerOf('portal', out)]).toEqual([0, { ok: true, out: 'public', pages: expect.any(Number) }]);
  expect(readFileSync(join(root, 'public/zh/index.html'), 'utf8')).toContain('2026-11-21 00:00 UTC');
});

test('where a warning stands is told inside the configuration, wherever that lies for whoever builds', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'miniapp-portal-elsewhere-'));
  roots.push(elsewhere);
  cpSync(FIXTURE, elsewhere, { recursive: true });
  const basics = `miniapps/${SMART}/miniapp.yaml`;
  const text = readFileSync(join(elsewhere, basics), 'utf8');
  writeFileSync(join(elsewhere, basics), text.replace('en: Alarm clock,', 'en: Alarm clock, fr: Réveil,'));
  const { code, out } = await miniapp('portal', 'build', '--config', elsewhere);
  expect([code, out]).toEqual([0, expect.stringContaining('1 warning;')]);
  const pages = ['index.html', 'zh/index.html'].map((page) => readFileSync(join(root, 'dist', page), 'utf8'));
  for (const page of pages) {
    expect(page).toMatch(new RegExp(`>${basics}:[0-9]+<`));
    expect(page).toContain(`href="/${page === pages[0] ? '' : 'zh/'}miniapps/${SMART}/"`);
    expect(page).not.toContain(elsewhere);
  }
});

test('a configuration with errors is refused with the list of them, and what was built stays', async () => {
  mkdirSync(join(root, 'dist/api/v1'), { recursive: true });
  writeFileSync(join(root, 'dist/api/v1/catalogue.json'), '{}');
  writeFileSync(join(root, 'dist/index.html'), 'built before');
  writeFileSync(join(root, 'config/apps/smart-life.yaml'), 'id: [\n');
  writeFileSync(join(root, `config/miniapps/${SMART}/release.yaml`), 'online: { version: 9.9.9, enabled: true }\n');
  for (const verb of ['build', 'serve']) {
    const { code, out } = await miniapp('portal', verb);
    expect(code).toBe(1);
    expect(out).toContain('config/apps/smart-life.yaml:');
    expect(out).toContain(`config/miniapps/${SMART}/release.yaml:1:`);
  }
  expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toBe('built before');
  expect(readdirSync(root).sort()).toEqual(['config', 'dist']);
});

test.each([
  [['portal'], /build or serve is missing/],
  [['portal', 'paint'], /build or serve/],
  [['portal', 'serve', '--port', 'http'], /--port/],
  [['portal', 'serve', '--port', '70000'], /--port/],
  [['portal', 'build', '--shard', '3/2'], /--shard/],
  [['portal', 'build', '--base', 'a b'], /--base/],
  [['portal', 'build', '--out', 'config/x'], /--out/],
  [['portal', 'build', '--config', 'nowhere'], /no folder nowhere/],
])('%j is wrong usage', async (args, why) => {
  const { code, err } = await miniapp(...args);
  expect([code, err]).toEqual([2, expect.stringMatching(why)]);
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

test.each(['SIGINT', 'SIGTERM'] as const)('serves, says where, and ends on %s', async (signal) => {
  const child = spawn(process.execPath, [CLI, 'portal', 'serve', '--port', '0'], { cwd: root });
  const url = await addressOf(child);
  const page = await fetch(`${url}miniapps/`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(SMART)]);
  expect((await fetch(`${url}api/v1/apps.json`)).status).toBe(200);
  const ended = new Promise((done) => child.on('close', (code) => done(code)));
  child.kill(signal);
  expect(await ended).toBe(0);
});

/** The address that the command prints. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let out = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(out) ?? [];
      if (url) done(url);
    });
    child.on('close', (code) => fail(new Error(`ended with ${code} before it served: ${out}`)));
  });
}
