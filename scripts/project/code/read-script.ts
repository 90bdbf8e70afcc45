/** From a tree to its names, what it gives to others, and the places that may hold an address. One pass, nothing evaluated. */
import { ANY, Scope, type Origin, type Placed, type Script, type Step } from './scope.ts';
import { eachChild, type ExpressionOf, type StatementOf, type Syntax } from './syntax.ts';

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
    iterated: new Map(),
    data: [],
  };
  const top = new Scope(script);
  script.scopeOf.set(program, top);
  const pending: Pending[] = [];
  new Reader(script, pending).visitAll(program, top);
  for (const { name, node, scope, isMore } of pending) {
    const binding = scope.lookup(name);
    if (binding && isMore) binding.grows = true;
    else binding?.origins.push({ kind: 'value', value: { node, scope }, path: [] });
  }
  return script;
}

/** The scope of the script itself, where there is one. */
export const topOf = (script: Script): Scope => script.scopeOf.values().next().value!;

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

class Reader {
  readonly #script: Script;
  readonly #pending: Pending[];
  /** The functions around the place that is read. */
  readonly #functions: Syntax[] = [];

  constructor(script: Script, pending: Pending[]) {
    this.#script = script;
    this.#pending = pending;
  }

  visitAll(node: Syntax, scope: Scope): void {
    eachChild(node, (child) => this.visit(child, scope, node));
  }

