/** What is written is what the pages answered with success. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RouteData } from 'astro';
import { expect, onTestFinished, test } from 'vitest';
import { writeFiles } from './write-files.ts';

/** A portal of one page, which is answered with this status. */
async function written(pathname: string, status: number): Promise<{ pages: number; files: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'miniapp-written-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const route = { type: 'page', component: 'src/pages/one.astro', params: [] as string[] } as RouteData;
  const paths = () => Promise.resolve([{ pathname, route }]);
  const render = () => Promise.resolve(new Response('<p>one</p>', { status }));
  const pages = await writeFiles({ paths, render }, folder, false);
  return { pages, files: readdirSync(folder, { recursive: true, encoding: 'utf8' }) };
}

test.each([
  ['/one', 200, ['one', 'one/index.html']],
  // As a server answers where there is none.
  ['/404', 404, ['404.html']],
])('%s, answered with %i', async (pathname, status, files) => {
  expect(await written(pathname, status)).toEqual({ pages: 1, files });
});

test.each([
  ['/one', 404],
  ['/one', 500],
  ['/404', 500],
])('%s, answered with %i, ends the build', async (pathname, status) => {
  await expect(written(pathname, status)).rejects.toThrow(`${pathname} was answered with ${status}`);
});
