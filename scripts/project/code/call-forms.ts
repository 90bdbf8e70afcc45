/** Forms in which calls and what is given to them are written. Nothing is evaluated. */
import { GLOBALS, LOADING, OBJECTS } from './known/apis.ts';
import { CALLS, LOADERS, CLIENT_FACTORIES, METHODS } from './known/clients.ts';
import { calledBy, calledName, isMember, memberName, nameOf } from './names.ts';
import type { Scope } from './scope.ts';
import { isCall, type CallExpression, type Syntax, type SyntaxOf } from './syntax.ts';
import { summands } from './value-sets.ts';

/** Whether what is called is of the language, and followed: `Object.assign({}, ty)`, `Reflect.get(ty, name)`, `f.call(ty)`. */
export function isOfLanguage(node: CallExpression): boolean {
  const callee = calledBy(node.callee);
  if (!isMember(callee)) return false;
  return (
    /^(?:Object|Reflect|console)$/.test(nameOf(callee.object) ?? '') ||
    /^(?:call|apply|bind)$/.test(memberName(callee) ?? '')
  );
}

/** Names that the language's own values have; what is called by `call`, `apply` and `bind` is another function. */
const OF_LANGUAGE: ReadonlySet<string> = new Set(
  [Array, Date, Map, Number, Promise, RegExp, Set, String]
    .flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
    .filter((name) => name !== 'constructor'),
);

/** Names that say something by themselves, of the vendor's APIs and of clients. */
const isKnownName = (name: string): boolean =>
  LOADING.has(name) || CALLS.has(name) || CLIENT_FACTORIES.has(name) || METHODS.has(name) || LOADERS.has(name);

/** What stands under a name in the project's maps, classes and modules. */
export interface MemberNames {
  readonly hasMember: (name: string) => boolean;
  readonly isFunctionName: (name: string) => boolean;
}

/**
 * Whether a call is neither the vendor's nor a client's, as its form shows: by a name that only functions of the project have, of what
 * has them (`this.draw()`), or by one of the language that nothing of the project has (`list.map(…)`), and that no object of the vendor's
 * is asked for: these may have functions of any name.
 */
export function isPlain(callee: Syntax, args: readonly Syntax[], names: MemberNames, scope: Scope): boolean {
  if (!isMember(callee) || callee.computed) return false;
  const name = memberName(callee);
  if (name === undefined || isKnownName(name) || args.some((arg) => OBJECTS.has(nameOf(arg) ?? ''))) return false;
  const { object } = callee;
  if (object.type === 'ThisExpression') return names.isFunctionName(name);
  return OF_LANGUAGE.has(name) && !names.hasMember(name) && !isOfVendor(object, scope);
}

/** Whether a value may be an object of the vendor's: one, a member of one, or a name for these or for what another module gives. */
function isOfVendor(node: Syntax, scope: Scope): boolean {
  const name = nameOf(rootOf(node)) ?? '';
  if (OBJECTS.has(name)) return true;
  return (scope.lookup(name)?.origins ?? []).some(
    (origin) =>
      origin.kind === 'import' || (origin.kind === 'value' && OBJECTS.has(nameOf(rootOf(origin.value.node)) ?? '')),
  );
}

/** What the members begin with: `a` of `a.b.c`. */
function rootOf(node: Syntax): Syntax {
  let root = node;
  while (isMember(root)) root = root.object;
  return root;
}

/**
 * What a method is taken of that a polyfill finds, and what it is called with: `_concat(url).call(url, path)`, `x()(n = "…").call(n, path)`, as
 * compilers write `url.concat(path)` with core-js. The name of the method is lost where it was minified.
 */
export function methodOfPolyfill({
  callee,
  arguments: args,
}: CallExpression): { of: Syntax; given: readonly Syntax[] } | undefined {
  const [self, ...given] = args;
  const found = isMember(callee) && memberName(callee) === 'call' ? callee.object : undefined;
  if (self?.type !== 'Identifier' || !found || !isCall(found) || found.arguments.length !== 1) return undefined;
  const of = found.arguments[0]!;
  const named = of.type === 'AssignmentExpression' ? of.left : of;
  return named.type === 'Identifier' && named.name === self.name ? { of, given } : undefined;
}

