/**
 * From a tree to its names, what it gives to others, and the places that may hold an address. One pass, nothing evaluated. Longer than
 * most files: one visit of a tree, a method a kind of node.
 */
import { modulesOfMap } from './bundles.ts';
import { isApiObject, isHandedOn } from './handed-on.ts';
import { PICTURES } from './known/apis.ts';
import { BASE_NAMES } from './known/clients.ts';
import { SOURCES } from './known/elements.ts';
import { GROUPS, VIEWING } from './known/frameworks.ts';
import { callOf } from './jsx-calls.ts';
import { isLink, isWrittenMedia, isWrittenSocket, typedAddresses } from './media-forms.ts';
import { calledName, componentName, isMember, memberName, nameOf } from './names.ts';
import { handedTo, known, membersOfItself, Notes, put } from './notes.ts';
import { declared, declarePattern } from './patterns.ts';
import { isApplication, isRegistering, lentThis, nameGiven, readCall, readProvider } from './read-call.ts';
import { ANY, Scope, type NameOrigin, type OwnerNode, type PlacedNode, type Script } from './scope.ts';
import {
  eachChild,
  forgetForm,
  identifier,
  isFunctionNode,
  type ClassNode,
  type FunctionNode,
  type MapEntry,
  type Syntax,
  type SyntaxOf,
} from './syntax.ts';

type ClassMember = SyntaxOf<'ClassBody'>['body'][number];
interface PendingAssignment extends PlacedNode {
  readonly name: string;
  /** Whether it is added to what the name has. */
  readonly isMore: boolean;
  /** Whether a loop goes through it. */
  readonly isRepeated: boolean;
}

/** Reads one script. `path`: below the project; `text`: what `program` was parsed from, for offsets. It throws nothing on any tree. */
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
    applications: [],
    members: new Set(),
    aliases: new Set(),
    viewing: new Map(),
    isDrawn: false,
    iterated: new Map(),
    awaited: new Map(),
    passed: new Map(),
    invoked: new Map(),
    heirs: [],
    components: new Map(),
    drawn: new Map(),
    handed: new Map(),
    typed: new Set(),
    data: [],
    writes: new Map(),
    pushes: [],
    unshifts: [],
    modules: new Map(),
  };
  const top = new Scope(script);
  script.scopeOf.set(program, top);
  const pending: PendingAssignment[] = [];
  const reader = new ScriptReader(script, pending);
  reader.visitAll(program, top);
  script.registered ??= reader.options;
  for (const { name, node, scope, isMore, isRepeated } of pending) {
    const binding = scope.lookup(name);
    if (!binding) continue;
    if (isMore) {
      (binding.added ??= []).push({ node, scope });
      continue;
    }
    const steps = membersOfItself(name, node, binding);
    binding.origins.push(...(steps ?? [{ kind: 'value', value: { node, scope }, path: [] } as const]));
    if (steps && isRepeated) binding.isOpen = true;
  }
  return script;
}

const BLOCKS: ReadonlySet<string> = new Set([
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'CatchClause',
]);
const LOOPS: ReadonlySet<string> = new Set(['ForStatement', 'WhileStatement', 'DoWhileStatement']);
/** Members whose setting is looked at for an address. */
const ADDRESS_MEMBERS: ReadonlySet<string> = new Set([...SOURCES, ...PICTURES, ...BASE_NAMES, 'url']);

class ScriptReader {
  readonly #script: Script;
  readonly #pending: PendingAssignment[];
  /** The functions around the place that is read. */
  readonly #functions: Syntax[] = [];
  /** Maps whose functions have the `this` of the options around them, and those. */
  readonly #groups = new Map<Syntax, SyntaxOf<'ObjectExpression'>>();
  readonly #groupName = new Map<Syntax, string>();
  readonly #setups = new Set<Syntax>();
  /** Functions that have the `this` of the place where they stand. */
  readonly #lent = new Set<Syntax>();
  readonly #notes: Notes;
  /** How many loops are around the place that is read. */
  #loops = 0;
  /** In how many calls the part that is visited is a parameter which say what to load ahead: who shows that names it, too. */
  #preloads = 0;
  /** The first map that is written as the options of a page or component, which something else may register: of Vue 2, those that a module gives. */
  options: PlacedNode | undefined;

  constructor(script: Script, pending: PendingAssignment[]) {
    this.#script = script;
    this.#notes = new Notes(script);
    this.#pending = pending;
  }

