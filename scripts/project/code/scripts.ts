/** The scripts of a project: read once, found by what imports say. */
import { posix } from 'node:path';
import { readScript } from './read-script.ts';
import type { Placed, Script } from './scope.ts';
import { isScript, parseScript, SyntaxFault } from './syntax.ts';

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.json',
  '.rjs',
  '.sjs',
  '.tuya.ts',
  '.tuya.tsx',
  '.tuya.js',
  '.thing.ts',
  '.thing.tsx',
];
const TRIED = [...ENDINGS, ...ENDINGS.slice(1).map((ending) => `/index${ending}`)];

export interface Sources {
  readonly has: (path: string) => boolean;
  /** The text of a file; undefined when it is not to be read. */
  readonly text: (path: string) => string | undefined;
  /** Prefixes of imports and the folders they mean, as `@/` and `src/`. */
  readonly aliases: readonly (readonly [string, string])[];
  /** The folder that a leading slash means. */
  readonly root: string;
  readonly onFault: (path: string, fault: SyntaxFault, text: string) => void;
}

/** Trees are large: those of small scripts are kept, since others import them; those of bundles are read again if need be. */
export const KEPT = { one: 512 * 1024, all: 6 * 1024 * 1024 };

export class Scripts {
  readonly sources: Sources;
  readonly #kept = new Map<string, Script | undefined>();
  readonly #resolved = new Map<string, string | undefined>();
  #size = 0;

  constructor(sources: Sources) {
    this.sources = sources;
  }

  /** The script at a path; undefined when it cannot be read, which is told once. */
  at(path: string): Script | undefined {
    if (this.#kept.has(path)) return this.#kept.get(path);
    const text = this.sources.text(path);
    const script = text === undefined ? undefined : this.#read(path, text);
    const size = text?.length ?? 0;
    const isKept = !script || (size <= KEPT.one && this.#size + size <= KEPT.all);
    if (isKept) {
      this.#kept.set(path, script);
      this.#size += size;
    }
    return script;
  }

  /** Those that are kept. */
  *known(): Iterable<Script> {
    for (const script of this.#kept.values()) if (script) yield script;
  }

  #read(path: string, text: string): Script | undefined {
    try {
      const source = path.endsWith('.json') ? `export default ${text}` : text;
      return readScript(path, source, parseScript(path, source));
    } catch (error) {
      // Reading goes as deep as the code is nested.
      const fault = error instanceof RangeError ? new SyntaxFault('it is nested too deep', 0) : error;
      if (!(fault instanceof SyntaxFault)) throw fault;
      if (!path.endsWith('.json')) this.sources.onFault(path, fault, text);
      return undefined;
    }
  }

  /** The file that a script means by an import; undefined when it is none of the project's. */
  resolve(from: string, specifier: string): string | undefined {
    const key = `${posix.dirname(from)}\n${specifier}`;
    if (!this.#resolved.has(key)) this.#resolved.set(key, this.#find(from, specifier));
    return this.#resolved.get(key);
  }

  #find(from: string, specifier: string): string | undefined {
    const base = this.#base(from, specifier.replace(/[?!].*$/s, '').replace(/(?<!\/)\/+$/, ''));
    if (base === undefined || base.startsWith('../')) return undefined;
    const found = TRIED.map((ending) => `${base}${ending}`).find((path) => this.sources.has(path));
    // `./a.js` may stand for `./a.ts`, as TypeScript has it.
    const typed = base.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
    return found ?? (typed !== base && this.sources.has(typed) ? typed : undefined);
  }

  #base(from: string, specifier: string): string | undefined {
    if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
    if (specifier.startsWith('/')) return posix.join(this.sources.root, specifier).replace(/^\//, '');
    const alias = this.sources.aliases.find(([prefix]) => specifier.startsWith(prefix));
    return alias && posix.normalize(posix.join(alias[1], specifier.slice(alias[0].length)));
  }

  /** What a file of the project is for who imports it: a script, or something else of the project. */
  imported(from: string, specifier: string): Script | 'local' | undefined {
    const path = this.resolve(from, specifier);
    if (path === undefined) return undefined;
    if (!isScript(path) && !path.endsWith('.json')) return 'local';
    return this.at(path);
  }

  /** What `App(…)` is called with in a native miniapp. */
  app(): Placed | undefined {
    const path = ['app.js', 'app.ts'].map((name) => posix.join(this.sources.root, name)).find(this.sources.has);
    return path === undefined ? undefined : this.at(path)?.registered;
  }
}