/** What Vue 2's loader makes a component of: `normalize(options, draw, [], false, null, id, null)`. */
export function normalizedBy({ arguments: args }: CallExpression): { options: Syntax; draw: Syntax } | undefined {
  const [options, draw, still, isFunctional, ...rest] = args;
  if (!options || !draw || still === undefined || isFunctional === undefined || rest.length < 2) return undefined;
  const isStill = still.type === 'ArrayExpression' || still.type === 'Identifier';
  const isFlag = isFunctional.type === 'BooleanLiteral' || isFunctional.type === 'UnaryExpression';
  return isStill && isFlag && options.type === 'Identifier' && draw.type === 'Identifier'
    ? { options, draw }
    : undefined;
}

const SOCKET = /^wss?:\/\//;

/** Whether a text names a socket, which nobody writes but to open it. */
export function isSocket(node: Syntax): boolean {
  if (node.type === 'TemplateLiteral') return SOCKET.test(node.quasis[0]?.value.raw ?? '');
  return node.type === 'StringLiteral' && SOCKET.test(node.value);
}

/** Whether what is assigned to a member ends with that member itself. */
export function isPrefixing(left: Syntax, right: Syntax): boolean {
  const parts = [...(summands(right) ?? []), ...('expressions' in right ? right.expressions : [])];
  const concat = right.type === 'CallExpression' ? right.arguments : [];
  const isSame = (part: Syntax) =>
    isMember(part) &&
    isMember(left) &&
    memberName(part) === memberName(left) &&
    nameOf(part.object) === nameOf(left.object);
  return [...parts, ...concat].some(isSame);
}

/** Whether a member is one of the object of all globals: `window.WebSocket`. */
export const isOfGlobals = (node: Syntax, scope: Scope): boolean =>
  isMember(node) && GLOBALS.has(nameOf(node.object) ?? '') && !scope.lookup(nameOf(node.object)!);

/** Whether what has this name is made with `new` of that one. */
export function isMadeAs(node: Syntax, scope: Scope, className: string): boolean {
  const origins = node.type === 'Identifier' ? (scope.lookup(nameOf(node)!)?.origins ?? []) : [];
  return origins.some((origin) => {
    const made = origin.kind === 'value' ? origin.value.node : node;
    return made.type === 'NewExpression' && calledName(made.callee) === className;
  });
}

/** Whether settings are put together of others, for what is no method of the object's own: `api.request({...options})`. */
export function isSpread(settings: Syntax, node: CallExpression): boolean {
  const { callee } = node;
  if (settings.type !== 'ObjectExpression' || (isMember(callee) && callee.object.type === 'ThisExpression'))
    return false;
  const { properties } = settings;
  return properties.some(({ type }) => type === 'SpreadElement');
}

/** Whether a call is written as bundlers write that of what another module gives: `(0, a.request)(…)`, `a().request(…)`, `a.default.request(…)`. */
export function isOfModule(node: CallExpression): boolean {
  const { callee } = node;
  const called = calledBy(callee);
  if (!isMember(called)) return false;
  const { object } = called;
  const isOfCall = object.type === 'CallExpression' && object.arguments.length === 0;
  return called !== callee || isOfCall || (isMember(object) && memberName(object) === 'default');
}

/** What a property may say as a text or a list of texts; functions and elements are looked at on their own. */
export const mayBeText = (node: Syntax): boolean => {
  const { type } = node.type === 'JSXExpressionContainer' ? node.expression : node;
  return !type.startsWith('JSX') && !type.includes('Function') && type !== 'ObjectExpression';
};

/** Where settings that are written out name the address. */
export function placeOf(node: Syntax, keys: readonly string[]): SyntaxOf<'ObjectProperty'> | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const { properties } = node;
  const entries = properties.filter((property) => property.type === 'ObjectProperty');
  return entries.find(({ key }) => keys.includes(nameOf(key) ?? ''));
}
