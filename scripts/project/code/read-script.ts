/** From a tree to its names, what it gives to others, and the places that may hold an address. One pass, nothing evaluated. */
import { givingOf, modulesOfCall, modulesOfMap, type Module } from './bundles.ts';
import { isApiObject, isHandedOn } from './handed-on.ts';
import { PICTURES } from './known/apis.ts';
import { BASE_NAMES } from './known/clients.ts';
import { SOURCES } from './known/elements.ts';
import { GROUPS, HOLDING, LIVING, REGISTERING, RENDERING_LISTS, VIEWING } from './known/frameworks.ts';
import { calledName, isMember, memberName, nameOf } from './names.ts';
import { declared, declarePattern } from './patterns.ts';
import { ANY, Scope, type Origin, type Placed, type Script } from './scope.ts';
import { dataOf } from './set-data.ts';
import { eachChild, forgetForm, type ExpressionOf, type StatementOf, type Syntax } from './syntax.ts';

type Fn = ExpressionOf<'FunctionExpression'> | ExpressionOf<'ArrowFunctionExpression'>;
interface Pending extends Placed {
  readonly name: string;
  /** Whether it is added to what the name has. */
  readonly isMore: boolean;
}

export function readScript(path: string, text: string, program: Syntax): Script {
  const script: Script = {
    path,
    text,
    sites: [],
    exports: new Map(),
    stars: [],
    scopeOf: new Map(),
    returns: new Map(),
    fields: new Map(),
    registered: undefined,
    members: new Set(),
    viewing: new Map(),
    isDrawn: false,
    iterated: new Map(),
    awaited: new Map(),
    data: [],
    writes: new Map(),
    pushes: [],
    modules: new Map(),
  };
  const top = new Scope(script);
  script.scopeOf.set(program, top);
  const pending: Pending[] = [];
  new Reader(script, pending).visitAll(program, top);
  for (const { name, node, scope, isMore } of pending) {
    const binding = scope.lookup(name);
    if (binding && isMore) (binding.added ??= []).push({ node, scope });
    else binding?.origins.push({ kind: 'value', value: { node, scope }, path: [] });
  }
  return script;
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);
const BLOCKS: ReadonlySet<string> = new Set([
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'CatchClause',
]);
const ITERATING: ReadonlySet<string> = new Set(['forEach', 'map', 'flatMap', 'filter', 'find', 'some', 'every']);
/** Members whose setting is looked at for an address. */
const TELLING: ReadonlySet<string> = new Set([...SOURCES, ...PICTURES, ...BASE_NAMES, 'url']);
const ADDING: ReadonlySet<string> = new Set(['push', 'unshift', 'add']);

class Reader {
  readonly #script: Script;
  readonly #pending: Pending[];
  /** The functions around the place that is read. */
  readonly #functions: Syntax[] = [];
  /** Maps whose functions have the `this` of the options around them, and those. */
  readonly #groups = new Map<Syntax, Syntax>();
  readonly #groupName = new Map<Syntax, string>();
  /** The functions of a bundle's modules. */
  readonly #modules = new Map<Syntax, Script>();
  /** What the place belongs to: the script, or a module in it. */
  #current: Script;

  constructor(script: Script, pending: Pending[]) {
    this.#script = script;
    this.#current = script;
    this.#pending = pending;
  }

  visitAll(node: Syntax, scope: Scope): void {
    eachChild(node, (child) => this.visit(child, scope, node));
  }

