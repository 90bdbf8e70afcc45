/** `project.tuya.json`: what the vendor documents of it, as far as it says what a package is. */
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { defined } from '../core/defined.ts';
import { folderContent, type Content } from './content.ts';
import { Findings } from './finding.ts';
import { readJson, type Json } from './json.ts';
import { LIMITS } from './limits.ts';
import type { Tree } from './tree.ts';

export const CONFIG = 'project.tuya.json';

export interface ProjectConfig {
  /** Folders of the project, '' for its top; absent when the file does not name them. */
  readonly miniprogramRoot?: Root;
  readonly functionalRoot?: Root;
  readonly widgetRoot?: Root;
  readonly publicRoot?: Root;
  readonly baseLibrary?: string;
  readonly kits: Readonly<Record<string, string>>;
  /** Other vendors' names of the API that it may use too, such as `wx`. */
  readonly compatible: readonly string[];
  /** Whether it says that it is built by Ray. */
  readonly isRay: boolean;
}

export interface Root {
  readonly folder: string;
  readonly json: Json;
}

const NOTHING: ProjectConfig = { kits: {}, compatible: [], isRay: false };

/** The settings of a project; those that cannot be used are reported. */
export function readConfig(content: Content, tree: Tree, findings: Findings): ProjectConfig {
  if (!tree.has(CONFIG)) return NOTHING;
  const json = readJson(content, CONFIG, findings);
  if (!json) return NOTHING;
  const folder = (name: string) => rootOf(json, name, findings);
  // The vendor's own page on functional pages spells one of them both ways.
  const roots = {
    miniprogramRoot: folder('miniprogramRoot') || undefined,
    functionalRoot: (folder('functionalRoot') ?? folder('funtionalRoot')) || undefined,
    widgetRoot: folder('widgetRoot') || undefined,
    publicRoot: folder('publicRoot') || undefined,
  };
  const baseLibrary = versionOf(json.get('baseversion'), 'baseversion', findings);
  const compatible = json.get('compilerOptions')?.get('compatible')?.items() ?? [];
  return {
    ...defined({ ...roots, baseLibrary }),
    kits: kitsOf(json.get('dependencies'), findings),
    compatible: compatible.flatMap(({ string }) => string ?? []),
    isRay: json.get('devMode')?.string === 'ray',
  };
}

/** The folder of app.json in the project's, as its settings name it; '' for its top. */
export function appFolder(root: string): string {
  const content = folderContent(root);
  const json = existsSync(join(root, CONFIG)) ? readJson(content, CONFIG, new Findings('')) : undefined;
  return (json && rootOf(json, 'miniprogramRoot', new Findings(''))?.folder) ?? '';
}

/** A folder of the project, which a value names from the project's top. A leading slash means that top too. */
function rootOf(config: Json, name: string, findings: Findings): Root | undefined {
  const json = config.get(name);
  if (!json) return undefined;
  const written = json.string;
  if (written === undefined) {
    const args = { field: name, actual: json.actual, expected: 'the path of a folder, as text' };
    findings.add('project-field', json.path, args, json.offset, json.text);
    return undefined;
  }
  const folder = posix.normalize(written.replaceAll('\\', '/').replace(/^\/+/, '')).replace(/(?<!\/)\/+$/, '');
  const isOutside = folder === '..' || folder.startsWith('../') || /^[A-Za-z]:/.test(folder);
  if (isOutside) {
    findings.add('project-root-outside', json.path, { field: name, folder: written }, json.offset, json.text);
    return undefined;
  }
  return { folder: folder === '.' ? '' : folder, json };
}

/** A version number as it is recorded; one of another form is left out with a warning, never rounded. */
function versionOf(json: Json | undefined, field: string, findings: Findings): string | undefined {
  if (!json || json.string === '') return undefined;
  const isPlain = json.string !== undefined && /^[0-9]+\.[0-9]+\.[0-9]+$/.test(json.string) && json.string.length <= 32;
  if (isPlain) return json.string;
  findings.add('upload-version-form', json.path, { field, actual: json.actual }, json.offset, json.text);
  return undefined;
}

function kitsOf(json: Json | undefined, findings: Findings): Record<string, string> {
  if (!json) return {};
  if (!json.isObject) {
    const args = { field: 'dependencies', actual: json.actual, expected: 'a map of kits and versions' };
    findings.add('project-field', json.path, args, json.offset, json.text);
    return {};
  }
  const kits = new Map<string, string>();
  for (const [name, version] of json.entries()) {
    const isName = /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(name);
    if (!isName) {
      const args = { field: 'dependencies', actual: JSON.stringify(name), expected: 'names of kits, as BaseKit' };
      findings.add('project-field', json.path, args, version.offset, json.text);
      continue;
    }
    const number = versionOf(version, `dependencies.${name}`, findings);
    if (number !== undefined) kits.set(name, number);
  }
  if (kits.size > LIMITS.kits) {
    const args = { what: 'kits in dependencies', actual: kits.size, limit: LIMITS.kits };
    findings.add('project-limit', json.path, args, json.offset, json.text);
  }
  return Object.fromEntries([...kits].sort(([a], [b]) => (a < b ? -1 : 1)));
}
