/** Writes the pages and the other files of the miniapps, of which there are many thousands. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroIntegration, AstroPrerenderer, RouteData } from 'astro';
import { href } from './href.ts';
import { compactHtml } from './lib/compact-html.ts';
import type { Body, Params } from './miniapp-file.ts';

const OF_MINIAPPS = /^src\/pages\/(?:(?:\[\.\.\.locale\]\/)?miniapps|api\/v1\/(?:miniapps|runtime))\/\[id\]/;

/**
 * They are the pages and endpoints that `astro dev` serves, and pages are rendered by Astro. But an endpoint is asked for its body, as a
 * response costs as much as what most of them hold, and the files of a miniapp are made and written together, one after the other, as
 * they share what is worked out for it. `folder`: of the portal. `isOnly`: nothing else is made.
 */
export const miniappFiles = (folder: string, isOnly: boolean): AstroIntegration => ({
  name: 'miniapp-files',
  hooks: {
    'astro:build:start': ({ setPrerenderer }) =>
      setPrerenderer((astro) => ({
        ...astro,
        async render(request, options) {
          const response = responseOf(await astro.render(request, options));
          return options.routeData.type === 'page' ? new Response(await pageOf(response), response) : response;
        },
        async getStaticPaths() {
          const paths = await astro.getStaticPaths();
          const isOfMiniapp = ({ route }: PathOfRoute) => OF_MINIAPPS.test(route.component);
          const own = Map.groupBy(paths.filter(isOfMiniapp), ({ pathname, route }) => paramsOf(route, pathname)['id']!);
          for (const files of own.values())
            for (const { pathname, route } of files)
              if (route.type === 'page')
                write(join(folder, pathname, 'index.html'), await rendered(astro, route, pathname));
              else write(join(folder, pathname), (await endpointOf(route.component)).body(paramsOf(route, pathname)));
          return isOnly ? [] : paths.filter((path) => !isOfMiniapp(path));
        },
      })),
  },
});

type PathOfRoute = Awaited<ReturnType<AstroPrerenderer['getStaticPaths']>>[number];

/** A page of a miniapp as Astro renders it. */
async function rendered(astro: AstroPrerenderer, route: RouteData, pathname: string): Promise<Body> {
  const request = new Request(new URL(href(`${pathname.slice(1)}/`), 'http://localhost'));
  const response = responseOf(await astro.render(request, { routeData: route }));
  if (!response.ok) throw new Error(`${pathname} was answered with ${response.status}`);
  return pageOf(response);
}

const responseOf = (answer: Awaited<ReturnType<AstroPrerenderer['render']>>): Response =>
  answer instanceof Response ? answer : answer.response;

/**
 * A page as it is written: without what HTML needs none of, as `astro dev` serves it. Its bytes are looked at as characters of one byte
 * each, which takes a quarter of the time: what goes is ASCII, and the bytes of other characters are none of it.
 */
async function pageOf(response: Response): Promise<Body> {
  const bytes = Buffer.from(await response.arrayBuffer());
  return Buffer.from(compactHtml(bytes.toString('latin1')), 'latin1');
}

/** The module of an endpoint that each miniapp has. */
interface Endpoint {
  body(params: Params): Body;
}

const endpoints = new Map<string, Promise<Endpoint>>();

/** It is loaded by Node itself, as all is that it takes from data.ts and miniapp-data.ts. `component`: `src/pages/[…].json.ts`. */
function endpointOf(component: string): Promise<Endpoint> {
  let endpoint = endpoints.get(component);
  if (!endpoint)
    endpoints.set(component, (endpoint = import(pathToFileURL(join(import.meta.dirname, '..', component)).href)));
  return endpoint;
}

/** What stands in a path in the place of a route's parameters. */
function paramsOf({ params, pattern }: RouteData, pathname: string): Params {
  const [, ...values] = pattern.exec(pathname) ?? [];
  return Object.fromEntries(params.map((name, index) => [name.replace(/^\.{3}/, ''), values[index]]));
}

const made = new Set<string>();

/** With the folder that it is in, for which the disk is asked once. */
function write(file: string, body: Body): void {
  const parent = dirname(file);
  if (!made.has(parent)) mkdirSync(parent, { recursive: true });
  made.add(parent);
  writeFileSync(file, body);
}
