/**
 * Serves a built portal on loopback: files of one folder, nothing else, to whoever asks for this server by its own names. A
 * package such as sirv sends files too, but knows neither of these limits; with them around it, it would save nothing.
 */
import { constants, realpathSync } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { systemCode } from '../core/errors.ts';

export interface PortalServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
};

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** An image opened by itself may draw and nothing more. */
const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** How many ports after the wanted one are tried. */
const TRIES = 50;

/** More connections at once than some browsers need are closed as they come, so that descriptors are left for files. */
const CONNECTIONS = 200;
/** Milliseconds: for the head of a request, for all of it, and for a reader who takes nothing. */
const TIMES = { headersTimeout: 10_000, requestTimeout: 30_000, timeout: 30_000, connectionsCheckingInterval: 5_000 };

/** Serves `dir` under `base` on the port, or on the next free one. */
export async function servePortal({
  dir,
  port,
  base = '/',
}: {
  dir: string;
  port: number;
  base?: string;
}): Promise<PortalServer> {
  const root = realpathSync(dir);
  const { timeout, ...times } = TIMES;
  const server = createServer(times, (request, response) => {
    // The connection is gone then, and nobody is there to be told.
    response.on('error', () => undefined);
    void respond({ root, base, port: actual }, request, response);
  });
  server.maxConnections = CONNECTIONS;
  server.setTimeout(timeout);
  await listen(server, port);
  // One connection that cannot be taken must not end the others.
  server.on('error', () => undefined);
  const { port: actual } = server.address() as AddressInfo;
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number): Promise<void> {
  for (let tried = 0; ; tried += 1) {
    try {
      await new Promise<void>((done, fail) => {
        server.once('error', fail);
        server.listen(port === 0 ? 0 : port + tried, '127.0.0.1', () => {
          server.off('error', fail);
          done();
        });
      });
      return;
    } catch (error) {
      const isTaken = ['EADDRINUSE', 'EACCES'].includes(systemCode(error) ?? '');
      if (!isTaken || tried >= TRIES || port + tried >= 65535) throw error;
    }
  }
}

interface ServedFolder {
  readonly root: string;
  readonly base: string;
  readonly port: number;
}

/** Answers whatever happens: what goes wrong with one request says so to that one alone. */
async function respond(place: ServedFolder, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await answer(place, request, response);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else say(response, isExhausted(error) ? 503 : 500, { 'Retry-After': '1' });
  }
}

async function answer(
  { root, base, port }: ServedFolder,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'no-store');
  if (!isOwnName(request.headers.host, port))
    return say(response, 421, {}, `Ask for http://127.0.0.1:${port}${base}\n`);
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(response, 405, { Allow: 'GET, HEAD' });
  const path = pathIn(request.url ?? '/', base);
  const found = path === undefined ? undefined : await fileFor(root, path);
  if (found === 'folder') return say(response, 308, { Location: `${base}${encodeURI(path!)}/` });
  const file = found ?? (await opened(join(root, '404.html')));
  if (!file) return say(response, 404);
  await send(request, response, found ? 200 : 404, file);
}

/** An answer without a file. */
function say(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  words = '',
): void {
  const own = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Security-Policy': FILE_POLICY };
  response.writeHead(status, { ...own, ...headers }).end(words);
}

/**
 * Whether it was asked for by a name of this machine's loopback. A page elsewhere can make its own name lead here (DNS
 * rebinding) and then read what is served; the name is what it cannot hide.
 */
function isOwnName(host: string | undefined, port: number): boolean {
  const [, name = '', own = '80'] = /^(localhost|127\.0\.0\.1|\[::1\])(?::([0-9]{1,5}))?$/i.exec(host ?? '') ?? [];
  return name !== '' && Number(own) === port;
}

/** The path below the base, decoded; undefined when it is not below it or not a path. */
function pathIn(url: string, base: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0]!);
    return path.startsWith(base) && !path.includes('\0') ? path.slice(base.length) : undefined;
  } catch {
    return undefined;
  }
}

interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly size: number;
}

/** The file for a path below the root: itself, or the index of a folder named with its slash. */
async function fileFor(root: string, path: string): Promise<OpenFile | 'folder' | undefined> {
  const file = resolve(root, path === '' || path.endsWith('/') ? `${path}index.html` : path);
  const isHidden = path.split('/').some((part) => part.startsWith('.') || part.includes('\\'));
  if (!file.startsWith(root + sep) || isHidden) return undefined;
  const isThere = (await orNone(() => realpath(file))) === file;
  if (!isThere) return undefined;
  const stats = await orNone(() => stat(file));
  if (!stats?.isDirectory()) return opened(file);
  return (await orNone(() => stat(join(file, 'index.html'))))?.isFile() ? 'folder' : undefined;
}

/** A plain file, opened; no link, no pipe that would be waited for. */
async function opened(path: string): Promise<OpenFile | undefined> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await orNone(() => open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  if (!handle) return undefined;
  const stats = await handle.stat();
  if (stats.isFile()) return { path, handle, size: stats.size };
  await handle.close();
  return undefined;
}

/** What the file system has no such file for, or does not let this user see. */
const NONE: ReadonlySet<string> = new Set(
  'EACCES EINVAL EISDIR ELOOP ENAMETOOLONG ENODEV ENOENT ENOTDIR ENXIO EPERM'.split(' '),
);

async function orNone<Found>(look: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await look();
  } catch (error) {
    if (NONE.has(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

const isExhausted = (error: unknown): boolean =>
  ['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN'].includes(systemCode(error) ?? '');

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  { path, handle, size }: OpenFile,
): Promise<void> {
  try {
    const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
    response.setHeader('Content-Security-Policy', type.startsWith('text/html') ? PAGE_POLICY : FILE_POLICY);
    response.writeHead(status, { 'Content-Type': type, 'Content-Length': size });
    if (request.method === 'HEAD' || size === 0) {
      response.end();
      return;
    }
    // What is written to the file meanwhile is not of what was announced; a reader who goes away closes it.
    const reading = handle.createReadStream({ autoClose: false, start: 0, end: size - 1 });
    await pipeline(reading, response, { end: false });
    if (reading.bytesRead === size) response.end();
    // It became shorter: without an end of the connection its reader would wait for the rest.
    else response.destroy();
  } finally {
    await handle.close();
  }
}
