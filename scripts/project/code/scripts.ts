/** The scripts of a project: read once, found by what imports say. */
import { posix } from 'node:path';
import { readScript } from './read-script.ts';
import { isMember, memberName } from './names.ts';
import { SHARED } from './known/frameworks.ts';
import type { PlacedNode, Script, Write } from './scope.ts';
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

/** What imports begin with, or are, and what they mean: `@/` and `src/`. */
export interface Alias {
  readonly prefix: string;
  readonly target: string;
  /** Whether it stands for one file alone. */
  readonly isExact: boolean;
}

export interface Sources {
  readonly has: (path: string) => boolean;
  /** The text of a file; undefined when it is not to be read. */
  readonly text: (path: string) => string | undefined;
  readonly aliases: readonly Alias[];
  /** The folder that a leading slash means. */
  readonly root: string;
  readonly onFault: (path: string, fault: SyntaxFault, text: string) => void;
  /** Told of a script that is not kept, so that what it gives to others is not followed. */
  readonly onLarge: (path: string) => void;
}

/**
 * Trees are large, some 100 bytes for each of their text: as many are kept as fit into memory, in the order in which they are asked
 * for. Another is read when it is searched itself, and what it gives to others is not known.
 */
export const KEPT = 12 * 1024 * 1024;

export class Scripts {
  readonly sources: Sources;
  readonly #kept = new Map<string, Script | undefined>();
  readonly #resolved = new Map<string, string | undefined>();
  readonly #large = new Set<string>();
  /** What all scripts write to members of maps, by their name; and of it, what everything made by a framework has. */
  readonly #writes = new Map<string, Write[]>();
  readonly #shared = new Map<string, Write[]>();
  /** Names under which maps, classes and modules have what may be called; and those of them under which it is no function that stands there. */
  readonly #members = new Set<string>();
  readonly #aliases = new Set<string>();
  #modules: Map<string, [string, Script][]> | undefined;
  #size = 0;

  constructor(sources: Sources) {
    this.sources = sources;
  }

  /** The script at a path, to be searched; undefined when it cannot be read, which is told once. */
  at(path: string): Script | undefined {
    if (this.#kept.has(path)) return this.#kept.get(path);
    const text = this.sources.text(path);
    const script = text === undefined ? undefined : this.#read(path, text);
    if (!script || this.#size + script.text.length <= KEPT) {
      this.#kept.set(path, script);
      if (script) this.#keep(script);
    } else {
      this.#large.add(path);
      this.sources.onLarge(path);
    }
    return script;
  }

  #keep({ text, writes, members, aliases, exports }: Script): void {
    this.#size += text.length;
    for (const name of [...members, ...exports.keys()]) this.#members.add(name);
    for (const name of aliases) this.#aliases.add(name);
    for (const [name, more] of writes) {
      append(this.#writes, name, more);
      append(this.#shared, name, more.filter(isShared));
    }
  }

  /** Where a member of this name is written to, in any script that is kept. */
  writes(name: string): readonly Write[] {
    return this.#writes.get(name) ?? [];
  }

  /** The same where it is a member of everything that a framework makes: `Vue.prototype.$host = …`. */
  sharedWrites(name: string): readonly Write[] {
    return this.#shared.get(name) ?? [];
  }

  /** Whether maps, classes or modules have something under this name that may be called. */
  hasMember = (name: string): boolean => this.#members.has(name) || this.#writes.has(name);

  /** Whether all that they have under it are functions of the project. */
  isFunctionName = (name: string): boolean =>
    this.#members.has(name) && !this.#aliases.has(name) && !this.#writes.has(name);

  /** Those that are kept. */
  *known(): Iterable<Script> {
    for (const script of this.#kept.values()) if (script) yield script;
  }

  /** The modules of this name: those of the same file, else of others, since bundles are cut into several files. */
  bundled(from: Script, name: string): readonly Script[] {
    const own = from.modules.get(name);
    if (own) return [own];
    this.#modules ??= Map.groupBy(
      [...this.known()].flatMap(({ modules }) => [...modules]),
      ([module]) => module,
    );
    return (
      this.#modules
        .get(name)
        ?.map(([, script]) => script)
        .slice(0, 8) ?? []
    );
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
    const plain = specifier.replace(/[?!].*$/s, '').replace(/(?<!\/)\/+$/, '');
    return this.#bases(from, plain)
      .filter((base) => !base.startsWith('../'))
      .map((base) => this.#file(base))
      .find((path) => path !== undefined);
  }

  #file(base: string): string | undefined {
    const found = TRIED.map((ending) => `${base}${ending}`).find((path) => this.sources.has(path));
    // `./a.js` may stand for `./a.ts`, as TypeScript has it.
    const typed = base.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
    return found ?? (typed !== base && this.sources.has(typed) ? typed : undefined);
  }

  /** The paths that a specifier may mean, without their endings. */
  #bases(from: string, specifier: string): string[] {
    if (specifier.startsWith('.')) return [posix.normalize(posix.join(posix.dirname(from), specifier))];
    const aliased = this.sources.aliases.flatMap(({ prefix, target, isExact }) => {
      const isMeant = isExact ? specifier === prefix : specifier.startsWith(prefix);
      return isMeant ? [posix.normalize(posix.join(target, specifier.slice(prefix.length)))] : [];
    });
    const rooted = specifier.startsWith('/') ? [posix.join(this.sources.root, specifier).replace(/^\//, '')] : [];
    return [...aliased, ...rooted, ...this.#likely(specifier)];
  }

  /** What an alias means whose settings are not there: mostly the folder of app.json, or one in it of the same name. */
  #likely(specifier: string): string[] {
    if (specifier.startsWith('/')) return [];
    const name = specifier.replace(/^[@~#$]+\/?/, '');
    const below = specifier.slice(specifier.indexOf('/') + 1);
    return [...new Set([name, below])].map((path) => posix.join(this.sources.root, path));
  }

  /** What a file of the project is for who imports it: a script, or something else of the project. */
  imported(from: string, specifier: string): Script | 'local' | undefined {
    const path = this.resolve(from, specifier);
    if (path === undefined) return undefined;
    if (!isScript(path) && !path.endsWith('.json')) return 'local';
    return this.#large.has(path) ? undefined : this.at(path);
  }

  /** What `App(…)` is called with; where a framework registers it, all that it may be made of. */
  app(): { readonly apps: readonly PlacedNode[]; readonly isRegistered: boolean } {
    const path = ['app.js', 'app.ts'].map((name) => posix.join(this.sources.root, name)).find(this.sources.has);
    const registered = path === undefined ? undefined : this.at(path)?.registered;
    const apps = registered ? [registered] : [...this.known()].flatMap(({ applications }) => applications);
    return { apps, isRegistered: registered !== undefined };
  }
}

const isShared = ({ object: { node } }: Write): boolean => isMember(node) && SHARED.has(memberName(node) ?? '');

function append<K, T>(map: Map<K, T[]>, key: K, more: readonly T[]): void {
  const known = map.get(key);
  if (known) for (const item of more) known.push(item);
  else if (more.length > 0) map.set(key, [...more]);
}
