/** What is put into maps and lists after they were written down. */
import { ANY, KEPT, type PlacedNode, type AccessStep, type Write } from '../scope.ts';
import type { Syntax } from '../syntax.ts';
import { distinct } from '../value-sets.ts';
import { UNKNOWN, type Value } from '../value.ts';
import type { Interpreter } from './interpreter.ts';

/** What is put into maps and lists after they were written down, by those. */
type Targets = ReadonlyMap<Syntax, PlacedNode[]>;
const NO_TARGETS: Targets = new Map();

/** Places where a name is written, or lists added to, that are looked at: bundles have short names thousands of times. */
export const WRITES = 200;
const PUSHES = 3000;

export class Writes {
  readonly #all: Interpreter;
  /** By name, the maps that it is written to. */
  readonly #written = new Map<string, Targets | undefined>();
  readonly #added = new Map<'pushes' | 'unshifts', Targets | undefined>();

  constructor(all: Interpreter) {
    this.#all = all;
  }

  /** What is put into a map or a list after it was written down; at the places that a list has by then, only what is put before them. */
  later(node: Syntax, step: AccessStep, places = 0): readonly Value[] {
    const named = typeof step === 'string' ? (this.#writtenAs(step).get(node) ?? []) : [];
    const isPlace = step === ANY || /^\d+$/.test(String(step));
    const isAfter = step === ANY || Number(step) >= places;
    // Of what stands in more places than are looked at, the rest is unknown: any of them may keep another value.
    const isCut = step === KEPT && this.#all.scripts.writes(KEPT).length > WRITES;
    // Whatever a framework puts somewhere must not hide what is written down there.
    const found = this.#all.budget.sparing(() => [
      ...this.#given(named),
      ...(isPlace ? this.#addedTo(node, 'unshifts') : []),
      ...(isPlace && isAfter ? this.#addedTo(node, 'pushes') : []),
    ]);
    return isCut ? [...found, UNKNOWN] : found;
  }

  #writtenAs(name: string): Targets {
    const writes = this.#all.scripts.writes(name);
    if (writes.length === 0) return NO_TARGETS;
    return this.#lookedUp(this.#written, name, () => this.#byTarget(writes.slice(0, WRITES)));
  }

  #given = (placed: readonly PlacedNode[]): readonly Value[] =>
    placed.flatMap(({ node, scope }) => {
      if (node.type !== 'SpreadElement') return this.#all.values(node, scope);
      return this.#all.walk(this.#all.values(node.argument, scope), [ANY]);
    });

  /** A list to which thousands are added may be asked for any of them thousands of times. */
  #addedTo(node: Syntax, how: 'pushes' | 'unshifts'): readonly Value[] {
    const added = this.#lookedUp(this.#added, how, () => {
      const all = [...this.#all.scripts.known()].flatMap((script) => script[how]);
      return this.#byTarget(all.slice(0, PUSHES));
    });
    const placed = added.get(node);
    return placed ? this.#all.answers.to(placed, () => distinct(this.#given(placed))) : [];
  }

  /** What was looked up once; while it is, nothing is written to anything. */
  #lookedUp<Name>(known: Map<Name, Targets | undefined>, name: Name, look: () => Targets): Targets {
    const found = known.get(name);
    if (found) return found;
    if (known.has(name)) {
      this.#all.answers.cut();
      return NO_TARGETS;
    }
    known.set(name, undefined);
    const made = this.#all.answers.afresh(look);
    known.set(name, made);
    return made;
  }

  #byTarget(writes: readonly Write[]): Targets {
    const found = new Map<Syntax, PlacedNode[]>();
    for (const { object, value } of writes) {
      const targets = this.#all.budget.aside(() => this.#all.values(object.node, object.scope));
      for (const target of targets) {
        if (!('node' in target)) continue;
        const known = found.get(target.node);
        if (known) known.push(value);
        else found.set(target.node, [value]);
      }
    }
    return found;
  }
}
