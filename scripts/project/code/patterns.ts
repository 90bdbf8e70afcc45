/** The names of patterns, as in `const {a: {b}, ...rest} = c`. */
import { nameOf } from './names.ts';
import { ANY, type NameOrigin, type Scope, type AccessStep } from './scope.ts';
import { eachChild, type ExpressionOf, type Syntax } from './syntax.ts';

/** Declares the names of a pattern; `from` tells where the value at a path comes from. */
export function declarePattern(
  node: Syntax,
  scope: Scope,
  from: ((path: readonly AccessStep[]) => NameOrigin) | undefined,
  isVar = false,
  isOpen = false,
  path: readonly AccessStep[] = [],
): void {
  const go = (inner: Syntax, ...steps: AccessStep[]) =>
    declarePattern(inner, scope, from, isVar, isOpen, [...path, ...steps]);
  switch (node.type) {
    case 'Identifier': {
      const binding = scope.declare((node as ExpressionOf<'Identifier'>).name, isVar);
      if (from) binding.origins.push(from(path));
      binding.isOpen ||= isOpen;
      return;
    }
    case 'AssignmentPattern': {
      const { left, right } = node as unknown as { left: Syntax; right: Syntax };
      go(left);
      if (left.type === 'Identifier') {
        const { origins } = scope.declare((left as ExpressionOf<'Identifier'>).name, isVar);
        origins.push({ kind: 'value', value: { node: right, scope }, path: [] });
      }
      return;
    }
    case 'ObjectPattern':
      for (const property of (node as unknown as { properties: Syntax[] }).properties) {
        const { key, value: inner, argument } = property as unknown as Record<string, Syntax>;
        if (argument) declarePattern(argument, scope, from, isVar, true, path);
        else if (key && inner) {
          const name = nameOf(key);
          if (name === undefined || isComputed(property))
            declarePattern(inner, scope, from, isVar, true, [...path, ANY]);
          else go(inner, name);
        }
      }
      return;
    case 'ArrayPattern':
      for (const [i, item] of (node as unknown as { elements: (Syntax | null)[] }).elements.entries()) {
        if (item) go(item, i);
      }
      return;
    case 'RestElement':
      declarePattern((node as unknown as { argument: Syntax }).argument, scope, undefined, isVar, true);
      return;
    case 'TSParameterProperty':
      go((node as unknown as { parameter: Syntax }).parameter);
  }
}

const isComputed = (property: Syntax): boolean => (property as { computed?: boolean }).computed === true;

/** The names that a declaration declares. */
export function declared(node: Syntax | null | undefined): string[] {
  if (!node) return [];
  const { id, declarations } = node as unknown as { id?: Syntax; declarations?: { id: Syntax }[] };
  if (declarations) return declarations.flatMap(({ id }) => patternNames(id));
  const name = id && nameOf(id);
  return name === undefined ? [] : [name];
}

function patternNames(node: Syntax): string[] {
  if (node.type === 'Identifier') return [(node as ExpressionOf<'Identifier'>).name];
  const names: string[] = [];
  eachChild(node, (child) => {
    const isPair = child.type === 'ObjectProperty';
    names.push(...patternNames(isPair ? (child as unknown as { value: Syntax }).value : child));
  });
  return names;
}
