/**
 * What functions make with `new`: how compilers write classes for older engines. `this` in them is told by where they stand, since a class
 * is what one function around makes: `(function (Parent) { function Client() {…} _inherits(Client, Parent); … })(Base)`.
 */
import { isMember, memberName } from '../names.ts';
import { put } from '../notes.ts';
import { ANY, type AccessStep, type PlacedNode, type Scope, type Write } from '../scope.ts';
import type { CallExpression, Syntax } from '../syntax.ts';
import { UNKNOWN, type OfMade, type Value } from '../value.ts';
import type { Interpreter } from './interpreter.ts';
import { WRITES, type Writes } from './writes.ts';

/** Where a name is written: by the outermost function around, and to any `this`, of which only so many are looked at. */
interface WritePlaces {
  readonly near: ReadonlyMap<Syntax | undefined, readonly Write[]>;
  readonly anywhere: readonly Write[];
}

export class Made {
  readonly #all: Interpreter;
  readonly #writes: Writes;
  readonly #places = new WeakMap<readonly Write[], WritePlaces>();

  constructor(all: Interpreter, writes: Writes) {
    this.#all = all;
    this.#writes = writes;
  }

  /** What an object has under a key that was made with a function: of its prototype, of what that is made of, of `this` where it stands. */
  of({ node, scope }: OfMade, step: AccessStep): readonly Value[] {
    // What polyfills of `URL` say of an address is no address that somebody wrote.
    if (step === ANY || URL_PARTS.has(step)) return [UNKNOWN];
    const inherited = this.#writes.later(node, 'prototype').filter(({ kind }) => kind === 'map' || kind === 'made');
    const own = [...this.#writes.later(node, step), ...this.#all.walk(inherited, [step])].filter(isKnown);
    if (own.length > 0) return own;
    const around = scope.script.scopeOf.get(node) ?? scope;
    const near = this.#written(around, String(step), false);
    const all = near.length > 0 ? near : this.#inherited(around, String(step));
    // What stands near may be another's.
    return [...all, UNKNOWN];
  }

  /** What `this` may have where nothing says what it is. */
  ofThis(around: Scope, name: string): readonly Value[] {
    // What a component of React is not given has its default: `defineProperty(Card, "defaultProps", { host })`.
    const names = name === 'props' ? [name, 'defaultProps'] : [name];
    const own = names.flatMap((one) => this.#written(around, one, true));
    return own.length > 0 ? own : this.#inherited(around, name);
  }

  /** What is written to `this`, to a name for it or to a prototype, in the function around; with `isAnywhere` to any `this` of the script. */
  #written({ script, outermost }: Scope, name: string, isAnywhere: boolean): readonly Value[] {
    const writes = script.writes.get(name);
    if (!writes) return [];
    const { near, anywhere } = this.#placesOf(writes);
    const found = near.get(outermost) ?? [];
    if (!isAnywhere && found.length > NEAR) return [];
    const more = isAnywhere ? anywhere.filter((write) => write.object.scope.outermost !== outermost) : [];
    return [...found, ...more].slice(0, WRITES).flatMap(({ value }) => this.#all.values(value.node, value.scope));
  }

  /** A name that is written in thousands of functions may be asked for in each of them: they are looked through once. */
  #placesOf(writes: readonly Write[]): WritePlaces {
    const known = this.#places.get(writes);
    if (known) return known;
    const near: Map<Syntax | undefined, Write[]> = new Map();
    const anywhere: Write[] = [];
    for (const write of writes) {
      const { node, scope } = write.object;
      const isThis = node.type === 'ThisExpression';
      if (isThis && anywhere.length < WRITES) anywhere.push(write);
      if (isThis || node.type === 'Identifier' || (isMember(node) && memberName(node) === 'prototype'))
        put(near, scope.outermost, write);
    }
    const places = { near, anywhere };
    this.#places.set(writes, places);
    return places;
  }

  /** The same of what the class extends, which the function around is called with. */
  #inherited(around: Scope, name: string): readonly Value[] {
    return around.functions.flatMap((of) => {
      const call = around.script.invoked.get(of);
      return call ? this.#parents(call, around).flatMap((parent) => this.#all.member(parent, name)) : [];
    });
  }

  #parents({ node, scope }: PlacedNode<CallExpression>, { outermost }: Scope): readonly Value[] {
    const given = node.arguments.flatMap((argument) => this.#all.values(argument, scope));
    return given.flatMap((value): Value[] => {
      const isElsewhere = value.kind === 'function' && value.scope.outermost !== outermost;
      return isElsewhere ? [{ ...value, kind: 'made' }] : [];
    });
  }
}

/** Places near a class where a name is written: of one with more it is not said whose it is, as in the inside of frameworks. */
const NEAR = 16;
const URL_PARTS: ReadonlySet<AccessStep> = new Set(['href', 'origin', 'toString', 'protocol']);
const isKnown = ({ kind }: Value): boolean => kind !== 'unknown';
