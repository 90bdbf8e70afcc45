/**
 * What calls give, who calls a function, and what its parameters may be. Longer than most files: what a call gives and what its
 * parameters may be ask each other.
 */
import { LOADING } from '../known/apis.ts';
import { BASES, CLIENT_FACTORIES } from '../known/clients.ts';
import { methodOfPolyfill, normalizedBy } from '../call-forms.ts';
import { calledBy, calledName, isMember, memberName, nameOf } from '../names.ts';
import { ANY, type NameOrigin, type PlacedNode, type Scope, type Script } from '../scope.ts';
import { isCall, isFunctionNode, type CallExpression, type Syntax, type SyntaxOf } from '../syntax.ts';
import { isText, UNKNOWN, whereOf, type Value } from '../value.ts';
import type { Callers } from './callers.ts';
import type { Interpreter } from './interpreter.ts';
import { isWeakMap } from './held.ts';
import { FrameworkCalls } from './framework-calls.ts';
import { invoke, invokeStatic } from './methods.ts';
import { Handed } from './handed.ts';
import { leavesOf, parameterAt } from './roles.ts';
import { joined } from './texts.ts';
import type { Modules } from './modules.ts';

type Parameter = Extract<NameOrigin, { kind: 'parameter' }>;
/** What is put into others as settings. */
const MERGED: ReadonlySet<string> = new Set(['ObjectExpression', 'Identifier']);
/** Hooks that give a value and what sets it. */
const STATES = /^use\w*State$|^use(?:Reactive|Reducer)$/;

export class Calls {
  readonly #all: Interpreter;
  readonly #modules: Modules;
  readonly #callers: Callers;
  readonly #questions = new WeakMap<Syntax, Record<number, object>>();
  readonly #handed: Handed;
  readonly #frameworks: FrameworkCalls;

  constructor(all: Interpreter, modules: Modules, callers: Callers) {
    this.#all = all;
    this.#modules = modules;
    this.#callers = callers;
    this.#handed = new Handed(all);
    this.#frameworks = new FrameworkCalls(all);
  }

