/** Methods of the language whose result is known from their object and arguments. */
import { ANY, type PlacedNode, type Scope } from '../scope.ts';
import { parseExpressionOf, type Syntax } from '../syntax.ts';
import { textOf, UNKNOWN, type Value } from '../value.ts';
import { isWeakMap } from './held.ts';
import type { Interpreter } from './interpreter.ts';
import { beginningOf, joined, replaced, split } from './texts.ts';

export interface Invocation {
  readonly object: Syntax;
  readonly args: readonly Syntax[];
  readonly scope: Scope;
}

type Method = (all: Interpreter, call: Invocation) => readonly Value[] | undefined;

const owners = (all: Interpreter, { object, scope }: Invocation): readonly Value[] => all.values(object, scope);
const same: Method = (all, call) => owners(all, call);

/** Whether a value has elements. */
export const isListed = ({ kind }: Value): boolean => kind === 'list' || kind === 'elements' || kind === 'state';

/** The elements of a list, some of them, or in another order. */
const elements: Method = (all, call) => {
  const lists = owners(all, call).filter(isListed);
  return lists.length > 0 ? [{ kind: 'elements', of: all.walk(lists, [ANY]) }] : undefined;
};
/** The beginning of a text, or some elements of a list. */
const sliced: Method = (all, call) => {
  const [first] = call.args;
  const isStart = first?.type === 'NumericLiteral' && first.value === 0;
  const texts = isStart ? owners(all, call).filter(({ kind }) => kind === 'text') : [];
  return texts.length > 0 ? texts.flatMap(beginningOf) : elements(all, call);
};
const element: Method = (all, call) => {
  const lists = owners(all, call).filter(isListed);
  return lists.length > 0 ? all.walk(lists, [ANY]) : undefined;
};

const concat: Method = (all, call) => {
  const found = owners(all, call);
  const { args, scope } = call;
  if (!found.some(({ kind }) => kind === 'text')) {
    const more = args.flatMap((arg) => all.values(arg, scope));
    const added = more.flatMap((value) => (isListed(value) ? all.walk([value], [ANY]) : [value]));
    // Of what is not known, what is added is one of the elements if it is a list: `list = list.concat(more)`.
    const lists = found.filter(isListed);
    const own = lists.length > 0 ? all.walk(lists, [ANY]) : [UNKNOWN];
    return [{ kind: 'elements', of: [...own, ...added] }, ...(lists.length > 0 ? [] : [UNKNOWN])];
  }
  return args.reduce<readonly Value[]>((text, arg) => joined(text, () => all.values(arg, scope)), found);
};

/** What the given function makes of each element. */
const mapped: Method = (all, call) => {
  const [first] = call.args;
  const made = first ? all.values(first, call.scope).filter(({ kind }) => kind === 'function') : [];
  const results = made.flatMap((value) => all.result(value));
  const flat = results.flatMap((value) => (isListed(value) ? all.walk([value], [ANY]) : [value]));
  return made.length > 0
    ? [{ kind: 'elements', of: [...results, ...flat.filter((one) => !results.includes(one))] }]
    : undefined;
};

const join: Method = (all, call) => {
  const [list] = owners(all, call);
  if (list?.kind !== 'list') return undefined;
  const separators = call.args[0] ? all.values(call.args[0], call.scope) : [textOf(',')];
  const [first, ...rest] = list.node.elements;
  if (!first || first.type === 'SpreadElement') return [UNKNOWN];
  return rest.slice(0, 64).reduce<readonly Value[]>(
    (text, one) => {
      const said = joined(text, () => separators);
      return joined(said, () => (one && one.type !== 'SpreadElement' ? all.values(one, list.scope) : [UNKNOWN]));
    },
    all.values(first, list.scope),
  );
};

const replace: Method = (all, call) => {
  const [search, by] = call.args;
  if (!search || !by) return undefined;
  const texts = owners(all, call).filter(({ kind }) => kind === 'text');
  if (texts.length === 0) return undefined;
  const pattern = search.type === 'RegExpLiteral' ? search.pattern : undefined;
  const [known] = pattern === undefined ? all.values(search, call.scope) : [];
  const source = pattern ?? (known?.kind === 'text' && known.isWhole ? known.text : undefined);
  const given = all.values(by, call.scope);
  return texts.flatMap((text) => replaced(text, source, pattern !== undefined, given));
};

