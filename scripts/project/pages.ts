/** The pages that app.json lists, main package and subpackages, and whether their files are there. */
import { posix } from 'node:path';
import { componentCheck, MARKUP, SCRIPTS, type SettingsOf } from './components.ts';
import type { Findings } from './finding.ts';
import type { Json } from './json.ts';
import { LIMITS } from './limits.ts';
import type { Tree } from './tree.ts';

/** As `schemas/defs.schema.json` has it. */
const PAGE = /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*(?:\/[\p{L}\p{N}_-][\p{L}\p{N}_.-]*)*$/u;
const isPage = (page: string): boolean => page.length <= 256 && PAGE.test(page);

/** A page and where it is listed. */
export interface ListedPage {
  readonly page: string;
  readonly at: { readonly path: string; readonly offset: number; readonly text: string };
}

/** The pages of app.json, from the folder that holds it. */
export function pagesOf(app: Json, findings: Findings): ListedPage[] {
  const main = app.get('pages');
  const packages = app.get('subPackages') ?? app.get('subpackages');
  const listed = main ? pageList(main, '', 'pages', findings) : [];
  const inPackages = (packages?.items() ?? []).flatMap((item, i) => subpackage(item, i, findings));
  for (const [json, field] of [[packages, 'subPackages']] as const) {
    if (json && !json.isArray) expected(json, field, 'a list of subpackages: [{"root": …, "pages": […]}]', findings);
  }
  const functional = app.get('functionalPages');
  // Where it is a list it names pages of its own; where it is a map, those of other miniapps.
  const own = functional?.isArray ? pageList(functional, '', 'functionalPages', findings) : [];
  const all = [...listed, ...inPackages, ...own];
  if (all.length === 0 && !findings.hasErrors) {
    findings.add('project-pages-none', app.path, {}, main?.offset ?? app.offset, app.text);
  }
  return all;
}

function subpackage(item: Json, i: number, findings: Findings): ListedPage[] {
  const [root, pages] = [item.get('root'), item.get('pages')];
  if (root?.string === undefined) {
    if (root) expected(root, `subPackages[${i}].root`, 'the folder of the subpackage', findings);
    else expected(item, `subPackages[${i}]`, 'a map with its folder as root: {"root": …, "pages": […]}', findings);
    return [];
  }
  return pages ? pageList(pages, root.string, `subPackages[${i}].pages`, findings) : [];
}

/** The pages of a list, each from the folder `root`. */
export function pageList(list: Json, root: string, field: string, findings: Findings): ListedPage[] {
  if (!list.isArray) {
    expected(list, field, 'a list of pages: ["pages/index/index"]', findings);
    return [];
  }
  return list.items().flatMap((item, i): ListedPage[] => {
    // Some tools write a page as a map with its path.
    const written = item.string ?? item.get('path')?.string;
    if (written === undefined) {
      expected(item, `${field}[${i}]`, 'a page, as "pages/index/index"', findings);
      return [];
    }
    const page = posix.join('/', root, written).slice(1);
    const at = { path: item.path, offset: item.offset, text: item.text };
    if (isPage(page)) return [{ page, at }];
    findings.add('project-page-form', at.path, { page: written }, at.offset, at.text);
    return [];
  });
}

function expected(json: Json, field: string, form: string, findings: Findings): void {
  const args = { field, actual: json.actual, expected: form };
  findings.add('project-field', json.path, args, json.offset, json.text);
}

/** Each page once, in the order in which they are listed; how many there may be is reported. */
export function distinct(listed: readonly ListedPage[], findings: Findings): string[] {
  const pages = new Set<string>();
  for (const { page, at } of listed) {
    if (pages.has(page)) findings.add('upload-page-twice', at.path, { page }, at.offset, at.text);
    pages.add(page);
  }
  const first = listed[0];
  if (first && pages.size > LIMITS.pages) {
    const args = { what: 'pages', actual: pages.size, limit: LIMITS.pages };
    findings.add('project-limit', first.at.path, args, first.at.offset, first.at.text);
  }
  return [...pages];
}

/** Reports each page that has no files below `root`, and each that has only one of the two it needs. */
export function checkFiles(
  listed: readonly ListedPage[],
  root: string,
  tree: Tree,
  findings: Findings,
  settingsOf: SettingsOf,
): void {
  const has = (page: string, endings: readonly string[]) =>
    endings.some((ending) => tree.has(posix.join(root, `${page}${ending}`)));
  // Some machines take names for one that differ only by case; phones do not.
  const namesakes = new Map([...tree.keys()].map((path) => [path.replace(/\.[^./]*$/, '').toLowerCase(), path]));
  const checkUsed = componentCheck(root, tree, findings, settingsOf);
  const app = posix.join(root, 'app.json');
  const common = tree.has(app) ? settingsOf(app) : undefined;
  if (common) checkUsed(common);
  for (const { page, at } of listed) {
    const [hasScript, hasMarkup] = [has(page, SCRIPTS), has(page, MARKUP)];
    const path = posix.join(root, `${page}.json`);
    const settings = tree.has(path) ? settingsOf(path) : undefined;
    if (settings) checkUsed(settings);
    // What Ray renders itself has no markup.
    if (hasScript && (hasMarkup || settings?.get('render')?.string === 'ray')) continue;
    const file = findings.shown(posix.join(root, page));
    if (!hasScript && !hasMarkup) {
      const near = namesakes.get(posix.join(root, page).toLowerCase());
      const plain = page.replace(/\.\w+$/, '');
      const isEnded = plain !== page && (has(plain, SCRIPTS) || has(plain, MARKUP));
      const missing = isEnded
        ? `${file} (pages are listed without an ending: ${plain})`
        : near === undefined
          ? file
          : `${file} (${near} differs by letter case)`;
      findings.add('project-page-missing', at.path, { page, file: missing }, at.offset, at.text);
    } else {
      const what = hasScript ? `markup (${file}.tyml)` : `script (${file}.js)`;
      findings.add('upload-page-half', at.path, { page, what }, at.offset, at.text);
    }
  }
}
