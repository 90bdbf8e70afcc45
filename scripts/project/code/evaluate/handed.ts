/** What functions are called with that are handed to a function of the project, which calls them: `renderList(list, (item) => …)`. */
import { isMember, memberName, nameOf } from '../names.ts';
import { put } from '../notes.ts';
import { ANY, type AccessStep, type PlacedNode, type Scope, type Script } from '../scope.ts';
import { isCall, type CallExpression, type Syntax } from '../syntax.ts';
import type { Value } from '../value.ts';
import type { Interpreter } from './interpreter.ts';
import { leavesOf, parameterAt } from './roles.ts';

/** A call of a function's own parameter. */
interface OwnCall extends PlacedNode<CallExpression> {
  readonly index: number;
}
/** A parameter, and what of it is meant. */
interface ParameterPart {
  readonly index: number;
  readonly path: readonly AccessStep[];
}
/** Functions that one call may call, and calls of a parameter in one, that are looked at. */
const MOST = 16;

export class Handed {
  readonly #all: Interpreter;
  /** By script, the calls of parameters by the functions that have these. */
  readonly #calls = new WeakMap<object, ReadonlyMap<Syntax, OwnCall[]>>();

  constructor(all: Interpreter) {
    this.#all = all;
  }

  /** What a function that is written in a call gets as its parameter at an index; nothing where that is not known. */
  given(of: Syntax, index: number, script: Script): readonly Value[] {
    const call = script.passed.get(of);
    const place = call?.node.arguments.findIndex((argument) => argument === of) ?? -1;
    if (!call || place < 0) return [];
    const called = this.#all.budget.aside(() => this.#all.values(call.node.callee, call.scope));
    return called.slice(0, MOST).flatMap((value) => {
      if (value.kind !== 'function') return [];
      const own = this.#callsIn(value.scope.script).get(value.node) ?? [];
      const parts = own
        .filter((one) => one.index === place)
        .slice(0, MOST)
        .flatMap(({ node, scope }) => partsOf(node.arguments[index], scope, value.node));
      return parts.flatMap((part) => this.#of(part, call));
    });
  }

  #of({ index, path }: ParameterPart, { node, scope }: PlacedNode<CallExpression>): readonly Value[] {
    const argument = node.arguments[index];
    return argument ? this.#all.walk(this.#all.values(argument, scope), path) : [];
  }

  #callsIn({ sites }: Script): ReadonlyMap<Syntax, OwnCall[]> {
    const known = this.#calls.get(sites);
    if (known) return known;
    const found = new Map<Syntax, OwnCall[]>();
    for (const { node, scope } of sites) {
      const name = isCall(node) ? nameOf(node.callee) : undefined;
      if (!isCall(node) || name === undefined) continue;
      const [origin] = scope.lookup(name)?.origins ?? [];
      if (origin?.kind !== 'parameter' || origin.isRest || origin.path.length > 0) continue;
      put(found, origin.of, { node, scope, index: origin.index });
    }
    this.#calls.set(sites, found);
    return found;
  }
}

/** The parameters of a function that an argument may be, or a member of. */
function partsOf(argument: Syntax | undefined, scope: Scope, of: Syntax): readonly ParameterPart[] {
  return (argument ? leavesOf({ node: argument, scope }) : []).flatMap(({ node }) => {
    const object = isMember(node) ? node.object : node;
    const index = parameterAt(object, scope, of);
    if (index === undefined) return [];
    return [{ index, path: isMember(node) ? [memberName(node) ?? ANY] : [] }];
  });
}
