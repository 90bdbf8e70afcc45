/**
 * What the pages are compiled to: a module that knows every page and renders one of them. `compile.ts` has Astro bundle it, `render.ts` loads
 * the bundle. Only what Astro documents for whoever renders its pages elsewhere.
 */
import { StaticPaths } from 'astro:static-paths';
import type { AstroPrerenderer } from 'astro';
import { createApp } from 'astro/app/entrypoint';

const app = createApp({ streaming: false });

/** Every page and endpoint that there is, of the content that data.ts holds. */
export const paths: AstroPrerenderer['getStaticPaths'] = () => new StaticPaths(app).getAll();

/** One of them. */
export const render = (
  request: Request,
  routeData: Parameters<AstroPrerenderer['render']>[1]['routeData'],
): Promise<Response> => app.render(request, { routeData });
