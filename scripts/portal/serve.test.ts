/** The server gives files of its folder and nothing else. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servePortal, type PortalServer } from './serve.ts';

let folder: string;
let server: PortalServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'miniapp-serve-'));
  const dir = join(folder, 'dist');
  mkdirSync(join(dir, 'miniapps/one'), { recursive: true });
  mkdirSync(join(dir, 'bare'));
  mkdirSync(join(folder, 'dist-of-others'));
  const files = {
    'dist/index.html': '<h1>list</h1>',
    'dist/404.html': '<h1>not here</h1>',
    'dist/miniapps/one/index.html': '<h1>one</h1>',
    'dist/miniapps/one/avatar.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'dist/api.json': '{}',
    'dist/.hidden': 'secret',
    'dist/odd name.txt': 'odd',
    'secret.txt': 'secret',
    'dist-of-others/secret.txt': 'secret',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  server = await servePortal({ dir, port: 0, base: '/base/' });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The bare request, as `fetch` would tidy the path up. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((done, fail) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => done({ status: response.statusCode!, headers: response.headers, body }));
    });
    asked.on('error', fail).end();
  });

test.each([
  ['/base/', 'text/html; charset=utf-8', '<h1>list</h1>'],
  ['/base/?q=x', 'text/html; charset=utf-8', '<h1>list</h1>'],
  ['/base/miniapps/one/', 'text/html; charset=utf-8', '<h1>one</h1>'],
  ['/base/miniapps/one/avatar.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['/base/api.json', 'application/json; charset=utf-8', '{}'],
  ['/base/odd%20name.txt', 'text/plain; charset=utf-8', 'odd'],
])('%s is served as %s', async (path, type, text) => {
  const { status, headers, body } = await ask(path);
  expect([status, headers['content-type'], body]).toEqual([200, type, text]);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
});

test('a folder without its slash is sent to the page', async () => {
  const { status, headers } = await ask('/base/miniapps/one');
  expect([status, headers['location']]).toEqual([308, '/base/miniapps/one/']);
});

test.each([
  '/base/nowhere',
  '/base/bare/',
  '/base/bare',
  '/elsewhere/',
  '/',
  '/base/../secret.txt',
  '/base/%2e%2e/secret.txt',
  '/base/..%2fsecret.txt',
  '/base/%2e%2e%2f%2e%2e%2fetc/passwd',
  '/base/../dist-of-others/secret.txt',
  '/base/..\\secret.txt',
  '/base/.hidden',
  '/base/%00',
  '/base/%zz',
  '/base//etc/passwd',
])('%s is not found', async (path) => {
  const { status, body } = await ask(path);
  expect([status, body]).toEqual([404, '<h1>not here</h1>']);
});

test('what leads out of the folder by a link of the file system is not of it', async () => {
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'dist/link.txt'));
  symlinkSync(folder, join(folder, 'dist/linked'));
  for (const path of ['link.txt', 'linked/secret.txt', 'linked/dist/index.html']) {
    expect((await ask(`/base/${path}`)).status, path).toBe(404);
  }
});

test('HEAD has no body; nothing can be sent', async () => {
  const { status, headers, body } = await ask('/base/', 'HEAD');
  expect([status, headers['content-length'], body]).toEqual([200, '13', '']);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await ask('/base/', method)).status).toBe(405);
});

test('a busy port is passed over', async () => {
  const other = await servePortal({ dir: join(folder, 'dist'), port: server.port });
  expect(other.port).toBeGreaterThan(server.port);
  expect(other.url).toBe(`http://127.0.0.1:${other.port}/`);
  await other.close();
  await expect(fetch(other.url)).rejects.toThrow('fetch failed');
});
