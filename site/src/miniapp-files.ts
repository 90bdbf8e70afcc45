/** Writes the files of the miniapps, of which there are many thousands. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroIntegration, RouteData } from 'astro';
import { FRAME_NAME, frameFiller, LIST_FRAME_NAME } from './features/miniapp/frame-markup.ts';
import type { Language } from './i18n/index.ts';
import { compactPage, type Markup } from './lib/markup.ts';
import type { Asked, Body } from './miniapp-file.ts';
import { miniappPage, whitelistPage } from './miniapp-pages.ts';

/** A file that is still to be made. */
interface PendingFile {
  /** Of the miniapp. */
  readonly id: string;
  /** Below the portal's folder. */
  readonly path: string;
  make(): Body;
}

const PAGES = 'src/pages/';
const OF_MINIAPPS = /^src\/pages\/(?:(?:\[\.\.\.locale\]\/)?miniapps|api\/v1\/(?:miniapps|runtime))\/\[id\]/;

/**
 * They come from the same pages and endpoints as in `astro dev`, but not by Astro's way from a path to a file: request, response and
 * several waits for the disk cost as much as what most of them hold. Astro renders the frames; endpoints are asked for their body. Those
 * of a miniapp are written together, as they share what is worked out for it. `folder`: of the portal.
 */
export const miniappFiles = (folder: string): AstroIntegration => ({
  name: 'miniapp-files',
  hooks: {
    'astro:build:start': ({ setPrerenderer }) =>
      setPrerenderer((astro) => ({
        ...astro,
        async getStaticPaths() {
          const paths = await astro.getStaticPaths();
          const routes = new Map(paths.map(({ route }) => [route.component, route]));
          const render = async (route: RouteData, path: string): Promise<string> => {
            const answer = await astro.render(new Request(`http://localhost/${path}`), { routeData: route });
            return (answer instanceof Response ? answer : answer.response).text();
          };
          const framed = <Parts extends object>(component: string, page: FramedPage<Parts>) =>
            pagesOf(component, page, (path) => render(routes.get(component)!, path));
          const files = await Promise.all([
            framed(`${PAGES}[...locale]/miniapps/[id].astro`, miniappPage),
            framed(`${PAGES}[...locale]/miniapps/[id]/whitelist/[...page].astro`, whitelistPage),
            ...[...routes.keys()].filter((one) => OF_MINIAPPS.test(one) && one.endsWith('.ts')).map(filesOf),
          ]);
          for (const own of Map.groupBy(files.flat(), ({ id }) => id).values())
            for (const { path, make } of own) write(join(folder, path), make());
          return paths.filter(({ route }) => !OF_MINIAPPS.test(route.component));
        },
      })),
  },
});

/** A page of which there is one for each miniapp, or some; see miniapp-pages.ts. */
interface FramedPage<Parts> {
  readonly marks: Parts;
  paths(): readonly { readonly params: Asked['params'] & { id: string }; readonly props: { language: Language } }[];
  parts(asked: Asked<never>): Parts;
}

/** The pages of a component, each put into its frame, which `render` gives for a path. */
async function pagesOf<Parts extends object>(
  component: string,
  { marks, paths, parts }: FramedPage<Parts>,
  render: (path: string) => Promise<string>,
): Promise<PendingFile[]> {
  const isFrame = (id: string) => id === FRAME_NAME || id === LIST_FRAME_NAME;
  const [frames = [], own = []] = [true, false].map((wanted) =>
    paths().filter(({ params }) => isFrame(params.id) === wanted),
  );
  const fill = new Map<Language, (parts: Record<string, string | Markup>) => string>();
  for (const { params, props } of frames) {
    const frame = compactPage(await render(pathOf(component, params)));
    fill.set(props.language, frameFiller(frame, { ...marks } as Record<string, string | Markup>));
  }
  return own.map(({ params, props }) => ({
    id: params.id,
    path: `${pathOf(component, params)}index.html`,
    make: () =>
      fill.get(props.language)!({ ...parts({ params, props: props as never }) } as Record<string, string | Markup>),
  }));
}

/** The module of an endpoint that each miniapp has. */
interface Endpoint {
  getStaticPaths(): readonly { readonly params: Asked['params']; readonly props?: object }[];
  body(asked: Asked): Body;
}

/** The files of an endpoint. Its module is loaded by Node itself, as all is that it takes from data.ts and miniapp-data.ts. */
async function filesOf(component: string): Promise<PendingFile[]> {
  const { getStaticPaths, body } = (await import(
    pathToFileURL(join(import.meta.dirname, '..', component)).href
  )) as Endpoint;
  return getStaticPaths().map(({ params, props = {} }) => ({
    id: params['id']!,
    path: pathOf(component, params),
    make: () => body({ params, props }),
  }));
}

/** The address of a page, with a slash at its end, or of a file. `component`: `src/pages/[…]/[id].astro`. */
const pathOf = (component: string, params: Asked['params']): string =>
  component
    .slice(PAGES.length)
    .replace(/\.ts$/, '')
    .replace(/\.astro$/, '/')
    .replace(/\[(?:\.\.\.)?(\w+)\]/g, (_whole, name: string) => params[name] ?? '')
    .replace(/^\/|\/(?=\/)/g, '');

const made = new Set<string>();

/** With the folder that it is in, for which the disk is asked once. */
function write(file: string, body: Body): void {
  const parent = dirname(file);
  if (!made.has(parent)) mkdirSync(parent, { recursive: true });
  made.add(parent);
  writeFileSync(file, body);
}
