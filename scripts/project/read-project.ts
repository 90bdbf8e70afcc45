/**
 * A miniapp project as its developer has it, read for an upload: a native one (`app.json`), one built by Ray, or Ray's sources.
 * Nothing of it is run, nothing outside its folder is read, and every mistake is told at once.
 */
import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defined } from '../core/defined.ts';
import type { LocatedUses } from './code/use.ts';
import { CONFIG, readConfig, type ProjectConfig } from './config.ts';
import { folderContent, type Content } from './content.ts';
import { digest, type Package } from './digest.ts';
import { Findings } from './finding.ts';
import { builtBelow, elsewhere } from './built-below.ts';
import { readJson } from './json.ts';
import { layoutOf, rayRoutes, type Layout } from './layout.ts';
import { LIMITS } from './limits.ts';
import { isNetworkMap, usesIn } from './origins.ts';
import { checkFiles, distinct, pageList, pagesOf, type ListedPage } from './pages.ts';
import { checkComponents, routesOf } from './routes.ts';
import { readTree, type ProjectFile, type Tree } from './tree.ts';

/** What a project calls: in its package, and where more can be followed outside it. */
export interface Project extends LocatedUses {
  readonly kind: Layout['kind'];
  readonly package: Package;
  /** The files of the package by their paths in it, and their bytes. */
  readonly files: Tree;
  readonly content: Content;
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

/** A project in the folder of its developer. */
export function readProject(root: string, { shown, id, onProgress = () => {} }: ReadOptions): Read {
  const findings = new Findings(shown);
  const project = readFolder(root, id, findings, onProgress);
  findings.close();
  return project ? { project, findings } : { findings };
}

/** The files of a package as they are kept: what they give is what the folder gave that they came from. */
export function readPackage(tree: Tree, content: Content, { shown, id, onProgress = () => {} }: ReadOptions): Read {
  const findings = new Findings(shown);
  const layout = layoutOf(content, tree, readConfig(content, tree, findings), findings);
  const project = layout && read({ layout, tree, content, id, findings, onProgress });
  const kept = new Set(layout?.files.map(({ path }) => path));
  for (const { path } of layout ? tree.values() : []) {
    if (!kept.has(path)) findings.add('package-file-foreign', path, { file: path });
  }
  findings.close();
  return project && !findings.hasErrors ? { project, findings } : { findings };
}

function readFolder(
  root: string,
  id: string,
  findings: Findings,
  onProgress: (what: string) => void,
): Project | undefined {
  if (!statSync(root).isDirectory()) {
    findings.add('project-none', '', { what: 'it is no folder' });
    return undefined;
  }
  // A home folder named by mistake is not walked through.
  const isMaybe = SIGNS.some((name) => lstatSync(join(root, name), { throwIfNoEntry: false })?.isFile());
  if (!isMaybe) {
    findings.add('project-none', '', { what: `it has neither app.json nor ${CONFIG}${elsewhere(builtBelow(root))}` });
    return undefined;
  }
  const tree = readTree(root, findings, (count) => onProgress(`${count} files`));
  // What was not read whole cannot be judged.
  if (findings.problems.some(({ code }) => code === 'project-limit')) return undefined;
  // A package calls its files by composed names, whatever the disk calls them.
  const names = new Map([...tree.keys()].map((path) => [path.normalize('NFC'), path]));
  const all = new Map(
    [...tree].map(([path, file]) => [path.normalize('NFC'), { ...file, path: path.normalize('NFC') }]),
  );
  const twin = [...tree.keys()].find((path) => names.get(path.normalize('NFC')) !== path);
  if (twin !== undefined) {
    findings.add('project-name', '', { name: twin });
    return undefined;
  }
  const content = folderContent(root, names);
  const layout = layoutOf(content, all, readConfig(content, all, findings), findings);
  return layout && read({ layout, tree: all, content, id, findings, onProgress });
}

interface ProjectInput {
  readonly layout: Layout;
  /** The package, and what else is there. */
  readonly tree: Tree;
  readonly content: Content;
  readonly id: string;
  readonly findings: Findings;
  readonly onProgress: (what: string) => void;
}

/** What is recorded of a project follows from the files of its package alone, so that it can be found again from them. */
function read({ layout, tree, content, id, findings, onProgress }: ProjectInput): Project | undefined {
  const files: Tree = new Map(layout.files.map((file) => [file.path, file]));
  const config = readConfig(content, files, new Findings(''));
  if (!files.has(CONFIG)) findings.add('upload-config-missing', CONFIG, {});
  const pages = distinct(listPages(content, layout, files, id, findings), findings);
  const languages = languagesOf(content, layout, files, findings);
  const made = digest(content, layout.files, findings, (bytes) => onProgress(`${bytes} bytes`));
  if (findings.hasErrors || !made) return undefined;
  const { packaged, all } = search({ content, tree, layout, config }, findings, onProgress);
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
  return {
    kind: layout.kind,
    package: made,
    files,
    content,
    pages,
    kits,
    packaged,
    origins,
    uses: all.uses,
    unresolved: all.unresolved,
    unnamed: all.unnamed,
    apis,
    languages,
    ...defined({ baseLibrary }),
  };
}

function listPages(content: Content, layout: Layout, tree: Tree, id: string, findings: Findings): ListedPage[] {
  const own =
    layout.kind === 'ray-sources' ? sourcePages(content, tree, findings) : builtPages(content, layout, tree, findings);
  const functional = functionalPages(content, layout, tree, findings);
  // As links name them: godzilla://ID/__functional__/ID/PAGE.
  return [...own, ...functional.map(({ page, at }) => ({ page: `__functional__/${id}/${page}`, at }))];
}

function builtPages(content: Content, layout: Layout, tree: Tree, findings: Findings): ListedPage[] {
  const app = readJson(content, inFolder(layout.root, 'app.json'), findings);
  if (!app) return [];
  const listed = pagesOf(app, findings);
  checkFiles(listed, layout.root, tree, findings, (path) => readJson(content, path, findings));
  return listed;
}

function sourcePages(content: Content, tree: Tree, findings: Findings): ListedPage[] {
  const path = rayRoutes(tree);
  const listed = path === undefined ? [] : routesOf(content, path, tree, findings);
  checkComponents(listed, 'src', tree, findings);
  return listed;
}

/** The pages that other miniapps may show too, which have a folder of their own. */
function functionalPages(content: Content, { kind, functional }: Layout, tree: Tree, findings: Findings): ListedPage[] {
  if (kind === 'ray-sources') {
    const path = ['ts', 'js'].map((ending) => `functional/functional.config.${ending}`).find((name) => tree.has(name));
    if (path === undefined) return [];
    const listed = routesOf(content, path, tree, findings);
    checkComponents(listed, 'functional', tree, findings);
    return listed;
  }
  const path = functional === undefined ? undefined : inFolder(functional, 'functional.json');
  if (path === undefined || !tree.has(path)) return [];
  const json = readJson(content, path, findings);
  const pages = json?.get('pages');
  if (!pages) return [];
  const listed = pageList(pages, '', 'pages', findings);
  checkFiles(listed, functional!, tree, findings, (file) => readJson(content, file, findings));
  return listed;
}

function languagesOf(content: Content, layout: Layout, tree: Tree, findings: Findings): string[] {
  const paths = ['i18n/strings.json', inFolder(layout.root, 'i18n/strings.json')];
  const path = paths.find((name) => tree.has(name));
  const json = path === undefined ? undefined : readJson(content, path, findings);
  return json?.entries().map(([language]) => language) ?? [];
}

interface SearchedProject {
  readonly content: Content;
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
function search(
  { content, tree, layout, config }: SearchedProject,
  findings: Findings,
  onProgress: (what: string) => void,
) {
  const { kind, root: top, files } = layout;
  const code = { content, top, compatible: config.compatible };
  const own: Tree = new Map(files.map((file) => [file.path, file]));
  // Files for the vendor's network are sent as they are.
  const isStatic = ({ path }: ProjectFile) =>
    config.publicRoot && path.startsWith(`${config.publicRoot.folder}/`) && !isNetworkMap(path);
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
  unnamed: one.unnamed,
  apis: one.apis,
});

const originsOf = ({ uses }: LocatedUses): string[] =>
  [...new Set(uses.flatMap(({ api, what }) => (api === 'cloud' ? [] : [what])))].sort();

const inFolder = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
