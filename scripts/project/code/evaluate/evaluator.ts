/**
 * Longer than most files, because every kind of expression is evaluated here.
 *
 * What expressions may be, followed through names, imports, maps, branches and calls, and never run. What the code does not say
 * is `unknown`; where it says several things, all of them are given.
 */
import { HOSTS } from '../known/apis.ts';
import { keyName, memberName, nameOf } from '../names.ts';
import {
  ANY,
  type Binding,
  type NameOrigin,
  type PlacedNode,
  type Scope,
  type Script,
  type AccessStep,
} from '../scope.ts';
import type { Scripts } from '../scripts.ts';
import type { MemberExpression, Syntax, SyntaxOf } from '../syntax.ts';
import { bounded, distinct, summands } from '../value-sets.ts';
import { textOf, UNKNOWN, type Value } from '../value.ts';
import { Answers } from './answers.ts';
import { Budget, NEARBY } from './budget.ts';
import { Callers } from './callers.ts';
import { Calls } from './calls.ts';
import { goneThrough, thisAt } from './compiled-names.ts';
import { isMap } from './held.ts';
import type { Caller, Interpreter } from './interpreter.ts';
import { Members } from './members.ts';
import { isListed } from './methods.ts';
import { Modules } from './modules.ts';
import { joined } from './texts.ts';
import { free, written } from './written.ts';

/** Places from which a name may get its values. */
const MEANINGS = 1000;

export class Evaluator implements Interpreter {
  readonly answers: Answers = new Answers(() => this.budget);
  readonly budget: Budget = new Budget(() => this.answers.limit());
  readonly scripts: Scripts;
  readonly hosts: ReadonlySet<string>;
  readonly #modules: Modules;
  readonly #members: Members;
  readonly #callers: Callers;
  readonly #calls: Calls;

  /** `compatible`: other vendors' names of the API that the project may use. */
  constructor(scripts: Scripts, compatible: readonly string[] = []) {
    this.scripts = scripts;
    this.hosts = new Set([...HOSTS, ...compatible]);
    this.#modules = new Modules(this);
    this.#members = new Members(this, this.#modules);
    this.#callers = new Callers(this);
    this.#calls = new Calls(this, this.#modules, this.#callers);
  }

  /** Everything that an expression may be: a question of its own. */
  valuesOf({ node, scope }: PlacedNode): readonly Value[] {
    this.#begin();
    return this.#plain(this.values(node, scope));
  }

  /** The same where few steps say it or nothing does: what a call calls, and what else has the name of a method. */
  nearbyValuesOf({ node, scope }: PlacedNode): readonly Value[] {
    this.#begin(NEARBY);
    return this.values(node, scope);
  }

  /** The values of a map's key or a list's place, of everything that an expression may be. */
  at(placed: PlacedNode, ...path: AccessStep[]): readonly Value[] {
    return this.walk(this.valuesOf(placed), path);
  }

  /** What a value has under a key, as a question of its own. */
  memberOf(value: Value, step: AccessStep): readonly Value[] {
    this.#begin();
    return this.#plain(this.member(value, step));
  }

  /** What a script gives under a name, for who reads its configuration. */
  exported(script: Script, name: string): readonly Value[] {
    this.#begin();
    return this.#modules.exported(script, name);
  }

  /** The elements of a list in their order, spreads followed; `unknown` among them where the code computes some. */
  elements(values: readonly Value[], depth = 0): Value[] {
    const [list] = values;
    if (values.length === 1 && list?.kind === 'elements') return [...list.of];
    if (values.length !== 1 || list?.kind !== 'list' || depth > 8) return [UNKNOWN];
    const written = list.node.elements.flatMap((element) => {
      if (!element) return [];
      if (element.type !== 'SpreadElement') return [...this.valuesOf({ node: element, scope: list.scope })];
      const spread = this.valuesOf({ node: element.argument, scope: list.scope });
      if (this.answers.isCut) return [UNKNOWN];
      const isComputed = spread.some(({ kind }) => kind === 'elements');
      return [...this.elements(spread, depth + 1), ...(isComputed ? [UNKNOWN] : [])];
    });
    return [...written, ...this.#members.added(list.node)];
  }

  callersOf(node: Syntax): readonly Caller[] {
    return this.#callers.callersOf(node);
  }

  defaultsOf = (of: Syntax): readonly Value[] => this.#members.defaultsOf(of);

  /** Whether one of functions makes elements, whatever a bundler calls it: `(0, a.Y)(Image, { src })`. */
  makesElements = (functions: readonly Value[]): boolean => this.#calls.makesElements(functions);

  result = (value: Value): readonly Value[] => this.#calls.result(value);

  /** What is kept in something of Vue's, which shows it without being asked. */
  #plain = (values: readonly Value[]): readonly Value[] =>
    values.flatMap((value) =>
      value.kind === 'ref' || value.kind === 'computed' ? this.#members.held(value) : [value],
    );

  #begin(most?: number): void {
    this.budget.begin(most);
    this.answers.begin();
  }

