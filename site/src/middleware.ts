/** What every page goes through behind Astro, in `astro dev` as in a build. */
import type { MiddlewareHandler } from 'astro';
import { compactHtml } from './lib/compact-html.ts';

/** Files that are no pages stay as they are. */
export const onRequest: MiddlewareHandler = async (_context, next) => {
  const response = await next();
  if (!response.headers.get('Content-Type')?.startsWith('text/html')) return response;
  return new Response(compactHtml(await response.text()), response);
};