  call(node: CallExpression, scope: Scope): readonly Value[] {
    const callee = calledBy(node.callee);
    const args = node.arguments;
    const [first] = args;
    if (callee.type === 'Import') return first ? this.#modules.required(first, scope) : [UNKNOWN];
    if (STATES.test(calledName(callee) ?? '')) return [{ kind: 'state', node, scope }];
    const known = this.#known(callee, args, scope) ?? this.#frameworks.byName(callee, node, scope);
    if (known) return known;
    const taken = this.#polyfilled(node, scope) ?? this.#taken(node, scope);
    if (taken) return taken;
    const functions = this.#all.values(callee, scope);
    if (this.#frameworks.isApp(callee, functions, scope)) return this.#frameworks.app();
    const held = first ? this.#frameworks.byRole(functions, node, scope) : undefined;
    if (held) return held;
    const results = functions.flatMap((value) => this.#given(value, args, scope));
    const isKnown = results.length > 0 && results.every(({ kind }) => kind !== 'unknown');
    const kept = isKnown ? undefined : this.#private(args, scope);
    if (kept) return [...kept, ...results.filter(({ kind }) => kind !== 'unknown')];
    return this.#through(args, scope, results) ?? (results.length > 0 ? results : [UNKNOWN]);
  }

  makesElements = (functions: readonly Value[]): boolean => this.#frameworks.makesElements(functions);

  /** What functions of the language, of bundlers and of the vendor give. */
  #known(callee: Syntax, args: readonly Syntax[], scope: Scope): readonly Value[] | undefined {
    const [first] = args;
    if (callee.type === 'Identifier') {
      const { name } = callee;
      if (scope.lookup(name)) return undefined;
      if (name === 'require' && first) return this.#modules.required(first, scope);
      if (name === 'getApp') return this.#frameworks.app();
      return invokeStatic(this.#all, name, placed(args, scope));
    }
    if (!isMember(callee)) return undefined;
    const { object } = callee;
    const name = memberName(callee) ?? '';
    if (object.type === 'Identifier' && !scope.lookup(object.name)) {
      const made = invokeStatic(this.#all, `${object.name}.${name}`, placed(args, scope));
      if (made) return made;
    }
    if (CLIENT_FACTORIES.has(name) && this.#all.values(object, scope).some(({ kind }) => kind === 'client')) {
      return this.#client(first ? this.#all.values(first, scope) : []);
    }
    if (name === 'n' && first && this.#all.values(object, scope).some(({ kind }) => kind === 'require')) {
      const of = this.#all.values(first, scope).flatMap((value) => this.#modules.default(value));
      return [{ kind: 'thunk', of }];
    }
    if (name === 'then' || name === 'catch' || name === 'finally') return this.#chained(object, first, scope);
    return invoke(this.#all, name, { object, args, scope });
  }

  /** A client that was made with settings. */
  #client(settings: readonly Value[]): readonly Value[] {
    const bases = BASES.flatMap((key) => this.#all.walk(settings, [key])).filter(
      (base) => typeof whereOf(base) === 'object',
    );
    return bases.length > 0 ? bases.map((base): Value => ({ kind: 'client', base })) : [{ kind: 'client' }];
  }

  /** What `promise.then(make)` ends with. */
  #chained(object: Syntax, make: Syntax | undefined, scope: Scope): readonly Value[] {
    const made = make ? this.#all.values(make, scope).filter(({ kind }) => kind === 'function') : [];
    return made.length > 0 ? made.flatMap((value) => this.result(value)) : this.#all.values(object, scope);
  }

  #given(value: Value, args: readonly Syntax[], scope: Scope): readonly Value[] {
    const [first] = args;
    switch (value.kind) {
      case 'function':
        return this.#resultOf(value, args, scope);
      case 'thunk':
        return value.of;
      case 'require':
        return first ? this.#modules.bundled(first, scope) : [UNKNOWN];
      case 'client':
        return first ? [UNKNOWN] : [value];
      default:
        return [UNKNOWN];
    }
  }

  /** What a method gives that a polyfill finds, whatever its name: of texts, what is put together; of lists, what a function makes of them too. */
  #polyfilled(node: CallExpression, scope: Scope): readonly Value[] | undefined {
    const method = methodOfPolyfill(node);
    if (!method) return undefined;
    const own = this.#all.values(method.of, scope);
    const texts = own.filter(isText);
    const put = (all: readonly Value[], one: Syntax) => joined(all, () => this.#all.values(one, scope));
    if (texts.length > 0) return method.given.reduce<readonly Value[]>(put, texts);
    const lists = own.filter(({ kind }) => kind === 'list' || kind === 'elements');
    if (lists.length === 0) return undefined;
    const [first] = method.given;
    const made = first ? this.#all.values(first, scope).filter(({ kind }) => kind === 'function') : [];
    const elements = this.#all.walk(lists, [ANY]);
    return [{ kind: 'elements', of: [...made.flatMap((one) => this.result(one)), ...elements] }];
  }

  /** What compilers' helpers hand through, told by how they are called: `_slicedToArray(state, 2)`, `_createClass(of, [methods])`. */
  #taken(node: CallExpression, scope: Scope): readonly Value[] | undefined {
    const [first, second, ...rest] = node.arguments;
    const normalized = normalizedBy(node);
    if (!first || !second) return undefined;
    // Vue 2's loader gives the options under `exports`, which a map of options has too; others call functions with six words as well.
    const options = normalized && this.#ofKind(normalized.options, scope, ['map'])?.filter(this.#isOptions);
    if (options && options.length > 0) return options;
    if (rest.length > 1) return undefined;
    if (second.type === 'NumericLiteral') return this.#ofKind(first, scope, ['state', 'list']);
    // `_export_sfc(options, [["render", draw]])` gives the options.
    if (isPairs(second) && rest.length === 0) return this.#ofKind(first, scope, ['map']);
    const isMethods = second.type === 'ArrayExpression' && second.elements.length > 0;
    const isClass = isMethods || (isNothing(second) && rest[0]?.type === 'ArrayExpression');
    return isClass ? this.#ofKind(first, scope, ['function', 'class']) : undefined;
  }

