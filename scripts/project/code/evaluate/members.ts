/**
 * What values have under a key: maps, lists, classes, what is written to them later, and what is known of libraries. Longer than most
 * files: what each kind has is asked of the others.
 */
import { COMPUTED, DATA, HANDED, METHODS_OF, MIXED, OPTIONS, PROPERTIES } from '../known/frameworks.ts';
import { nameOf } from '../names.ts';
import { ANY, type PlacedNode, type Scope, type AccessStep } from '../scope.ts';
import { isFunctionNode, type ClassNode, type MapEntry, type Syntax, type SyntaxOf } from '../syntax.ts';
import { distinct } from '../value-sets.ts';
import { UNKNOWN, type OfClass, type OfHeld, type Value } from '../value.ts';
import { Held, isFunction, isMap } from './held.ts';
import { Heirs, HEIRS } from './heirs.ts';
import { ofHost, ofNamespace } from './host-members.ts';
import type { Interpreter } from './interpreter.ts';
import { Made } from './made.ts';
import type { Modules } from './modules.ts';
import { WRITES, Writes } from './writes.ts';

type ObjectNode = SyntaxOf<'ObjectExpression'>;
type PlacedMap = PlacedNode<ObjectNode>;
type KeyedProperty = Exclude<MapEntry, { type: 'SpreadElement' }>;
type KeyedMember = Extract<SyntaxOf<'ClassBody'>['body'][number], { key: unknown }>;

/** Elements that hand something to one component that are looked at. */
const HANDED_MOST = 3000;

export class Members {
  readonly #all: Interpreter;
  readonly #modules: Modules;
  readonly #questions = new WeakMap<Syntax, Map<string | typeof ANY, object>>();
  /** The members of classes by their names. */
  readonly #named = new WeakMap<Syntax, ReadonlyMap<string, KeyedMember[]>>();
  readonly #options = new WeakMap<Syntax, ReadonlySet<string> | undefined>();
  readonly #keys = new WeakMap<Syntax, ReadonlyMap<string, KeyedProperty> | undefined>();
  readonly #writes: Writes;
  readonly #held: Held;
  readonly #made: Made;
  readonly #heirs: Heirs;

  constructor(all: Interpreter, modules: Modules) {
    this.#all = all;
    this.#modules = modules;
    this.#writes = new Writes(all);
    this.#held = new Held(all, this.#writes);
    this.#made = new Made(all, this.#writes);
    this.#heirs = new Heirs(all);
  }

