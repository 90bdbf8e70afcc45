/** Elements of JSX as the calls that compilers make of them. Nothing is evaluated. */
import type { Expression } from '@babel/parser';
import { nameOf } from './names.ts';
import { identifier, isValue, type SyntaxOf } from './syntax.ts';

type Element = SyntaxOf<'JSXOpeningElement'>;
type ElementName = Element['name'];

/** The call that compilers make of an element of the project's own, `h(Face, { picture })`; undefined for one of the host's. */
export function callOf({ name, attributes }: Element): SyntaxOf<'CallExpression'> | undefined {
  const of = namedBy(name);
  if (!of) return undefined;
  const properties = attributes.flatMap((attribute): SyntaxOf<'ObjectExpression'>['properties'] => {
    if (attribute.type === 'JSXSpreadAttribute') return [{ type: 'SpreadElement', argument: attribute.argument }];
    const key = nameOf(attribute.name);
    const given = attribute.value?.type === 'JSXExpressionContainer' ? attribute.value.expression : attribute.value;
    if (key === undefined || !given || given.type === 'JSXEmptyExpression' || !isValue(given)) return [];
    return [
      {
        type: 'ObjectProperty',
        computed: false,
        shorthand: false,
        key: { type: 'StringLiteral', value: key },
        value: given,
      },
    ];
  });
  return { type: 'CallExpression', callee: identifier('h'), arguments: [of, { type: 'ObjectExpression', properties }] };
}

/** What an element names that is no element of the host's: those begin with a small letter. */
function namedBy(name: ElementName): Expression | undefined {
  if (name.type === 'JSXIdentifier') return /^[a-z]/.test(name.name) ? undefined : identifier(name.name);
  if (name.type !== 'JSXMemberExpression') return undefined;
  const object = name.object.type === 'JSXIdentifier' ? identifier(name.object.name) : namedBy(name.object);
  return object && { type: 'MemberExpression', object, property: identifier(name.property.name), computed: false };
}
