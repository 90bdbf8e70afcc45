/**
 * What expressions may be, followed through names, imports, maps, branches and calls, and never run. What the code does not say
 * is `unknown`; where it says several things, all of them are given.
 * One file although it is long: every kind of expression is evaluated by way of every other.
 */
import { ANY, type Binding, type Origin, type Placed, type Scope, type Script, type Step } from './scope.ts';
import type { Scripts } from './scripts.ts';
import { nameOf } from './read-script.ts';
import type { ExpressionOf, Syntax } from './syntax.ts';
import { bounded, distinct, summands } from './value-sets.ts';
import { textOf, UNKNOWN, whereOf, type Api, type OfClass, type Value } from './value.ts';

/** The vendor's functions that load something, and by which setting they are allowed. */
const API_OF: ReadonlyMap<string, Api> = new Map([
  ['request', 'request'],
  ['createRequestTask', 'request'],
  ['connectSocket', 'request'],
  ['uploadFile', 'upload'],
  ['createUploadTask', 'upload'],
  ['downloadFile', 'download'],
  ['createDownloadTask', 'download'],
  ['requestCloud', 'cloud'],
  ['getImageInfo', 'static'],
  ['previewImage', 'static'],
]);

const GLOBALS: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global']);
const RAY = /^@ray-(?:js|core)\/(?:ray|api|framework|macro)(?:\/|$)/;
const CLIENTS: ReadonlySet<string> = new Set(['axios', 'ky', 'got', 'node-fetch', 'cross-fetch', 'isomorphic-fetch']);

/** Steps that one question may take, and how deep it may go: code that needs more is not followed. */
const STEPS = 20_000;
/** Steps that all questions of a project may take together: hostile code is not followed for ever. */
const ALL_STEPS = 5_000_000;
const DEPTH = 60;
/** Places from which a name may get its values. */
const MEANINGS = 1000;

type Property = ExpressionOf<'ObjectExpression'>['properties'][number];

export class Evaluator {
  readonly #scripts: Scripts;
  /** Global names of the API: `ty`, and those of other vendors with which the project says it is compatible. */
  readonly #hosts: ReadonlySet<string>;
  readonly #busy = new Set<Syntax>();
  readonly #done = new WeakMap<Syntax, readonly Value[]>();
  readonly #bound = new WeakMap<Binding, readonly Value[]>();
  readonly #keys = new WeakMap<Syntax, ReadonlyMap<string, Property> | undefined>();
  #callers: Map<Syntax, Placed[]> | undefined;
  #isGathering = false;
  #steps = 0;
  #total = 0;
  #depth = 0;
  #isCut = false;

  constructor(scripts: Scripts, hosts: readonly string[]) {
    this.#scripts = scripts;
    this.#hosts = new Set(hosts);
  }

  /** Everything that an expression may be. */
  valuesOf({ node, scope }: Placed): readonly Value[] {
    this.#begin();
    return this.#values(node, scope);
  }

