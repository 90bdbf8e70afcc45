/** What calls of frameworks' functions give: told by their names, or, where a bundler has renamed them, by what their code does. */
import { COMPUTING, HELD, MEMO_HOOKS, PASSING, RENDERING_LISTS, SHORT_PASSING } from '../known/frameworks.ts';
import { calledName, isMember, memberName, nameOf } from '../names.ts';
import { ANY, type Scope } from '../scope.ts';
import type { CallExpression, Syntax } from '../syntax.ts';
import { UNKNOWN, type Value } from '../value.ts';
import { isLaunched } from '../read-call.ts';
import { isMap } from './held.ts';
import type { Interpreter } from './interpreter.ts';
import { Provided } from './provided.ts';
import { Roles } from './roles.ts';

export class FrameworkCalls {
  readonly #all: Interpreter;
  readonly #roles: Roles;
  readonly #provided: Provided;

  constructor(all: Interpreter) {
    this.#all = all;
    this.#roles = new Roles(all);
    this.#provided = new Provided(all, this.#roles);
  }

  /** What functions give that hold values for a framework, by their names: `ref`, `computed`, `defineStore`, uni-app's short ones. */
  byName(callee: Syntax, node: CallExpression, scope: Scope): readonly Value[] | undefined {
    const name = calledName(callee) ?? '';
    const [first, second] = node.arguments;
    // A function of the project may have that name, too.
    const isOwn = () => this.#all.values(callee, scope).some(({ kind }) => kind === 'function');
    if (HELD.has(name) && (first || !isOwn())) return [{ kind: 'ref', node, scope }];
    if (!first) return undefined;
    if (name === 'inject' && !isOwn()) return this.#injected(node, scope);
    if (name === 'toRef') return this.#memberOf(node, scope);
    if (COMPUTING.has(name)) return [{ kind: 'computed', node, scope }];
    if (MEMO_HOOKS.has(name)) return this.#all.values(first, scope).flatMap((one) => this.#all.result(one));
    if (name === 'useContext') return this.#all.values(first, scope).flatMap(this.#inContext);
    if (PASSING.has(name)) return this.#all.values(first, scope);
    if (name === 'defineStore') {
      const options = this.#all.values(second ?? first, scope);
      return [
        { kind: 'thunk', of: options.flatMap((one) => (one.kind === 'function' ? this.#all.result(one) : [one])) },
      ];
    }
    if (!isMember(callee)) return undefined;
    if (name === '__get_style')
      return this.#all
        .values(first, scope)
        .flatMap((one) => (one.kind === 'list' ? this.#all.member(one, ANY) : [one]));
    const isList = RENDERING_LISTS.has(name) && second !== undefined && node.arguments.length === 2;
    if (!isList && !SHORT_PASSING.has(name)) return undefined;
    const isModule = name === '__map' || this.#all.values(callee.object, scope).some(({ kind }) => kind === 'script');
    if (!isModule) return undefined;
    if (!isList) {
      const passed = node.arguments.flatMap((argument) => this.#all.values(argument, scope));
      // A function of the project may have such a name too.
      const made = this.#all.values(callee, scope).flatMap((one) => this.#all.result(one));
      return [...passed, ...made.filter(({ kind }) => kind === 'text')];
    }
    const made = this.#all.values(second, scope).flatMap((one) => this.#all.result(one));
    return [{ kind: 'elements', of: made }];
  }

  /** What functions give that hold values for a framework, whatever they are called. */
  byRole(functions: readonly Value[], node: CallExpression, scope: Scope): readonly Value[] | undefined {
    const role = functions.map((value) => this.#roles.of(value)).find((one) => one !== undefined);
    const [first] = node.arguments;
    if (role === undefined || !first) return undefined;
    if (role === 'provide' || role === 'element') return undefined;
    if (role === 'inject') return this.#injected(node, scope);
    if (role === 'passing') return this.#all.values(first, scope);
    if (role === 'member') return this.#memberOf(node, scope);
    // A function of the project may look like one of these: what it gives that is written out is not hidden.
    const own = functions.flatMap((one) => this.#all.result(one)).filter(isMap);
    return [{ kind: role, node, scope }, ...own];
  }

  /** What a context is given by default, and by those who provide it: `useContext` gives that itself, a text too. */
  #inContext = (context: Value): readonly Value[] =>
    context.kind === 'ref' ? this.#all.member(context, 'value') : [context];

  /** Whether one of functions makes elements of React or of what is like it. */
  makesElements = (functions: readonly Value[]): boolean =>
    functions.some((value) => this.#roles.of(value) === 'element');

  /** What is provided under a name, and what is given where nobody provides it: `inject("host", "https://…")`. */
  #injected({ arguments: [key, fallback] }: CallExpression, scope: Scope): readonly Value[] {
    const steps = key ? this.#all.steps(key, scope) : [];
    const found = steps.flatMap((step) => (typeof step === 'string' ? this.#provided.under(step) : []));
    const given = fallback ? this.#all.values(fallback, scope) : [];
    return found.length + given.length > 0 ? [...found, ...given] : [UNKNOWN];
  }

  /** What `toRef(props, "host")` keeps: the member of that name, or what it is given alone. */
  #memberOf({ arguments: [object, key] }: CallExpression, scope: Scope): readonly Value[] {
    const of = object ? this.#all.values(object, scope) : [];
    return key ? this.#all.steps(key, scope).flatMap((step) => this.#all.walk(of, [step])) : of;
  }

  /** What `getApp` gives. */
  app(): readonly Value[] {
    const { apps, isRegistered } = this.#all.scripts.app();
    const found = apps.flatMap(({ node, scope }) => this.#all.values(node, scope));
    // A component may have such data too: what is called when it is launched is an app, where nothing else may be it.
    const isSure = isRegistered || (apps.length === 1 && apps.every(({ node }) => isLaunched(node)));
    return isSure ? found : [...found, UNKNOWN];
  }

  /** Whether `getApp` is called under another name, of a package or of an object that nobody knows: `Taro.getApp()`, `globalThis.getApp()`. */
  isApp(callee: Syntax, functions: readonly Value[], scope: Scope): boolean {
    if (functions.some((value) => value.kind === 'api' && value.name === 'getApp')) return true;
    const isUnknown = functions.every(({ kind }) => kind === 'unknown');
    if (isMember(callee)) return isUnknown && memberName(callee) === 'getApp';
    const origins = callee.type === 'Identifier' ? (scope.lookup(callee.name)?.origins ?? []) : [];
    return origins.some((origin) => {
      const given = origin.kind === 'value' && origin.path.length === 0 ? origin.value : undefined;
      return given !== undefined && nameOf(given.node) === 'getApp' && !given.scope.lookup('getApp');
    });
  }
}
