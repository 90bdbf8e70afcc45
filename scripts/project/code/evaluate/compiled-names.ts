/** Names that compilers make for what code writes otherwise: for `this`, and for the steps of a loop. Nothing is evaluated. */
import { isMember, memberName, nameOf } from '../names.ts';
import type { Binding, PlacedNode, Scope } from '../scope.ts';
import { isCall, isFunctionNode, type CallExpression, type Syntax } from '../syntax.ts';
import type { Caller } from './interpreter.ts';
import { leavesOf } from './roles.ts';

/**
 * Where `this` is taken that an expression is: here, or where a name for it was given its value, as compilers write `var _this = this`, and
 * `_this = _callSuper(this, Client)` in what makes a class.
 */
export function thisAt(node: Syntax, scope: Scope): Scope | undefined {
  if (node.type === 'ThisExpression') return scope;
  const name = node.type === 'Identifier' ? node.name : '';
  const binding = scope.lookup(name);
  if (!binding) return undefined;
  // A name that gets its value in thousands of places may be asked for at each of them.
  const known = taken.get(binding);
  if (known) return known.scope;
  const given = madeBy(node, scope);
  const own = given.find((value) => value.node.type === 'ThisExpression');
  const isOther = own && binding.origins.length > 1;
  const at = isOther ? undefined : (own ?? given.find((value) => isMadeOfThis(value, name)))?.scope;
  taken.set(binding, { scope: at });
  return at;
}
const taken = new WeakMap<Binding, { readonly scope: Scope | undefined }>();

/** Whether what makes a class gives what this is as its object: what the class that it extends made of `this`. */
function isMadeOfThis({ node, scope }: PlacedNode, name: string): boolean {
  const calls = leavesOf({ node, scope }).filter((leaf) => isCall(leaf.node));
  const isMade = calls.some(({ node: call }) => isCall(call) && call.arguments[0]?.type === 'ThisExpression');
  const returned = (isMade && scope.around && scope.script.returns.get(scope.around)) || [];
  return returned.flatMap(leavesOf).some((leaf) => nameOf(leaf.node) === name);
}

/**
 * The list that a loop goes through, of whose steps an expression is one, as compilers write `for (const one of list) one`:
 * `next = iterator(list); !(step = next()).done; step.value`, and `step = iterated.n()` or `iterated.next()`.
 */
export function goneThrough(node: Syntax, scope: Scope): GoneThrough | undefined {
  const binding = node.type === 'Identifier' ? scope.lookup(node.name) : undefined;
  if (!binding) return undefined;
  const known = gone.get(binding);
  if (known) return known.list;
  const list = listOf(node, scope);
  gone.set(binding, { list });
  return list;
}
const gone = new WeakMap<Binding, { readonly list: GoneThrough | undefined }>();

/** A list, and whether a loop goes through it for sure: something else may be asked for what is next. */
interface GoneThrough extends PlacedNode {
  readonly isLoop: boolean;
}

function listOf(node: Syntax, scope: Scope): GoneThrough | undefined {
  const step = madeBy(node, scope).find((value) => isCall(value.node) && value.node.arguments.length === 0);
  if (!step || !isCall(step.node)) return undefined;
  const { callee, end } = step.node;
  const isStep = isMember(callee) && memberName(callee) === 'next';
  // `!(step = next()).done`, and TypeScript's `step = iterated.next(); !step.done`.
  const after = step.scope.script.text.slice(end ?? 0, (end ?? 0) + 40);
  const isLoop = /^\s*(?:\)|;\s*![\w$]+)\s*\.done\b/.test(after);
  if (!isStep && !isLoop) return undefined;
  const iterator = isMember(callee) ? callee.object : callee;
  const made = madeBy(iterator, step.scope).find((value) => isCall(value.node) && value.node.arguments.length > 0);
  const list = made && isCall(made.node) ? made.node.arguments[0] : undefined;
  return list && made ? { node: list, scope: made.scope, isLoop } : undefined;
}

/** What is written for `super(host)`: where its arguments begin, or whose are given on, and the call that hands over the class. */
export interface SuperCall extends Caller {
  readonly of: PlacedNode<CallExpression>;
}

/**
 * A call that compilers write for `super(host)`: `_super.call(this, host)` where `_super = _createSuper(User)`, or `_callSuper(this, User, [host])`.
 * The class that is extended is what the function around is called with: `(function (_Base) { function User() {…} … })(Base)`.
 */
export function superCall({ node, scope }: PlacedNode<CallExpression>): SuperCall | undefined {
  const { callee, arguments: args } = node;
  const { around, functions, script } = scope;
  if (!around || args[0]?.type !== 'ThisExpression') return undefined;
  const isMade = (of: Syntax | undefined, at: Scope) =>
    of !== undefined && madeBy(of, at).some((value) => value.node === around);
  const of = functions.slice(functions.indexOf(around) + 1).map((one) => script.invoked.get(one));
  const handed = of.find((call) => call !== undefined);
  if (!handed) return undefined;
  const [, second, third] = args;
  const how = isMember(callee) ? memberName(callee) : undefined;
  if (isMember(callee) && (how === 'call' || how === 'apply')) {
    const maker = madeBy(callee.object, scope).find((value) => isCall(value.node) && value.node.arguments.length === 1);
    if (!maker || !isCall(maker.node) || !isMade(maker.node.arguments[0], maker.scope)) return undefined;
    if (how === 'call') return { node, scope, from: 1, of: handed };
    return isArguments(second, around) ? { node, scope, from: 0, forwards: around, of: handed } : undefined;
  }
  if (!isMade(second, scope)) return undefined;
  if (isArguments(third, around)) return { node, scope, from: 0, forwards: around, of: handed };
  if (third?.type !== 'ArrayExpression') return undefined;
  const given = third.elements.filter((element) => element !== null);
  return { node: { type: 'CallExpression', callee, arguments: given }, scope, from: 0, of: handed };
}

/** Whether all arguments of a function are given on: as they are, or, of one without parameters, as the list that was made of them. */
function isArguments(given: Syntax | undefined, around: Syntax): boolean {
  if (!given || !isCall(given)) return given !== undefined && nameOf(given) === 'arguments';
  const list = isMember(given.callee) && memberName(given.callee) === 'concat' ? given.callee.object : undefined;
  const isCopy = list?.type === 'ArrayExpression' && list.elements.length === 0;
  return isCopy && isFunctionNode(around) && around.params.length === 0;
}

/** The expressions from which a name gets its values. */
const madeBy = (node: Syntax, scope: Scope): readonly PlacedNode[] =>
  (node.type === 'Identifier' ? (scope.lookup(node.name)?.origins ?? []) : []).flatMap((origin) =>
    origin.kind === 'value' && origin.path.length === 0 ? [origin.value] : [],
  );