  of(value: Value, step: AccessStep): readonly Value[] {
    switch (value.kind) {
      case 'map':
        if (value.node.type === 'TSEnumDeclaration') return this.#ofEnum(value.node, value.scope, step);
        return this.#ofWritten({ node: value.node, scope: value.scope }, step).flatMap((one) =>
          step === 'state' && one.kind === 'function' ? [one, ...this.#all.result(one)] : [one],
        );
      case 'ref':
      case 'computed':
        return step === 'value' || step === 'current' ? this.held(value) : this.#all.walk(this.held(value), [step]);
      case 'list':
        return this.#ofList(value, step);
      case 'elements':
        return step === ANY || Number.isInteger(Number(step)) ? value.of : [UNKNOWN];
      case 'state':
        return step !== ANY && Number(step) === 1 ? [{ ...value, kind: 'setter' }] : this.#held.state(value);
      case 'instance':
      case 'class':
        return this.#ofClass(value, step);
      case 'function':
        if (step === 'prototype') return [{ ...value, kind: 'made' }];
        return this.#writes.later(value.node, step);
      case 'made':
        return this.#made.of(value, step);
      case 'module':
        return step === 'exports' ? [{ kind: 'script', script: value.script }] : [UNKNOWN];
      case 'script': {
        const all = step === ANY ? [...value.script.exports.keys()] : [String(step)];
        return all.flatMap((name) => this.#modules.exported(value.script, name));
      }
      case 'thunk':
        // What webpack's helper for defaults has under its short name.
        return step === 'a' ? value.of : [UNKNOWN];
      case 'host':
        return ofHost(value, step, this.#all.hosts);
      case 'api':
        // ty.request.call(…), and what bundlers make of defaults.
        return step === 'default' || step === 'call' || step === 'apply' ? [value] : ofNamespace(value, step);
      case 'text':
        return step === 'href' || step === 'origin' || step === 'value' ? [value] : [UNKNOWN];
      case 'client':
      case 'local':
        return [value];
      default:
        return [UNKNOWN];
    }
  }

  /** What a map has that is written out: by itself, by what is written to it later, and by the options that it is. */
  #ofWritten(map: PlacedMap, step: AccessStep): readonly Value[] {
    const handed = HANDED.has(String(step)) ? this.#handed(map) : [];
    return [...this.#ofMap(map, step), ...this.#writes.later(map.node, step), ...this.#ofOptions(map, step), ...handed];
  }

  /** What elements of markup hand to the properties of a component. */
  #handed({ node, scope }: PlacedMap): readonly Value[] {
    const handed = scope.script.handed.get(node)?.slice(0, HANDED_MOST) ?? [];
    const given = handed.flatMap((one) => this.#all.values(one.node, one.scope));
    return [...given, ...this.#properties(node)].filter(isMap);
  }

  /** What something of Vue's has as its value. */
  held = (value: OfHeld): readonly Value[] => this.#held.value(value);

  /** What `this` has of what is written as options: data, properties, functions, other options that are mixed in. */
  #ofOptions(map: PlacedMap, step: AccessStep): readonly Value[] {
    const keys = step === ANY ? undefined : this.#optionKeys(map.node);
    if (!keys || keys.has(String(step))) return [];
    const own = this.#all.answers.to(this.#question(map.node, String(step)), () => this.#option(map, keys, step));
    // Markup asks what is made of the options for what everything has, as `this` does: `app.config.globalProperties.$host = …`.
    return own.length === 0 && String(step).startsWith('$') ? this.ofShared(String(step)) : own;
  }

  /** The same for the same map and name, so that their answer is kept. */
  #question(node: Syntax, name: string | typeof ANY): object {
    const questions = this.#questions.get(node) ?? new Map<string | typeof ANY, object>();
    this.#questions.set(node, questions);
    const question = questions.get(name) ?? {};
    questions.set(name, question);
    return question;
  }

  #option(map: PlacedMap, keys: ReadonlySet<string>, step: AccessStep): readonly Value[] {
    const at = (names: readonly string[]) =>
      names.filter((name) => keys.has(name)).flatMap((name) => this.#ofMap(map, name));
    const inside = (names: readonly string[]) => this.#all.walk(at(names).filter(isMap), [step]);
    const data = this.#all.walk(this.#held.made(at(DATA)).filter(isMap), [step]);
    const computed = inside(COMPUTED);
    const given = inside(PROPERTIES).filter(isMap);
    const properties = this.#all.walk(given, ['default']);
    const values = this.#all.walk(given, ['value']);
    // What Vue 2's loader makes of options has these under `exports`.
    const own: readonly Value[] = step === 'exports' ? [{ kind: 'map', ...map }] : [];
    const mixed = at(MIXED).flatMap((value) => (value.kind === 'map' ? [value] : this.#all.walk([value], [ANY])));
    return distinct([
      ...own,
      ...data,
      ...this.#held.made([...computed, ...this.#all.walk(computed.filter(isMap), ['get'])].filter(isFunction)),
      ...inside(METHODS_OF),
      ...this.#held.made(properties),
      ...values,
      ...this.#all.walk(this.#handed(map), [step]),
      ...this.#all.walk(mixed.filter(isMap), [step]),
    ]);
  }

  /** The keys of a map that is written as options. */
  #optionKeys(node: ObjectNode): ReadonlySet<string> | undefined {
    if (this.#options.has(node)) return this.#options.get(node);
    const { properties } = node;
    const keys = new Set(
      properties.flatMap((property) => (property.type === 'SpreadElement' ? [] : (nameOf(property.key) ?? []))),
    );
    const isOptions = [...keys].some((key) => OPTIONS.has(key)) || properties.some(isDataFunction);
    this.#options.set(node, isOptions ? keys : undefined);
    return isOptions ? keys : undefined;
  }

  /** What everything has that the framework makes: `Vue.prototype.$host = …`. */
  ofShared(name: string): readonly Value[] {
    const writes = this.#all.scripts.sharedWrites(name).slice(0, WRITES);
    return writes.flatMap(({ value }) => this.#all.values(value.node, value.scope));
  }

  /** What `this` may have where it is not said what `this` is: what functions make with `new`. */
  ofAnyThis = (around: Scope, name: string): readonly Value[] => this.#made.ofThis(around, name);

  /** What a class asks of `this` and has not itself: those have it that extend it. */
  #ofHeirs({ script }: Scope, name: string): readonly Value[] {
    const fields = [...script.fields].flatMap(([owner, own]) =>
      owner.type.startsWith('Class') ? (own.get(name) ?? []) : [],
    );
    return fields.slice(0, WRITES).flatMap(({ node, scope }) => this.#all.values(node, scope));
  }

  /** What a function that is a component of React has of properties that it is not given. */
  defaultsOf = (of: Syntax): readonly Value[] => this.#writes.later(of, 'defaultProps').filter(isMap);

  /** What is added to a list after it was written down. */
  added = (node: Syntax): readonly Value[] => this.#writes.later(node, ANY);

  #ofMap({ node, scope }: PlacedMap, step: AccessStep): readonly Value[] {
    const { properties } = node;
    const plain = this.#plainKeys(node, properties);
    if (plain && step !== ANY) {
      const property = plain.get(String(step));
      return [...(property ? this.#ofProperty(property, scope) : []), ...this.#fields(node, scope, step)];
    }
    if (step !== ANY) return this.#search(node, scope, properties, step);
    // A table of thousands may be asked for any of them thousands of times.
    const any = () => distinct(this.#search(node, scope, properties, ANY));
    return this.#all.answers.to(this.#question(node, ANY), any);
  }

  #search(node: Syntax, scope: Scope, properties: readonly MapEntry[], step: AccessStep): readonly Value[] {
    const found: Value[] = [];
    let isFound = false;
    this.#all.budget.spend(properties.length);
    for (const property of properties.toReversed()) {
      if (property.type === 'SpreadElement') {
        const spread = this.#all.values(property.argument, scope);
        const inner = this.#all.walk(spread, [step]).filter(({ kind }) => kind !== 'unknown');
        found.push(...inner);
        isFound ||= inner.length > 0;
      } else {
        const keys: AccessStep[] = property.computed
          ? this.#all.steps(property.key, scope)
          : [nameOf(property.key) ?? ANY];
        if (step !== ANY && !keys.includes(step) && !keys.includes(ANY)) continue;
        found.push(...this.#ofProperty(property, scope));
        isFound ||= !keys.includes(ANY);
      }
      if (isFound && step !== ANY) break;
    }
    return [...found, ...this.#fields(node, scope, step)];
  }

  #ofProperty(property: KeyedProperty, scope: Scope): readonly Value[] {
    if (property.type === 'ObjectProperty') return this.#all.values(property.value, scope);
    const method: Value = { kind: 'function', node: property, scope };
    return property.kind === 'get' ? this.#all.result(method) : [method];
  }

  /** The properties of a map by their names, when all of them are written out. */
  #plainKeys(node: Syntax, properties: readonly MapEntry[]): ReadonlyMap<string, KeyedProperty> | undefined {
    if (this.#keys.has(node)) return this.#keys.get(node);
    const named = properties.flatMap((property) => {
      const name = property.type === 'SpreadElement' || property.computed ? undefined : nameOf(property.key);
      return property.type === 'SpreadElement' || name === undefined ? [] : [[name, property] as const];
    });
    const keys = named.length === properties.length ? new Map(named) : undefined;
    this.#keys.set(node, keys);
    return keys;
  }

  /** What is assigned to `this.name` in the functions of a map or class; of a class, in those of its objects or in its own. */
  #fields(node: Syntax, scope: Scope, step: AccessStep, isStatic = false): readonly Value[] {
    const placed = scope.script.fields.get(node)?.get(String(step)) ?? [];
    return placed.flatMap(({ node, scope }) => (scope.isStatic === isStatic ? this.#all.values(node, scope) : []));
  }

  #ofEnum({ body }: SyntaxOf<'TSEnumDeclaration'>, scope: Scope, step: AccessStep): readonly Value[] {
    return body.members.flatMap(({ id, initializer }) => {
      const isMeant = step === ANY || nameOf(id) === step;
      return isMeant && initializer ? this.#all.values(initializer, scope) : [];
    });
  }

  #ofList({ node, scope }: PlacedNode<SyntaxOf<'ArrayExpression'>>, step: AccessStep): readonly Value[] {
    const { elements } = node;
    const index = Number(step === ANY ? Number.NaN : step);
    const hasSpread = elements.some((element) => element?.type === 'SpreadElement');
    const meant = Number.isInteger(index) && !hasSpread ? [elements[index]] : elements;
    // What is added comes after what is written down.
    const later = this.#writes.later(node, step, hasSpread ? 0 : elements.length);
    if (step !== ANY && !Number.isInteger(index)) return [UNKNOWN, ...later];
    const written = meant.flatMap((element) => {
      if (!element) return [];
      if (element.type !== 'SpreadElement') return this.#all.values(element, scope);
      return this.#all.walk(this.#all.values(element.argument, scope), [ANY]);
    });
    return [...written, ...later];
  }

  #ofClass(value: OfClass, step: AccessStep): readonly Value[] {
    const { kind, node, scope, isThis } = value;
    if (step === 'constructor' && kind === 'instance') return [{ ...value, kind: 'class' }];
    const own = this.#ownOf(value, step);
    // A private field is the class's own, whatever is called so in others.
    const heirs = isThis && !String(step).startsWith('#') ? this.#heirs.of(node) : [];
    this.#all.budget.spend(heirs.length);
    const given = heirs.flatMap((heir) => this.#ownOf({ kind, ...heir }, step));
    const below = heirs.length < HEIRS ? given : [...given, UNKNOWN];
    const all = [...own, ...below];
    if (own.length > 0 || (below.length > 0 && !node.superClass)) return all;
    if (!node.superClass) return kind === 'class' ? all : this.#ofHeirs(scope, String(step));
    const inherited = this.#all
      .values(node.superClass, scope)
      .flatMap((parent) => (parent.kind === 'class' ? this.#all.member({ ...parent, kind }, step) : [UNKNOWN]));
    return [...below, ...inherited];
  }

  /** What a class has itself, and not from the one that it extends. */
  #ownOf({ kind, node, scope }: OfClass, step: AccessStep): readonly Value[] {
    const inner = scope.script.scopeOf.get(node) ?? scope;
    const wantsStatic = kind === 'class';
    const members = this.#membersOf(node).get(String(step)) ?? [];
    const own = members.flatMap((member): readonly Value[] => {
      if (Boolean(member.static) !== wantsStatic) return [];
      if (!isMethod(member))
        return member.value ? this.#all.values(member.value, scope.script.scopeOf.get(member) ?? inner) : [];
      const method: Value = { kind: 'function', node: member, scope: inner };
      return member.kind === 'get' ? this.#all.result(method) : [method];
    });
    const defaults = () => this.#all.member({ kind: 'class', node, scope }, 'defaultProps').filter(isMap);
    const given = step === 'props' && !wantsStatic ? [...this.#properties(node), ...defaults()] : [];
    const fields = this.#fields(node, inner, step, wantsStatic);
    return [...own, ...fields, ...this.#writes.later(node, step), ...given];
  }

  /** What elements that code makes give to a component. */
  #properties(node: Syntax): readonly Value[] {
    return this.#all
      .callersOf(node)
      .slice(0, HANDED_MOST)
      .flatMap(({ node: { arguments: args }, scope, from }) => {
        const properties = args[from];
        return properties ? this.#all.values(properties, scope) : [];
      });
  }

  #membersOf(node: ClassNode): ReadonlyMap<string, KeyedMember[]> {
    const known = this.#named.get(node);
    if (known) return known;
    const named = node.body.body.flatMap((member) => {
      const name = 'key' in member ? nameOf(member.key) : undefined;
      return !('key' in member) || name === undefined ? [] : [{ name, member }];
    });
    const made = new Map<string, KeyedMember[]>();
    for (const { name, member } of named) made.set(name, [...(made.get(name) ?? []), member]);
    this.#named.set(node, made);
    return made;
  }
}

const isMethod = (
  member: KeyedMember,
): member is Extract<KeyedMember, { type: 'ClassMethod' | 'ClassPrivateMethod' | 'TSDeclareMethod' }> =>
  member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod' || member.type === 'TSDeclareMethod';

/** `data() {…}`: a map of data alone would be of anything. */
const isDataFunction = (property: MapEntry): boolean =>
  property.type !== 'SpreadElement' &&
  nameOf(property.key) === 'data' &&
  isFunctionNode(property.type === 'ObjectProperty' ? property.value : property);
