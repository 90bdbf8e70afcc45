/** What imports may begin with, as a project's own settings say: TypeScript's, WeChat's, Ray's. */
import { posix } from 'node:path';
import type { Alias } from './code/scripts.ts';
import { Findings } from './finding.ts';
import { parseJson, type Json } from './json.ts';

/** The text of a file of the project; undefined when there is none to read. */
export type TextOf = (path: string) => string | undefined;

/** Configurations that extend each other, at most. */
const EXTENDED = 5;

/** The aliases of a project, those that mean most exactly one thing first. `root`: the folder of app.json. */
export function aliasesOf(textOf: TextOf, root: string): Alias[] {
  const configs = ['tsconfig.json', 'jsconfig.json'].flatMap((path) => ofCompiler(path, textOf));
  const app = jsonAt(posix.join(root, 'app.json'), textOf)?.get('resolveAlias');
  const ofApp = (app?.entries() ?? []).flatMap(([pattern, target]) => aliasOf(pattern, target.string, root));
  const ray = ['ray.config.ts', 'ray.config.js'].flatMap((path) => inCode(textOf(path) ?? ''));
  const last: Alias = { prefix: '@/', target: 'src', isExact: false };
  const base = configs.filter(({ prefix }) => prefix === '');
  return [...configs.filter(({ prefix }) => prefix !== ''), ...ofApp, ...ray, last, ...base];
}

function ofCompiler(path: string, textOf: TextOf, depth = 0): Alias[] {
  const json = jsonAt(path, textOf);
  if (!json || depth > EXTENDED) return [];
  const folder = posix.dirname(path);
  const options = json.get('compilerOptions');
  const written = options?.get('baseUrl')?.string;
  const base = posix.join(folder, written ?? '.');
  const own = (options?.get('paths')?.entries() ?? []).flatMap(([pattern, targets]) =>
    targets.items().flatMap((target) => aliasOf(pattern, target.string, base)),
  );
  const parents = json.get('extends');
  const named = parents?.isArray ? parents.items() : parents ? [parents] : [];
  const inherited = named.flatMap(({ string = '' }) => {
    if (!string.startsWith('.')) return [];
    const parent = posix.join(folder, string.endsWith('.json') ? string : `${string}.json`);
    return parent.startsWith('..') ? [] : ofCompiler(parent, textOf, depth + 1);
  });
  const bare: Alias[] =
    written === undefined || base.startsWith('..') ? [] : [{ prefix: '', target: base, isExact: false }];
  return [...own, ...(own.length > 0 ? inherited.filter(({ prefix }) => prefix === '') : inherited), ...bare];
}

/** `"@/*": "src/*"`, or one name for one file. */
function aliasOf(pattern: string, target: string | undefined, base: string): Alias[] {
  if (target === undefined || pattern.endsWith('*') !== target.endsWith('*')) return [];
  const isExact = !pattern.endsWith('*');
  const path = posix.join(base, isExact ? target : target.slice(0, -1)).replace(/^\//, '');
  return path.startsWith('..') ? [] : [{ prefix: isExact ? pattern : pattern.slice(0, -1), target: path, isExact }];
}

/** `'@utils': path.resolve(__dirname, 'src/utils')` and the like in the configuration of a build. */
const inCode = (text: string): Alias[] =>
  [
    ...text
      .slice(0, 100_000)
      .matchAll(
        /(?<![\w@~#$-])['"]?([@~#$]?[\w@~-]+)['"]?\s*:\s*[\w.]*(?:resolve|join)\(\s*__dirname\s*,\s*['"]([^'"\n]{1,200})['"]/g,
      ),
  ].flatMap(([, name, folder]) => {
    const target = posix.normalize(folder!).replace(/(?<!\/)\/+$/, '');
    if (target.startsWith('..')) return [];
    return [
      { prefix: `${name}/`, target, isExact: false },
      { prefix: name!, target, isExact: true },
    ];
  });

function jsonAt(path: string, textOf: TextOf): Json | undefined {
  const text = textOf(path);
  // What is wrong with it is to be said by the tool that it is for.
  return text === undefined ? undefined : parseJson(path, text, new Findings(''));
}
