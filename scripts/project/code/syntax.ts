/** JavaScript and TypeScript as trees. */
import { parse, type Expression, type File } from '@babel/parser';
import { defined } from '../../core/defined.ts';

/** Keys of a tree below which no code stands that runs. */
const NO_CHILDREN = [
  'type',
  'extra',
  'loc',
  'errors',
  'comments',
  'leadingComments',
  'innerComments',
  'trailingComments',
  'tokens',
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'predicate',
] as const;
const HAS_NO_CHILDREN: ReadonlySet<string> = new Set(NO_CHILDREN);

type Typed<Part> = Extract<Part, { type: string }>;
type NodeOf<Field> = Typed<Field extends readonly (infer Item)[] ? Item : Field>;
type CodeKey<Node> = Exclude<keyof Node, (typeof NO_CHILDREN)[number]>;
/** What stands directly below a node of a tree. */
type Below<Node> = Node extends unknown ? { [Key in CodeKey<Node>]-?: NodeOf<Node[Key]> }[CodeKey<Node>] : never;
/** A node and what stands below it, a level of each item of a list. */
type Nested<Node, Levels extends readonly unknown[]> = Levels extends readonly [unknown, ...infer Rest]
  ? Nested<Node | Below<Node>, Rest>
  : Node;

/** Any part of a tree: of every kind that the parser's own types have, for below the fourth level there are no others. */
export type Syntax = Nested<File['program'], [1, 2, 3, 4]>;
/** The parts of these kinds. */
export type SyntaxOf<Type extends Syntax['type']> = Extract<Syntax, { type: Type }>;
/** A map as it is written, and an enum, which is one. */
export type MapNode = SyntaxOf<'ObjectExpression' | 'TSEnumDeclaration'>;
/** What stands in a map that is written out. */
export type MapEntry = SyntaxOf<'ObjectExpression'>['properties'][number];
export type ClassNode = SyntaxOf<'ClassDeclaration' | 'ClassExpression'>;
/** A call, as the parser gives it. */
export type CallExpression = SyntaxOf<'CallExpression' | 'OptionalCallExpression'>;
/** `a.b`, `a[b]` and `a?.b`. */
export type MemberExpression = SyntaxOf<'MemberExpression' | 'OptionalMemberExpression'>;

/** Scripts, by the end of their name; `.rjs`, `.sjs` and `.wxs` run in the view layer. */
export const isScript = (path: string): boolean =>
  /\.(?:[cm]?[jt]sx?|rjs|sjs|wxs)$/.test(path) && !/\.d\.[cm]?ts$/.test(path);

const FUNCTIONS = [
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
] as const;
/** What has parameters and a body. */
export type FunctionNode = SyntaxOf<(typeof FUNCTIONS)[number]>;
const IS_FUNCTION: ReadonlySet<string> = new Set(FUNCTIONS);

/** Whether a part has parameters and a body. */
export const isFunctionNode = (node: Syntax): node is FunctionNode => IS_FUNCTION.has(node.type);

const NO_VALUES = [
  'SpreadElement',
  'ArgumentPlaceholder',
  'RestElement',
  'ObjectPattern',
  'ArrayPattern',
  'AssignmentPattern',
  'VoidPattern',
] as const;
const IS_NO_VALUE: ReadonlySet<string> = new Set(NO_VALUES);

/** Whether what stands as an argument or after a key is one value: neither spread, nor a pattern, nor left open. */
export const isValue = <Node extends Syntax>(node: Node): node is Exclude<Node, SyntaxOf<(typeof NO_VALUES)[number]>> =>
  !IS_NO_VALUE.has(node.type);

/** Whether a part is a call, `f()` or `f?.()`. */
export const isCall = (node: Syntax): node is CallExpression =>
  node.type === 'CallExpression' || node.type === 'OptionalCallExpression';

export class SyntaxFault extends Error {
  /** UTF-16 units from the start of the text. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

type Plugins = NonNullable<Parameters<typeof parse>[1]>['plugins'];

/** The tree of a text. Small mistakes are passed over as engines do not; throws SyntaxFault when there is no tree. */
export function parseScript(path: string, text: string): File['program'] {
  const isTyped = /\.[cm]?tsx?$/.test(path);
  const hasJsx = path.endsWith('x') || !isTyped;
  // Scripts may have types without a sign in their name; what is plain JavaScript need not be readable as TypeScript.
  const ways: Plugins[] = isTyped
    ? [['typescript', ...(hasJsx ? (['jsx'] as const) : []), 'decorators-legacy']]
    : [
        ['jsx', 'decorators-legacy'],
        ['typescript', 'jsx', 'decorators-legacy'],
      ];
  let fault: SyntaxFault | undefined;
  for (const plugins of ways) {
    try {
      return parse(text, {
        sourceType: 'unambiguous',
        errorRecovery: true,
        attachComment: false,
        // Lines are counted where they are shown: with them a tree takes half as much again of time and memory.
        locations: false,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
        allowSuperOutsideMethod: true,
        allowNewTargetOutsideFunction: true,
        allowUndeclaredExports: true,
        ...defined({ plugins }),
      }).program;
    } catch (error) {
      fault ??= faultOf(error);
    }
  }
  throw fault ?? new SyntaxFault('it cannot be read', 0);
}

/** `a` or `a.b.c`, as most expressions of templates are. */
const PATH = /^\s*([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\s*$/;
/** Names that are no identifiers. */
const WORDS = /^(?:true|false|null|this|new|typeof|void|delete|class|function|async|await|yield|let|import|super|in)$/;

/** An expression alone, as templates have it in double braces; undefined when it is none. */
export function parseExpressionOf(text: string): Expression | undefined {
  const names = PATH.exec(text)?.[1]?.split('.');
  if (names && !WORDS.test(names[0]!)) return pathOf(names);
  try {
    const program = parse(`(${text}\n)`, { errorRecovery: false, attachComment: false, locations: false }).program;
    const [statement] = program.body;
    return program.body.length === 1 && statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  } catch {
    return undefined;
  }
}

/** A name, as the parser would give it. */
export const identifier = (name: string): SyntaxOf<'Identifier'> => ({ type: 'Identifier', name });

const pathOf = ([first = '', ...members]: readonly string[]): Expression =>
  members.reduce<Expression>(
    (object, name) => ({ type: 'MemberExpression', object, property: identifier(name), computed: false }),
    identifier(first),
  );

function faultOf(error: unknown): SyntaxFault {
  if (error instanceof RangeError) return new SyntaxFault('it is nested too deep', 0);
  const message = error instanceof Error ? error.message : String(error);
  const offset = error instanceof Error && 'pos' in error && typeof error.pos === 'number' ? error.pos : 0;
  return new SyntaxFault(message.replace(/(?<!\s)\s*\(\d+:\d+\)$/, '').split('\n')[0]!, offset);
}

const NO_FORM: Record<string, unknown> = Object.freeze({});

/** Forgets the written form of a part, which nobody asks for. */
export function forgetForm(node: Syntax): void {
  if (node.extra !== undefined) node.extra = NO_FORM;
}

/** Calls `take` with each part of a tree directly below a part, types left out. Bundles have millions of them. */
export function eachChild<Node extends Syntax>(node: Node, take: (child: Syntax) => void): void {
  for (const key in node) {
    const value: unknown = node[key];
    if (typeof value !== 'object' || value === null || HAS_NO_CHILDREN.has(key)) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isSyntax(item)) take(item);
    } else if (isSyntax(value)) take(value);
  }
}

const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