  /** The private field of an object, as compilers read it: `_classPrivateFieldGet(_host, this)`, either way round. */
  #private(args: readonly Syntax[], scope: Scope): readonly Value[] | undefined {
    const [first, second] = args;
    const isOwn = first?.type === 'ThisExpression' || second?.type === 'ThisExpression';
    const field = first?.type === 'ThisExpression' ? second : first;
    if (!isOwn || field?.type !== 'Identifier') return undefined;
    const kept = this.#all.values(field, scope).filter(isWeakMap);
    return kept.length > 0 ? this.#all.walk(kept, ['value']) : undefined;
  }

  #isOptions = (value: Value): boolean =>
    value.kind === 'map' &&
    this.#all.member(value, 'exports').some((own) => own.kind === 'map' && own.node === value.node);

  #ofKind(node: Syntax, scope: Scope, kinds: readonly Value['kind'][]): readonly Value[] | undefined {
    const found = this.#all.values(node, scope).filter(({ kind }) => kinds.includes(kind));
    return found.length > 0 ? found : undefined;
  }

  /** What comes out of a call because it went in: settings that are merged, a function that is wrapped. */
  #through(args: readonly Syntax[], scope: Scope, results: readonly Value[]): readonly Value[] | undefined {
    const [first] = args;
    if (!first) return undefined;
    // What is made from a function of the API and calls it: promisify(ty.request), ty.request.bind(ty).
    const wrapped = args.flatMap((arg) =>
      arg.type === 'Identifier' || isMember(arg) ? this.#all.values(arg, scope) : [],
    );
    const named = args.flatMap((arg): Value[] => {
      const given = isMember(arg) ? (memberName(arg) ?? '') : '';
      return LOADING.has(given) && this.#all.values(arg, scope).every(({ kind }) => kind === 'unknown')
        ? [{ kind: 'api', name: given }]
        : [];
    });
    const apis = [...wrapped.filter(({ kind }) => kind === 'api'), ...named];
    if (apis.length > 0) return apis;
    // A function that makes functions of the API of their names, as Ray's kits are made: factory("request").
    const name = first.type === 'StringLiteral' ? nameOf(first) : undefined;
    const makesFunctions = results.some(({ kind }) => kind === 'function' || kind === 'unknown');
    if (args.length === 1 && name !== undefined && LOADING.has(name) && makesFunctions) return [{ kind: 'api', name }];
    const merged = this.#merged(args, scope, results);
    if (merged) return merged;
    if (results.some(({ kind }) => kind !== 'unknown' && kind !== 'function')) return undefined;
    const given = (kind: Value['kind'], ...types: string[]) =>
      args
        .filter(({ type }) => types.includes(type))
        .flatMap((arg) => this.#all.values(arg, scope))
        .filter((value) => value.kind === kind);
    const maps = args.length > 1 ? given('map', 'ObjectExpression', 'Identifier') : [];
    if (maps.length > 0) return [...maps, UNKNOWN];
    // debounce(f, 300), useCallback(f, []), _asyncToGenerator(mark(f)): whoever calls what comes out calls the function.
    const functions = given('function', 'FunctionExpression', 'ArrowFunctionExpression', 'CallExpression');
    return functions.length > 0 ? [...functions, ...results] : undefined;
  }

  /** What comes out of a function that gives its first argument back, with the others put into it: `_objectSpread({}, options)`. */
  #merged([first, ...rest]: readonly Syntax[], scope: Scope, results: readonly Value[]): readonly Value[] | undefined {
    const isMaybe = rest.some((one) => MERGED.has(one.type) || isMember(one) || isCall(one));
    if (!first || !isMaybe || !results.some(({ kind }) => kind === 'map')) return undefined;
    const into = this.#all.values(first, scope).filter(({ kind }) => kind === 'map');
    const nodes = new Set(results.map((value) => ('node' in value ? value.node : undefined)));
    if (!into.some((value) => 'node' in value && nodes.has(value.node))) return undefined;
    const put = rest.flatMap((argument) => this.#all.values(argument, scope)).filter(({ kind }) => kind === 'map');
    return [...into, ...put, UNKNOWN];
  }

  /** What a function gives back where it is called with these arguments: one that it gives on is the one of this call. */
  #resultOf(value: Extract<Value, { kind: 'function' }>, args: readonly Syntax[], scope: Scope): readonly Value[] {
    const { node } = value;
    const leaves = (value.scope.script.returns.get(node) ?? []).flatMap(leavesOf);
    const given = leaves.map((leaf) => {
      const binding = leaf.node.type === 'Identifier' ? leaf.scope.lookup(leaf.node.name) : undefined;
      const index = binding?.origins.length === 1 ? parameterAt(leaf.node, leaf.scope, node) : undefined;
      const argument = index === undefined ? undefined : args[index];
      const isPlain = argument && !args.slice(0, index! + 1).some(({ type }) => type === 'SpreadElement');
      return isPlain ? argument : undefined;
    });
    if (given.every((argument) => argument === undefined)) return this.result(value);
    return leaves.flatMap((leaf, i) =>
      given[i] ? this.#all.values(given[i], scope) : this.#all.values(leaf.node, leaf.scope),
    );
  }

  /** What a function gives back. */
  result(value: Value): readonly Value[] {
    if (value.kind === 'thunk') return value.of;
    if (value.kind !== 'function') return [UNKNOWN];
    const { async: isAsync } = value.node;
    const returns = value.scope.script.returns.get(value.node) ?? [];
    const results = returns.flatMap(({ node, scope }) => this.#all.values(node, scope));
    return isAsync && results.length === 0 ? [UNKNOWN] : results;
  }

  new(node: SyntaxOf<'NewExpression'>, scope: Scope): readonly Value[] {
    const { callee, arguments: args } = node;
    const [first, second] = args;
    if (callee.type === 'Identifier' && !scope.lookup(callee.name)) {
      if ((callee.name === 'URL' || callee.name === 'Request') && first) {
        const own = this.#all.values(first, scope);
        const isOwn = own.some((value) => typeof whereOf(value) === 'object');
        return isOwn || !second ? own : this.#all.values(second, scope);
      }
      if ((callee.name === 'Map' || callee.name === 'Set') && first) {
        return [{ kind: 'elements', of: this.#all.walk(this.#all.values(first, scope), [ANY]) }];
      }
      if (callee.name === 'WeakMap') return [{ kind: 'ref', node, scope }];
      if (callee.name === 'Promise' && first) return this.#promised(first, scope);
    }
    return this.#all.values(callee, scope).flatMap((value): readonly Value[] => {
      if (value.kind === 'class') return [{ kind: 'instance', node: value.node, scope: value.scope }];
      if (value.kind === 'function') return [{ kind: 'made', node: value.node, scope: value.scope }];
      if (value.kind === 'client') return this.#client(first ? this.#all.values(first, scope) : []);
      // `new (_Map())([["api", host]])`, as compilers write it with core-js.
      const isTable = value.kind === 'unknown' && first && isPairs(first);
      if (!isTable) return [UNKNOWN];
      // Another class may keep something else of such a list.
      return [{ kind: 'elements', of: [...this.#all.walk(this.#all.values(first, scope), [ANY]), UNKNOWN] }];
    });
  }

  /** What `new Promise((resolve) => resolve(value))` ends with: what its function calls its first parameter with. */
  #promised(make: Syntax, scope: Scope): readonly Value[] {
    const [parameter] = isFunctionNode(make) ? make.params : [];
    const resolve = parameter && nameOf(parameter);
    const inner = scope.script.scopeOf.get(make);
    if (resolve === undefined || !inner) return [UNKNOWN];
    const given = scope.script.sites.flatMap(({ node, scope: at }) => {
      const isMade = isCall(node) || node.type === 'NewExpression';
      if (!isMade || nameOf(node.callee) !== resolve || at.lookup(resolve) !== inner.own(resolve)) return [];
      const [argument] = node.arguments;
      return argument ? this.#all.values(argument, at) : [];
    });
    return given.length > 0 ? given : [UNKNOWN];
  }

  /** What a function's parameter may be: what those who call it in this project give. */
  parameter({ of, index, isRest }: Parameter, script: Script): readonly Value[] {
    const viewed = index === 0 ? script.viewing.get(of) : undefined;
    const options = viewed ? [{ node: viewed, scope: script.scopeOf.get(viewed)! }] : this.#callers.drawnOf(of);
    if (options.length > 0) return options.map(({ node, scope }): Value => ({ kind: 'map', node, scope }));
    const list = script.iterated.get(of);
    if (list && index === 0) return this.#all.walk(this.#all.values(list.node, list.scope), [ANY]);
    const promise = script.awaited.get(of);
    if (promise && index === 0) return this.#all.values(promise.node, promise.scope);
    const handed = isRest ? [] : this.#handed.given(of, index, script);
    if (handed.length > 0) return handed;
    const callers = this.#all.callersOf(of);
    const given = callers.flatMap(({ node, scope, from, forwards }): readonly Value[] => {
      if (forwards) return this.#forwarded({ kind: 'parameter', of: forwards, index, isRest, path: [] }, scope.script);
      const args = node.arguments;
      const spread = args.find((arg) => arg.type === 'SpreadElement');
      if (spread) return this.#all.walk(this.#all.values(spread.argument, scope), [ANY]);
      if (isRest)
        return [{ kind: 'elements', of: args.slice(index + from).flatMap((arg) => this.#all.values(arg, scope)) }];
      const argument = args[index + from];
      return argument ? this.#all.values(argument, scope) : [];
    });
    const isFirst = index === 0 && !isRest && this.#all.scripts.writes('defaultProps').length > 0;
    const defaults = isFirst ? this.#all.defaultsOf(of) : [];
    return callers.length > 0 || defaults.length > 0 ? [...given, ...defaults] : [UNKNOWN];
  }

  /** What a function forwards of its own arguments; functions may forward to each other in a circle. */
  #forwarded(origin: Parameter, script: Script): readonly Value[] {
    const { answers, budget } = this.#all;
    return answers.to(this.#question(origin), () => {
      budget.spend(1);
      return budget.isOver ? [UNKNOWN] : budget.deeper(() => this.parameter(origin, script));
    });
  }

  /** The same for the same arguments of a function, so that their answer is kept. */
  #question({ of, index, isRest }: Parameter): object {
    const questions = this.#questions.get(of) ?? [];
    this.#questions.set(of, questions);
    return (questions[isRest ? -1 - index : index] ??= {});
  }
}

/** Whether a list is written as pairs of a name and what has it. */
const isPairs = (node: Syntax): boolean =>
  node.type === 'ArrayExpression' &&
  node.elements.length > 0 &&
  node.elements.every((pair) => pair?.type === 'ArrayExpression' && pair.elements[0]?.type === 'StringLiteral');

/** `null`, `undefined` and what minifiers write for it. */
const isNothing = (node: Syntax): boolean =>
  node.type === 'NullLiteral' ||
  node.type === 'UnaryExpression' ||
  (node.type === 'Identifier' && node.name === 'undefined');

const placed = (args: readonly Syntax[], scope: Scope): PlacedNode[] => args.map((node) => ({ node, scope }));
