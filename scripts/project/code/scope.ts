/** What names of a script stand for: where each gets its values, without running anything. */
import type { CallExpression, ClassNode, Syntax, SyntaxOf } from './syntax.ts';

/** A step into a value: a key, an index, or any of the elements. */
export type AccessStep = string | number | typeof ANY;
export const ANY: unique symbol = Symbol('any element');

/** The name of what a `WeakMap` keeps, among members that are written; no code has it. */
export const KEPT = '[[kept]]';

/** An expression and the scope in which its names are looked up. */
export interface PlacedNode<Node extends Syntax = Syntax> {
  readonly node: Node;
  readonly scope: Scope;
}

/** One place from which a name gets a value. */
export type NameOrigin =
  | { readonly kind: 'value'; readonly value: PlacedNode; readonly path: readonly AccessStep[] }
  | { readonly kind: 'import'; readonly from: string; readonly name: string }
  | {
      readonly kind: 'parameter';
      readonly of: Syntax;
      readonly index: number;
      /** Whether it takes all arguments from there on. */
      readonly isRest: boolean;
      readonly path: readonly AccessStep[];
    }
  /** What a bundler passes to the function of a module: the module, what it gives, and what finds others. */
  | { readonly kind: 'given'; readonly as: 'module' | 'script' | 'require'; readonly script: Script };

/** Something that is put into a map or a list. */
export interface Write {
  readonly object: PlacedNode;
  readonly value: PlacedNode;
}

export interface Binding {
  readonly origins: NameOrigin[];
  /** Whether it also gets values that its origins do not tell: it is counted up, or filled by a loop over keys. */
  isOpen: boolean;
  /** What is added to it (`+=`), so that its texts are only beginnings. */
  added?: PlacedNode[];
}

/** What `this` may be inside: the class or the map in which a function stands. */
export type OwnerNode = SyntaxOf<'ObjectExpression'> | ClassNode;

export class Scope {
  readonly parent: Scope | undefined;
  readonly script: Script;
  /** Whether `var` belongs here: a function's, or the script's own. */
  readonly isFunction: boolean;
  /** What `this` is here, where the scope says so: the class or the map in which the function stands. */
  readonly owner: OwnerNode | null | undefined;
  /** The function whose names these are. */
  readonly of: Syntax | undefined;
  /** Told of each name that is declared here: what gives it a value that the code around does not say. */
  readonly given: ((name: string, binding: Binding) => void) | undefined;
  /** Whether it is of a class itself and no function: what a static member is at first, a static block. */
  isOfClass = false;
  /** Made with the first name: most blocks declare none. */
  #bindings: Map<string, Binding> | undefined;

  constructor(
    script: Script,
    parent?: Scope,
    isFunction = true,
    owner?: OwnerNode | null,
    of?: Syntax,
    given?: (name: string, binding: Binding) => void,
  ) {
    this.of = of;
    this.given = given;
    this.script = script;
    this.parent = parent;
    this.isFunction = isFunction;
    this.owner = owner;
  }

  lookup(name: string): Binding | undefined {
    return this.#bindings?.get(name) ?? this.parent?.lookup(name);
  }

  get self(): OwnerNode | undefined {
    return this.owner === undefined ? this.parent?.self : (this.owner ?? undefined);
  }

  /** Whether `this` is a class itself here, and no object of it. */
  get isStatic(): boolean {
    for (const { of, owner, isOfClass } of this.#outward()) {
      if (isOfClass) return true;
      if (of && 'static' in of) return of.static === true;
      if (owner) return false;
    }
    return false;
  }

