/** Who calls a function of the project. */
import { defined } from '../../../core/defined.ts';
import { ELEMENT_FACTORIES, HANDING } from '../known/elements.ts';
import { PROPERTIES } from '../known/frameworks.ts';
import { normalizedBy } from '../call-forms.ts';
import { calledBy, calledName, componentName, isMember, memberName, nameOf } from '../names.ts';
import { callOf } from '../jsx-calls.ts';
import { put } from '../notes.ts';
import type { PlacedNode, Scope } from '../scope.ts';
import { identifier, isCall, isValue, type Syntax } from '../syntax.ts';
import type { OfClass, OfMap, Value } from '../value.ts';
import { superCall, type SuperCall } from './compiled-names.ts';
import type { Caller, Interpreter } from './interpreter.ts';

/** Components of one name that are looked at. */
const NAMED = 64;
/** Classes that are looked at of those that extend each other and do not say how they are made. */
const HOPS = 64;

type CallSite = Pick<Caller, 'node' | 'scope'>;

export class Callers {
  readonly #all: Interpreter;
  #callers: Map<Syntax, Caller[]> | undefined;
  #isGathering = false;
  #members: ReadonlySet<string> = new Set();
  /** The functions that draw something, by the options of which it is made. */
  readonly #drawn = new Map<Syntax, OfMap[]>();

  constructor(all: Interpreter) {
    this.#all = all;
  }

  /** The options of what a function draws: `_export_sfc(options, [["render", function]])`. */
  drawnOf(of: Syntax): readonly OfMap[] {
    if (!this.#callers) this.callersOf(of);
    return this.#drawn.get(of) ?? [];
  }

  /** Finds where each function of the project is called by name: once, when somebody asks. */
  #gather(): void {
    this.#callers = new Map();
    this.#isGathering = true;
    const all = [...this.#all.scripts.known()];
    const names = all.flatMap(({ members, writes, exports }) => [...members, ...writes.keys(), ...exports.keys()]);
    this.#members = new Set(names);
    const sites = all.flatMap((script) => script.sites);
    for (const site of sites) this.#noteDrawing(site);
    for (const site of sites) this.#note(site);
    this.#isGathering = false;
  }

  callersOf(of: Syntax): readonly Caller[] {
    if (!this.#callers) this.#all.answers.afresh(() => this.#gather());
    if (this.#isGathering) this.#all.answers.cut();
    return this.#callers?.get(of) ?? [];
  }

  #note({ node, scope }: PlacedNode): void {
    if (node.type === 'JSXOpeningElement') return this.#noteElement(callOf(node), scope);
    if (!isCall(node) && node.type !== 'NewExpression') return;
    const site: CallSite = { node, scope };
    const [named, handed] = node.arguments;
    if (named?.type === 'StringLiteral' && handed) this.#noteNamed(named.value, handed, scope);
    else if (isElement(node)) this.#noteElement(node, scope);
    const callee = calledBy(node.callee);
    const how = isMember(callee) ? memberName(callee) : undefined;
    // Under most names of the language nothing of the project is called.
    const isMaybe = how === undefined || this.#members.has(how);
    if (isMaybe) this.#noteAs(this.#called(callee, site.scope), site, 0);
    const toParent = isCall(node) ? superCall({ node, scope }) : undefined;
    if (toParent) this.#noteSuper(toParent);
    if (!isMember(callee) || (how !== 'call' && how !== 'apply')) return;
    const called = this.#asked(callee.object, site.scope);
    if (how === 'call') return this.#noteAs(called, site, 1);
    const [, given] = site.node.arguments;
    const forwards = given && nameOf(given) === 'arguments' ? site.scope.around : undefined;
    if (forwards) this.#noteAs(called, site, 0, forwards);
  }

  #noteDrawing({ node, scope }: PlacedNode): void {
    if (!isCall(node)) return;
    const [options, parts] = node.arguments;
    const normalized = normalizedBy(node);
    if (normalized) return this.#noteDrawn(normalized.draw, normalized.options, scope);
    if (!options || parts?.type !== 'ArrayExpression') return;
    for (const part of parts.elements) {
      const [name, of] = part?.type === 'ArrayExpression' ? part.elements : [];
      if (!name || !of || nameOf(name) !== 'render') continue;
      this.#noteDrawn(of, options, scope);
    }
  }

  #noteDrawn(by: Syntax, options: Syntax, scope: Scope): void {
    const made = this.#asked(options, scope).filter((value) => value.kind === 'map');
    for (const one of this.#asked(by, scope)) if (one.kind === 'function') this.#drawn.set(one.node, made);
  }

  /** An element calls the function or class that it names, with its properties. */
  #noteElement(node: CallSite['node'] | undefined, scope: Scope): void {
    const [of, properties] = node?.arguments ?? [];
    if (!node || !of || !properties || of.type === 'StringLiteral') return;
    const named = this.#componentNamed(of, scope);
    const made = named.length > 0 ? named : this.#asked(of, scope);
    const caller: Caller = { node, scope, from: 1 };
    const isNamed = ELEMENT_FACTORIES.has(calledName(node.callee) ?? '');
    if (isNamed) this.#noteAs(made, caller, caller.from);
    for (const value of made) if (value.kind === 'class' || isComponent(value)) put(this.#callers!, value.node, caller);
  }

  /** Components that a name stands for because it was given what a function finds by their name alone: `resolveComponent("Card")`. */
  #componentNamed(of: Syntax, scope: Scope): readonly Value[] {
    const [origin] = of.type === 'Identifier' ? (scope.lookup(of.name)?.origins ?? []) : [];
    const call = origin?.kind === 'value' && origin.path.length === 0 ? origin.value.node : undefined;
    const [first] = call && isCall(call) ? call.arguments : [];
    return first?.type === 'StringLiteral' ? this.#components(first.value, scope) : [];
  }

