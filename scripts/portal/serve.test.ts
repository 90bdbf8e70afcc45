/** The server gives files of its folder and nothing else. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
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
  symlinkSync('circle', join(dir, 'circle'));
  server = await servePortal({ dir, port: 0, base: '/base/' });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The bare request, as `fetch` would tidy the path up. */
const ask = (path: string, method = 'GET', headers: Readonly<Record<string, string>> = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((done, fail) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
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
  `/base/${'a'.repeat(256)}`,
  `/base/${'a/'.repeat(4000)}`,
  '/base/index.html/x',
  '/base/index.html/',
  '/base/circle',
  '/base/circle/x',
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

test('it answers to its own names alone, so that no page elsewhere reads it by a name that leads here', async () => {
  const { port } = server;
  for (const host of [`localhost:${port}`, `LocalHost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
    expect((await ask('/base/', 'GET', { host })).status, host).toBe(200);
  for (const host of [
    ...[`evil.example:${port}`, 'evil.example', `localhost.evil.example:${port}`, `evil-localhost:${port}`],
    ...[`127.0.0.1.evil.example:${port}`, `localhost:${port + 1}`, 'localhost', '127.0.0.1', `x@localhost:${port}`],
    ...[`localhost:${port}@evil.example`, `0.0.0.0:${port}`, `127.1:${port}`, `localhost:0${port}0`, ' '],
  ]) {
    const { status, body } = await ask('/base/', 'GET', { host });
    expect([status, body], host).not.toEqual([200, '<h1>list</h1>']);
    expect([400, 421], host).toContain(status);
  }
});

/** The answer as it comes, and how it ends. */
const reading = (path: string, seen: (chunk: Buffer) => boolean) =>
  new Promise<string>((done) => {
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`),
    );
    socket.on('data', (chunk) => {
      if (!seen(chunk)) socket.destroy();
    });
    socket.on('error', () => undefined).on('close', () => done('closed'));
  });
const openFiles = (): number => readdirSync('/proc/self/fd').length;
const settled = async (isSettled: () => boolean) => {
  for (let i = 0; i < 100 && !isSettled(); i++) await new Promise((done) => setTimeout(done, 20));
};

test.skipIf(process.platform !== 'linux')('readers who go away leave no file open', async () => {
  writeFileSync(join(folder, 'dist/large.txt'), Buffer.alloc(20_000_000));
  const before = openFiles();
  await Promise.all(Array.from({ length: 50 }, () => reading('/base/large.txt', () => false)));
  await settled(() => openFiles() <= before);
  expect(openFiles()).toBeLessThanOrEqual(before);
});

test('a file that becomes shorter while it is sent ends the connection', async () => {
  const file = join(folder, 'dist/shrinking.txt');
  writeFileSync(file, Buffer.alloc(50_000_000));
  let received = 0;
  const ended = await reading('/base/shrinking.txt', (chunk) => {
    if (received === 0) truncateSync(file, 1000);
    received += chunk.length;
    return true;
  });
  expect([ended, received < 50_000_000]).toEqual(['closed', true]);
  expect((await ask('/base/')).status).toBe(200);
});

test('more connections than browsers need are closed, and the next one is served', async () => {
  const sockets = Array.from({ length: 300 }, () => connect(server.port, '127.0.0.1').on('error', () => undefined));
  const open = () => sockets.filter(({ readyState }) => readyState === 'open').length;
  await settled(() => open() <= 200 && open() > 150);
  expect(open()).toBeLessThanOrEqual(200);
  expect(open()).toBeGreaterThan(150);
  for (const socket of sockets) socket.destroy();
  await settled(() => sockets.every(({ closed }) => closed));
  await new Promise((done) => setTimeout(done, 50));
  expect((await ask('/base/')).status).toBe(200);
});

test('a busy port is passed over', async () => {
  const other = await servePortal({ dir: join(folder, 'dist'), port: server.port });
  expect(other.port).toBeGreaterThan(server.port);
  expect(other.url).toBe(`http://127.0.0.1:${other.port}/`);
  await other.close();
  await expect(fetch(other.url)).rejects.toThrow('fetch failed');
});
