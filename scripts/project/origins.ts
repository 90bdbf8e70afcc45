/** Everything that a project's code calls or loads. */
import { posix } from 'node:path';
import { aliasesOf } from './aliases.ts';
import { usesOf } from './code/calls.ts';
import { homesIn, tellBuild } from './build-traces.ts';
import { handProperties } from './code/component-properties.ts';
import { Evaluator } from './code/evaluate/evaluator.ts';
import { PICTURES } from './code/known/apis.ts';
import { Templates } from './code/template-names.ts';
import { gatherTemplates } from './code/templates.ts';
import { usesOfMarkup } from './code/markup.ts';
import { isMarkup, type PageMarkup } from './code/markup-elements.ts';
import { KEPT, Scripts } from './code/scripts.ts';
import { isStyle, mayLoad, usesOfStyle } from './code/styles.ts';
import { isScript } from './code/syntax.ts';
import type { Script } from './code/scope.ts';
import type { LocatedUses, Uses } from './code/use.ts';
import { textOf, whereOf } from './code/value.ts';
import { namedComponents } from './components.ts';
import { readBytes, type Content } from './content.ts';
import { Findings } from './finding.ts';
import { parseJson, readJson, type Json } from './json.ts';
import { LIMITS } from './limits.ts';
import { reasonOf, type ProjectFile, type Tree } from './tree.ts';

export interface Code {
  readonly content: Content;
  readonly tree: Tree;
  /** The files that are searched. */
  readonly files: readonly ProjectFile[];
  /** The folder that a leading slash means. */
  readonly top: string;
  /** Other vendors' names of the API that the project may use. */
  readonly compatible: readonly string[];
}

/** The texts of a project, read once in a row; each at most so long, and all of them. */
class FileTexts {
  readonly #code: Code;
  readonly #findings: Findings;
  readonly #told = new Set<string>();
  readonly #counted = new Set<string>();
  #left: number = LIMITS.sources;
  #last: { readonly path: string; readonly text: string } | undefined;

  constructor(code: Code, findings: Findings) {
    this.#code = code;
    this.#findings = findings;
  }

