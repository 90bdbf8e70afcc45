/** What `setData` is called with: maps, and paths as the maps that they mean. */
import type { Expression } from '@babel/parser';
import { calledName, isMember, mapAt, nameOf } from './names.ts';
import type { Scope } from './scope.ts';
import { isValue, type Syntax } from './syntax.ts';
import { summands } from './value-sets.ts';

type DataEntry = readonly [key: Syntax, value: Expression, isComputed: boolean];

/** The maps that a call's argument means, itself among them: `{'a.b[0].c': x}` is `{a: {b: [{c: x}]}}` too. */
export function dataOf(given: Syntax, scope: Scope): Syntax[] {
  const paths = entriesOf(given).flatMap(([key, value, isComputed]): Syntax[] => {
    const path = isComputed ? pathOf(key, scope) : nameOf(key);
    const isPath = path !== undefined && (isComputed || /[.[]/.test(path));
    const map = isPath ? mapAt(path, value) : undefined;
    return map ? [map] : [];
  });
  return [given, ...paths];
}

/** The entries of a map as it is written, or as compilers write one with computed keys: `_defineProperty({}, key, value)`, several in a row. */
function entriesOf(node: Syntax): DataEntry[] {
  if (node.type === 'SequenceExpression') {
    return node.expressions.flatMap(entriesOf);
  }
  if (node.type === 'CallExpression') {
    const [into, key, value, ...rest] = node.arguments;
    return into && key && value && isValue(value) && rest.length === 0 ? [...entriesOf(into), [key, value, true]] : [];
  }
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property): DataEntry[] =>
    property.type === 'ObjectProperty' && isValue(property.value)
      ? [[property.key, property.value, property.computed]]
      : [],
  );
}

/** Names that stand for a key, one for another. */
const NAMES = 4;

/** The path of a key that is put together, what is unknown of it taken for any place of a list: `list[${i}].src`, `"list[" + i + "].src"`. */
function pathOf(key: Syntax, scope: Scope, depth = 0): string | undefined {
  const part = (node: Syntax): string => pathOf(node, scope, depth) ?? ANY_PLACE;
  switch (key.type) {
    case 'StringLiteral':
      return nameOf(key);
    case 'TemplateLiteral':
      return key.quasis.map(({ value }) => value.raw).join(ANY_PLACE);
    case 'BinaryExpression': {
      const [first, ...others] = summands(key) ?? [];
      return first?.type === 'StringLiteral' ? [first, ...others].map(part).join('') : undefined;
    }
    case 'CallExpression': {
      const { callee, arguments: args } = key;
      const isConcat = isMember(callee) && calledName(callee) === 'concat' && callee.object.type === 'StringLiteral';
      return isConcat ? [callee.object, ...args].map(part).join('') : undefined;
    }
    case 'Identifier': {
      const [origin, ...others] = scope.lookup(nameOf(key)!)?.origins ?? [];
      const isOne = origin?.kind === 'value' && origin.path.length === 0 && others.length === 0 && depth < NAMES;
      return isOne ? pathOf(origin.value.node, origin.value.scope, depth + 1) : undefined;
    }
    default:
      return undefined;
  }
}

const ANY_PLACE = '0';