  visitAll(node: Syntax, scope: Scope): void {
    eachChild(node, (child) => this.visit(child, scope, node));
  }

  visit(node: Syntax, scope: Scope, parent: Syntax): void {
    forgetForm(node);
    if (isFunctionNode(node)) return this.#function(node, scope, parent);
    switch (node.type) {
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#class(node, scope);
      case 'VariableDeclaration':
        this.#variables(node, scope, parent);
        break;
      case 'ImportDeclaration':
        this.#imports(node, scope);
        return;
      case 'ExportNamedDeclaration':
        this.#exportNamed(node, scope);
        break;
      case 'ExportDefaultDeclaration':
        this.#notes.export('default', known(node.declaration, scope));
        break;
      case 'ExportAllDeclaration':
        this.#script.stars.push(node.source.value);
        return;
      case 'TSModuleDeclaration':
        return this.#namespace(node, scope);
      case 'TSEnumDeclaration': {
        scope.declare(node.id.name).origins.push(known(node, scope));
        break;
      }
      case 'AssignmentExpression':
        this.#assignment(node, scope);
        break;
      case 'UpdateExpression': {
        const { argument } = node;
        const binding = argument.type === 'Identifier' ? scope.lookup(argument.name) : undefined;
        if (binding) binding.isOpen = true;
        break;
      }
      case 'ReturnStatement': {
        const { argument } = node;
        const around = this.#functions.at(-1);
        if (argument && around) {
          put(this.#script.returns, around, { node: argument, scope });
          this.#draws(argument, around);
        }
        break;
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
        readCall(node, scope, this.#notes);
        for (const of of lentThis(node)) this.#lent.add(of);
        break;
      case 'ObjectExpression':
        this.#map(node, scope, parent);
        break;
      case 'ArrayExpression':
        for (const element of node.elements) {
          if (!element || element.type === 'CallExpression') continue;
          if (isWrittenSocket('', element) || (this.#preloads === 0 && isWrittenMedia(element)))
            this.#script.sites.push({ node: element, scope });
        }
        break;
      case 'JSXOpeningElement': {
        const call = callOf(node);
        if (call) readProvider(call, scope, this.#notes);
        this.#script.sites.push({ node, scope });
        break;
      }
      case 'NewExpression':
        this.#script.sites.push({ node, scope });
        break;
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const { object } = node;
        if (isHandedOn(node, parent) && isApiObject(object, scope)) this.#script.sites.push({ node, scope });
        break;
      }
    }
    const inner = BLOCKS.has(node.type) ? new Scope(this.#script, scope, false) : scope;
    const isLoop = LOOPS.has(node.type);
    const isPreload = node.type === 'CallExpression' && calledName(node.callee) === 'preloadAssets';
    if (isLoop) this.#loops++;
    if (isPreload) this.#preloads++;
    this.visitAll(node, inner);
    if (isPreload) this.#preloads--;
    if (isLoop) this.#loops--;
  }

  #scope(node: Syntax, scope: Scope): Scope {
    this.#script.scopeOf.set(node, scope);
    return scope;
  }

  #function(node: FunctionNode, scope: Scope, parent: Syntax): void {
    const { type } = node;
    const id = 'id' in node ? node.id : undefined;
    if (type === 'FunctionDeclaration' && id) scope.declare(id.name, true).origins.push(known(node, scope));
    const isArrow = type === 'ArrowFunctionExpression';
    const isOwned = type === 'ObjectMethod' || type.startsWith('Class') || parent.type === 'ObjectProperty';
    // A method's `this` is the map or class that it stands in, which the scope around it was told.
    const isLent = isArrow || this.#lent.has(node);
    const owner = isLent ? undefined : isOwned ? (ownerOf.get(parent) ?? ownerOf.get(node) ?? null) : null;
    const inner = this.#scope(node, new Scope(this.#script, scope, true, owner, node));
    if (type === 'FunctionExpression' && id) inner.declare(id.name).origins.push(known(node, scope));
    const module = this.#notes.moduleOf(node);
    const given = module ? handedTo(module) : [];
    for (const [index, parameter] of node.params.entries()) {
      const isRest = parameter.type === 'RestElement';
      const pattern = parameter.type === 'RestElement' ? parameter.argument : parameter;
      declarePattern(pattern, inner, (path) => given[index] ?? { kind: 'parameter', of: node, index, isRest, path });
      this.visit(parameter, inner, node);
    }
    const { body } = node;
    if (body.type !== 'BlockStatement') {
      this.#script.returns.set(node, [{ node: body, scope: inner }]);
      this.#draws(body, node);
    }
    this.#functions.push(node);
    this.#notes.within(module, () => this.visit(body, inner, node));
    this.#functions.pop();
  }

  /** A function that `setup` gives draws what is made of the options, which is its first parameter. */
  #draws(expression: Syntax, by: Syntax): void {
    const given = expression.type === 'SequenceExpression' ? expression.expressions.at(-1)! : expression;
    const options = this.#setups.has(by) && isFunctionNode(given) ? this.#script.viewing.get(by) : undefined;
    if (options) this.#script.viewing.set(given, options);
  }

  #map(node: SyntaxOf<'ObjectExpression'>, scope: Scope, parent: Syntax): void {
    this.#notes.bundled(modulesOfMap(node));
    if (isRegistering(node)) this.options ??= { node, scope };
    if (isApplication(node)) this.#script.applications.push({ node, scope });
    const owner = this.#groups.get(node) ?? node;
    for (const typed of this.#preloads === 0 ? typedAddresses(node) : []) {
      this.#script.typed.add(typed.value);
      this.#script.sites.push({ node: typed, scope });
    }
    for (const property of node.properties) {
      ownerOf.set(property, owner);
      this.#member(property);
      this.#option(property, node, owner, scope);
      if (property.type !== 'ObjectProperty' || property.computed) continue;
      const name = nameOf(property.key) ?? '';
      if (name === 'components') this.#components(property.value, scope);
      // In lists a `url` is that of a picture: `[{ id: 1, url: 'https://…/a.png' }]`.
      if (isWrittenSocket(name, property.value)) this.#script.sites.push({ node: property, scope });
      const mayShow = !isLink(name) || (name === 'url' && parent.type === 'ArrayExpression');
      if (this.#preloads === 0 && (PICTURES.has(name) || (mayShow && isWrittenMedia(property.value))))
        this.#script.sites.push({ node: property, scope });
    }
  }

  /** The components that options name for their markup. */
  #components(named: Syntax, scope: Scope): void {
    for (const entry of named.type === 'ObjectExpression' ? named.properties : []) {
      const name = entry.type === 'ObjectProperty' && !entry.computed ? nameOf(entry.key) : undefined;
      if (entry.type !== 'ObjectProperty' || name === undefined) continue;
      put(this.#script.components, componentName(name), { node: entry.value, scope });
    }
  }

  /** A namespace of TypeScript: its name stands for what it exports. */
  #namespace(node: SyntaxOf<'TSModuleDeclaration'>, scope: Scope): void {
    const { id } = node;
    const module = this.#notes.module();
    const name = id.type === 'Identifier' ? nameOf(id) : undefined;
    if (name !== undefined) scope.declare(name).origins.push({ kind: 'given', as: 'script', script: module });
    this.#notes.within(module, () => this.visitAll(node, new Scope(this.#script, scope)));
  }

  #member(property: MapEntry | ClassMember): void {
    const name = 'key' in property ? nameOf(property.key) : undefined;
    const value = 'value' in property ? property.value : undefined;
    if (name === undefined || value?.type.endsWith('Literal')) return;
    this.#script.members.add(name);
    const isGetter = 'kind' in property && property.kind === 'get';
    if (isGetter || !isFunctionNode(value ?? property)) this.#script.aliases.add(name);
  }

  /** What a property is of options, if it is one: a group of functions, or a function that is given what is made of them. */
  #option(property: MapEntry, node: Syntax, owner: SyntaxOf<'ObjectExpression'>, scope: Scope): void {
    const value = property.type === 'ObjectProperty' ? property.value : property;
    const name = property.type === 'SpreadElement' || property.computed ? undefined : nameOf(property.key);
    const isFunction = isFunctionNode(value);
    const group = this.#groupName.get(node);
    // Names in it are looked up from where it stands, not from where it is used.
    if (isFunction) this.#scope(owner === node ? node : owner, this.#script.scopeOf.get(owner) ?? scope);
    if (isFunction && VIEWING.has(group ?? name ?? '')) this.#script.viewing.set(value, owner);
    if (isFunction && name === 'setup' && group === undefined) this.#setups.add(value);
    if (name === undefined || value.type !== 'ObjectExpression' || !GROUPS.has(name)) return;
    this.#groups.set(value, owner);
    this.#groupName.set(value, name);
    this.#scope(owner, this.#script.scopeOf.get(owner) ?? scope);
  }

