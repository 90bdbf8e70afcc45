/** The components that pages use, and those that components use: each must be there, and its settings must be readable. */
import { posix } from 'node:path';
import type { Findings } from './finding.ts';
import type { Json } from './json.ts';
import type { Tree } from './tree.ts';

/** The endings of the two files that make a page or a component; the vendor's own first, then those of the sources it compiles. */
export const SCRIPTS = ['.js', '.ts', '.jsx', '.tsx', '.mjs'];
export const MARKUP = ['.tyml', '.wxml', '.axml', '.html'];

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
        if (component === undefined || !/^\.{0,2}\//.test(component)) continue;
        const path = component.startsWith('/')
          ? posix.join(root, component).replace(/^\//, '')
          : posix.join(posix.dirname(next.path), component);
        const stem = [path, `${path}/index`].find((one) => ENDINGS.some((ending) => tree.has(`${one}${ending}`)));
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

const ENDINGS = ['.json', ...SCRIPTS, ...MARKUP];