  values(node: Syntax, scope: Scope): readonly Value[] {
    const said = written(node, scope, this.hosts);
    if (said) return said;
    return this.answers.to(node, () => {
      this.budget.spend(1);
      if (this.budget.isOver) return [UNKNOWN];
      return this.budget.deeper(() => distinct(this.#evaluate(node, scope)));
    });
  }

  #evaluate(node: Syntax, scope: Scope): readonly Value[] {
    switch (node.type) {
      case 'TaggedTemplateExpression':
        return this.values(node.quasi, scope);
      case 'TemplateLiteral':
        return this.#template(node, scope);
      case 'BinaryExpression':
        return this.#sum(node, scope);
      case 'ConditionalExpression':
        return [node.consequent, node.alternate].flatMap((branch) => this.values(branch, scope));
      case 'LogicalExpression': {
        const { left, right, operator } = node;
        const second = this.values(right, scope);
        return operator === '&&' ? second : [...this.#before(left, scope), ...second];
      }
      case 'SequenceExpression':
      case 'AssignmentExpression':
        return this.values(node.type === 'SequenceExpression' ? node.expressions.at(-1)! : node.right, scope);
      case 'AwaitExpression':
      case 'YieldExpression':
        return node.argument ? this.values(node.argument, scope) : [UNKNOWN];
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TypeCastExpression':
      case 'TSInstantiationExpression':
      case 'JSXExpressionContainer':
        return this.values(node.expression, scope);
      case 'UnaryExpression':
        return node.operator === 'void' ? [] : [UNKNOWN];
      case 'Super':
        return this.#super(scope);
      case 'ThisExpression':
        return this.#this(scope);
      case 'Identifier':
        return this.#name(node.name, scope);
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        return this.#member(node, scope);
      case 'CallExpression':
      case 'OptionalCallExpression':
        return this.#calls.call(node, scope);
      case 'NewExpression':
        return this.#calls.new(node, scope);
      case 'ImportExpression':
        return this.#modules.required(node.source, scope);
      default:
        return [UNKNOWN];
    }
  }

  /** What stands before `||`: a name that is just being given its value has no other one, as an enum that compilers begin with `Hosts || {}`. */
  #before(node: Syntax, scope: Scope): readonly Value[] {
    const isBegun = node.type === 'Identifier' && this.answers.isOpen(scope.lookup(node.name) ?? node);
    return this.values(node, scope).filter(({ kind }) => !isBegun || kind !== 'unknown');
  }

  #template({ quasis, expressions }: SyntaxOf<'TemplateLiteral'>, scope: Scope): readonly Value[] {
    return quasis.reduce<readonly Value[]>(
      (all, quasi, i) => {
        const said = joined(all, () => [bounded(quasi.value.cooked ?? quasi.value.raw, true)]);
        const next = expressions[i];
        return next ? this.#joined(said, next, scope) : said;
      },
      [textOf('')],
    );
  }

  #sum(node: Syntax, scope: Scope): readonly Value[] {
    const parts = summands(node);
    if (!parts) return [UNKNOWN];
    const [first, ...rest] = parts;
    return rest.reduce<readonly Value[]>((all, part) => this.#joined(all, part, scope), this.values(first!, scope));
  }

