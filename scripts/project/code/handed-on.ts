/** Where functions of the API are given to something else, which may call them. */
import { HOST_PACKAGES, OBJECTS } from './known/apis.ts';
import { nameOf } from './names.ts';
import type { Scope } from './scope.ts';
import { isCall, type Syntax } from './syntax.ts';

/** Whether a part is given to something, which may call it: an argument, what a map, a list or a function has or gives. */
export function isHandedOn(node: Syntax, parent: Syntax): boolean {
  if (isCall(parent) || parent.type === 'NewExpression') {
    return parent.callee !== node;
  }
  if (parent.type === 'AssignmentExpression') return parent.right === node;
  return HOLDERS.has(parent.type);
}
const HOLDERS: ReadonlySet<string> = new Set([
  'ObjectProperty',
  'ArrayExpression',
  'ReturnStatement',
  'ArrowFunctionExpression',
  'ExportDefaultDeclaration',
]);

/** Whether a part is the API's object, by its name or by one that it was given. */
export function isApiObject(node: Syntax, scope: Scope): boolean {
  const name = node.type === 'Identifier' ? (nameOf(node) ?? '') : '';
  if (name === '' || OBJECTS.has(name)) return name !== '';
  return (scope.lookup(name)?.origins ?? []).some(
    (origin) =>
      (origin.kind === 'import' && HOST_PACKAGES.test(origin.from)) ||
      (origin.kind === 'value' && OBJECTS.has(nameOf(origin.value.node) ?? '')),
  );
}