  #begin(): void {
    this.#total += this.#steps;
    this.#steps = this.#total > ALL_STEPS ? STEPS : 0;
    this.#depth = 0;
    this.#isCut = false;
    this.#busy.clear();
  }

  /** The values of a map's key or a list's place, of everything that an expression may be. */
  at(placed: Placed, ...path: Step[]): readonly Value[] {
    return this.#walk(this.valuesOf(placed), path);
  }

  /** What a value has under a key. */
  member(value: Value, step: Step): readonly Value[] {
    this.#begin();
    return this.#member(value, step);
  }

  #values(node: Syntax, scope: Scope): readonly Value[] {
    const known = this.#done.get(node);
    if (known) return known;
    this.#steps += 1;
    if (this.#busy.has(node) || this.#isOver()) {
      this.#isCut = true;
      return [UNKNOWN];
    }
    this.#busy.add(node);
    this.#depth += 1;
    const wasCut = this.#isCut;
    this.#isCut = false;
    const found = distinct(this.#evaluate(node, scope));
    this.#depth -= 1;
    this.#busy.delete(node);
    // An answer that a limit or a circle cut short is true only where it was asked.
    if (!this.#isCut) this.#done.set(node, found);
    this.#isCut ||= wasCut;
    return found;
  }

  #evaluate(node: Syntax, scope: Scope): readonly Value[] {
    switch (node.type) {
      case 'StringLiteral':
      case 'NumericLiteral':
        return [bounded(String((node as ExpressionOf<'StringLiteral'>).value), true)];
      case 'TemplateLiteral': {
        const { quasis, expressions } = node as ExpressionOf<'TemplateLiteral'>;
        return quasis.reduce<readonly Value[]>(
          (all, quasi, i) => {
            const said = this.#joined(all, [bounded(quasi.value.cooked ?? quasi.value.raw, true)]);
            const next = expressions[i] as Syntax | undefined;
            return next ? this.#joined(said, () => this.#values(next, scope)) : said;
          },
          [textOf('')],
        );
      }
      case 'BinaryExpression': {
        const parts = summands(node);
        if (!parts) return [UNKNOWN];
        return parts
          .slice(1)
          .reduce<readonly Value[]>(
            (all, part) => this.#joined(all, () => this.#values(part, scope)),
            this.#values(parts[0]!, scope),
          );
      }
      case 'ConditionalExpression': {
        const { consequent, alternate } = node as ExpressionOf<'ConditionalExpression'>;
        return [...this.#values(consequent, scope), ...this.#values(alternate, scope)];
      }
      case 'LogicalExpression': {
        const { left, right, operator } = node as ExpressionOf<'LogicalExpression'>;
        const second = this.#values(right, scope);
        return operator === '&&' ? second : [...this.#values(left, scope), ...second];
      }
      case 'SequenceExpression':
        return this.#values((node as ExpressionOf<'SequenceExpression'>).expressions.at(-1)!, scope);
      case 'AssignmentExpression':
        return this.#values((node as ExpressionOf<'AssignmentExpression'>).right, scope);
      case 'AwaitExpression':
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TypeCastExpression':
      case 'TSInstantiationExpression':
        return this.#values(
          ((node as { argument?: Syntax }).argument ?? (node as { expression?: Syntax }).expression)!,
          scope,
        );
      case 'JSXExpressionContainer':
        return this.#values((node as unknown as { expression: Syntax }).expression, scope);
      case 'ObjectExpression':
        return [{ kind: 'map', node, scope }];
      case 'TSEnumDeclaration':
        return [{ kind: 'map', node, scope }];
      case 'ArrayExpression':
        return [{ kind: 'list', node, scope }];
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ObjectMethod':
      case 'ClassMethod':
        return [{ kind: 'function', node, scope }];
      case 'ClassDeclaration':
      case 'ClassExpression':
        return [{ kind: 'class', node, scope }];
      case 'ThisExpression':
        return this.#this(scope);
      case 'Identifier':
        return this.#name((node as ExpressionOf<'Identifier'>).name, scope);
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const { object, property, computed } = node as ExpressionOf<'MemberExpression'>;
        const owners = this.#values(object, scope);
        const steps: Step[] = computed ? this.#stepsOf(property, scope) : [nameOf(property) ?? ANY];
        return steps.flatMap((step) => this.#walk(owners, [step]));
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
        return this.#call(node as ExpressionOf<'CallExpression'>, scope);
      case 'NewExpression':
        return this.#new(node as ExpressionOf<'NewExpression'>, scope);
      case 'ImportExpression':
        return this.#imported((node as unknown as { source: Syntax }).source, scope);
      default:
        return [UNKNOWN];
    }
  }

  /** Every beginning with every end: what is unknown ends what is known. */
  #joined(starts: readonly Value[], ends: readonly Value[] | (() => readonly Value[])): readonly Value[] {
    // What follows an unknown beginning, or one that says enough, need not be looked up.
    const isOpen = starts.some((start) => start.kind === 'text' && start.isWhole);
    const rest = isOpen ? (typeof ends === 'function' ? ends() : ends) : [];
    this.#steps += starts.length * rest.length;
    return distinct(
      starts.flatMap((start): readonly Value[] => {
        if (start.kind === 'local') return [{ kind: 'local' }];
        if (start.kind !== 'text') return [UNKNOWN];
        if (!start.isWhole) return [start];
        if (rest.length === 0) return [textOf(start.text, false)];
        return rest.map((end) => {
          if (end.kind === 'text') return bounded(start.text + end.text, end.isWhole);
          if (end.kind === 'local' && start.text === '') return end;
          return textOf(start.text, false);
        });
      }),
    );
  }

  /** The keys that a computed one may be; any of them when that is not known. */
  #stepsOf(node: Syntax, scope: Scope): Step[] {
    const texts = this.#values(node, scope).map((value) => (value.kind === 'text' && value.isWhole ? value.text : ANY));
    return texts.includes(ANY) ? [ANY] : [...new Set(texts)];
  }

  #this(scope: Scope): readonly Value[] {
    const { self } = scope;
    if (!self) return [UNKNOWN];
    const isClass = self.type.startsWith('Class');
    return [{ kind: isClass ? 'instance' : 'map', node: self, scope: scope.script.scopeOf.get(self) ?? scope }];
  }

  #name(name: string, scope: Scope): readonly Value[] {
    const binding = scope.lookup(name);
    if (binding) return this.#binding(binding, scope);
    if (this.#hosts.has(name) || GLOBALS.has(name)) return [{ kind: 'host' }];
    if (name === 'fetch') return [{ kind: 'client' }];
    if (name === 'undefined') return [];
    if (name === 'exports') return [{ kind: 'script', script: scope.script }];
    return [UNKNOWN];
  }

  #binding(binding: Binding, scope: Scope): readonly Value[] {
    const known = this.#bound.get(binding);
    if (known) return known;
    const { origins, isOpen, grows } = binding;
    if (this.#isOver()) return [UNKNOWN];
    const wasCut = this.#isCut;
    this.#isCut = false;
    const found = origins.slice(0, MEANINGS).flatMap((origin) => this.#origin(origin, scope.script));
    const values = grows ? found.map((value) => (value.kind === 'text' ? textOf(value.text, false) : value)) : found;
    const isMore = isOpen || origins.length === 0 || origins.length > MEANINGS;
    const all = distinct(isMore ? [...values, UNKNOWN] : values);
    if (!this.#isCut) this.#bound.set(binding, all);
    this.#isCut ||= wasCut;
    return all;
  }

  /** Whether this question has taken its steps, or goes too deep: then the answer is that it is not known. */
  #isOver(): boolean {
    const isOver = this.#steps > STEPS || this.#depth > DEPTH;
    this.#isCut ||= isOver;
    return isOver;
  }

  #origin(origin: Origin, script: Script): readonly Value[] {
    switch (origin.kind) {
      case 'value':
        return this.#walk(this.#values(origin.value.node, origin.value.scope), origin.path);
      case 'import':
        return this.#import(script, origin.from, origin.name);
      case 'parameter':
        return this.#walk(this.#parameter(origin.of, origin.index, script), origin.path);
    }
  }

  #import(script: Script, from: string, name: string): readonly Value[] {
    if (RAY.test(from))
      return name === '*' || name === 'default' ? [{ kind: 'host' }] : this.#member({ kind: 'host' }, name);
    if (CLIENTS.has(from)) return [{ kind: 'client' }];
    const found = this.#scripts.imported(script.path, from);
    if (found === undefined) return [UNKNOWN];
    if (found === 'local') return [{ kind: 'local' }];
    return name === '*' ? [{ kind: 'script', script: found }] : this.#exported(found, name);
  }

  /** What a script gives under a name. */
  #exported(script: Script, name: string, seen = new Set<Script>()): readonly Value[] {
    if (seen.has(script)) return [];
    seen.add(script);
    this.#steps += 1;
    if (this.#isOver()) return [UNKNOWN];
    this.#depth += 1;
    const found = this.#exportedBy(script, name, seen);
    this.#depth -= 1;
    return found;
  }

  #exportedBy(script: Script, name: string, seen: Set<Script>): readonly Value[] {
    const own = script.exports.get(name);
    if (own) return own.flatMap((origin) => this.#origin(origin, script));
    // `module.exports = …` is all that a script gives, and what `import x from` takes.
    const whole = (script.exports.get('*') ?? []).flatMap((origin) => this.#origin(origin, script));
    if (whole.length > 0) return name === 'default' ? whole : this.#walk(whole, [name]);
    if (name === 'default' && script.exports.size > 0 && script.stars.length === 0) return [{ kind: 'script', script }];
    const given = script.stars.flatMap((from) => {
      const found = this.#scripts.imported(script.path, from);
      return typeof found === 'object' ? this.#exported(found, name, seen) : [];
    });
    return given.length > 0 ? given : [UNKNOWN];
  }

  /** What a function's parameter may be: what those who call it in this project give. */
  #parameter(of: Syntax, index: number, script: Script): readonly Value[] {
    const list = script.iterated.get(of);
    if (list && index === 0) return this.#walk(this.#values(list.node, list.scope), [ANY]);
    const given = (this.#callersOf(of) ?? []).flatMap(({ node, scope }) => {
      const argument = (node as ExpressionOf<'CallExpression'>).arguments[index] as Syntax | undefined;
      if (!argument) return [];
      return argument.type === 'SpreadElement' ? [UNKNOWN] : this.#values(argument, scope);
    });
    return given.length > 0 ? given : [UNKNOWN];
  }

  /** Where each function of the project is called by name. Found once, when somebody asks. */
  #callersOf(of: Syntax): readonly Placed[] | undefined {
    if (!this.#callers) {
      this.#callers = new Map();
      this.#isGathering = true;
      // What is under way is asked anew, so that no call is missed for it.
      const busy = [...this.#busy];
      this.#busy.clear();
      for (const script of this.#scripts.known()) {
        for (const site of script.sites) this.#noteCall(site);
      }
      for (const node of busy) this.#busy.add(node);
      this.#isGathering = false;
    }
    this.#isCut ||= this.#isGathering;
    return this.#callers.get(of);
  }

  #noteCall(site: Placed): void {
    const isCall = site.node.type === 'CallExpression' || site.node.type === 'OptionalCallExpression';
    if (!isCall) return;
    const { callee } = site.node as ExpressionOf<'CallExpression'>;
    const [steps, depth, isCut] = [this.#steps, this.#depth, this.#isCut];
    this.#depth = 0;
    this.#steps = this.#total > ALL_STEPS ? STEPS : 0;
    for (const value of this.#values(callee, site.scope)) {
      if (value.kind !== 'function') continue;
      const known = this.#callers!.get(value.node);
      if (known) known.push(site);
      else this.#callers!.set(value.node, [site]);
    }
    this.#total += this.#steps;
    [this.#steps, this.#depth, this.#isCut] = [steps, depth, isCut];
  }

  #call(node: ExpressionOf<'CallExpression'>, scope: Scope): readonly Value[] {
    const { callee } = node as { callee: Syntax };
    const args = node.arguments as Syntax[];
    const [first] = args;
    if (callee.type === 'Import') return first ? this.#imported(first, scope) : [UNKNOWN];
    if (callee.type === 'Identifier') {
      const { name } = callee as ExpressionOf<'Identifier'>;
      const isFree = !scope.lookup(name);
      if (isFree && name === 'require' && first) return this.#imported(first, scope);
      if (isFree && name === 'getApp') {
        const app = this.#scripts.app();
        return app ? this.#values(app.node, app.scope) : [UNKNOWN];
      }
      if (isFree && ['String', 'encodeURI', 'decodeURI'].includes(name) && first) return this.#values(first, scope);
    }
    if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
      const made = this.#method(callee as ExpressionOf<'MemberExpression'>, args, scope);
      if (made) return made;
    }
    const functions = this.#values(callee, scope);
    const results = functions.flatMap((value) => this.#result(value));
    // What is made from a function of the API and calls it: promisify(ty.request), ty.request.bind(ty).
    const wrapped = args.flatMap((arg) =>
      ['Identifier', 'MemberExpression'].includes(arg.type) ? this.#values(arg, scope) : [],
    );
    const apis = wrapped.filter(({ kind }) => kind === 'api');
    return apis.length > 0 ? apis : results.length > 0 ? results : [UNKNOWN];
  }

  #result(value: Value): readonly Value[] {
    if (value.kind !== 'function') return [UNKNOWN];
    const { async: isAsync } = value.node as { async?: boolean };
    const returns = value.scope.script.returns.get(value.node) ?? [];
    const results = returns.flatMap(({ node, scope }) => this.#values(node, scope));
    return isAsync && results.length === 0 ? [UNKNOWN] : results;
  }

  /** Methods of languages and libraries whose result is known from their object. */
  #method(
    { object, property }: ExpressionOf<'MemberExpression'>,
    args: readonly Syntax[],
    scope: Scope,
  ): readonly Value[] | undefined {
    const method = nameOf(property) ?? '';
    const [first] = args;
    const isObject = object.type === 'Identifier' && object.name === 'Object' && !scope.lookup('Object');
    if (isObject && ['freeze', 'seal'].includes(method) && first) return this.#values(first, scope);
    if (isObject && ['assign'].includes(method)) return args.flatMap((arg) => this.#values(arg, scope));
    if (['trim', 'toString', 'valueOf', 'trimStart', 'trimEnd'].includes(method)) return this.#values(object, scope);
    if (method === 'bind') return this.#values(object, scope);
    if (method === 'concat') {
      const owners = this.#values(object, scope);
      if (!owners.some(({ kind }) => kind === 'text')) return undefined;
      return args.reduce<readonly Value[]>((all, arg) => this.#joined(all, () => this.#values(arg, scope)), owners);
    }
    if (method === 'create' || method === 'extend') {
      const isClient = this.#values(object, scope).some(({ kind }) => kind === 'client');
      if (!isClient) return undefined;
      const settings = first ? this.#values(first, scope) : [];
      const bases = ['baseURL', 'prefixUrl'].flatMap((key) => this.#walk(settings, [key]));
      return bases.length > 0 ? bases.map((base): Value => ({ kind: 'client', base })) : [{ kind: 'client' }];
    }
    return undefined;
  }

  #new({ callee, arguments: args }: ExpressionOf<'NewExpression'>, scope: Scope): readonly Value[] {
    if (callee.type === 'Identifier' && callee.name === 'URL' && !scope.lookup('URL')) {
      const [path, base] = args as Syntax[];
      if (!path) return [UNKNOWN];
      const own = this.#values(path, scope);
      const isOwn = own.some((value) => typeof whereOf(value) === 'object');
      return isOwn || !base ? own : this.#values(base, scope);
    }
    return this.#values(callee, scope).flatMap((value): Value[] =>
      value.kind === 'class' ? [{ kind: 'instance', node: value.node, scope: value.scope }] : [UNKNOWN],
    );
  }

  #imported(node: Syntax, scope: Scope): readonly Value[] {
    return this.#values(node, scope).flatMap((value): readonly Value[] => {
      if (value.kind !== 'text' || !value.isWhole) return [UNKNOWN];
      const isLibrary = RAY.test(value.text) || CLIENTS.has(value.text);
      if (isLibrary) return this.#import(scope.script, value.text, 'default');
      const found = this.#scripts.imported(scope.script.path, value.text);
      if (found === undefined) return [UNKNOWN];
      if (found === 'local') return [{ kind: 'local' }];
      const whole = found.exports.get('*');
      if (whole) return whole.flatMap((origin) => this.#origin(origin, found));
      return found.path.endsWith('.json') ? this.#exported(found, 'default') : [{ kind: 'script', script: found }];
    });
  }

  #walk(values: readonly Value[], path: readonly Step[]): readonly Value[] {
    return path.reduce((all, step) => distinct(all.flatMap((value) => this.#member(value, step))), values);
  }

  #member(value: Value, step: Step): readonly Value[] {
    this.#steps += 1;
    // A map may spread itself, by way of what it is assigned to.
    if (this.#isOver()) return [UNKNOWN];
    this.#depth += 1;
    const found = this.#memberOf(value, step);
    this.#depth -= 1;
    return found;
  }

  #memberOf(value: Value, step: Step): readonly Value[] {
    switch (value.kind) {
      case 'map':
        return value.node.type === 'TSEnumDeclaration' ? this.#ofEnum(value, step) : this.#ofMap(value, step);
      case 'list':
        return this.#ofList(value, step);
      case 'instance':
      case 'class':
        return this.#ofClass(value, step);
      case 'script': {
        const all = step === ANY ? [...value.script.exports.keys()] : [String(step)];
        return all.flatMap((name) => this.#exported(value.script, name));
      }
      case 'host': {
        const api = API_OF.get(String(step));
        if (api) return [{ kind: 'api', api }];
        return this.#hosts.has(String(step)) || step === 'default' ? [value] : [UNKNOWN];
      }
      case 'api':
        // ty.request.call(…), and what bundlers make of defaults.
        return step === 'default' || step === 'call' || step === 'apply' ? [value] : [UNKNOWN];
      case 'client':
        return [value];
      case 'local':
        return [value];
      default:
        return [UNKNOWN];
    }
  }

  #ofMap({ node, scope }: Placed, step: Step): readonly Value[] {
    const { properties } = node as ExpressionOf<'ObjectExpression'>;
    const plain = this.#plainKeys(node, properties);
    if (plain && step !== ANY) {
      const property = plain.get(String(step));
      return [...(property ? this.#ofProperty(property, scope) : []), ...this.#fields(node, scope, step)];
    }
    const found: Value[] = [];
    let isFound = false;
    this.#steps += properties.length;
    for (const property of properties.toReversed()) {
      if (property.type === 'SpreadElement') {
        const spread = this.#values(property.argument, scope);
        const inner = this.#walk(spread, [step]).filter(({ kind }) => kind !== 'unknown');
        found.push(...inner);
        isFound ||= inner.length > 0;
      } else {
        const keys = property.computed ? this.#stepsOf(property.key, scope) : [nameOf(property.key) ?? ANY];
        if (step !== ANY && !keys.includes(step as string) && !keys.includes(ANY)) continue;
        found.push(...this.#ofProperty(property, scope));
        isFound ||= !keys.includes(ANY);
      }
      if (isFound && step !== ANY) break;
    }
    return [...found, ...this.#fields(node, scope, step)];
  }

  #ofProperty(property: Property, scope: Scope): readonly Value[] {
    if (property.type === 'ObjectProperty') return this.#values(property.value, scope);
    const method: Value = { kind: 'function', node: property, scope };
    return property.type === 'ObjectMethod' && property.kind === 'get' ? this.#result(method) : [method];
  }

  /** The properties of a map by their names, when all of them are written out. */
  #plainKeys(node: Syntax, properties: readonly Property[]): ReadonlyMap<string, Property> | undefined {
    if (this.#keys.has(node)) return this.#keys.get(node);
    const named = properties.map((property) => {
      const isNamed = property.type !== 'SpreadElement' && !property.computed;
      return [isNamed ? nameOf(property.key) : undefined, property] as const;
    });
    const isPlain = named.every(([name]) => name !== undefined);
    const keys = isPlain ? new Map(named as [string, Property][]) : undefined;
    this.#keys.set(node, keys);
    return keys;
  }

  /** What is assigned to `this.name` in the functions of a map or class. */
  #fields(node: Syntax, scope: Scope, step: Step): readonly Value[] {
    const placed = scope.script.fields.get(node)?.get(String(step)) ?? [];
    return placed.flatMap(({ node, scope }) => this.#values(node, scope));
  }

  #ofEnum({ node, scope }: Placed, step: Step): readonly Value[] {
    const { members, body } = node as unknown as { members?: Syntax[]; body?: { members: Syntax[] } };
    return (body?.members ?? members ?? []).flatMap((member) => {
      const { id, initializer } = member as unknown as { id: Syntax; initializer?: Syntax };
      const isMeant = step === ANY || nameOf(id) === step;
      return isMeant && initializer ? this.#values(initializer, scope) : [];
    });
  }

  #ofList({ node, scope }: Placed, step: Step): readonly Value[] {
    const { elements } = node as ExpressionOf<'ArrayExpression'>;
    const index = Number(step === ANY ? Number.NaN : step);
    const hasSpread = elements.some((element) => element?.type === 'SpreadElement');
    const meant = Number.isInteger(index) && !hasSpread ? [elements[index]] : elements;
    if (step !== ANY && !Number.isInteger(index)) return [UNKNOWN];
    return meant.flatMap((element) => {
      if (!element) return [];
      if (element.type !== 'SpreadElement') return this.#values(element, scope);
      return this.#walk(this.#values(element.argument, scope), [ANY]);
    });
  }

  #ofClass({ kind, node, scope }: OfClass, step: Step): readonly Value[] {
    const { body, superClass } = node as ExpressionOf<'ClassExpression'>;
    const inner = scope.script.scopeOf.get(node) ?? scope;
    const wantsStatic = kind === 'class';
    const own = body.body.flatMap((member): readonly Value[] => {
      const {
        key,
        value,
        static: isStatic,
        kind,
      } = member as unknown as {
        key?: Syntax;
        value?: Syntax | null;
        static?: boolean;
        kind?: string;
      };
      if (!key || Boolean(isStatic) !== wantsStatic || nameOf(key) !== step) return [];
      if (value) return this.#values(value, inner);
      const method: Value = { kind: 'function', node: member, scope: inner };
      return member.type.endsWith('Method') ? (kind === 'get' ? this.#result(method) : [method]) : [];
    });
    const all = [...own, ...(wantsStatic ? [] : this.#fields(node, inner, step))];
    if (all.length > 0 || !superClass) return all;
    return this.#values(superClass, scope).flatMap((parent) =>
      parent.kind === 'class' ? this.#member({ ...parent, kind }, step) : [UNKNOWN],
    );
  }

  /** The elements of a list in their order, spreads followed; `unknown` among them where the code computes some. */
  elements(values: readonly Value[], depth = 0): Value[] {
    const [list] = values;
    if (values.length !== 1 || list?.kind !== 'list' || depth > 8) return [UNKNOWN];
    return (list.node as ExpressionOf<'ArrayExpression'>).elements.flatMap((element) => {
      if (!element) return [];
      if (element.type !== 'SpreadElement') return [...this.valuesOf({ node: element, scope: list.scope })];
      const spread = this.valuesOf({ node: element.argument, scope: list.scope });
      return this.#isCut ? [UNKNOWN] : this.elements(spread, depth + 1);
    });
  }

  /** What a script gives under a name, for who reads its configuration. */
  exported(script: Script, name: string): readonly Value[] {
    this.#begin();
    return this.#exported(script, name);
  }
}
