/** Names that compilers make for what code writes otherwise: for `this`, and for the steps of a loop. Nothing is evaluated. */
import { isMember, memberName, nameOf } from '../names.ts';
import type { PlacedNode, Scope } from '../scope.ts';
import { isCall, type Syntax } from '../syntax.ts';
import { leavesOf } from './roles.ts';

/**
 * Where `this` is taken that an expression is: here, or where a name for it was given its value, as compilers write `var _this = this`, and
 * `_this = _callSuper(this, Client)` in what makes a class.
 */
export function thisAt(node: Syntax, scope: Scope): Scope | undefined {
  if (node.type === 'ThisExpression') return scope;
  const name = node.type === 'Identifier' ? node.name : '';
  const origins = scope.lookup(name)?.origins ?? [];
  const given = madeBy(node, scope);
  const own = given.find((value) => value.node.type === 'ThisExpression');
  if (own) return origins.length === 1 ? own.scope : undefined;
  return given.find((value) => isMadeOfThis(value, name))?.scope;
}

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
export function goneThrough(node: Syntax, scope: Scope): PlacedNode | undefined {
  const step = madeBy(node, scope).find((value) => isCall(value.node) && value.node.arguments.length === 0);
  if (!step || !isCall(step.node)) return undefined;
  const { callee, end } = step.node;
  const isStep = isMember(callee) && memberName(callee) === 'next';
  const after = step.scope.script.text.slice(end ?? 0, (end ?? 0) + 20);
  if (!isStep && !/^\s*\)\s*\.done\b/.test(after)) return undefined;
  const iterator = isMember(callee) ? callee.object : callee;
  const made = madeBy(iterator, step.scope).find((value) => isCall(value.node) && value.node.arguments.length > 0);
  const list = made && isCall(made.node) ? made.node.arguments[0] : undefined;
  return list && made ? { node: list, scope: made.scope } : undefined;
}

/** The expressions from which a name gets its values. */
const madeBy = (node: Syntax, scope: Scope): readonly PlacedNode[] =>
  (node.type === 'Identifier' ? (scope.lookup(node.name)?.origins ?? []) : []).flatMap((origin) =>
    origin.kind === 'value' && origin.path.length === 0 ? [origin.value] : [],
  );
