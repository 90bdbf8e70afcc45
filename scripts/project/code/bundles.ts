/** The modules of a bundle as bundlers write them: functions in a map or a list, and how they say what a module gives. */
import { nameOf } from './names.ts';
import type { CallExpression, Syntax, SyntaxOf } from './syntax.ts';

const isWritten = (node: Syntax): node is SyntaxOf<'FunctionExpression' | 'ArrowFunctionExpression' | 'ObjectMethod'> =>
  node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression' || node.type === 'ObjectMethod';
/** Names of modules: numbers, paths, and the short hashes of older webpacks. */
const MODULE_NAME = /^(?:\d+|[+/\w]{4}|[0-9a-f]{4,20}|(?:\.{0,2}\/)?[\w@.()[\]!?|=&%, -]*\/.*)$/;

/** A module's name, and its function: `(module, exports, require) => …`. */
export type Module = readonly [name: string, of: Syntax];

/** The modules of `….push([[chunks], {modules}])`, and of a bundle's own `(function (modules) {…})({modules})`. */
export function modulesOfCall({ callee, arguments: args }: CallExpression): readonly Module[] {
  const [first] = args;
  if (callee.type === 'MemberExpression' && nameOf(callee.property) === 'push' && first?.type === 'ArrayExpression') {
    const [chunks, modules] = first.elements;
    return chunks?.type === 'ArrayExpression' && modules ? modulesIn(modules, () => true) : [];
  }
  const isOwn = isWritten(callee) && first?.type === 'ArrayExpression';
  return isOwn ? modulesIn(first, () => true) : [];
}

/** The modules of a map whose keys are names of modules alone. */
export function modulesOfMap(node: SyntaxOf<'ObjectExpression'>): readonly Module[] {
  // Most maps say with their first property that they are none.
  const [first] = node.properties;
  const of = first?.type === 'ObjectProperty' ? first.value : first;
  return of && isModule(of) ? modulesIn(node, (name) => MODULE_NAME.test(name)) : [];
}

function modulesIn(node: Syntax, isName: (name: string) => boolean): readonly Module[] {
  const all = node.type === 'ArrayExpression' ? inList(node) : inMap(node);
  const named = all.flatMap(([name, of]): Module[] =>
    name !== undefined && isName(name) && isModule(of) ? [[name, of]] : [],
  );
  // A hash has something else than small letters in it, or one beside it has; `load` alone is a method.
  return named.length === all.length && named.some(([name]) => /[^a-z]/.test(name)) ? named : [];
}

const inList = ({ elements }: SyntaxOf<'ArrayExpression'>): readonly Module[] =>
  elements.flatMap((of, i): Module[] => (of ? [[String(i), of]] : []));

const inMap = (node: Syntax) =>
  node.type === 'ObjectExpression'
    ? node.properties.map((property) => {
        const of = property.type === 'ObjectProperty' ? property.value : property;
        return [property.type === 'SpreadElement' ? undefined : nameOf(property.key), of] as const;
      })
    : [];

const isModule = (node: Syntax): boolean =>
  isWritten(node) && node.params.length <= 3 && node.params.every(({ type }) => type === 'Identifier');

/** What a call says that a module gives: its names with functions that return the values, as bundlers write them. */
export interface ModuleExports {
  readonly target: Syntax;
  readonly names: readonly (readonly [name: string, value: Syntax])[];
}

/** `n.d(t, {a: () => x})`, `n.d(t, "a", function () { return x })`, `__export(t, {…})`, `Object.defineProperty(t, "a", {get})`. */
export function exportDefinitionOf({ callee, arguments: args }: CallExpression): ModuleExports | undefined {
  const [target, second, third] = args;
  if (!target || !second || args.length > 3) return undefined;
  if (second.type === 'ObjectExpression' && args.length === 2) {
    const names = inMap(second).flatMap(([name, of]) => {
      const value = returned(of);
      return name === undefined || !value ? [] : [[name, value] as const];
    });
    const isAll = names.length > 0 && names.length === second.properties.length;
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
  if (!node || !isWritten(node) || node.params.length > 0) return undefined;
  const { body } = node;
  if (body.type !== 'BlockStatement') return body;
  const [statement] = body.body;
  return statement?.type === 'ReturnStatement' ? (statement.argument ?? undefined) : undefined;
}
