/**
 * What pages go through behind Astro in `astro dev`. A build does the same with the bytes that it writes (write-files.ts), without a second
 * response of each page.
 */
import type { MiddlewareHandler } from 'astro';
import { isDev } from './data.ts';
import { compactHtml } from './lib/compact-html.ts';

/** Files that are no pages stay as they are. */
export const onRequest: MiddlewareHandler = async (_context, next) => {
  const response = await next();
  if (!isDev || !response.headers.get('Content-Type')?.startsWith('text/html')) return response;
  return new Response(compactHtml(await response.text()), response);
};