  #class(node: ClassNode, scope: Scope): void {
    if (node.id) scope.declare(node.id.name).origins.push(known(node, scope));
    if (node.superClass) {
      this.visit(node.superClass, scope, node);
      this.#script.heirs.push({ node, scope });
    }
    const inner = this.#scope(node, new Scope(this.#script, scope, true, node));
    for (const member of node.body.body) {
      ownerOf.set(member, node);
      this.#member(member);
      if (isFunctionNode(member)) this.#function(member, inner, member);
      else this.visitAll(member, isOfClass(member) ? this.#ofClass(member, inner) : inner);
    }
  }

  #ofClass(member: ClassMember, scope: Scope): Scope {
    const inner = this.#scope(member, new Scope(this.#script, scope, false));
    inner.isOfClass = true;
    return inner;
  }

  #variables(node: SyntaxOf<'VariableDeclaration'>, scope: Scope, parent: Syntax): void {
    const isVar = node.kind === 'var';
    for (const { id, init } of node.declarations) {
      if (init) declarePattern(id, scope, (path) => ({ kind: 'value', value: { node: init, scope }, path }), isVar);
      else if (parent.type === 'ForOfStatement') {
        const { right } = parent;
        declarePattern(
          id,
          scope,
          (path) => ({ kind: 'value', value: { node: right, scope }, path: [ANY, ...path] }),
          isVar,
        );
      } else declarePattern(id, scope, undefined, isVar, parent.type === 'ForInStatement');
    }
  }

  #imports(node: SyntaxOf<'ImportDeclaration'>, scope: Scope): void {
    const from = node.source.value;
    for (const specifier of node.specifiers) {
      const imported = specifier.type === 'ImportSpecifier' ? (nameOf(specifier.imported) ?? '') : undefined;
      const name = imported ?? (specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*');
      scope.declare(specifier.local.name).origins.push({ kind: 'import', from, name });
    }
  }

  #exportNamed(node: SyntaxOf<'ExportNamedDeclaration'>, scope: Scope): void {
    const { declaration, source, specifiers } = node;
    for (const specifier of specifiers) {
      const name = nameOf(specifier.exported) ?? '';
      const local = 'local' in specifier ? (nameOf(specifier.local) ?? '') : '*';
      if (source) this.#notes.export(name, { kind: 'import', from: source.value, name: local });
      else if ('local' in specifier) this.#notes.export(name, known(specifier.local, scope));
    }
    for (const name of declared(declaration)) {
      this.#notes.export(name, known(identifier(name), scope));
    }
  }

  #assignment(node: SyntaxOf<'AssignmentExpression'>, scope: Scope): void {
    const { left, right, operator } = node;
    const isPlain = ['=', '||=', '??='].includes(operator);
    if (left.type === 'Identifier') {
      this.#pending.push({ name: left.name, node: right, scope, isMore: !isPlain, isRepeated: this.#loops > 0 });
    }
    if (left.type !== 'MemberExpression' || !isPlain) return;
    const name = memberName(left);
    if (name !== undefined && ADDRESS_MEMBERS.has(name)) this.#script.sites.push({ node, scope });
    const object = nameGiven(left.object);
    const value: PlacedNode = { node: right, scope };
    const around = this.#functions.at(-1);
    if (around && name === 'data' && isMember(object) && memberName(object) === '$mp')
      put(this.#script.drawn, around, value);
    const given: NameOrigin = { kind: 'value', value, path: [] };
    if (this.#notes.isExports(left, scope)) this.#notes.export('*', given);
    else if (name === undefined) this.#script.pushes.push({ object: { node: object, scope }, value });
    else if (this.#notes.isExports(object, scope)) this.#notes.export(name, given);
    else if (object.type === 'ThisExpression' && scope.self) this.#notes.field(scope.self, name, value);
    else this.#notes.write(name, { node: object, scope }, value);
  }
}

const isOfClass = (member: ClassMember): boolean =>
  member.type === 'StaticBlock' || ('static' in member && member.static === true);

/** The class or map in which a method stands. */
const ownerOf = new WeakMap<Syntax, OwnerNode>();
