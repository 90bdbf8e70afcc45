/** Names and small forms of trees. */
import type { ExpressionOf, Syntax } from './syntax.ts';

/** The name of a key or identifier that is written out. */
export function nameOf(node: Syntax): string | undefined {
  const { name, value, id } = node as unknown as { name?: unknown; value?: unknown; id?: Syntax };
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') return String(name);
  if (node.type === 'PrivateName' && id) return `#${nameOf(id)}`;
  return node.type === 'StringLiteral' || node.type === 'NumericLiteral' ? String(value) : undefined;
}

/** Whether a node is `a.b`, `a[b]` or `a?.b`. */
export const isMember = (node: Syntax): node is ExpressionOf<'MemberExpression'> =>
  node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';

/** The name of a member, as `b` in `a.b` and `a["b"]`; undefined when it is computed. */
export const memberName = ({ property, computed }: ExpressionOf<'MemberExpression'>): string | undefined =>
  computed && (property as Syntax).type === 'Identifier' ? undefined : nameOf(property);

/** The name of what stands under a key that a name has, whatever text that is; no code has it. */
export const keyName = (name: string): string => `[[${name}]]`;

/** What `(0, x)(…)` and `Object(x)(…)` call. */
export function calledBy(node: Syntax): Syntax {
  if (node.type === 'SequenceExpression') {
    return calledBy((node as ExpressionOf<'SequenceExpression'>).expressions.at(-1)!);
  }
  if (node.type !== 'CallExpression') return node;
  const { callee, arguments: args } = node as ExpressionOf<'CallExpression'>;
  const isBoxed = callee.type === 'Identifier' && callee.name === 'Object' && args.length === 1;
  return isBoxed ? calledBy(args[0] as Syntax) : node;
}

/** The name under which something is called: of a function, or of a member. */
export function calledName(callee: Syntax): string | undefined {
  const called = calledBy(callee);
  return isMember(called) ? memberName(called) : nameOf(called);
}

/** A map with one entry below others, as `setData({'a.b[0].c': value})` means it. */
export function mapAt(path: string, value: Syntax): Syntax | undefined {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  if (steps.length === 0 || steps.length > 20) return undefined;
  return steps.reduceRight<Syntax>(
    (inner, step) =>
      /^\d+$/.test(step)
        ? ({ type: 'ArrayExpression', elements: [inner] } as unknown as Syntax)
        : ({
            type: 'ObjectExpression',
            properties: [
              { type: 'ObjectProperty', computed: false, key: { type: 'StringLiteral', value: step }, value: inner },
            ],
          } as unknown as Syntax),
    value,
  );
}
