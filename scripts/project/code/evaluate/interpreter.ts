/** What the parts of the evaluator ask of each other: every kind of expression is evaluated by way of every other. */
import type { Answers } from './answers.ts';
import type { Budget } from './budget.ts';
import type { NameOrigin, PlacedNode, Scope, Script, AccessStep } from '../scope.ts';
import type { Scripts } from '../scripts.ts';
import type { CallExpression, Syntax, SyntaxOf } from '../syntax.ts';
import type { Value } from '../value.ts';

export interface Interpreter {
  readonly budget: Budget;
  readonly answers: Answers;
  readonly scripts: Scripts;
  /** Global names of the API. */
  readonly hosts: ReadonlySet<string>;
  /** Everything that an expression may be. */
  values(node: Syntax, scope: Scope): readonly Value[];
  /** What a name or an export gets from one place. */
  origin(origin: NameOrigin, script: Script): readonly Value[];
  /** What values have at the end of a path. */
  walk(values: readonly Value[], path: readonly AccessStep[]): readonly Value[];
  /** What a value has under a key. */
  member(value: Value, step: AccessStep): readonly Value[];
  /** What a function gives back. */
  result(value: Value): readonly Value[];
  /** Calls of a function of the project, and of what sets a state. */
  callersOf(node: Syntax): readonly Caller[];
  /** The maps of properties that a function has where it is not given them: `Card.defaultProps = {…}`. */
  defaultsOf(of: Syntax): readonly Value[];
  /** The keys that a computed one may be; any of them when that is not known. */
  steps(node: Syntax, scope: Scope): AccessStep[];
}

/** A call, and where its arguments begin: `f.call(this, a)` gives the first one second. */
export interface Caller extends PlacedNode<CallExpression | SyntaxOf<'NewExpression'>> {
  readonly from: number;
  /** The function whose own arguments it forwards: `f.apply(this, arguments)`. */
  readonly forwards?: Syntax;
}
