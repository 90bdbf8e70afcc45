/** Data written as JavaScript has it: names without quotes, texts in single quotes. Nothing else of the language. */
import type { Node } from 'jsonc-parser';
import { nameOf } from './code/names.ts';
import { parseExpressionOf, type Syntax, type SyntaxOf } from './code/syntax.ts';

/** The tree of a text that is data alone; undefined when it is not, or is longer than what people write by hand. */
export function dataOf(text: string): Node | undefined {
  if (text.length > 256 * 1024) return undefined;
  const expression = parseExpressionOf(text);
  return expression?.type === 'ObjectExpression' ? nodeOf(expression) : undefined;
}

function nodeOf(syntax: Syntax): Node | undefined {
  // The parser was given the text in parentheses.
  const offset = (syntax.start ?? 1) - 1;
  const place = { offset, length: (syntax.end ?? 1) - 1 - offset };
  switch (syntax.type) {
    case 'StringLiteral':
      return { type: 'string', value: syntax.value, ...place };
    case 'NumericLiteral':
      return { type: 'number', value: syntax.value, ...place };
    case 'BooleanLiteral':
      return { type: 'boolean', value: syntax.value, ...place };
    case 'NullLiteral':
      return { type: 'null', value: null, ...place };
    case 'ArrayExpression':
      return withChildren(
        'array',
        syntax.elements.map((item) => item && nodeOf(item)),
        place,
      );
    case 'ObjectExpression':
      return withChildren('object', syntax.properties.map(pairOf), place);
    default:
      return undefined;
  }
}

type JsonSpan = Pick<Node, 'offset' | 'length'>;

function withChildren(
  type: 'array' | 'object',
  children: (Node | null | undefined)[],
  place: JsonSpan,
): Node | undefined {
  const all = children.filter((child) => child !== null && child !== undefined);
  return all.length === children.length ? { type, children: all, ...place } : undefined;
}

function pairOf(property: SyntaxOf<'ObjectExpression'>['properties'][number]): Node | undefined {
  if (property.type !== 'ObjectProperty' || property.computed || property.shorthand) return undefined;
  const [name, value] = [nameOf(property.key), nodeOf(property.value)];
  if (name === undefined || !value) return undefined;
  const place = { offset: (property.key.start ?? 1) - 1, length: name.length };
  return { type: 'property', children: [{ type: 'string', value: name, ...place }, value], ...place };
}
