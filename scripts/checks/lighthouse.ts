/**
 * npm run lighthouse: what Lighthouse says of the overview, the list and a miniapp's page of a platform with 1,000 miniapps, served
 * compressed, as hosts of static files do. Accessibility, best practices and SEO have to be 100. How fast a page is depends on
 * what else the machine does, so the best of three counts; `--only-report` looks once and does not judge it. Exit 2 without Chromium.
 */
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { miniappId, writePlatform } from '../bench/platform.ts';
import { buildPortal } from '../portal/build.ts';
import { servePortal } from '../portal/serve.ts';

const MINIAPPS = 1000;
const PAGES = ['', 'miniapps/', `miniapps/${miniappId(7)}/`];
const JUDGED = ['accessibility', 'best-practices', 'seo'] as const;
const FAST = 0.95;
/** Of a page's speed, and of a browser that did not answer in time. */
const TRIES = 3;
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isJudged = !process.argv.includes('--only-report');

if (!existsSync(executablePath)) {
  console.error(`There is no Chromium at ${executablePath}; name one with CHROMIUM=…`);
  process.exit(2);
}

/** In front of the portal's own server: the same answers, compressed. */
async function compressing(origin: string): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    const answer = await fetch(new URL(request.url ?? '/', origin), { redirect: 'manual' });
    const body = Buffer.from(await answer.arrayBuffer());
    for (const name of ['content-type', 'content-security-policy', 'location'])
      if (answer.headers.has(name)) response.setHeader(name, answer.headers.get(name)!);
    response.setHeader('content-encoding', 'gzip');
    response.setHeader('cache-control', 'max-age=600');
    response.writeHead(answer.status).end(gzipSync(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** A port that nobody uses at the moment, for the browser's protocol. */
async function freePort(): Promise<number> {
  const { server, url } = await compressing('http://127.0.0.1/');
  await new Promise((done) => server.close(done));
  return Number(new URL(url).port);
}

interface Scores {
  /** What the performance is made of. */
  readonly times: string;
  readonly scores: ReadonlyMap<string, number>;
  /** What a category lost points for. */
  readonly faults: readonly string[];
}

/** Throws Lighthouse's words where it could not look. */
async function report(url: string, port: number) {
  const result = await lighthouse(url, { port, logLevel: 'error', output: 'json' });
  if (!result || result.lhr.runtimeError)
    throw new Error(`Lighthouse: ${result?.lhr.runtimeError?.message ?? 'no result'}`);
  return result.lhr;
}

async function scoresOf(url: string, port: number, tried = 1): Promise<Scores> {
  const found = await report(url, port).catch((error: unknown) => {
    if (tried === TRIES) throw error;
    console.log(`${String(error)}; tried again`);
  });
  if (!found) return scoresOf(url, port, tried + 1);
  const { categories, audits } = found;
  const faults = JUDGED.flatMap((name) =>
    categories[name]!.auditRefs.flatMap(({ id, weight }) => {
      const { score, title } = audits[id]!;
      return weight > 0 && score !== null && score < 1 ? [`${name}: ${title} (${id})`] : [];
    }),
  );
  const metrics = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
    'speed-index',
  ];
  const times = metrics.map((name) => `${audits[name]!.title} ${audits[name]!.displayValue}`).join(', ');
  return { times, scores: new Map(Object.entries(categories).map(([name, { score }]) => [name, score ?? 0])), faults };
}

const folder = mkdtempSync(join(tmpdir(), 'miniapp-lighthouse-'));
const config = join(folder, 'config');
writePlatform(config, MINIAPPS);
// Only a portal that knows its address tells search engines about its languages.
appendFileSync(join(config, 'platform.yaml'), 'portal: { url: https://example.org/portal/ }\n');
await buildPortal({ config, out: join(folder, 'dist'), now: Date.parse('2026-11-20T12:00:00Z'), base: '/' });
const portal = await servePortal({ dir: join(folder, 'dist'), port: 0 });
const { server, url } = await compressing(portal.url);
const port = await freePort();
const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', `--remote-debugging-port=${port}`];
const browser = await chromium.launch({ executablePath, args });

let isGood = true;
try {
  for (const path of PAGES) {
    let best = 0;
    for (let tried = 0; tried < (isJudged ? TRIES : 1) && best < FAST; tried += 1) {
      const { scores, faults, times } = await scoresOf(url + path, port);
      best = Math.max(best, scores.get('performance') ?? 0);
      const shown = [...scores].map(([name, score]) => `${name} ${Math.round(score * 100)}`).join(', ');
      console.log(`/${path}: ${shown}`);
      console.log(`  ${times}`);
      for (const fault of faults) console.log(`  ${fault}`);
      isGood &&= JUDGED.every((name) => scores.get(name) === 1);
    }
    if (best < FAST) {
      console.log(`/${path}: performance ${Math.round(best * 100)} at best; 95 is wanted`);
      isGood &&= !isJudged;
    }
  }
} finally {
  await browser.close();
  server.close();
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = isGood ? 0 : 1;