  at(path: string): string | undefined {
    if (this.#last?.path === path) return this.#last.text;
    const bytes = this.#code.tree.get(path)?.bytes ?? 0;
    const limit = Math.min(LIMITS.source, this.#counted.has(path) ? bytes : this.#left);
    if (bytes > limit) return this.#skip(path, `it has ${bytes} bytes, more than are searched`);
    try {
      const text = new TextDecoder().decode(readBytes(this.#code.content, path, limit));
      if (!this.#counted.has(path)) this.#left -= bytes;
      this.#counted.add(path);
      this.#last = { path, text };
      return text;
    } catch (error) {
      return this.#skip(path, reasonOf(error));
    }
  }

  #skip(path: string, detail: string): undefined {
    if (!this.#told.has(path)) this.#findings.add('upload-unread', path, { file: path, detail });
    this.#told.add(path);
  }
}

/** Finds what the code uses; files that cannot be searched are reported. */
export function usesIn(code: Code, findings: Findings, onFile: (path: string) => void = () => {}): LocatedUses {
  const texts = new FileTexts(code, findings);
  const scripts = scriptsOf(code, texts, findings);
  const evaluator = new Evaluator(scripts, code.compatible);
  const found: Uses = { uses: [], mentioned: [], unresolved: [], unnamed: [], apis: new Set() };
  const all = code.files.map(({ path }) => path);
  // Small scripts first: what they give to others, and who calls them, is then known.
  const bySize = all.filter(isScript).sort((a, b) => code.tree.get(a)!.bytes - code.tree.get(b)!.bytes);
  for (const path of bySize) scripts.at(path);
  let isStyled: boolean | undefined;
  const isStyledFromElsewhere = () => (isStyled ??= nameStyles(code, scripts));
  const ownHomes = homesIn(code.tree);
  const templates = new Templates();
  const searched: Search = {
    code,
    texts,
    scripts,
    evaluator,
    found,
    findings,
    ownHomes,
    isStyledFromElsewhere,
    templates,
  };
  const markup = all.filter(isMarkup);
  const using = markup.flatMap((path) => {
    const text = texts.at(path) ?? '';
    return /<(?:template|include)\b/i.test(text) ? [pageOf(path, text, searched)] : [];
  });
  gatherTemplates(using, evaluator, { has: (path) => code.tree.has(path), top: code.top });
  templates.isComplete = true;
  handAll(markup, searched);
  for (const path of all) {
    onFile(path);
    try {
      search(path, searched);
    } catch (error) {
      // Code is followed as deep as it is nested.
      if (!(error instanceof RangeError)) throw error;
      findings.add('upload-unread', path, { file: path, detail: 'it is nested too deep' });
    }
  }
  const named = new Set(found.uses.map(({ api, what }) => `${api} ${what}`));
  // Data may name images by the hundred thousand: one place a file says where they come from.
  const mentioned = new Map(
    found.mentioned.toReversed().map((one) => [JSON.stringify([one.file, one.api, one.what]), one]),
  );
  for (const one of mentioned.values()) if (!named.has(`${one.api} ${one.what}`)) found.uses.push(one);
  const count = found.uses.length + found.unresolved.length;
  if (count > LIMITS.uses) {
    findings.add('project-limit', '', {
      what: 'places that call or load something',
      actual: count,
      limit: LIMITS.uses,
    });
    return { uses: [], unresolved: [], unnamed: [], apis: [] };
  }
  if (evaluator.budget.isSpent) findings.add('upload-budget', '', {});
  return located(once(found), (path) => texts.at(path), findings);
}

interface Search {
  readonly code: Code;
  readonly texts: FileTexts;
  readonly scripts: Scripts;
  readonly evaluator: Evaluator;
  readonly found: Uses;
  readonly findings: Findings;
  /** As `homesIn` gives them. */
  readonly ownHomes: ReadonlySet<string>;
  readonly isStyledFromElsewhere: () => boolean;
  readonly templates: Templates;
}

/** Data that scripts import is looked into up to this many bytes; more may say anything. */
const DATA_BYTES = 256 * 1024;

/** Whether scripts, or data that they may import, name something that a style loads. */
function nameStyles({ files, tree, content }: Code, scripts: Scripts): boolean {
  for (const { text } of scripts.known()) if (mayLoad(text)) return true;
  return files.some(({ path }) => {
    if (!path.endsWith('.json')) return false;
    const bytes = tree.get(path)?.bytes ?? 0;
    return bytes > DATA_BYTES || mayLoad(new TextDecoder().decode(readBytes(content, path, DATA_BYTES)));
  });
}

/** The vendor's name of the file that says where a network has the project's images, by region. */
const NETWORK_MAP = 'cdnImage.json';
/** Whether a file, by its path from the project's folder, is that map. */
export const isNetworkMap = (path: string): boolean => posix.basename(path) === NETWORK_MAP;

/** The pictures that a JSON file names: app.json those of tabs, the map of a network all that it has. */
function picturesOf(path: string, text: string, found: Uses): void {
  const isMap = isNetworkMap(path);
  const visit = (json: Json, key: string, depth: number): void => {
    const isPicture = isMap || PICTURES.has(key);
    const where = isPicture && json.string !== undefined ? whereOf(textOf(json.string)) : 'local';
    if (typeof where === 'object') {
      found.uses.push({ api: 'static', what: where.origin, how: 'literal', file: path, offset: json.offset });
    }
    if (depth > 4) return;
    for (const [name, inner] of json.entries()) visit(inner, name, depth + 1);
    for (const inner of json.items()) visit(inner, key, depth + 1);
  };
  const json = parseJson(path, text, new Findings(''));
  if (json) visit(json, '', 0);
}

function search(path: string, given: Search): void {
  const { code, texts, scripts, evaluator, found } = given;
  const script = isScript(path) ? scripts.at(path) : undefined;
  if (script) usesOf(script, evaluator, found);
  if (script) tellBuild(path, script.text, given.ownHomes, given.findings);
  if (path === posix.join(code.top, 'app.json') || isNetworkMap(path)) picturesOf(path, texts.at(path) ?? '', found);
  const text = isStyle(path) || isMarkup(path) ? texts.at(path) : undefined;
  if (text === undefined) return;
  if (isStyle(path)) {
    tellBuild(path, text, given.ownHomes, given.findings);
    return usesOfStyle(path, text, found);
  }
  usesOfMarkup(pageOf(path, text, given), evaluator, found);
}

function pageOf(path: string, text: string, search: Search): PageMarkup {
  const { code, scripts, isStyledFromElsewhere, templates } = search;
  const imported = (module: string) => scripts.imported(path, /^[./]/.test(module) ? module : `./${module}`);
  const script = scriptBeside(stemOf(path), code.tree, scripts);
  return { file: path, text, script, imported, isStyledFromElsewhere, templates };
}

const stemOf = (path: string): string => path.replace(/\.[^.]*$/, '');

/** The script of a page or component, by the path of its files without their endings. */
function scriptBeside(stem: string, tree: Tree, scripts: Scripts): Script | undefined {
  const path = ['.js', '.ts'].map((ending) => `${stem}${ending}`).find((other) => tree.has(other));
  return path === undefined ? undefined : scripts.at(path);
}

/** Tells all components what markup hands to them, before anything is looked up. */
function handAll(markup: readonly string[], searched: Search): void {
  const { code, texts, scripts, evaluator } = searched;
  const { tree, content, top } = code;
  const componentsIn = (path: string) => {
    const settings = tree.has(path) ? readJson(content, path, new Findings('')) : undefined;
    return settings ? namedComponents(settings, top, tree) : new Map<string, string>();
  };
  const common = componentsIn(posix.join(top, 'app.json'));
  for (const path of markup) {
    const own = componentsIn(`${stemOf(path)}.json`);
    const text = common.size + own.size > 0 ? texts.at(path) : undefined;
    if (text === undefined) continue;
    const componentOf = (tag: string) => {
      const stem = own.get(tag) ?? common.get(tag);
      return stem === undefined ? undefined : scriptBeside(stem, tree, scripts);
    };
    try {
      handProperties(pageOf(path, text, searched), componentOf, evaluator);
    } catch (error) {
      // Where its addresses are searched that is told.
      if (!(error instanceof RangeError)) throw error;
    }
  }
}

/** Lines and columns, from 1; the texts are kept to show the lines. */
function located(
  { uses, unresolved, unnamed, apis }: Uses,
  textOf: (path: string) => string | undefined,
  findings: Findings,
): LocatedUses {
  const places = [...uses, ...unresolved, ...unnamed].toSorted((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.offset - b.offset,
  );
  const lines = new Map<string, { line: number; column: number }>();
  let [file, text, line, start] = ['', '', 1, 0];
  for (const place of places) {
    if (place.file !== file) {
      [file, text, line, start] = [place.file, textOf(place.file) ?? '', 1, 0];
      findings.texts.set(findings.shown(file), text);
    }
    for (let next = text.indexOf('\n', start); next !== -1 && next < place.offset; next = text.indexOf('\n', start)) {
      line += 1;
      start = next + 1;
    }
    lines.set(`${file}:${place.offset}`, { line, column: place.offset - start + 1 });
  }
  const withLine = <T extends { file: string; offset: number }>(place: T) => ({
    ...place,
    ...lines.get(`${place.file}:${place.offset}`)!,
  });
  return {
    uses: uses.map(withLine),
    unresolved: unresolved.map(withLine),
    unnamed: unnamed.map(withLine),
    apis: [...apis].sort(),
  };
}

function scriptsOf(code: Code, texts: FileTexts, findings: Findings): Scripts {
  return new Scripts({
    has: (path) => code.tree.has(path),
    text: (path) => texts.at(path),
    aliases: aliasesOf((path) => (code.tree.has(path) ? texts.at(path) : undefined), code.top),
    root: code.top,
    onFault: (path, { message, offset }, text) =>
      findings.add('upload-unread', path, { file: path, detail: message }, offset, text),
    onLarge: (path) => findings.add('upload-unfollowed', path, { file: path, limit: KEPT }),
  });
}

/** Each use of a place once. */
function once({ uses, mentioned, unresolved, unnamed, apis }: Uses): Uses {
  const unique = <T extends object>(items: readonly T[]): T[] => [
    ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
  ];
  return { uses: unique(uses), mentioned, unresolved: unique(unresolved), unnamed: unique(unnamed), apis };
}
