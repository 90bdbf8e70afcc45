/** What is noted of a script while its tree is read: what it gives to others, what is written to members, and the modules in it. */
import type { Module } from './bundles.ts';
import { isMember, memberName } from './names.ts';
import type { Binding, NameOrigin, PlacedNode, Scope, Script } from './scope.ts';
import type { Syntax } from './syntax.ts';

export class Notes {
  readonly script: Script;
  /** The functions of a bundle's modules. */
  readonly #modules = new Map<Syntax, Script>();
  /** What the place belongs to: the script, or a module in it. */
  #current: Script;

  constructor(script: Script) {
    this.script = script;
    this.#current = script;
  }

  /** A module in the script, which gives what is read `within` it. */
  module(): Script {
    return { ...this.script, exports: new Map(), stars: [] };
  }

  within(module: Script | undefined, read: () => void): void {
    const around = this.#current;
    this.#current = module ?? around;
    read();
    this.#current = around;
  }

  /** The module of a bundle whose function this is. */
  moduleOf(node: Syntax): Script | undefined {
    return this.#modules.get(node);
  }

  bundled(modules: readonly Module[]): void {
    for (const [name, of] of modules) {
      const module = this.module();
      this.script.modules.set(name, module);
      this.#modules.set(of, module);
    }
  }

  export(name: string, origin: NameOrigin): void {
    put(this.#current.exports, name, origin);
  }

  /** Whether an expression is what the script, or the module around it, gives to others. */
  isExports(node: Syntax, scope: Scope): boolean {
    if (isMember(node)) return memberName(node) === 'exports' && this.#isModule(node.object, scope);
    if (node.type !== 'Identifier') return false;
    const { name } = node;
    const binding = scope.lookup(name);
    if (!binding) return name === 'exports';
    const [origin] = binding.origins;
    return origin?.kind === 'given' && origin.as === 'script' && origin.script === this.#current;
  }

  #isModule(node: Syntax, scope: Scope): boolean {
    if (node.type !== 'Identifier') return false;
    const { name } = node;
    const origin = scope.lookup(name)?.origins[0];
    return origin ? origin.kind === 'given' && origin.as === 'module' : name === 'module';
  }

  /** What is everything of another script, given on. */
  star(from: string): void {
    this.#current.stars.push(from);
  }

  write(name: string, object: PlacedNode, value: PlacedNode): void {
    put(this.script.writes, name, { object, value });
  }

  field(self: Syntax, name: string, value: PlacedNode): void {
    const fields = this.script.fields.get(self) ?? new Map<string, PlacedNode[]>();
    this.script.fields.set(self, fields);
    put(fields, name, value);
  }
}

/** Adds an item to the list of a name, which begins with the first. */
export function put<K, T>(map: Map<K, T[]>, name: K, item: T): void {
  const known = map.get(name);
  if (known) known.push(item);
  else map.set(name, [item]);
}

/** The origin of a name that is bound to an expression. */
export const known = (node: Syntax, scope: Scope): NameOrigin => ({ kind: 'value', value: { node, scope }, path: [] });

/** What a bundler calls a module's function with: the module, what it gives, and what finds others. */
export const handedTo = (script: Script): readonly NameOrigin[] => [
  { kind: 'given', as: 'module', script },
  { kind: 'given', as: 'script', script },
  { kind: 'given', as: 'require', script },
];

/** `t = t.host` after `t = config.api`, as compilers write `config.api?.host`: the members of what the name had before. */
export function membersOfItself(name: string, node: Syntax, { origins }: Binding): readonly NameOrigin[] | undefined {
  const last = origins.at(-1);
  const isOwn = isMember(node) && node.object.type === 'Identifier' && node.object.name === name;
  const step = isOwn ? memberName(node) : undefined;
  if (step === undefined || !last || !('path' in last)) return undefined;
  // Those before it that are steps already have led to the last one.
  const isBeside = (origin: NameOrigin) => 'path' in origin && origin.path.length === last.path.length;
  const from = origins.findLastIndex((origin) => !isBeside(origin)) + 1;
  return origins
    .slice(from)
    .flatMap((origin) => ('path' in origin ? [{ ...origin, path: [...origin.path, step] }] : []));
}
