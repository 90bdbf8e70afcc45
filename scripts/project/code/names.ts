/** Names and small forms of trees. */
import type { Expression } from '@babel/parser';
import type { MemberExpression, Syntax, SyntaxOf } from './syntax.ts';

/** The name of a key or identifier that is written out. */
export function nameOf(node: Syntax): string | undefined {
  switch (node.type) {
    case 'Identifier':
    case 'JSXIdentifier':
      return node.name;
    case 'PrivateName':
      return `#${node.id.name}`;
    case 'StringLiteral':
    case 'NumericLiteral':
      return String(node.value);
    default:
      return undefined;
  }
}

/** Whether a node is `a.b`, `a[b]` or `a?.b`. */
export const isMember = (node: Syntax): node is MemberExpression =>
  node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';

/** The name of a member, as `b` in `a.b` and `a["b"]`; undefined when it is computed. */
export const memberName = ({ property, computed }: MemberExpression): string | undefined =>
  computed && property.type === 'Identifier' ? undefined : nameOf(property);

/** The name of what stands under a key that a name has, whatever text that is; no code has it. */
export const keyName = (name: string): string => `[[${name}]]`;

/** The name of a component, of which `user-card`, `userCard` and `UserCard` are forms. */
export const componentName = (name: string): string => name.replaceAll('-', '').toLowerCase();

/** What `(0, x)(…)` and `Object(x)(…)` call. */
export function calledBy(node: Syntax): Syntax {
  if (node.type === 'SequenceExpression') {
    return calledBy(node.expressions.at(-1)!);
  }
  if (node.type !== 'CallExpression') return node;
  const { callee, arguments: args } = node;
  const isBoxed = callee.type === 'Identifier' && callee.name === 'Object' && args.length === 1;
  return isBoxed ? calledBy(args[0]!) : node;
}

/** The name under which something is called: of a function, or of a member. */
export function calledName(callee: Syntax): string | undefined {
  const called = calledBy(callee);
  return isMember(called) ? memberName(called) : nameOf(called);
}

/** A map with one entry below others, as `setData({'a.b[0].c': value})` means it. */
export function mapAt(path: string, value: Expression): Expression | undefined {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  if (steps.length === 0 || steps.length > 20) return undefined;
  return steps.reduceRight<Expression>(
    (inner, step) => (/^\d+$/.test(step) ? { type: 'ArrayExpression', elements: [inner] } : entryOf(step, inner)),
    value,
  );
}

const entryOf = (name: string, value: Expression): SyntaxOf<'ObjectExpression'> => ({
  type: 'ObjectExpression',
  properties: [
    { type: 'ObjectProperty', computed: false, shorthand: false, key: { type: 'StringLiteral', value: name }, value },
  ],
});
