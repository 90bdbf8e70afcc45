/** Writes every page and file of the portal. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroPrerenderer, RouteData } from 'astro';
import { href } from './href.ts';
import { compactHtml } from './lib/compact-html.ts';
import type { Body, Params } from './miniapp-file.ts';

/** The pages as Astro compiled them (portal-pages.ts). */
export interface PortalPages {
  paths: AstroPrerenderer['getStaticPaths'];
  render(request: Request, route: RouteData): Promise<Response>;
}

type PathOfRoute = Awaited<ReturnType<PortalPages['paths']>>[number];

const OF_MINIAPPS = /^src\/pages\/(?:(?:\[\.\.\.locale\]\/)?miniapps|api\/v1\/(?:miniapps|runtime))\/\[id\]/;

/**
 * They are the pages and endpoints that `astro dev` serves, rendered by Astro. But an endpoint of miniapps, of which there are many thousands,
 * is asked for its body, as a response costs as much as what most of them hold, and the files of a miniapp are made one after the other, as
 * they share what is worked out for it. `folder`: of the portal. `isOnly`: nothing else is made. Gives how many pages were written.
 */
export async function writeFiles(pages: PortalPages, folder: string, isOnly: boolean): Promise<number> {
  const paths = await pages.paths();
  const isOfMiniapp = ({ route }: PathOfRoute) => OF_MINIAPPS.test(route.component);
  const own = Map.groupBy(paths.filter(isOfMiniapp), ({ pathname, route }) => paramsOf(route, pathname)['id']!);
  for (const files of own.values())
    for (const path of files) write(join(folder, fileOf(path)), await ofMiniapp(pages, path));
  const others = isOnly ? [] : paths.filter((path) => !isOfMiniapp(path));
  for (const path of others) write(join(folder, fileOf(path)), await rendered(pages, path));
  return [...own.values(), others].flat().filter(({ route }) => route.type === 'page').length;
}

/** Where what is served under a path stands. */
const fileOf = ({ pathname, route }: PathOfRoute): string =>
  route.type !== 'page' ? pathname : pathname === NOT_FOUND ? `${pathname}.html` : `${pathname}/index.html`;

/** The page that a server shows where there is none; its file is named so everywhere. */
const NOT_FOUND = '/404';

const ofMiniapp = async (pages: PortalPages, path: PathOfRoute): Promise<Body> =>
  path.route.type === 'page'
    ? rendered(pages, path)
    : (await endpointOf(path.route.component)).body(paramsOf(path.route, path.pathname));

/** As Astro renders it. */
async function rendered(pages: PortalPages, { pathname, route }: PathOfRoute): Promise<Body> {
  const address = route.type === 'page' ? `${pathname}/`.replace(/^\/+/, '') : pathname.slice(1);
  const response = await pages.render(new Request(new URL(href(address), 'http://localhost')), route);
  const isFine = response.ok || (pathname === NOT_FOUND && response.status === 404);
  if (!isFine) throw new Error(`${pathname} was answered with ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  return route.type === 'page' ? compact(bytes) : bytes;
}

/**
 * A page without what HTML needs none of, as `astro dev` serves it. Its bytes are looked at as characters of one byte each, which takes a
 * quarter of the time: what goes is ASCII, and the bytes of other characters are none of it.
 */
const compact = (page: Buffer<ArrayBuffer>): Body => Buffer.from(compactHtml(page.toString('latin1')), 'latin1');

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
