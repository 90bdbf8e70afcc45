/** What Vue's `provide` hands to all components below, which `inject` gives by its name. */
import { calledName } from '../names.ts';
import { put } from '../notes.ts';
import type { PlacedNode } from '../scope.ts';
import { isCall, type Syntax } from '../syntax.ts';
import type { Value } from '../value.ts';
import type { Interpreter } from './interpreter.ts';
import type { Roles } from './roles.ts';

export class Provided {
  readonly #all: Interpreter;
  readonly #roles: Roles;
  /** By name, what is provided; found once, when somebody asks. */
  #provided: ReadonlyMap<string, PlacedNode[]> | undefined;

  constructor(all: Interpreter, roles: Roles) {
    this.#all = all;
    this.#roles = roles;
  }

  /** What is provided under a name. */
  under(name: string): readonly Value[] {
    if (!this.#provided) {
      // What is called may itself be injected: `const tell = inject("tell"); tell("saved", "success")`. Nothing is provided by that.
      this.#provided = new Map();
      this.#provided = this.#all.answers.afresh(() => this.#find());
    }
    return (this.#provided.get(name) ?? []).flatMap(({ node, scope }) => this.#all.values(node, scope));
  }

  #find(): ReadonlyMap<string, PlacedNode[]> {
    const found = new Map<string, PlacedNode[]>();
    for (const { sites } of this.#all.scripts.known()) {
      for (const { node, scope } of sites) {
        const [key, value] = isCall(node) && node.arguments.length === 2 ? node.arguments : [];
        if (!isCall(node) || !key || !value || !this.#provides(node.callee, { node, scope })) continue;
        for (const step of this.#all.budget.aside(() => this.#all.steps(key, scope)))
          if (typeof step === 'string') put(found, step, { node: value, scope });
      }
    }
    return found;
  }

  #provides(callee: Syntax, { scope }: PlacedNode): boolean {
    if (calledName(callee) === 'provide') return true;
    const called = this.#all.budget.aside(() => this.#all.values(callee, scope));
    return called.some((value) => this.#roles.of(value) === 'provide');
  }
}