  #joined(starts: readonly Value[], end: Syntax, scope: Scope): readonly Value[] {
    return joined(starts, () => {
      const ends = this.values(end, scope);
      this.budget.spend(starts.length * ends.length);
      return ends;
    });
  }

  steps(node: Syntax, scope: Scope): AccessStep[] {
    const texts = this.values(node, scope).map((value) => (value.kind === 'text' && value.isWhole ? value.text : ANY));
    return texts.includes(ANY) ? [ANY] : [...new Set(texts)];
  }

  #member(node: MemberExpression, scope: Scope): readonly Value[] {
    const { object, property, computed } = node;
    const name = memberName(node);
    const owners = this.values(object, scope);
    const at = thisAt(object, scope);
    if (at && name !== undefined && !at.self?.type.startsWith('Class')) {
      // A function may be of another object than the one that it is written down in.
      const own = at.self ? this.walk(owners, [name]) : this.walk(owners.filter(isMap), [name]);
      const others = () => [...this.#members.ofAnyThis(at, name), ...this.#members.ofShared(name), UNKNOWN];
      return own.length > 0 ? own : others();
    }
    const gone = name === 'value' ? goneThrough(object, scope) : undefined;
    if (gone) {
      const elements = this.walk(this.values(gone.node, gone.scope).filter(isListed), [ANY]);
      if (elements.length > 0) return gone.isLoop ? elements : [...elements, UNKNOWN];
    }
    const steps: AccessStep[] = computed ? this.#keys(property, scope) : [nameOf(property) ?? ANY];
    return steps.flatMap((step) => this.walk(owners, [step]));
  }

  /** What a computed key may be: what it says, or the key of that name where something is written under it. */
  #keys(key: Syntax, scope: Scope): AccessStep[] {
    const steps = this.steps(key, scope);
    if (key.type !== 'Identifier' || !steps.includes(ANY)) return steps;
    const name = keyName(key.name);
    return this.scripts.writes(name).length > 0 ? [name, ...steps] : steps;
  }

  #this(scope: Scope): readonly Value[] {
    const { self } = scope;
    if (!self) return this.#drawing(scope);
    const inner = scope.script.scopeOf.get(self) ?? scope;
    if (self.type === 'ObjectExpression') return [{ kind: 'map', node: self, scope: inner }];
    return [{ kind: scope.isStatic ? 'class' : 'instance', node: self, scope: inner, isThis: true }];
  }

  /** What `this` is in a function that draws the markup of what the script registers. */
  #drawing({ around, script: { drawn, registered } }: Scope): readonly Value[] {
    const options = around ? this.#callers.drawnOf(around) : [];
    if (options.length > 0) return options;
    const isDrawing = around !== undefined && drawn.has(around) && registered;
    return isDrawing ? this.values(registered.node, registered.scope) : [UNKNOWN];
  }

  /** What the class is that the one around extends, as an object of it. */
  #super(scope: Scope): readonly Value[] {
    const { self } = scope;
    if (!self || self.type === 'ObjectExpression' || !self.superClass) return [UNKNOWN];
    const kind = 'instance';
    const parents = this.values(self.superClass, scope.script.scopeOf.get(self) ?? scope);
    return parents.map((value): Value => (value.kind === 'class' ? { ...value, kind } : UNKNOWN));
  }

  #name(name: string, scope: Scope): readonly Value[] {
    const binding = scope.lookup(name);
    return binding ? this.#binding(binding, scope) : free(name, scope, this.hosts);
  }

  #binding(binding: Binding, scope: Scope): readonly Value[] {
    return this.answers.to(binding, () => {
      const { origins, isOpen, added } = binding;
      if (this.budget.isOver) return [UNKNOWN];
      const found = origins.slice(0, MEANINGS).flatMap((origin) => this.origin(origin, scope.script));
      const values = added ? this.#grown(found, added) : found;
      const isMore = isOpen || origins.length === 0 || origins.length > MEANINGS;
      return distinct(isMore ? [...values, UNKNOWN] : values);
    });
  }

  /** Texts to which something is added: what they begin with, and where that is nothing, what is added. */
  #grown(found: readonly Value[], added: readonly PlacedNode[]): readonly Value[] {
    const isEmpty = found.some((value) => value.kind === 'text' && value.text === '');
    const more = isEmpty ? added.slice(0, 64).flatMap(({ node, scope }) => this.values(node, scope)) : [];
    return [...found, ...more].map((value) => (value.kind === 'text' ? textOf(value.text, false) : value));
  }

  origin(origin: NameOrigin, script: Script): readonly Value[] {
    switch (origin.kind) {
      case 'value':
        return this.walk(this.values(origin.value.node, origin.value.scope), origin.path);
      case 'import':
        return this.#modules.imported(script, origin.from, origin.name);
      case 'parameter':
        return this.walk(this.#calls.parameter(origin, script), origin.path);
      case 'given':
        return [{ kind: origin.as, script: origin.script }];
    }
  }

  walk(values: readonly Value[], path: readonly AccessStep[]): readonly Value[] {
    return path.reduce((all, step) => distinct(all.flatMap((value) => this.member(value, step))), values);
  }

  member(value: Value, step: AccessStep): readonly Value[] {
    this.budget.spend(1);
    // A map may spread itself, by way of what it is assigned to.
    if (this.budget.isOver) return [UNKNOWN];
    return this.budget.deeper(() => this.#members.of(value, step));
  }
}