  visit(node: Syntax, scope: Scope, parent: Syntax): void {
    forgetForm(node);
    if (FUNCTIONS.has(node.type)) return this.#function(node as Fn, scope, parent);
    switch (node.type) {
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#class(node as ExpressionOf<'ClassExpression'>, scope);
      case 'VariableDeclaration':
        this.#variables(node as StatementOf<'VariableDeclaration'>, scope, parent);
        break;
      case 'ImportDeclaration':
        this.#imports(node as StatementOf<'ImportDeclaration'>, scope);
        return;
      case 'ExportNamedDeclaration':
        this.#exportNamed(node as StatementOf<'ExportNamedDeclaration'>, scope);
        break;
      case 'ExportDefaultDeclaration':
        this.#export('default', known((node as unknown as { declaration: Syntax }).declaration, scope));
        break;
      case 'ExportAllDeclaration':
        this.#script.stars.push((node as StatementOf<'ExportAllDeclaration'>).source.value);
        return;
      case 'TSModuleDeclaration':
        return this.#namespace(node, scope);
      case 'TSEnumDeclaration': {
        const { id } = node as unknown as { id: Syntax & { name?: string } };
        if (id.name !== undefined) scope.declare(id.name).origins.push(known(node, scope));
        break;
      }
      case 'AssignmentExpression':
        this.#assignment(node as ExpressionOf<'AssignmentExpression'>, scope);
        break;
      case 'UpdateExpression': {
        const { argument } = node as ExpressionOf<'UpdateExpression'>;
        const binding = argument.type === 'Identifier' ? scope.lookup(argument.name) : undefined;
        if (binding) binding.isOpen = true;
        break;
      }
      case 'ReturnStatement': {
        const { argument } = node as StatementOf<'ReturnStatement'>;
        const around = this.#functions.at(-1);
        if (argument && around) put(this.#script.returns, around, { node: argument, scope });
        break;
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
        this.#call(node as ExpressionOf<'CallExpression'>, scope);
        break;
      case 'ObjectExpression':
        this.#map(node as ExpressionOf<'ObjectExpression'>, scope);
        break;
      case 'NewExpression':
      case 'JSXOpeningElement':
        this.#script.sites.push({ node, scope });
        break;
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const { object } = node as ExpressionOf<'MemberExpression'>;
        if (isHandedOn(node, parent) && isApiObject(object, scope)) this.#script.sites.push({ node, scope });
        break;
      }
    }
    const inner = BLOCKS.has(node.type) ? new Scope(this.#script, scope, false) : scope;
    this.visitAll(node, inner);
  }

  #scope(node: Syntax, scope: Scope): Scope {
    this.#script.scopeOf.set(node, scope);
    return scope;
  }

  #function(node: Fn, scope: Scope, parent: Syntax): void {
    const { type } = node as Syntax;
    const { id } = node as unknown as { id?: { name: string } | null };
    if (type === 'FunctionDeclaration' && id) scope.declare(id.name, true).origins.push(known(node, scope));
    const isArrow = type === 'ArrowFunctionExpression';
    const isOwned = type === 'ObjectMethod' || type.startsWith('Class') || parent.type === 'ObjectProperty';
    // A method's `this` is the map or class that it stands in, which the scope around it was told.
    const owner = isArrow ? undefined : isOwned ? (ownerOf.get(parent) ?? ownerOf.get(node) ?? null) : null;
    const inner = this.#scope(node, new Scope(this.#script, scope, true, owner, node));
    if (type === 'FunctionExpression' && id) inner.declare(id.name).origins.push(known(node, scope));
    const module = this.#modules.get(node);
    const given = module ? handedTo(module) : [];
    for (const [index, parameter] of (node.params as unknown as Syntax[]).entries()) {
      const isRest = parameter.type === 'RestElement';
      const pattern = isRest ? (parameter as unknown as { argument: Syntax }).argument : parameter;
      declarePattern(pattern, inner, (path) => given[index] ?? { kind: 'parameter', of: node, index, isRest, path });
      this.visit(parameter, inner, node);
    }
    const body = node.body as Syntax;
    if (body.type !== 'BlockStatement') this.#script.returns.set(node, [{ node: body, scope: inner }]);
    const around = this.#current;
    this.#current = module ?? around;
    this.#functions.push(node);
    this.visit(body, inner, node);
    this.#functions.pop();
    this.#current = around;
  }

  #bundled(modules: readonly Module[]): void {
    for (const [name, of] of modules) {
      const module: Script = { ...this.#script, exports: new Map(), stars: [] };
      this.#script.modules.set(name, module);
      this.#modules.set(of, module);
    }
  }

