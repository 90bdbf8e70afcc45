/** What elements of markup hand to the properties of components: `<face-view picture="{{user.face}}"/>`. */
import type { Expression } from '@babel/parser';
import type { Evaluator } from './evaluate/evaluator.ts';
import { LOADS_NOTHING, LOOP } from './known/elements.ts';
import { nameAll } from './markup-data.ts';
import { ALONE, eachElement, partsOf, type Attribute, type PageMarkup } from './markup-elements.ts';
import { put } from './notes.ts';
import type { Scope, Script } from './scope.ts';
import { parseExpressionOf, type SyntaxOf } from './syntax.ts';

/** Under which uni-app's compiler hands all properties of an element on, as one map. */
const ALL_PROPERTIES = 'u-p';

/** Attributes that every element may have, and no component takes. */
const OF_ELEMENTS: ReadonlySet<string> = new Set(['class', 'style', 'id', 'slot', 'hidden', 'ref']);

/**
 * Tells components what the elements of a page's markup hand to them. `componentOf` gives the script of the component that has a name,
 * in lower case. Throws RangeError where elements stand in each other by the ten thousand.
 */
export function handProperties(
  page: PageMarkup,
  componentOf: (tag: string) => Script | undefined,
  evaluator: Evaluator,
): void {
  eachElement(page, evaluator, (tag, attributes, scope) => {
    const registered = componentOf(tag)?.registered;
    if (!registered) return;
    const given = handedBy(attributes, scope);
    for (const made of given.length > 0 ? evaluator.valuesOf(registered) : []) {
      if (made.kind !== 'map') continue;
      for (const node of given) put(made.scope.script.handed, made.node, { node, scope });
    }
  });
}

/** The map that an element hands to a component, and what gives a whole one. */
function handedBy(attributes: readonly Attribute[], scope: Scope): Expression[] {
  const properties: SyntaxOf<'ObjectProperty'>[] = [];
  const wholes: Expression[] = [];
  for (const { name, written, value } of attributes) {
    if (LOADS_NOTHING.test(name) || LOOP.test(name) || OF_ELEMENTS.has(name)) continue;
    const node = expressionOf(value);
    if (!node) continue;
    nameAll(node, scope);
    if (name === ALL_PROPERTIES) wholes.push(node);
    else
      properties.push(
        propertyOf(
          written.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
          node,
        ),
      );
  }
  return properties.length > 0 ? [{ type: 'ObjectExpression', properties }, ...wholes] : wholes;
}

const propertyOf = (name: string, value: Expression): SyntaxOf<'ObjectProperty'> => ({
  type: 'ObjectProperty',
  computed: false,
  shorthand: false,
  key: { type: 'StringLiteral', value: name },
  value,
});

/** What an attribute says, as one expression: a text, or what stands in its double braces, with the texts around that. */
function expressionOf(value: string): Expression | undefined {
  const alone = ALONE.exec(value)?.[1];
  const parts = partsOf(value);
  if (parts.length === 3 && alone !== undefined) return parseExpressionOf(alone);
  if (parts.length === 1) return { type: 'StringLiteral', value };
  return parseExpressionOf(parts.map((part, i) => (i % 2 === 0 ? JSON.stringify(part) : `(${part})`)).join(' + '));
}
