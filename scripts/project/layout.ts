/** Which kind of project a folder holds, and which of its files are the package. */
import { posix } from 'node:path';
import { defined } from '../core/defined.ts';
import { elsewhere } from './built-below.ts';
import { CONFIG, type ProjectConfig, type Root } from './config.ts';
import type { Content } from './content.ts';
import { Findings } from './finding.ts';
import { readJson, type Json } from './json.ts';
import type { ProjectFile, Tree } from './tree.ts';

export interface Layout {
  /** `native`: app.json and what it names; `ray`: the same, built by Ray; `ray-sources`: Ray's sources, not built. */
  readonly kind: 'native' | 'ray' | 'ray-sources';
  /** The folder of app.json, or of Ray's sources. */
  readonly root: string;
  /** The folder of functional pages, when it is there. */
  readonly functional?: string;
  readonly files: readonly ProjectFile[];
}

const inside = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
const isIn = (folder: string, path: string): boolean => folder === '' || path.startsWith(`${folder}/`);
const hasFolder = (tree: Tree, folder: string): boolean => [...tree.keys()].some((path) => isIn(folder, path));
const RAY_ROUTES = ['ts', 'tsx', 'js', 'jsx', 'json'].map((ending) => `src/routes.config.${ending}`);

/** Where Ray's sources say which pages there are. */
export const rayRoutes = (tree: Tree): string | undefined => RAY_ROUTES.find((path) => tree.has(path));

/** The layout of a project; when it is no miniapp, why not is reported. */
export function layoutOf(content: Content, tree: Tree, config: ProjectConfig, findings: Findings): Layout | undefined {
  const source = config.miniprogramRoot?.folder ?? '';
  const functional = config.functionalRoot && hasFolder(tree, config.functionalRoot.folder) && config.functionalRoot;
  const app = tree.has(inside(source, 'app.json'))
    ? readJson(content, inside(source, 'app.json'), new Findings(''))
    : undefined;
  // Ray writes its version into what it builds.
  const isBuiltByRay = app?.get('__ray_version__') !== undefined || tree.has(inside(source, '.buildHash'));
  const isRay = config.isRay || isBuiltByRay || isRayProject(content, tree, findings);
  if (tree.has(inside(source, 'app.json'))) {
    const roots = [config.functionalRoot, config.widgetRoot, config.publicRoot];
    return {
      kind: isRay ? 'ray' : 'native',
      root: source,
      ...defined({ functional: functional ? functional.folder : undefined }),
      files: packaged(tree, source, roots),
    };
  }
  if (isRay && rayRoutes(tree) !== undefined) {
    const { json } = config.miniprogramRoot ?? {};
    const folder = source === '' ? 'dist/tuya' : source;
    findings.add('upload-not-built', json ? CONFIG : '', { folder }, json?.offset, json?.text);
    return { kind: 'ray-sources', root: 'src', files: withoutBuilds(tree) };
  }
  reportNoMiniapp(tree, config, findings);
  return undefined;
}

function reportNoMiniapp(tree: Tree, { miniprogramRoot }: ProjectConfig, findings: Findings): void {
  if (!miniprogramRoot) {
    const what = tree.has(CONFIG) ? 'it has no app.json' : `it has neither app.json nor ${CONFIG}`;
    const folders = [...tree.keys()].filter((path) => path.endsWith('/app.json')).map((path) => posix.dirname(path));
    findings.add('project-none', '', { what: `${what}${elsewhere(folders)}` });
    return;
  }
  const { folder, json } = miniprogramRoot;
  const what = hasFolder(tree, folder) ? 'there is no app.json in it' : 'there is no such folder';
  findings.add('project-root-empty', json.path, { folder: json.string ?? '', what }, json.offset, json.text);
}

/** The package of a project whose sources stand in a folder of their own is that folder and what else the vendor's tools send. */
function packaged(tree: Tree, source: string, roots: readonly (Root | undefined)[]): ProjectFile[] {
  if (source === '') return [...tree.values()];
  const folders = [source, 'i18n', ...roots.flatMap((root) => (root ? [root.folder] : []))];
  return [...tree.values()].filter(({ path }) => path === CONFIG || folders.some((folder) => isIn(folder, path)));
}

/** Sources without what was built from them for some platform. */
const withoutBuilds = (tree: Tree): ProjectFile[] =>
  [...tree.values()].filter(({ path }) => !isIn('dist', path) && !isIn('build', path));

function isRayProject(content: Content, tree: Tree, findings: Findings): boolean {
  if (tree.has('ray.config.ts') || tree.has('ray.config.js') || tree.has('src/global.config.ts')) return true;
  const own = tree.has('package.json') ? readJson(content, 'package.json', findings) : undefined;
  const names = (json: Json | undefined) => json?.entries().map(([name]) => name) ?? [];
  const all = [...names(own?.get('dependencies')), ...names(own?.get('devDependencies'))];
  return all.some((name) => name.startsWith('@ray-js/'));
}
