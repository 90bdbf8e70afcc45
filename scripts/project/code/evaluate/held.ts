/** What frameworks keep values in: Vue's `ref` and `computed`, React's state. */
import { calledName } from '../names.ts';
import { KEPT, type PlacedNode } from '../scope.ts';
import type { CallExpression } from '../syntax.ts';
import { distinct } from '../value-sets.ts';
import type { OfHeld, OfMap, Value } from '../value.ts';
import type { Interpreter } from './interpreter.ts';
import type { Writes } from './writes.ts';

export class Held {
  readonly #all: Interpreter;
  readonly #writes: Writes;

  constructor(all: Interpreter, writes: Writes) {
    this.#all = all;
    this.#writes = writes;
  }

  /** What something of Vue's has as its value: what it was made with, and what it is set to. */
  value({ kind, node, scope }: OfHeld): readonly Value[] {
    if (node.type === 'NewExpression') return this.#writes.later(node, KEPT);
    const [first] = node.arguments;
    const given = first ? this.#all.values(first, scope) : [];
    if (kind === 'ref') return [...given, ...this.#writes.later(node, 'value'), ...this.#writes.later(node, 'current')];
    return this.made([...given, ...this.#all.walk(given.filter(isMap), ['get'])].filter(isFunction));
  }

  /** What functions among values give, and the others. */
  made = (values: readonly Value[]): readonly Value[] =>
    values.flatMap((value) => (value.kind === 'function' ? this.#all.result(value) : [value]));

  /** What a state is at first, and what it is set to. */
  state({ node, scope }: PlacedNode<CallExpression>): readonly Value[] {
    const { callee, arguments: args } = node;
    // A reducer's first argument is a function that gives the next state.
    const made = args.slice(0, calledName(callee) === 'useReducer' ? 2 : 1);
    const given = this.#all.callersOf(node).flatMap((call) => {
      const [argument] = call.node.arguments;
      return argument ? this.#all.values(argument, call.scope) : [];
    });
    const all = [...made.flatMap((one) => this.#all.values(one, scope)), ...given];
    // What a reducer does with what a framework gives it leads far away.
    return this.#all.budget.sparing(() => distinct(this.made(all)));
  }
}

/** Whether a value is a map, of which members are known. */
export const isMap = (value: Value): value is OfMap => value.kind === 'map';

/** Whether a value is a function of the code. */
export const isFunction = ({ kind }: Value): boolean => kind === 'function';
/** What keeps a value for each object, of which it is not known which one: any of the values. */
export const isWeakMap = (value: Value): boolean => value.kind === 'ref' && value.node.type === 'NewExpression';
