/** The components that pages use, and those that components use: each must be there, and its settings must be readable. */
import { posix } from 'node:path';
import type { Findings } from './finding.ts';
import type { Json } from './json.ts';
import type { Tree } from './tree.ts';

/** The endings of the two files that make a page or a component; the vendor's own first, then those of the sources it compiles. */
export const SCRIPTS = ['.js', '.ts', '.jsx', '.tsx', '.mjs'];
export const MARKUP = ['.tyml', '.wxml', '.axml', '.ttml', '.swan', '.qml', '.ksml', '.jxml', '.html'];

/** The settings of a file; undefined, and told, where they cannot be read. */
export type SettingsOf = (path: string) => Json | undefined;

/** Reports each component that settings name by a path where nothing is; packages and plugins stand elsewhere. */
export function componentCheck(
  root: string,
  tree: Tree,
  findings: Findings,
  settingsOf: SettingsOf,
): (settings: Json) => void {
  const known = new Set<string>();
  return (settings) => {
    const open = [settings];
    for (let next = open.pop(); next; next = open.pop()) {
      for (const [name, used] of next.get('usingComponents')?.entries() ?? []) {
        const component = used.string;
        const path = component === undefined ? undefined : componentPath(component, next.path, root);
        if (component === undefined || path === undefined) continue;
        const stem = stemAt(path, tree);
        if (stem === undefined) {
          const args = { name, component, file: findings.shown(path) };
          findings.add('project-component-missing', next.path, args, used.offset, used.text);
        } else if (!known.has(stem)) {
          known.add(stem);
          const own = tree.has(`${stem}.json`) ? settingsOf(`${stem}.json`) : undefined;
          if (own) open.push(own);
        }
      }
    }
  };
}

/** The path that settings mean by a component; undefined where it is of a package or a plugin. */
function componentPath(component: string, settings: string, root: string): string | undefined {
  if (!/^\.{0,2}\//.test(component)) return undefined;
  return component.startsWith('/')
    ? posix.join(root, component).replace(/^\//, '')
    : posix.join(posix.dirname(settings), component);
}

/** The path of a component's files without their endings; undefined where there are none. */
const stemAt = (path: string, tree: Tree): string | undefined =>
  [path, `${path}/index`].find((one) => ENDINGS.some((ending) => tree.has(`${one}${ending}`)));

/**
 * The components that settings give a name in the markup beside them: the path of their files, without endings, by that name in lower
 * case. Those of packages are looked for where a build puts them.
 */
export function namedComponents(settings: Json, root: string, tree: Tree): Map<string, string> {
  const used = settings.get('usingComponents')?.entries() ?? [];
  return new Map(
    used.flatMap(([name, { string: component }]) => {
      if (component === undefined) return [];
      const path = componentPath(component, settings.path, root) ?? posix.join(root, PACKAGES, component);
      const stem = stemAt(path, tree);
      return stem === undefined ? [] : [[name.toLowerCase(), stem] as const];
    }),
  );
}

/** Where a build puts the components of packages. */
const PACKAGES = 'miniprogram_npm';
const ENDINGS = ['.json', ...SCRIPTS, ...MARKUP];
