/** Classes by those that they extend, in whatever script: what a class asks of `this`, those may have that extend it. */
import { put } from '../notes.ts';
import type { PlacedNode } from '../scope.ts';
import type { ClassNode, Syntax } from '../syntax.ts';
import type { Interpreter } from './interpreter.ts';

/** Classes below one that are looked at: of one with so many, others may have what it asks of `this`, too. */
export const HEIRS = 64;

export class Heirs {
  readonly #all: Interpreter;
  /** By class, those that say that they extend it; found once, when somebody asks. */
  #heirs: Map<Syntax, PlacedNode<ClassNode>[]> | undefined;
  #isComplete = false;
  readonly #below = new WeakMap<Syntax, readonly PlacedNode<ClassNode>[]>();

  constructor(all: Interpreter) {
    this.#all = all;
  }

  /** The classes that extend one, and those that extend these. */
  of(node: ClassNode): readonly PlacedNode<ClassNode>[] {
    const heirs = this.#found();
    const known = this.#below.get(node);
    if (known) return known;
    const all = new Map<Syntax, PlacedNode<ClassNode>>();
    const look = (one: Syntax): void => {
      for (const heir of heirs.get(one) ?? []) {
        if (all.size >= HEIRS || all.has(heir.node)) continue;
        all.set(heir.node, heir);
        look(heir.node);
      }
    };
    look(node);
    const below = [...all.values()];
    if (this.#isComplete) this.#below.set(node, below);
    return below;
  }

  #found(): ReadonlyMap<Syntax, PlacedNode<ClassNode>[]> {
    if (!this.#heirs) {
      // What a class extends may itself be asked of an object: meanwhile nothing extends anything.
      this.#heirs = new Map();
      this.#heirs = this.#all.answers.afresh(() => this.#find());
      this.#isComplete = true;
    }
    return this.#heirs;
  }

  #find(): Map<Syntax, PlacedNode<ClassNode>[]> {
    const found = new Map<Syntax, PlacedNode<ClassNode>[]>();
    for (const { heirs } of this.#all.scripts.known()) {
      for (const heir of heirs) {
        const parents = this.#all.budget.aside(() => this.#all.values(heir.node.superClass!, heir.scope));
        for (const parent of parents) if (parent.kind === 'class') put(found, parent.node, heir);
      }
    }
    return found;
  }
}
