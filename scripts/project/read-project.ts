/**
 * A miniapp project as its developer has it, read for an upload: a native one (`app.json`), one built by Ray, or Ray's sources.
 * Nothing of it is run, nothing outside its folder is read, and every mistake is told at once.
 */
import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LocatedUses } from './code/use.ts';
import { CONFIG, readConfig, type ProjectConfig } from './config.ts';
import { digest, type Package } from './digest.ts';
import { Findings } from './finding.ts';
import { readJson } from './json.ts';
import { layoutOf, rayRoutes, type Layout } from './layout.ts';
import { LIMITS } from './limits.ts';
import { usesIn } from './origins.ts';
import { checkFiles, distinct, pageList, pagesOf, type Listed } from './pages.ts';
import { checkComponents, routesOf } from './routes.ts';
import { readTree, type ProjectFile, type Tree } from './tree.ts';

export interface Project extends LocatedUses {
  readonly kind: Layout['kind'];
  readonly package: Package;
  readonly pages: readonly string[];
  readonly baseLibrary?: string;
  readonly kits: Readonly<Record<string, string>>;
  /** Sorted; addresses of every API but the cloud's. */
  readonly origins: readonly string[];
  /** The languages of `i18n/strings.json`. */
  readonly languages: readonly string[];
}

export interface Read {
  /** Without one, `findings` says why. */
  readonly project?: Project;
  readonly findings: Findings;
}

export interface ReadOptions {
  /** The folder as its user named it, for messages. */
  readonly shown: string;
  /** The miniapp's id, under which its functional pages open. */
  readonly id: string;
  /** Told what is going on. */
  readonly onProgress?: (what: string) => void;
}

/** One of these stands at the top of every project. */
const SIGNS = ['app.json', CONFIG, 'package.json', 'src/routes.config.ts', 'src/routes.config.js'];

export function readProject(root: string, { shown, id, onProgress = () => {} }: ReadOptions): Read {
  const findings = new Findings(shown);
  const project = read(root, id, findings, onProgress);
  findings.close();
  return project ? { project, findings } : { findings };
}

function read(root: string, id: string, findings: Findings, onProgress: (what: string) => void): Project | undefined {
  if (!statSync(root).isDirectory()) {
    findings.add('project-none', '', { what: 'it is no folder' });
    return undefined;
  }
  // A home folder named by mistake is not walked through.
  const isMaybe = SIGNS.some((name) => lstatSync(join(root, name), { throwIfNoEntry: false })?.isFile());
  if (!isMaybe) {
    findings.add('project-none', '', { what: `it has neither app.json nor ${CONFIG}` });
    return undefined;
  }
  const tree = readTree(root, findings, (count) => onProgress(`${count} files`));
  // What was not read whole cannot be judged.
  if (findings.problems.some(({ code }) => code === 'project-limit')) return undefined;
  const config = readConfig(root, tree, findings);
  const layout = layoutOf(root, tree, config, findings);
  if (!layout) return undefined;
  if (!tree.has(CONFIG)) findings.add('upload-config-missing', CONFIG, {});
  const pages = distinct(listPages(root, layout, tree, id, findings), findings);
  const languages = languagesOf(root, layout, tree, findings);
  const made = digest(root, layout.files, findings, (bytes) => onProgress(`${bytes} bytes`));
  if (findings.hasErrors || !made) return undefined;
  const files = searched(layout, tree, config);
  const code = { root, tree, files, top: layout.root, compatible: config.compatible };
  const { uses, unresolved, apis } = usesIn(code, findings, (path) => onProgress(path));
  if (findings.hasErrors) return undefined;
  const origins = [...new Set(uses.flatMap(({ api, what }) => (api === 'cloud' ? [] : [what])))].sort();
  if (origins.length > LIMITS.origins) {
    findings.add('project-limit', '', { what: 'origins', actual: origins.length, limit: LIMITS.origins });
    return undefined;
  }
  if (apis.length > LIMITS.apis) {
    findings.add('project-limit', '', { what: 'APIs of the vendor', actual: apis.length, limit: LIMITS.apis });
    return undefined;
  }
  const { baseLibrary, kits } = config;
  const rest = {
    kits,
    origins,
    uses,
    unresolved,
    apis,
    languages,
    ...(baseLibrary === undefined ? {} : { baseLibrary }),
  };
  return { kind: layout.kind, package: made, pages, ...rest };
}

function listPages(root: string, layout: Layout, tree: Tree, id: string, findings: Findings): Listed[] {
  const own =
    layout.kind === 'ray-sources' ? sourcePages(root, tree, findings) : builtPages(root, layout, tree, findings);
  const functional = functionalPages(root, layout, tree, findings);
  // As links name them: godzilla://ID/__functional__/ID/PAGE.
  return [...own, ...functional.map(({ page, at }) => ({ page: `__functional__/${id}/${page}`, at }))];
}

function builtPages(root: string, layout: Layout, tree: Tree, findings: Findings): Listed[] {
  const app = readJson(root, inFolder(layout.root, 'app.json'), findings);
  if (!app) return [];
  const listed = pagesOf(app, findings);
  checkFiles(listed, layout.root, tree, findings, (path) => readJson(root, path, findings));
  return listed;
}

function sourcePages(root: string, tree: Tree, findings: Findings): Listed[] {
  const path = rayRoutes(tree);
  const listed = path === undefined ? [] : routesOf(root, path, tree, findings);
  checkComponents(listed, 'src', tree, findings);
  return listed;
}

/** The pages that other miniapps may show too, which have a folder of their own. */
function functionalPages(root: string, { kind, functional }: Layout, tree: Tree, findings: Findings): Listed[] {
  if (kind === 'ray-sources') {
    const path = ['ts', 'js'].map((ending) => `functional/functional.config.${ending}`).find((name) => tree.has(name));
    if (path === undefined) return [];
    const listed = routesOf(root, path, tree, findings);
    checkComponents(listed, 'functional', tree, findings);
    return listed;
  }
  const path = functional === undefined ? undefined : inFolder(functional, 'functional.json');
  if (path === undefined || !tree.has(path)) return [];
  const json = readJson(root, path, findings);
  const pages = json?.get('pages');
  if (!pages) return [];
  const listed = pageList(pages, '', 'pages', findings);
  checkFiles(listed, functional!, tree, findings, (file) => readJson(root, file, findings));
  return listed;
}

function languagesOf(root: string, layout: Layout, tree: Tree, findings: Findings): string[] {
  const paths = ['i18n/strings.json', inFolder(layout.root, 'i18n/strings.json')];
  const path = paths.find((name) => tree.has(name));
  const json = path === undefined ? undefined : readJson(root, path, findings);
  return json?.entries().map(([language]) => language) ?? [];
}

/** What is searched for addresses: the package; of one that Ray built, its sources too, in which more can be followed. */
function searched(layout: Layout, tree: Tree, config: ProjectConfig): ProjectFile[] {
  const isSource = ({ path }: ProjectFile) => path.startsWith('src/') || path.startsWith('functional/');
  // Files for the vendor's network are sent as they are.
  const isStatic = ({ path }: ProjectFile) => config.publicRoot && path.startsWith(`${config.publicRoot.folder}/`);
  const own = layout.files.filter((file) => !isStatic(file));
  const sources = layout.kind === 'ray' ? [...tree.values()].filter(isSource) : [];
  return [...new Map([...own, ...sources].map((file) => [file.path, file])).values()];
}

const inFolder = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
