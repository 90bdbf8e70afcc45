/** The names of patterns, as in `const {a: {b}, ...rest} = c`. */
import { nameOf } from './names.ts';
import { ANY, type NameOrigin, type Scope, type AccessStep } from './scope.ts';
import { eachChild, type Syntax } from './syntax.ts';

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
      const binding = scope.declare(node.name, isVar);
      if (from) binding.origins.push(from(path));
      binding.isOpen ||= isOpen;
      return;
    }
    case 'AssignmentPattern': {
      const { left, right } = node;
      go(left);
      if (left.type === 'Identifier') {
        const { origins } = scope.declare(left.name, isVar);
        origins.push({ kind: 'value', value: { node: right, scope }, path: [] });
      }
      return;
    }
    case 'ObjectPattern':
      for (const property of node.properties) {
        if (property.type === 'RestElement') declarePattern(property.argument, scope, from, isVar, true, path);
        else {
          const name = property.computed ? undefined : nameOf(property.key);
          if (name === undefined) declarePattern(property.value, scope, from, isVar, true, [...path, ANY]);
          else go(property.value, name);
        }
      }
      return;
    case 'ArrayPattern':
      for (const [i, item] of node.elements.entries()) {
        if (item) go(item, i);
      }
      return;
    case 'RestElement':
      declarePattern(node.argument, scope, undefined, isVar, true);
      return;
    case 'TSParameterProperty':
      go(node.parameter);
  }
}

/** The names that a declaration declares. */
export function declared(node: Syntax | null | undefined): string[] {
  if (!node) return [];
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => patternNames(id));
  const name = 'id' in node && node.id ? nameOf(node.id) : undefined;
  return name === undefined ? [] : [name];
}

function patternNames(node: Syntax): string[] {
  if (node.type === 'Identifier') return [node.name];
  const names: string[] = [];
  eachChild(node, (child) => {
    names.push(...patternNames(child.type === 'ObjectProperty' ? child.value : child));
  });
  return names;
}