  #map(node: ExpressionOf<'ObjectExpression'>, scope: Scope): void {
    this.#bundled(modulesOfMap(node));
    const owner = this.#groups.get(node) ?? node;
    for (const property of node.properties) {
      ownerOf.set(property, owner);
      this.#member(property as Syntax);
      this.#option(property as Syntax, node, owner, scope);
      const isPicture =
        property.type === 'ObjectProperty' && !property.computed && PICTURES.has(nameOf(property.key) ?? '');
      if (isPicture) this.#script.sites.push({ node: property, scope });
    }
  }

  /** A namespace of TypeScript: its name stands for what it exports. */
  #namespace(node: Syntax, scope: Scope): void {
    const { id } = node as unknown as { id: Syntax };
    const module: Script = { ...this.#script, exports: new Map(), stars: [] };
    const name = id.type === 'Identifier' ? nameOf(id) : undefined;
    if (name !== undefined) scope.declare(name).origins.push({ kind: 'given', as: 'script', script: module });
    const around = this.#current;
    this.#current = module;
    this.visitAll(node, new Scope(this.#script, scope));
    this.#current = around;
  }

  #member(property: Syntax): void {
    const { key, value } = property as { key?: Syntax; value?: Syntax | null };
    const name = key && nameOf(key);
    if (name !== undefined && !value?.type.endsWith('Literal')) this.#script.members.add(name);
  }

  /** What a property is of options, if it is one: a group of functions, or a function that is given what is made of them. */
  #option(property: Syntax, node: Syntax, owner: Syntax, scope: Scope): void {
    const { key, value = property, computed } = property as { key?: Syntax; value?: Syntax; computed?: boolean };
    const name = key && !computed ? nameOf(key) : undefined;
    const isFunction = FUNCTIONS.has(value.type);
    const group = this.#groupName.get(node);
    // Names in it are looked up from where it stands, not from where it is used.
    if (isFunction) this.#scope(owner === node ? node : owner, this.#script.scopeOf.get(owner) ?? scope);
    if (isFunction && VIEWING.has(group ?? name ?? '')) this.#script.viewing.set(value, owner);
    if (name === undefined || value.type !== 'ObjectExpression' || !GROUPS.has(name)) return;
    this.#groups.set(value, owner);
    this.#groupName.set(value, name);
    this.#scope(owner, this.#script.scopeOf.get(owner) ?? scope);
  }

  #class(node: ExpressionOf<'ClassExpression'>, scope: Scope): void {
    if (node.id) scope.declare(node.id.name).origins.push(known(node, scope));
    if (node.superClass) this.visit(node.superClass, scope, node);
    const inner = this.#scope(node, new Scope(this.#script, scope, true, node));
    for (const member of node.body.body) {
      ownerOf.set(member, node);
      this.#member(member as Syntax);
      if (FUNCTIONS.has(member.type)) this.#function(member as never, inner, member);
      else this.visitAll(member, inner);
    }
  }

  #variables(node: StatementOf<'VariableDeclaration'>, scope: Scope, parent: Syntax): void {
    const isVar = node.kind === 'var';
    for (const { id, init } of node.declarations) {
      const loop = parent as Syntax & { right?: Syntax };
      if (init) declarePattern(id, scope, (path) => ({ kind: 'value', value: { node: init, scope }, path }), isVar);
      else if (parent.type === 'ForOfStatement' && loop.right) {
        const { right } = loop;
        declarePattern(
          id,
          scope,
          (path) => ({ kind: 'value', value: { node: right, scope }, path: [ANY, ...path] }),
          isVar,
        );
      } else declarePattern(id, scope, undefined, isVar, parent.type === 'ForInStatement');
    }
  }

  #imports(node: StatementOf<'ImportDeclaration'>, scope: Scope): void {
    const from = node.source.value;
    for (const specifier of node.specifiers) {
      const imported = specifier.type === 'ImportSpecifier' ? (nameOf(specifier.imported) ?? '') : undefined;
      const name = imported ?? (specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*');
      scope.declare(specifier.local.name).origins.push({ kind: 'import', from, name });
    }
  }

  #exportNamed(node: StatementOf<'ExportNamedDeclaration'>, scope: Scope): void {
    const { declaration, source, specifiers } = node;
    for (const specifier of specifiers) {
      const name = nameOf(specifier.exported) ?? '';
      const local = 'local' in specifier ? (nameOf(specifier.local) ?? '') : '*';
      if (source) this.#export(name, { kind: 'import', from: source.value, name: local });
      else if ('local' in specifier) this.#export(name, known(specifier.local, scope));
    }
    for (const name of declared(declaration)) {
      this.#export(name, known({ type: 'Identifier', name } as Syntax, scope));
    }
  }

  #export(name: string, origin: Origin): void {
    put(this.#current.exports, name, origin);
  }

  /** Whether an expression is what the script, or the module around it, gives to others. */
  #isExports(node: Syntax, scope: Scope): boolean {
    if (isMember(node)) return memberName(node) === 'exports' && this.#isModule(node.object, scope);
    if (node.type !== 'Identifier') return false;
    const { name } = node as ExpressionOf<'Identifier'>;
    const binding = scope.lookup(name);
    if (!binding) return name === 'exports';
    const [origin] = binding.origins;
    return origin?.kind === 'given' && origin.as === 'script' && origin.script === this.#current;
  }

  #isModule(node: Syntax, scope: Scope): boolean {
    if (node.type !== 'Identifier') return false;
    const { name } = node as ExpressionOf<'Identifier'>;
    const origin = scope.lookup(name)?.origins[0];
    return origin ? origin.kind === 'given' && origin.as === 'module' : name === 'module';
  }

  #assignment(node: ExpressionOf<'AssignmentExpression'>, scope: Scope): void {
    const { left, right, operator } = node;
    const isPlain = ['=', '||=', '??='].includes(operator);
    if (left.type === 'Identifier') {
      this.#pending.push({ name: left.name, node: right, scope, isMore: !isPlain });
    }
    if (left.type !== 'MemberExpression' || !isPlain) return;
    const name = memberName(left);
    if (name !== undefined && TELLING.has(name)) this.#script.sites.push({ node, scope });
    const object = nameGiven(left.object);
    const value: Placed = { node: right, scope };
    const given: Origin = { kind: 'value', value, path: [] };
    if (this.#isExports(left, scope)) this.#export('*', given);
    else if (name === undefined) this.#script.pushes.push({ object: { node: object, scope }, value });
    else if (this.#isExports(object, scope)) this.#export(name, given);
    else if (object.type === 'ThisExpression' && scope.self) this.#field(scope.self, name, value);
    else put(this.#script.writes, name, { object: { node: object, scope }, value });
  }

  #field(self: Syntax, name: string, value: Placed): void {
    const fields = this.#script.fields.get(self) ?? new Map<string, Placed[]>();
    this.#script.fields.set(self, fields);
    put(fields, name, value);
  }

  #call(node: ExpressionOf<'CallExpression'>, scope: Scope): void {
    this.#script.sites.push({ node, scope });
    const { callee } = node;
    this.#bundled(modulesOfCall(node));
    const giving = givingOf(node);
    for (const [name, value] of giving?.names ?? []) {
      if (this.#isExports(giving!.target, scope)) this.#export(name, known(value, scope));
      else put(this.#script.writes, name, { object: { node: giving!.target, scope }, value: { node: value, scope } });
    }
    const args = node.arguments as Syntax[];
    const [first] = args;
    if (!first) return;
    const name = calledName(callee);
    if (REGISTERING.has(name ?? '') || this.#isRegistering(first)) {
      this.#script.registered ??= { node: first, scope };
      this.#script.isDrawn ||= isMember(callee) && args.length === 1;
    }
    const [, given] = args;
    if (args.length === 2 && given && FUNCTIONS.has(given.type) && RENDERING_LISTS.has(name ?? '')) {
      this.#script.iterated.set(given, { node: first, scope });
    }
    // `Object.assign(options, {url})` puts it into what has a name.
    const [, more] = args;
    if (name === 'assign' && first.type === 'Identifier' && more?.type === 'ObjectExpression') {
      for (const property of (more as ExpressionOf<'ObjectExpression'>).properties) {
        const key = property.type === 'ObjectProperty' && !property.computed ? nameOf(property.key) : undefined;
        if (key === undefined) continue;
        const { value } = property as unknown as { value: Syntax };
        put(this.#script.writes, key, { object: { node: first, scope }, value: { node: value, scope } });
      }
    }
    // `_defineProperty(this, "host", value)`, as compilers write the fields of classes.
    const field = args.length === 3 && args[1]!.type === 'StringLiteral' ? nameOf(args[1]!) : undefined;
    const owner = nameGiven(first);
    if (field !== undefined && (owner.type === 'Identifier' || owner.type === 'ThisExpression')) {
      put(this.#script.writes, field, { object: { node: owner, scope }, value: { node: args[2]!, scope } });
    }
    // `__exportStar(require('./a'), exports)`, as TypeScript writes it.
    const star = args[1] && this.#isExports(args[1], scope) ? requiredBy(first) : undefined;
    if (star !== undefined) this.#current.stars.push(star);
    if (!isMember(callee)) return;
    const object: Placed = { node: callee.object, scope };
    if (name === 'setData') this.#data(first, scope);
    if (name === 'setState' && scope.self) this.#field(scope.self, 'state', { node: first, scope });
    if (name === 'setState') put(this.#script.writes, 'state', { object, value: { node: first, scope } });
    if (ITERATING.has(name ?? '')) this.#script.iterated.set(first, object);
    if (name === 'then') this.#script.awaited.set(first, object);
    if (ADDING.has(name ?? '')) {
      for (const value of args) this.#script.pushes.push({ object, value: { node: value, scope } });
    }
  }

  /** Whether a map is what a page or component is made of, whatever a compiler calls the function that makes it. */
  #isRegistering(node: Syntax): boolean {
    const { properties = [] } = node as Partial<ExpressionOf<'ObjectExpression'>>;
    const names = properties.flatMap((property) =>
      property.type === 'SpreadElement' ? [] : (nameOf(property.key) ?? []),
    );
    return names.some((name) => HOLDING.has(name)) && names.some((name) => LIVING.has(name));
  }

  /** What `this.setData` is called with; it is data of the page that calls it too. */
  #data(given: Syntax, scope: Scope): void {
    for (const node of dataOf(given, scope)) {
      this.#script.data.push({ node, scope });
      if (scope.self) this.#field(scope.self, 'data', { node, scope });
    }
  }
}

function put<K, T>(map: Map<K, T[]>, name: K, item: T): void {
  const known = map.get(name);
  if (known) known.push(item);
  else map.set(name, [item]);
}

/** What minifiers write in one: `(n = c(this, e, [t])).host = …` writes to what `n` names. */
const nameGiven = (node: Syntax): Syntax => {
  const inner = node.type === 'ParenthesizedExpression' ? (node as unknown as { expression: Syntax }).expression : node;
  const { left } = inner as Partial<ExpressionOf<'AssignmentExpression'>>;
  return inner.type === 'AssignmentExpression' && left?.type === 'Identifier' ? left : node;
};

/** What a bundler calls a module's function with: the module, what it gives, and what finds others. */
const handedTo = (script: Script): readonly Origin[] => [
  { kind: 'given', as: 'module', script },
  { kind: 'given', as: 'script', script },
  { kind: 'given', as: 'require', script },
];

function requiredBy(node: Syntax): string | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const { callee, arguments: args } = node as ExpressionOf<'CallExpression'>;
  const [first] = args as Syntax[];
  return nameOf(callee) === 'require' && first?.type === 'StringLiteral' ? nameOf(first) : undefined;
}

/** The class or map in which a method stands. */
const ownerOf = new WeakMap<Syntax, Syntax>();

const known = (node: Syntax, scope: Scope): Origin => ({ kind: 'value', value: { node, scope }, path: [] });