  /** An element that names a component as markup does, as Vue 2 compiles it: `h("user-card", { attrs: { picture } })`. */
  #noteNamed(name: string, properties: Syntax, scope: Scope): void {
    if (properties.type !== 'ObjectExpression') return;
    const given = properties.properties.flatMap((entry) =>
      entry.type === 'ObjectProperty' && HANDING.has(nameOf(entry.key) ?? '') && isValue(entry.value)
        ? [entry.value]
        : [],
    );
    for (const made of given.length > 0 ? this.#components(name, scope) : []) {
      if (made.kind !== 'map') continue;
      for (const one of given) {
        const node = { type: 'CallExpression' as const, callee: identifier('h'), arguments: [one] };
        put(this.#callers!, made.node, { node, scope, from: 0 });
      }
    }
  }

  #components(written: string, scope: Scope): readonly Value[] {
    const name = componentName(written);
    const own = scope.script.components.get(name);
    const all = own ?? [...this.#all.scripts.known()].flatMap(({ components }) => components.get(name) ?? []);
    return all.slice(0, NAMED).flatMap((placed) => this.#asked(placed.node, placed.scope));
  }

  /** `super(host)` calls what makes an object of the class that is extended; so does `new` of a class that does not say how it is made. */
  #called = (callee: Syntax, scope: Scope): readonly Value[] =>
    this.#asked(callee, scope).flatMap((value) => {
      const isSuper = callee.type === 'Super' && value.kind === 'instance';
      return isSuper || value.kind === 'class' ? this.#making({ ...value, kind: 'class' }) : [value];
    });

  #making(value: OfClass, seen: Set<Syntax> = new Set()): readonly Value[] {
    const { superClass } = value.node;
    if (seen.has(value.node)) return [];
    seen.add(value.node);
    if (!superClass || seen.size > HOPS || functionOf(value)) return [value];
    const parents = this.#asked(superClass, value.scope);
    return parents.flatMap((parent) => (parent.kind === 'class' ? this.#making(parent, seen) : [parent]));
  }

  /** What compilers write for `super(host)` calls the class that the function around is handed. */
  #noteSuper(handed: SuperCall): void {
    const { node, scope } = handed.of;
    const parents = node.arguments.slice(0, 1).flatMap((argument) => this.#called(argument, scope));
    this.#noteAs(parents, handed, handed.from, handed.forwards);
  }

  #asked = (node: Syntax, scope: Scope) => this.#all.budget.aside(() => this.#all.values(node, scope));

  #noteAs(values: readonly Value[], site: CallSite, from: number, forwards?: Syntax): void {
    const caller: Caller = { ...site, from, ...defined({ forwards }) };
    for (const value of values) {
      const called = functionOf(value);
      if (called) put(this.#callers!, called, caller);
    }
  }
}

/** Whether a call may make an element: by its name, or of something with properties, as minifiers leave it. */
function isElement({ callee, arguments: args }: CallSite['node']): boolean {
  const name = calledName(callee) ?? '';
  if (ELEMENT_FACTORIES.has(name)) return true;
  const [of, properties, , hint] = args;
  const isNamed = of !== undefined && (of.type === 'Identifier' || isMember(of));
  // Vue's compiler hints at what may change: `(0, v.bF)(card, bound(all), null, 16)`.
  const isBound = properties?.type === 'CallExpression' && hint?.type === 'NumericLiteral';
  return isNamed && (isBound || properties?.type === 'ObjectExpression') && name !== 'assign';
}

/** Whether a value is what Vue makes a component of. */
function isComponent(value: Value): value is OfMap {
  if (value.kind !== 'map' || value.node.type !== 'ObjectExpression') return false;
  return value.node.properties.some(
    (entry) => entry.type !== 'SpreadElement' && COMPONENT_KEYS.has(nameOf(entry.key) ?? ''),
  );
}
const COMPONENT_KEYS: ReadonlySet<string> = new Set([...PROPERTIES, 'setup', '__name']);

/** What runs when a value is called or made. */
function functionOf(value: Value): Syntax | undefined {
  if (value.kind === 'function' || value.kind === 'setter') return value.node;
  if (value.kind !== 'class') return undefined;
  const { body } = value.node.body;
  return body.find((member) => 'kind' in member && member.kind === 'constructor');
}
