/**
 * What functions of frameworks do, told by what their code has and no minifier renames, whatever they are called: of Vue's `ref`, `computed`,
 * `reactive` and the like nothing else is left in a bundle.
 */
import { isMember, nameOf } from '../names.ts';
import type { PlacedNode, Scope } from '../scope.ts';
import { eachChild, isCall, isFunctionNode, type Syntax, type SyntaxOf } from '../syntax.ts';
import type { Value } from '../value.ts';
import type { Interpreter } from './interpreter.ts';

/**
 * It gives something that keeps what it is given, what a function gives, or a member; or it gives on what is watched from now on; or it
 * hands something to all components below, or gives what was handed so; or it makes an element of what it is given and its properties.
 */
export type FrameworkRole = 'ref' | 'computed' | 'member' | 'passing' | 'provide' | 'inject' | 'element';

/** How many functions may hand the work on to each other. */
const HOPS = 5;
/** What elements have of which React and what is like it draw. */
const ELEMENT = ['type', 'props', 'key', 'ref'];
/** Longer functions are none of these. */
const LONGEST = 4000;

export class Roles {
  readonly #all: Interpreter;
  readonly #known = new WeakMap<Syntax, { readonly role: FrameworkRole | undefined }>();

  constructor(all: Interpreter) {
    this.#all = all;
  }

  /** What a function does; undefined for most. */
  of(value: Value, hops = 0): FrameworkRole | undefined {
    if (value.kind !== 'function' || hops > HOPS) return undefined;
    const known = this.#known.get(value.node);
    if (known) return known.role;
    this.#known.set(value.node, { role: undefined });
    const role = this.#told(value, hops);
    this.#known.set(value.node, { role });
    return role;
  }

  #told({ node, scope }: Extract<Value, { kind: 'function' }>, hops: number): FrameworkRole | undefined {
    if (lengthOf(node) > LONGEST || node.params.length === 0) return undefined;
    const returned = scope.script.returns.get(node) ?? [];
    const text = scope.script.text.slice(node.start ?? 0, node.end ?? 0);
    if (text.includes('.provides'))
      return text.includes('Object.create') ? 'provide' : returned.length > 0 ? 'inject' : undefined;
    if (node.params.length > 1 && ELEMENT.every((key) => text.includes(key)) && hasElement(node)) return 'element';
    if (copiesFirst(node, returned)) return 'passing';
    for (const placed of returned) {
      for (const leaf of leavesOf(placed)) {
        const role = this.#ofLeaf(leaf, node, hops);
        if (role) return role;
      }
    }
    return undefined;
  }

  #ofLeaf({ node, scope }: PlacedNode, of: Syntax, hops: number): FrameworkRole | undefined {
    if (node.type === 'Identifier') {
      const origins = scope.lookup(node.name)?.origins ?? [];
      const made = origins.find((origin) => origin.kind === 'value' && origin.path.length === 0);
      const value = made?.kind === 'value' ? made.value : undefined;
      const isMade = value && (isCall(value.node) || value.node.type === 'NewExpression');
      return isMade && hops < HOPS ? this.#ofLeaf(value, of, hops + 1) : undefined;
    }
    if (node.type === 'NewExpression') {
      const { callee, arguments: args } = node;
      const isProxy = nameOf(callee) === 'Proxy' && args[0] && parameterAt(args[0], scope, of) === 0;
      return isProxy ? 'passing' : this.#ofClasses(callee, scope);
    }
    if (!isCall(node)) return undefined;
    const [first] = node.arguments;
    if (first?.type === 'ObjectExpression') return this.#ofAccess(first, node.arguments.length, scope, of);
    if (!first || parameterAt(first, scope, of) === undefined) return undefined;
    const called = this.#asked(node.callee, scope);
    return called.map((value) => this.of(value, hops + 1)).find((role) => role !== undefined);
  }

  /** What functions keep that are given as what reads and writes it, as mpx has it: `make({ get: () => kept[KEY], set })`. */
  #ofAccess(access: SyntaxOf<'ObjectExpression'>, count: number, scope: Scope, of: Syntax): FrameworkRole | undefined {
    const given = new Map(access.properties.flatMap((one) => ('key' in one ? [[nameOf(one.key), one] as const] : [])));
    const getter = given.has('set') ? given.get('get') : undefined;
    const reads = getter?.type === 'ObjectProperty' ? getter.value : getter;
    if (!reads || !isFunctionNode(reads)) return undefined;
    const [read] = scope.script.returns.get(reads) ?? [];
    if (read && isMember(read.node)) {
      if (parameterAt(read.node.object, read.scope, of) === 0) return 'member';
      const [origin] = read.scope.lookup(nameOf(read.node.object) ?? '')?.origins ?? [];
      const kept = origin?.kind === 'value' && isCall(origin.value.node) ? origin.value.node.arguments[0] : undefined;
      return kept && entryValues(kept).some((value) => parameterAt(value, scope, of) === 0) ? 'ref' : undefined;
    }
    const text = scope.script.text.slice(of.start ?? 0, of.end ?? 0);
    return count > 1 && text.includes('.get') && text.includes('.run') ? 'computed' : undefined;
  }

  /** What is kept by what a class makes. */
  #ofClasses(callee: Syntax, scope: Scope): FrameworkRole | undefined {
    for (const value of this.#asked(callee, scope)) {
      if (value.kind !== 'class' && value.kind !== 'function') continue;
      const { node, scope: at } = value;
      const text = lengthOf(node) > LONGEST ? '' : at.script.text.slice(node.start ?? 0, node.end ?? 0);
      if (!text.includes('__v_isRef')) continue;
      if (text.includes('_rawValue')) return 'ref';
      if (text.includes('_object') && text.includes('_key')) return 'member';
      if (text.includes('__v_isReadonly')) return 'computed';
    }
    return undefined;
  }

  #asked = (node: Syntax, scope: Scope) => this.#all.budget.aside(() => this.#all.values(node, scope));
}

