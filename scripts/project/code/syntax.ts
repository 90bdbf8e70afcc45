/** JavaScript and TypeScript as trees. */
import { parse, type Expression, type File } from '@babel/parser';
import { defined } from '../../core/defined.ts';

type Statement = File['program']['body'][number];

/** Any part of a tree. */
export interface Syntax {
  readonly type: string;
  readonly start?: number | null;
}
export type ExpressionOf<T extends Expression['type']> = Extract<Expression, { type: T }>;
/** A call, as the parser gives it. */
export type CallExpression = ExpressionOf<'CallExpression'>;
export type StatementOf<T extends Statement['type']> = Extract<Statement, { type: T }>;

/** Scripts, by the end of their name; `.rjs`, `.sjs` and `.wxs` run in the view layer. */
export const isScript = (path: string): boolean =>
  /\.(?:[cm]?[jt]sx?|rjs|sjs|wxs)$/.test(path) && !/\.d\.[cm]?ts$/.test(path);

/** What has parameters and a body. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);

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
export function parseScript(path: string, text: string): Syntax {
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
export function parseExpressionOf(text: string): Syntax | undefined {
  const names = PATH.exec(text)?.[1]?.split('.');
  if (names && !WORDS.test(names[0]!)) return pathOf(names);
  try {
    const program = parse(`(${text}\n)`, { errorRecovery: false, attachComment: false, locations: false }).program;
    const [statement] = program.body;
    const isAlone = program.body.length === 1 && statement?.type === 'ExpressionStatement';
    return isAlone ? (statement as StatementOf<'ExpressionStatement'>).expression : undefined;
  } catch {
    return undefined;
  }
}

const pathOf = (names: readonly string[]): Syntax =>
  names
    .map((name): Syntax => ({ type: 'Identifier', name }) as Syntax)
    .reduce((object, property) => ({ type: 'MemberExpression', object, property, computed: false }) as Syntax);

function faultOf(error: unknown): SyntaxFault {
  const { pos, message } = error as { pos?: number; message?: string };
  if (error instanceof RangeError) return new SyntaxFault('it is nested too deep', 0);
  return new SyntaxFault((message ?? String(error)).replace(/(?<!\s)\s*\(\d+:\d+\)$/, '').split('\n')[0]!, pos ?? 0);
}

const NO_CHILDREN: ReadonlySet<string> = new Set([
  'type',
  'extra',
  'errors',
  'comments',
  'tokens',
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'predicate',
]);

/** Forgets the written form of a part, which nobody asks for. */
export function forgetForm(node: Syntax): void {
  const part = node as { extra?: unknown };
  if (part.extra !== undefined) part.extra = undefined;
}

/** Calls `take` with each part of a tree directly below a part, types left out. Bundles have millions of them. */
export function eachChild(node: Syntax, take: (child: Syntax) => void): void {
  for (const key in node) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null || NO_CHILDREN.has(key)) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isSyntax(item)) take(item);
    } else if (isSyntax(value)) take(value);
  }
}

const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