  visit(node: Syntax, scope: Scope, parent: Syntax): void {
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
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration': {
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
        const returns = this.#script.returns.get(this.#functions.at(-1)!);
        if (argument) returns?.push({ node: argument, scope });
        break;
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
        this.#call(node as ExpressionOf<'CallExpression'>, scope);
        break;
      case 'ObjectExpression':
        for (const property of (node as ExpressionOf<'ObjectExpression'>).properties) ownerOf.set(property, node);
        break;
      case 'NewExpression':
      case 'JSXOpeningElement':
        this.#script.sites.push({ node, scope });
        break;
    }
    const inner = BLOCKS.has(node.type) ? this.#scope(node, new Scope(this.#script, scope, false)) : scope;
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
    const inner = this.#scope(node, new Scope(this.#script, scope, true, owner));
    if (type === 'FunctionExpression' && id) inner.declare(id.name).origins.push(known(node, scope));
    this.#script.returns.set(node, []);
    for (const [index, parameter] of (node.params as unknown as Syntax[]).entries()) {
      this.#pattern(parameter, inner, (path) => ({ kind: 'parameter', of: node, index, path }));
      this.visit(parameter, inner, node);
    }
    const body = node.body as Syntax;
    if (body.type !== 'BlockStatement') this.#script.returns.get(node)!.push({ node: body, scope: inner });
    this.#functions.push(node);
    this.visit(body, inner, node);
    this.#functions.pop();
  }

  #class(node: ExpressionOf<'ClassExpression'>, scope: Scope): void {
    if (node.id) scope.declare(node.id.name).origins.push(known(node, scope));
    if (node.superClass) this.visit(node.superClass, scope, node);
    const inner = this.#scope(node, new Scope(this.#script, scope, true, node));
    for (const member of node.body.body) {
      ownerOf.set(member, node);
      if (FUNCTIONS.has(member.type)) this.#function(member as never, inner, member);
      else this.visitAll(member, inner);
    }
  }

  #variables(node: StatementOf<'VariableDeclaration'>, scope: Scope, parent: Syntax): void {
    const isVar = node.kind === 'var';
    for (const { id, init } of node.declarations) {
      const loop = parent as Syntax & { right?: Syntax };
      if (init) this.#pattern(id, scope, (path) => ({ kind: 'value', value: { node: init, scope }, path }), isVar);
      else if (parent.type === 'ForOfStatement' && loop.right) {
        const { right } = loop;
        this.#pattern(
          id,
          scope,
          (path) => ({ kind: 'value', value: { node: right, scope }, path: [ANY, ...path] }),
          isVar,
        );
      } else this.#pattern(id, scope, undefined, isVar, parent.type === 'ForInStatement');
    }
  }

  /** Declares the names of a pattern; `from` tells where the value at a path comes from. */
  #pattern(
    node: Syntax,
    scope: Scope,
    from: ((path: readonly Step[]) => Origin) | undefined,
    isVar = false,
    isOpen = false,
    path: readonly Step[] = [],
  ): void {
    const go = (inner: Syntax, ...steps: Step[]) =>
      this.#pattern(inner, scope, from, isVar, isOpen, [...path, ...steps]);
    switch (node.type) {
      case 'Identifier': {
        const binding = scope.declare((node as ExpressionOf<'Identifier'>).name, isVar);
        if (from) binding.origins.push(from(path));
        binding.isOpen ||= isOpen;
        return;
      }
      case 'AssignmentPattern': {
        const { left, right } = node as unknown as { left: Syntax; right: Syntax };
        go(left);
        if (left.type === 'Identifier') {
          const { origins } = scope.declare((left as ExpressionOf<'Identifier'>).name, isVar);
          origins.push({ kind: 'value', value: { node: right, scope }, path: [] });
        }
        return;
      }
      case 'ObjectPattern':
        for (const property of (node as unknown as { properties: Syntax[] }).properties) {
          const { key, value: inner, argument } = property as unknown as Record<string, Syntax>;
          if (argument) this.#pattern(argument, scope, from, isVar, true, path);
          else if (key && inner) {
            const name = nameOf(key);
            if (name === undefined) this.#pattern(inner, scope, undefined, isVar, true);
            else go(inner, name);
          }
        }
        return;
      case 'ArrayPattern':
        for (const [i, item] of (node as unknown as { elements: (Syntax | null)[] }).elements.entries()) {
          if (item) go(item, i);
        }
        return;
      case 'RestElement':
        this.#pattern((node as unknown as { argument: Syntax }).argument, scope, undefined, isVar, true);
        return;
      case 'TSParameterProperty':
        go((node as unknown as { parameter: Syntax }).parameter);
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
    const known = this.#script.exports.get(name);
    if (known) known.push(origin);
    else this.#script.exports.set(name, [origin]);
  }

  #assignment(node: ExpressionOf<'AssignmentExpression'>, scope: Scope): void {
    const { left, right, operator } = node;
    this.#script.sites.push({ node, scope });
    const isPlain = ['=', '||=', '??='].includes(operator);
    if (left.type === 'Identifier') {
      this.#pending.push({ name: left.name, node: right, scope, isMore: !isPlain });
    }
    if (left.type !== 'MemberExpression' || !isPlain) return;
    const name = left.computed ? undefined : nameOf(left.property);
    const { object } = left;
    if (object.type === 'ThisExpression' && name !== undefined && scope.self) {
      const fields = this.#script.fields.get(scope.self) ?? new Map<string, Placed[]>();
      this.#script.fields.set(scope.self, fields);
      const placed = fields.get(name);
      if (placed) placed.push({ node: right, scope });
      else fields.set(name, [{ node: right, scope }]);
    }
    const isModule = (part: Syntax) =>
      part.type === 'MemberExpression' &&
      nameOf((part as ExpressionOf<'MemberExpression'>).object) === 'module' &&
      nameOf((part as ExpressionOf<'MemberExpression'>).property) === 'exports';
    if (isModule(left)) this.#export('*', { kind: 'value', value: { node: right, scope }, path: [] });
    else if (name !== undefined && (isModule(object) || (object.type === 'Identifier' && object.name === 'exports'))) {
      this.#export(name, { kind: 'value', value: { node: right, scope }, path: [] });
    }
  }

  #call(node: ExpressionOf<'CallExpression'>, scope: Scope): void {
    this.#script.sites.push({ node, scope });
    const { callee } = node;
    const [first] = node.arguments as Syntax[];
    if (!first) return;
    const isRegistration = callee.type === 'Identifier' && ['App', 'Page', 'Component'].includes(callee.name);
    if (isRegistration) this.#script.registered ??= { node: first, scope };
    if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return;
    const method = nameOf(callee.property) ?? '';
    if (method === 'setData') this.#script.data.push({ node: first, scope });
    if (ITERATING.has(method)) this.#script.iterated.set(first, { node: callee.object, scope });
  }
}

/** The class or map in which a method stands. */
const ownerOf = new WeakMap<Syntax, Syntax>();

const known = (node: Syntax, scope: Scope): Origin => ({ kind: 'value', value: { node, scope }, path: [] });

/** The name of a key or identifier that is written out. */
export function nameOf(node: Syntax): string | undefined {
  const { name, value, id } = node as unknown as { name?: unknown; value?: unknown; id?: Syntax };
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') return String(name);
  if (node.type === 'PrivateName' && id) return `#${nameOf(id)}`;
  return node.type === 'StringLiteral' || node.type === 'NumericLiteral' ? String(value) : undefined;
}

function declared(node: Syntax | null | undefined): string[] {
  if (!node) return [];
  const { id, declarations } = node as unknown as { id?: Syntax; declarations?: { id: Syntax }[] };
  if (declarations) return declarations.flatMap(({ id }) => patternNames(id));
  const name = id && nameOf(id);
  return name === undefined ? [] : [name];
}

function patternNames(node: Syntax): string[] {
  if (node.type === 'Identifier') return [(node as ExpressionOf<'Identifier'>).name];
  const names: string[] = [];
  eachChild(node, (child) => {
    const isPair = child.type === 'ObjectProperty';
    names.push(...patternNames(isPair ? (child as unknown as { value: Syntax }).value : child));
  });
  return names;
}