/** Whether a map with all that elements have stands in some code. */
function hasElement(node: Syntax): boolean {
  const entries = node.type === 'ObjectExpression' ? node.properties : [];
  const keys = new Set(entries.map((entry) => ('key' in entry ? nameOf(entry.key) : undefined)));
  if (ELEMENT.every((key) => keys.has(key))) return true;
  let isFound = false;
  eachChild(node, (child) => {
    isFound ||= hasElement(child);
  });
  return isFound;
}

/** What a map has under its keys; also where compilers write one with a computed key: `_defineProperty({}, KEY, value)`. */
const entryValues = (node: Syntax): readonly Syntax[] =>
  node.type === 'ObjectExpression'
    ? node.properties.flatMap((entry) => (entry.type === 'ObjectProperty' ? [entry.value] : []))
    : isCall(node)
      ? node.arguments.slice(2)
      : [];

const lengthOf = ({ start, end }: Syntax): number => (end ?? 0) - (start ?? 0);

/** The expressions of which one is what an expression gives. */
export function leavesOf({ node, scope }: PlacedNode): readonly PlacedNode[] {
  switch (node.type) {
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap((branch) => leavesOf({ node: branch, scope }));
    case 'LogicalExpression':
      return [node.left, node.right].flatMap((branch) => leavesOf({ node: branch, scope }));
    case 'SequenceExpression':
      return leavesOf({ node: node.expressions.at(-1)!, scope });
    case 'ParenthesizedExpression':
      return leavesOf({ node: node.expression, scope });
    default:
      return [{ node, scope }];
  }
}

/** Which parameter of a function an expression names; undefined for another expression. */
export function parameterAt(node: Syntax, scope: Scope, of: Syntax): number | undefined {
  const [origin] = node.type === 'Identifier' ? (scope.lookup(node.name)?.origins ?? []) : [];
  const isOwn = origin?.kind === 'parameter' && origin.of === of && !origin.isRest && origin.path.length === 0;
  return isOwn ? origin.index : undefined;
}

/**
 * Whether a function gives a map into which it puts, key by key, what its first parameter has, and nothing else: `toRefs`, `storeToRefs`. One that
 * lays something over it gives that, too.
 */
function copiesFirst(of: Syntax, returned: readonly PlacedNode[]): boolean {
  if (!isFunctionNode(of) || of.body.type !== 'BlockStatement') return false;
  const given = returned.length === 1 ? nameOf(returned[0]!.node) : undefined;
  if (given === undefined) return false;
  const { scope } = returned[0]!;
  const copies = of.body.body.flatMap((statement) => {
    if (statement.type !== 'ForInStatement') return [];
    const { left, right, body } = statement;
    const key = left.type === 'VariableDeclaration' ? nameOf(left.declarations[0]?.id ?? left) : nameOf(left);
    return key !== undefined && isOfFirst(right, scope, of) ? putsInto(body, given, key) : [];
  });
  return copies.length > 0 && !isUsedBesides(of.body, given, new Set<Syntax>([...copies, returned[0]!.node]));
}

/** Whether an expression is the first parameter, or a name for what a function makes of it alone. */
function isOfFirst(node: Syntax, scope: Scope, of: Syntax): boolean {
  if (parameterAt(node, scope, of) === 0) return true;
  const [origin] = node.type === 'Identifier' ? (scope.lookup(node.name)?.origins ?? []) : [];
  const made = origin?.kind === 'value' && origin.path.length === 0 ? origin.value.node : undefined;
  const [first] = made && isCall(made) && made.arguments.length === 1 ? made.arguments : [];
  return first !== undefined && parameterAt(first, scope, of) === 0;
}

/** The places of a map's name where something is put into it under this key. */
function putsInto(node: Syntax, map: string, key: string): Syntax[] {
  const own = node.type === 'AssignmentExpression' && isKeyed(node.left, map, key) ? [node.left.object] : [];
  const inside: Syntax[] = [];
  eachChild(node, (child) => {
    inside.push(...putsInto(child, map, key));
  });
  return [...own, ...inside];
}

/** Whether a name stands elsewhere than in these places and where it begins as an empty map or list. */
function isUsedBesides(node: Syntax, name: string, places: ReadonlySet<Syntax>): boolean {
  if (node.type === 'Identifier') return node.name === name && !places.has(node);
  let isUsed = false;
  const look = (child: Syntax): void => {
    isUsed ||= isUsedBesides(child, name, places);
  };
  if (node.type === 'VariableDeclarator' && nameOf(node.id) === name) return !node.init || !isEmptyAtFirst(node.init);
  if (node.type === 'MemberExpression' && !node.computed) look(node.object);
  else if (node.type === 'ObjectProperty' && !node.computed) look(node.value);
  else eachChild(node, look);
  return isUsed;
}

/** Of a list: also as long as another. */
function isEmptyAtFirst(init: Syntax): boolean {
  if (init.type === 'ConditionalExpression') return isEmptyAtFirst(init.consequent) && isEmptyAtFirst(init.alternate);
  if (init.type === 'ObjectExpression') return init.properties.length === 0;
  if (init.type === 'ArrayExpression') return init.elements.length === 0;
  return init.type === 'NewExpression' && nameOf(init.callee) === 'Array';
}

const isKeyed = (
  node: SyntaxOf<'AssignmentExpression'>['left'],
  map: string,
  key: string,
): node is SyntaxOf<'MemberExpression'> =>
  node.type === 'MemberExpression' &&
  node.computed &&
  nameOf(node.object) === map &&
  node.property.type === 'Identifier' &&
  node.property.name === key;