const splitted: Method = (all, call) => {
  const [first] = call.args;
  const [separator] = first ? all.values(first, call.scope) : [];
  const texts = owners(all, call).filter(({ kind }) => kind === 'text');
  const known = separator?.kind === 'text' && separator.isWhole ? separator.text : undefined;
  return texts.length > 0 ? [{ kind: 'elements', of: texts.flatMap((text) => split(text, known)) }] : undefined;
};

/** The values of a `Map` by any of its keys, and of a `WeakMap`. */
const get: Method = (all, call) => {
  const found = owners(all, call);
  const maps = found.filter(({ kind }) => kind === 'elements');
  const weak = found.filter(isWeakMap);
  const values = [...all.walk(all.walk(maps, [ANY]), [1]), ...all.walk(weak, ['value'])];
  return maps.length + weak.length > 0 ? values : undefined;
};

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...['trim', 'toString', 'valueOf', 'trimStart', 'trimEnd', 'normalize', 'toLowerCase', 'bind'].map(
    (name) => [name, same] as const,
  ),
  ...['slice', 'substring', 'substr'].map((name) => [name, sliced] as const),
  ...['filter', 'reverse', 'sort', 'toSorted', 'toReversed', 'flat', 'splice', 'values'].map(
    (name) => [name, elements] as const,
  ),
  ...['find', 'findLast', 'pop', 'shift', 'at'].map((name) => [name, element] as const),
  ...['map', 'flatMap'].map((name) => [name, mapped] as const),
  ['concat', concat],
  ['join', join],
  ['replace', replace],
  ['replaceAll', replace],
  ['split', splitted],
  ['get', get],
]);

/** What a method gives; undefined when that is not known from the language. */
export function invoke(all: Interpreter, name: string, call: Invocation): readonly Value[] | undefined {
  return METHODS.get(name)?.(all, call);
}

type Static = (all: Interpreter, args: readonly PlacedNode[]) => readonly Value[] | undefined;
const allOf: Static = (all, args) => args.flatMap(({ node, scope }) => all.values(node, scope));
const firstOf: Static = (all, args) => allOf(all, args.slice(0, 1));
const valuesIn: Static = (all, args) => [{ kind: 'elements', of: all.walk(firstOf(all, args)!, [ANY]) }];
const pairsIn: Static = (all, args) => [
  { kind: 'elements', of: [{ kind: 'elements', of: all.walk(firstOf(all, args)!, [ANY]) }] },
];

/** Text of JSON that stands in the code is data of the code. */
const parsed: Static = (all, args) =>
  firstOf(all, args)!.flatMap((value): readonly Value[] => {
    const node = value.kind === 'text' && value.isWhole ? parseExpressionOf(value.text) : undefined;
    return node ? all.values(node, args[0]!.scope) : [UNKNOWN];
  });

/** `Reflect.get(map, key)`. */
const reflectGet: Static = (all, [object, key]) => {
  if (!object || !key) return undefined;
  const owners = all.values(object.node, object.scope);
  return all.steps(key.node, key.scope).flatMap((step) => all.walk(owners, [step]));
};

const STATIC: ReadonlyMap<string, Static> = new Map<string, Static>([
  ['Reflect.get', reflectGet],
  ['Object.freeze', firstOf],
  ['Object.seal', firstOf],
  ['Object.create', firstOf],
  ['Object.assign', allOf],
  ['Object.values', valuesIn],
  ['Object.entries', pairsIn],
  ['Object.fromEntries', firstOf],
  ['Array.from', firstOf],
  ['Promise.resolve', firstOf],
  ['JSON.parse', parsed],
  ['JSON.stringify', () => [UNKNOWN]],
  ['String', firstOf],
  ['encodeURI', firstOf],
  ['decodeURI', firstOf],
  ['encodeURIComponent', () => [UNKNOWN]],
]);

/** What a function of the language gives, as `Object.assign`; undefined when it is none of those. */
export function invokeStatic(
  all: Interpreter,
  name: string,
  args: readonly PlacedNode[],
): readonly Value[] | undefined {
  return args.length > 0 ? STATIC.get(name)?.(all, args) : undefined;
}