  *#outward(): Iterable<Scope> {
    yield this;
    for (let scope = this.parent; scope; scope = scope.parent) yield scope;
  }

  /** The function around, where `arguments` are its own. */
  get around(): Syntax | undefined {
    for (const { of } of this.#outward()) if (of && of.type !== 'ArrowFunctionExpression') return of;
    return undefined;
  }

  /** The functions around, the innermost first. */
  get functions(): readonly Syntax[] {
    return [...this.#outward()].flatMap(({ of }) => of ?? []);
  }

  /** The outermost function around: of a bundle, its module's. */
  get outermost(): Syntax | undefined {
    let found: Syntax | undefined;
    for (const { of } of this.#outward()) found = of ?? found;
    return found;
  }

  #function(): Scope {
    for (const scope of this.#outward()) if (scope.isFunction) return scope;
    return this;
  }

  /** The binding of a name, which is made if need be. */
  declare(name: string, isVar = false): Binding {
    const scope = isVar ? this.#function() : this;
    const bindings = (scope.#bindings ??= new Map());
    let binding = bindings.get(name);
    if (!binding) bindings.set(name, (binding = { origins: [], isOpen: false }));
    return binding;
  }

  /** The scope around, or this one, whose names somebody else gives. */
  get taking(): Scope | undefined {
    for (const scope of this.#outward()) if (scope.given) return scope;
    return undefined;
  }

  /** What this scope itself says of a name. */
  own(name: string): Binding | undefined {
    return this.#bindings?.get(name);
  }
}

/** A script as far as it matters here. */
export interface Script {
  readonly path: string;
  readonly text: string;
  /** Where it calls something, builds something or sets a source: what is looked at for addresses. */
  readonly sites: PlacedNode[];
  /** What it gives to other scripts, by name; `default` too. */
  readonly exports: Map<string, NameOrigin[]>;
  /** Scripts of which it gives everything on. */
  readonly stars: string[];
  readonly scopeOf: Map<Syntax, Scope>;
  readonly returns: Map<Syntax, PlacedNode[]>;
  /** What is assigned to `this.name`, by the class or map and the name. */
  readonly fields: Map<Syntax, Map<string, PlacedNode[]>>;
  /** What `App`, `Page` or `Component` is called with. */
  registered: PlacedNode | undefined;
  /** What an app may be made of, whoever registers it: maps with data for all pages, and with what is called while they live. */
  readonly applications: PlacedNode[];
  /** Names under which maps and classes may have functions. */
  readonly members: Set<string>;
  /** Those of them under which something else than a function that is written there stands. */
  readonly aliases: Set<string>;
  /** Functions whose first parameter is what is made of the map in which they stand. */
  readonly viewing: Map<Syntax, SyntaxOf<'ObjectExpression'>>;
  /** Whether what it registers is drawn by functions that give the data of its markup, as uni-app compiles it. */
  isDrawn: boolean;
  /** The list over whose elements a function is called, and the promise whose result it is called with. */
  readonly iterated: Map<Syntax, PlacedNode>;
  readonly awaited: Map<Syntax, PlacedNode>;
  /** Functions with parameters that are written in a call, with that call, which may call them. */
  readonly passed: Map<Syntax, PlacedNode<CallExpression>>;
  /** Classes that extend another. */
  readonly heirs: PlacedNode<ClassNode>[];
  /** Functions that are called where they are written, with that call: `(function (Parent) {…})(Base)`. */
  readonly invoked: Map<Syntax, PlacedNode<CallExpression>>;
  /** What functions that draw markup put beside the data of uni-app's pages of Vue 2, by those functions: `vm.$mp.data = …`. */
  readonly drawn: Map<Syntax, PlacedNode[]>;
  /** Components by the names under which markup is compiled to ask for them, as `componentName` writes those. */
  readonly components: Map<string, PlacedNode[]>;
  /** What elements of markup hand to the properties of a component, by the map that it is made of: each a map, or what gives one. */
  readonly handed: Map<Syntax, PlacedNode[]>;
  /** Addresses beside which data says of what type the file is: `{ type: 'png', url }`. */
  readonly typed: Set<Syntax>;
  /** What `this.setData` is called with. */
  readonly data: PlacedNode[];
  /** What is written to members of maps, by their name. */
  readonly writes: Map<string, Write[]>;
  /** What is added to lists. */
  readonly pushes: Write[];
  /** What is put before what a list has. */
  readonly unshifts: Write[];
  /** The modules of a bundle, by their name; each is a script of its own. */
  readonly modules: Map<string, Script>;
}
