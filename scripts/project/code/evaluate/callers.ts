/** Who calls a function of the project. */
import { defined } from '../../../core/defined.ts';
import { calledBy, isMember, memberName, nameOf } from '../names.ts';
import type { PlacedNode, Scope } from '../scope.ts';
import { isCall, type Syntax } from '../syntax.ts';
import type { OfMap, Value } from '../value.ts';
import type { Caller, Interpreter } from './interpreter.ts';

type CallSite = Pick<Caller, 'node' | 'scope'>;

export class Callers {
  readonly #all: Interpreter;
  #callers: Map<Syntax, Caller[]> | undefined;
  #isGathering = false;
  #members: ReadonlySet<string> = new Set();
  /** The functions that draw something, by the options of which it is made. */
  readonly #drawn = new Map<Syntax, OfMap[]>();

  constructor(all: Interpreter) {
    this.#all = all;
  }

  /** The options of what a function draws: `_export_sfc(options, [["render", function]])`. */
  drawnOf(of: Syntax): readonly OfMap[] {
    this.callersOf(of);
    return this.#drawn.get(of) ?? [];
  }

  /** Finds where each function of the project is called by name: once, when somebody asks. */
  #gather(): void {
    this.#callers = new Map();
    this.#isGathering = true;
    const all = [...this.#all.scripts.known()];
    const names = all.flatMap(({ members, writes, exports }) => [...members, ...writes.keys(), ...exports.keys()]);
    this.#members = new Set(names);
    for (const script of all) {
      for (const site of script.sites) this.#note(site);
    }
    this.#isGathering = false;
  }

  callersOf(of: Syntax): readonly Caller[] {
    if (!this.#callers) this.#all.answers.afresh(() => this.#gather());
    if (this.#isGathering) this.#all.answers.cut();
    return this.#callers?.get(of) ?? [];
  }

  #note({ node, scope }: PlacedNode): void {
    if (!isCall(node) && node.type !== 'NewExpression') return;
    const site: CallSite = { node, scope };
    const callee = calledBy(node.callee);
    this.#noteDrawing(site);
    const how = isMember(callee) ? memberName(callee) : undefined;
    // Under most names of the language nothing of the project is called.
    const isMaybe = how === undefined || this.#members.has(how);
    if (isMaybe) this.#noteAs(this.#asked(callee, site.scope), site, 0);
    if (!isMember(callee) || (how !== 'call' && how !== 'apply')) return;
    const called = this.#asked(callee.object, site.scope);
    if (how === 'call') return this.#noteAs(called, site, 1);
    const [, given] = site.node.arguments;
    const forwards = given && nameOf(given) === 'arguments' ? site.scope.around : undefined;
    if (forwards) this.#noteAs(called, site, 0, forwards);
  }

  #noteDrawing({ node, scope }: CallSite): void {
    const [options, parts] = node.arguments;
    if (!options || parts?.type !== 'ArrayExpression') return;
    for (const part of parts.elements) {
      const [name, of] = part?.type === 'ArrayExpression' ? part.elements : [];
      if (!name || !of || nameOf(name) !== 'render') continue;
      const made = this.#asked(options, scope).filter((value) => value.kind === 'map');
      for (const one of this.#asked(of, scope)) if (one.kind === 'function') this.#drawn.set(one.node, made);
    }
  }

  #asked = (node: Syntax, scope: Scope) => this.#all.budget.aside(() => this.#all.values(node, scope));

  #noteAs(values: readonly Value[], site: CallSite, from: number, forwards?: Syntax): void {
    const caller: Caller = { ...site, from, ...defined({ forwards }) };
    for (const value of values) {
      const called = functionOf(value);
      if (!called) continue;
      const known = this.#callers!.get(called);
      if (known) known.push(caller);
      else this.#callers!.set(called, [caller]);
    }
  }
}

/** What runs when a value is called or made. */
function functionOf(value: Value): Syntax | undefined {
  if (value.kind === 'function' || value.kind === 'setter') return value.node;
  if (value.kind !== 'class') return undefined;
  const { body } = value.node.body;
  return body.find((member) => 'kind' in member && member.kind === 'constructor');
}
