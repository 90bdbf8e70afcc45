/** Serves a built portal on loopback: files of one folder, nothing else. */
import { createReadStream, realpathSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';

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
};

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** An image opened by itself may draw and nothing more. */
const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** How many ports after the wanted one are tried. */
const TRIES = 50;

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
  const server = createServer((request, response) => answer(root, base, request, response));
  await listen(server, port);
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
      const isTaken = ['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isTaken || tried >= TRIES || port + tried >= 65535) throw error;
    }
  }
}

function answer(root: string, base: string, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'no-store');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const path = pathIn(request.url ?? '/', base);
  const found = path === undefined ? undefined : fileFor(root, path);
  if (found?.isFolder) {
    response.writeHead(308, { Location: `${base}${encodeURI(path!)}/` }).end();
    return;
  }
  send(request, response, found ? 200 : 404, found?.file ?? join(root, '404.html'));
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

/** The file for a path below the root: itself, or the index of a folder named with its slash. */
function fileFor(root: string, path: string): { file: string; isFolder: boolean } | undefined {
  const file = resolve(root, path === '' || path.endsWith('/') ? `${path}index.html` : path);
  if (!file.startsWith(root + sep) || path.split('/').some((part) => part.startsWith('.') || part.includes('\\')))
    return undefined;
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats && realpathSync(file) !== file) return undefined;
  if (stats?.isFile()) return { file, isFolder: false };
  const hasIndex = stats?.isDirectory() && statSync(join(file, 'index.html'), { throwIfNoEntry: false })?.isFile();
  return hasIndex ? { file, isFolder: true } : undefined;
}

function send(request: IncomingMessage, response: ServerResponse, status: number, file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  const type = TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
  response.setHeader('Content-Security-Policy', type.startsWith('text/html') ? PAGE_POLICY : FILE_POLICY);
  if (!stats) {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end();
    return;
  }
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': stats.size });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}
