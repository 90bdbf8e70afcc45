/** The pages of Ray's sources: the routes that they export, and the files that those name. */
import { Evaluator } from './code/evaluate/evaluator.ts';
import { Scripts } from './code/scripts.ts';
import type { Script, AccessStep } from './code/scope.ts';
import type { Value } from './code/value.ts';
import { readBytes, type Content } from './content.ts';
import type { Findings } from './finding.ts';
import { LIMITS } from './limits.ts';
import type { ListedPage } from './pages.ts';
import { reasonOf, type Tree } from './tree.ts';

/** What Ray itself makes of routes, where a project keeps it. */
const MADE = ['src/app.config.ts', 'src/app.config.js'];

/**
 * The pages of a routes file (`routes.config.ts`, or `functional.config.ts` of functional pages). Routes that are computed are taken
 * from what Ray made of them last; where that lacks one that is written out, none is recorded, since only those recorded open.
 */
export function routesOf(content: Content, path: string, tree: Tree, findings: Findings): ListedPage[] {
  const scripts = new Scripts({
    has: (file) => tree.has(file),
    text: (file) => textOf(content, file, findings),
    aliases: [{ prefix: '@/', target: 'src', isExact: false }],
    root: 'src',
    onLarge: () => {},
    onFault: (file, { message, offset }, text) =>
      findings.add('project-script', file, { detail: message }, offset, text),
  });
  const script = scripts.at(path);
  if (!script) return [];
  const evaluator = new Evaluator(scripts);
  const pages = writtenPages(evaluator, script);
  const listed = (all: readonly string[]) =>
    [...new Set(all)].map((page) => ({
      page,
      at: { path, offset: Math.max(0, script.text.indexOf(page)), text: script.text },
    }));
  if (!pages.isOpen) return listed(pages.written);
  const made = MADE.flatMap((file) => (tree.has(file) ? madePages(evaluator, scripts.at(file)) : []));
  const isWhole = made.length > 0 && pages.written.every((page) => made.includes(page));
  if (isWhole) return listed(made);
  findings.add('upload-routes-open', path, {}, 0, script.text);
  return [];
}

/** The pages that a routes file writes out; `isOpen` when some are computed. */
function writtenPages(evaluator: Evaluator, script: Script): { written: string[]; isOpen: boolean } {
  const given = (name: string) => evaluator.exported(script, name).filter(isKnown);
  const defaults = given('default');
  const inDefault = (key: AccessStep) => defaults.flatMap((value) => evaluator.memberOf(value, key)).filter(isKnown);
  const lists = [given('routes'), inDefault('routes'), defaults.filter(({ kind }) => kind === 'list')];
  const routes = elementsOf(evaluator, lists.find((list) => list.length > 0) ?? []);
  const named = ['subpackages', 'subPackages'].flatMap((key) => [...given(key), ...inDefault(key)]);
  const packages = named.length > 0 ? elementsOf(evaluator, named) : { known: [], isOpen: false };
  const pages = routes.known.flatMap((route) => texts(evaluator, route, 'path'));
  const inPackages = packages.known.flatMap((item) => subpackage(evaluator, item));
  const written = [...pages, ...inPackages].map((page) => page.replace(/^\/+/, ''));
  return { written, isOpen: routes.isOpen || packages.isOpen };
}

/** The pages of the file that Ray's own build keeps, under the name of a platform. */
function madePages(evaluator: Evaluator, script: Script | undefined): string[] {
  if (!script) return [];
  const platforms = ['thing', 'tuya', 'default'].flatMap((name) => evaluator.exported(script, name));
  const lists = platforms.flatMap((value) => evaluator.memberOf(value, 'pages')).filter(({ kind }) => kind === 'list');
  return elementsOf(evaluator, lists.slice(0, 1)).known.flatMap((page) =>
    page.kind === 'text' && page.isWhole ? [page.text.replace(/^\/+/, '')] : [],
  );
}

/** The elements of a list as far as they are written out. */
function elementsOf(evaluator: Evaluator, values: readonly Value[]): { known: Value[]; isOpen: boolean } {
  const known = evaluator.elements(values);
  const isOpen = [...known, ...values].some(({ kind }) => kind === 'unknown' || kind === 'elements');
  return { known: known.filter(isKnown), isOpen };
}

const isKnown = ({ kind }: Value): boolean => kind !== 'unknown';

const texts = (evaluator: Evaluator, value: Value, key: string): string[] =>
  evaluator.memberOf(value, key).flatMap((inner) => (inner.kind === 'text' && inner.isWhole ? inner.text : []));

function subpackage(evaluator: Evaluator, item: Value): string[] {
  const [root = ''] = texts(evaluator, item, 'root');
  const pages = ['pages', 'routes'].flatMap((key) => evaluator.memberOf(item, key)).filter(isKnown);
  return elementsOf(evaluator, pages).known.flatMap((page) => {
    const paths = page.kind === 'text' ? [page.text] : texts(evaluator, page, 'path');
    return paths.map((path) => `${root.replace(/(?<!\/)\/+$/, '')}/${path.replace(/^\/+/, '')}`);
  });
}

function textOf(content: Content, path: string, findings: Findings): string | undefined {
  try {
    return new TextDecoder().decode(readBytes(content, path, LIMITS.json));
  } catch (error) {
    findings.add('file-unreadable', path, { file: findings.shown(path), detail: reasonOf(error) });
    return undefined;
  }
}

/** Reports each page of Ray's sources that has no component below `folder`. */
export function checkComponents(listed: readonly ListedPage[], folder: string, tree: Tree, findings: Findings): void {
  const stems = new Map(
    [...tree.keys()].map((path) => [path.replace(/(?:\.(?:tuya|thing|ray|mini|native))?\.[jt]sx?$/, ''), path]),
  );
  // Some machines take names for one that differ only by case; those that build for others do not.
  const namesakes = new Map([...stems].map(([stem, path]) => [stem.toLowerCase(), path]));
  for (const { page, at } of listed) {
    if (stems.has(`${folder}/${page}`) || stems.has(`${folder}/${page}/index`)) continue;
    const place = Math.max(0, at.text.indexOf(page));
    const file = findings.shown(`${folder}/${page}`);
    const near = [page, `${page}/index`].map((name) => namesakes.get(`${folder}/${name}`.toLowerCase()));
    const found = near.find((path) => path !== undefined);
    const missing = found === undefined ? file : `${file} (${found} differs by letter case)`;
    findings.add('project-page-missing', at.path, { page, file: missing }, place, at.text);
  }
}
