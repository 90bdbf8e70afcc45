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

/** What a project calls: in its package, and where more can be followed outside it. */
export interface Project extends LocatedUses {
  readonly kind: Layout['kind'];
  readonly package: Package;
  readonly pages: readonly string[];
  readonly baseLibrary?: string;
  readonly kits: Readonly<Record<string, string>>;
  /** What the package alone says: whoever has its bytes finds the same. */
  readonly packaged: LocatedUses;
  /** Sorted; addresses in the package of every API but the cloud's. */
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
  const { packaged, all } = search({ root, tree, layout, config }, findings, onProgress);
  if (findings.hasErrors) return undefined;
  const origins = originsOf(packaged);
  const others = originsOf(all).filter((origin) => !origins.includes(origin));
  const first = all.uses.find(({ what }) => others.includes(what));
  if (first) findings.add('upload-not-packaged', first.file, { origins: others.join(', ') }, first.offset);
  const { apis } = packaged;
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
    packaged,
    origins,
    uses: all.uses,
    unresolved: all.unresolved,
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

interface Searched {
  readonly root: string;
  readonly tree: Tree;
  readonly layout: Layout;
  readonly config: ProjectConfig;
}

/** Settings of builds that say what imports mean. */
const ALIASING = ['tsconfig.json', 'jsconfig.json', 'ray.config.ts', 'ray.config.js'];

/**
 * What is called: as the package says it, and with what stands outside it, where more can be followed: the sources of what Ray built,
 * and what imports mean. What a version file records must follow from its bytes alone.
 */
function search({ root, tree, layout, config }: Searched, findings: Findings, onProgress: (what: string) => void) {
  const { kind, root: top, files } = layout;
  const code = { root, top, compatible: config.compatible };
  const own: Tree = new Map(files.map((file) => [file.path, file]));
  // Files for the vendor's network are sent as they are.
  const isStatic = ({ path }: ProjectFile) => config.publicRoot && path.startsWith(`${config.publicRoot.folder}/`);
  const inPackage = files.filter((file) => !isStatic(file));
  const packaged = usesIn({ ...code, tree: own, files: inPackage }, findings, onProgress);
  const isSource = ({ path }: ProjectFile) => path.startsWith('src/') || path.startsWith('functional/');
  const sources = kind === 'ray' ? [...tree.values()].filter((file) => isSource(file) && !own.has(file.path)) : [];
  const isAliased = packaged.unresolved.length > 0 && ALIASING.some((path) => tree.has(path) && !own.has(path));
  if (sources.length === 0 && !isAliased) return { packaged, all: packaged };
  const wider = usesIn({ ...code, tree, files: [...(isAliased ? inPackage : []), ...sources] }, findings, onProgress);
  return { packaged, all: isAliased ? wider : together(packaged, wider) };
}

const together = (one: LocatedUses, other: LocatedUses): LocatedUses => ({
  uses: [...one.uses, ...other.uses],
  unresolved: [...one.unresolved, ...other.unresolved],
  apis: one.apis,
});

const originsOf = ({ uses }: LocatedUses): string[] =>
  [...new Set(uses.flatMap(({ api, what }) => (api === 'cloud' ? [] : [what])))].sort();

const inFolder = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
