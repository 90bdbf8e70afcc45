/** Whether every address inside a built site leads somewhere in it: pages, files and the places in pages. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

const ATTRIBUTE = /\s(?:href|src|action|poster|data-src)=(?:"([^"]*)"|'([^']*)')/g;
const PLACE = /\s(?:id|name)=(?:"([^"]*)"|'([^']*)')/g;

export interface BuiltSite {
  /** Its HTML files and what they hold, by path below the root. */
  readonly pages: ReadonlyMap<string, string>;
  /** Whether a file is there. */
  has(path: string): boolean;
}

/** Reads all pages below a folder; `root`: what the portal's address leads to. */
export function builtSite(root: string): BuiltSite {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const html = names.filter((name) => name.endsWith('.html'));
  return {
    pages: new Map(html.map((name) => [name, readFileSync(join(root, name), 'utf8')])),
    has: (path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile(),
  };
}

/** One line for each address that leads nowhere, and for each that makes a page load something from outside. */
export function brokenLinks(site: BuiltSite): string[] {
  const places = new Map<string, Set<string>>();
  const placesOf = (page: string): Set<string> => {
    let found = places.get(page);
    if (!found) places.set(page, (found = new Set([...(site.pages.get(page) ?? '').matchAll(PLACE)].map(valueOf))));
    return found;
  };
  const faults: string[] = [];
  for (const [page, html] of site.pages) {
    const addresses = new Set([...withoutScripts(html).matchAll(ATTRIBUTE)].map(valueOf));
    for (const address of addresses) {
      if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address)) continue;
      const fault = faultOf(site, page, address, placesOf);
      if (fault) faults.push(`${page}: ${address} ${fault}`);
    }
  }
  return faults;
}

const valueOf = ([, double, single]: RegExpExecArray | RegExpMatchArray): string =>
  (double ?? single ?? '').replaceAll('&amp;', '&');

/** Inline data and code hold no addresses of the page. */
const withoutScripts = (html: string): string =>
  html.replace(/(<script\b[^>]*>)[\s\S]*?<\/script>/g, '$1').replace(/<!--[\s\S]*?-->/g, '');

function faultOf(
  site: BuiltSite,
  page: string,
  address: string,
  placesOf: (page: string) => Set<string>,
): string | undefined {
  const [whole = '', fragment] = address.split('#', 2);
  const path = decodeURIComponent(whole.split('?', 1)[0]!);
  let target = path === '' ? page : path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(page), path);
  if (target.startsWith('..')) return 'leads out of the site';
  if (target === '' || target === '.' || target.endsWith('/')) target = posix.join(target, 'index.html');
  if (!site.has(target)) return 'leads nowhere';
  const isNamed = fragment === undefined || fragment === '' || !target.endsWith('.html');
  return isNamed || placesOf(target).has(decodeURIComponent(fragment))
    ? undefined
    : `names a place that ${target} does not have`;
}
