/** The modules of a bundle as bundlers write them: functions in a map or a list, and how they say what a module gives. */
import { nameOf } from './names.ts';
import type { ExpressionOf, Syntax } from './syntax.ts';

const FUNCTIONS: ReadonlySet<string> = new Set(['FunctionExpression', 'ArrowFunctionExpression', 'ObjectMethod']);
/** Names of modules: numbers, paths, and the short hashes of older webpacks. */
const MODULE_NAME = /^(?:\d+|[+/\w]{4}|[0-9a-f]{4,20}|(?:\.{0,2}\/)?[\w@.()[\]!?|=&%, -]*\/.*)$/;

/** A module's name, and its function: `(module, exports, require) => …`. */
export type Module = readonly [name: string, of: Syntax];

/** The modules of `….push([[chunks], {modules}])`, and of a bundle's own `(function (modules) {…})({modules})`. */
export function modulesOfCall({ callee, arguments: args }: ExpressionOf<'CallExpression'>): readonly Module[] {
  const [first] = args as Syntax[];
  if (callee.type === 'MemberExpression' && nameOf(callee.property) === 'push' && first?.type === 'ArrayExpression') {
    const [chunks, modules] = (first as ExpressionOf<'ArrayExpression'>).elements;
    return chunks?.type === 'ArrayExpression' && modules ? modulesIn(modules, () => true) : [];
  }
  const isOwn = FUNCTIONS.has(callee.type) && first?.type === 'ArrayExpression';
  return isOwn ? modulesIn(first, () => true) : [];
}

/** The modules of a map whose keys are names of modules alone. */
export function modulesOfMap(node: ExpressionOf<'ObjectExpression'>): readonly Module[] {
  // Most maps say with their first property that they are none.
  const [first] = node.properties;
  const of = first?.type === 'ObjectProperty' ? (first.value as Syntax) : first;
  return of && isModule(of) ? modulesIn(node, (name) => MODULE_NAME.test(name)) : [];
}

function modulesIn(node: Syntax, isName: (name: string) => boolean): readonly Module[] {
  const all = node.type === 'ArrayExpression' ? inList(node) : inMap(node);
  const isAll = all.length > 0 && all.every(([name, of]) => name !== undefined && isName(name) && isModule(of));
  // A hash has something else than small letters in it, or one beside it has; `load` alone is a method.
  return isAll && all.some(([name]) => /[^a-z]/.test(name!)) ? (all as Module[]) : [];
}

const inList = (node: Syntax) =>
  (node as ExpressionOf<'ArrayExpression'>).elements.flatMap((of, i) =>
    of ? [[String(i), of as Syntax] as const] : [],
  );

const inMap = (node: Syntax) =>
  node.type === 'ObjectExpression'
    ? (node as ExpressionOf<'ObjectExpression'>).properties.map((property) => {
        const of = property.type === 'ObjectProperty' ? (property.value as Syntax) : (property as Syntax);
        return [property.type === 'SpreadElement' ? undefined : nameOf(property.key), of] as const;
      })
    : [];

function isModule(node: Syntax): boolean {
  const { params } = node as unknown as { params?: Syntax[] };
  return FUNCTIONS.has(node.type) && params!.length <= 3 && params!.every(({ type }) => type === 'Identifier');
}

/** What a call says that a module gives: its names with functions that return the values, as bundlers write them. */
export interface ModuleExports {
  readonly target: Syntax;
  readonly names: readonly (readonly [name: string, value: Syntax])[];
}

/** `n.d(t, {a: () => x})`, `n.d(t, "a", function () { return x })`, `__export(t, {…})`, `Object.defineProperty(t, "a", {get})`. */
export function exportDefinitionOf({
  callee,
  arguments: args,
}: ExpressionOf<'CallExpression'>): ModuleExports | undefined {
  const [target, second, third] = args as Syntax[];
  if (!target || !second || args.length > 3) return undefined;
  if (second.type === 'ObjectExpression' && args.length === 2) {
    const names = inMap(second).flatMap(([name, of]) => {
      const value = returned(of);
      return name === undefined || !value ? [] : [[name, value] as const];
    });
    const isAll = names.length > 0 && names.length === (second as ExpressionOf<'ObjectExpression'>).properties.length;
    return isAll ? { target, names } : undefined;
  }
  const name = nameOf(second);
  if (second.type !== 'StringLiteral' || name === undefined || !third) return undefined;
  const method = callee.type === 'MemberExpression' ? nameOf(callee.property) : undefined;
  if (method === 'd') return one(target, name, returned(third));
  if (method !== 'defineProperty' || third.type !== 'ObjectExpression') return undefined;
  const described = new Map(inMap(third));
  return one(target, name, described.get('value') ?? returned(described.get('get')));
}

const one = (target: Syntax, name: string, value: Syntax | undefined): ModuleExports | undefined =>
  value && { target, names: [[name, value]] };

/** What a function without parameters gives back, when that is all it does. */
function returned(node: Syntax | undefined): Syntax | undefined {
  if (!node || !FUNCTIONS.has(node.type)) return undefined;
  const { params, body } = node as unknown as { params: Syntax[]; body: Syntax };
  if (params.length > 0) return undefined;
  if (body.type !== 'BlockStatement') return body;
  const [statement] = (body as unknown as { body: Syntax[] }).body;
  return statement?.type === 'ReturnStatement'
    ? ((statement as { argument?: Syntax }).argument ?? undefined)
    : undefined;
}
