/** What a call says of a script: what it registers, gives to others, writes to members and adds to lists. Nothing is evaluated. */
import { exportDefinitionOf, modulesOfCall } from './bundles.ts';
import { isMadeAs, methodOfPolyfill } from './call-forms.ts';
import { HOLDING, LIVING, REGISTERING, RENDERING_LISTS } from './known/frameworks.ts';
import { calledBy, calledName, componentName, isMember, keyName, memberName, nameOf } from './names.ts';
import { known, put, type Notes } from './notes.ts';
import { KEPT, type PlacedNode, type Scope } from './scope.ts';
import { dataOf } from './set-data.ts';
import { identifier, isCall, isFunctionNode, isValue, type CallExpression, type Syntax } from './syntax.ts';

const ITERATING: ReadonlySet<string> = new Set(['forEach', 'map', 'flatMap', 'filter', 'find', 'some', 'every']);
const ADDING: ReadonlySet<string> = new Set(['push', 'unshift', 'add']);

/** Notes what a call says, in the scope in which it stands. */
export function readCall(node: CallExpression, scope: Scope, notes: Notes): void {
  const { script } = notes;
  script.sites.push({ node, scope });
  const { callee } = node;
  notes.bundled(modulesOfCall(node));
  const giving = exportDefinitionOf(node);
  for (const [name, value] of giving?.names ?? []) {
    if (notes.isExports(giving!.target, scope)) notes.export(name, known(value, scope));
    else notes.write(name, { node: giving!.target, scope }, { node: value, scope });
  }
  const args = node.arguments;
  const [first] = args;
  if (!first) return;
  const invoked = callee.type === 'ParenthesizedExpression' ? callee.expression : callee;
  if (isFunctionNode(invoked)) script.invoked.set(invoked, { node, scope });
  const name = calledName(callee);
  if (REGISTERING.has(name ?? '') || isRegistering(first)) {
    script.registered ??= { node: first, scope };
    script.isDrawn ||= isMember(callee) && args.length === 1;
  }
  const [, given] = args;
  if (args.length === 2 && given && isFunctionNode(given) && RENDERING_LISTS.has(name ?? '')) {
    script.iterated.set(given, { node: first, scope });
  }
  for (const of of args) if (isFunctionNode(of) && of.params.length > 0) script.passed.set(of, { node, scope });
  // `Object.assign(options, {url})` puts it into what has a name.
  if (name === 'assign' && first.type === 'Identifier') {
    for (const [key, value] of args.slice(1).flatMap((from) => entriesOf({ node: from, scope }))) {
      notes.write(key, { node: first, scope }, value);
    }
  }
  // `_defineProperty(this, "host", value)`, as compilers write the fields of classes.
  const field = args.length === 3 ? fieldName(args[1]!) : undefined;
  const owner = nameGiven(first);
  if (field !== undefined && (owner.type === 'Identifier' || owner.type === 'ThisExpression')) {
    notes.write(field, { node: owner, scope }, { node: args[2]!, scope });
  }
  // `_createClass(Client, [{ key: "send", value: function () {…} }])`, as compilers write the functions of classes.
  for (const [key, value] of first.type === 'Identifier' ? args.slice(1, 3).flatMap(classMembers) : []) {
    notes.write(key, { node: first, scope }, { node: value, scope });
  }
  // `Object.defineProperty(this, _host, { value })`, as Babel writes private fields where it need not be strict: `_host` is a text that nobody knows.
  const described = args.length === 3 && name === 'defineProperty' ? valueIn(args[2]!) : undefined;
  const key = args[1]?.type === 'Identifier' ? nameOf(args[1]) : undefined;
  if (described && key !== undefined && scope.lookup(key)?.origins[0]?.kind !== 'parameter') {
    notes.write(keyName(key), { node: owner, scope }, { node: described, scope });
  }
  // `_classPrivateFieldInitSpec(this, _host, value)`, as compilers write private fields: `_host` is a `WeakMap`.
  // Setters have the object first or the map, and a sign of what it is last.
  const kept = args.length > 2 ? args.slice(0, 2).find((arg) => isMadeAs(arg, scope, 'WeakMap')) : undefined;
  if (kept) notes.write(KEPT, { node: kept, scope }, { node: args[2]!, scope });
  readProvider(node, scope, notes);
  // `__exportStar(require('./a'), exports)`, as TypeScript writes it.
  const star = args[1] && notes.isExports(args[1], scope) ? requiredBy(first) : undefined;
  if (star !== undefined) notes.star(star);
  if (!isMember(callee)) return;
  const object: PlacedNode = { node: callee.object, scope };
  // `app.component("user-card", UserCard)`: every markup may ask for it.
  if (name === 'component' && args.length === 2 && first.type === 'StringLiteral') {
    put(script.components, componentName(first.value), { node: args[1]!, scope });
  }
  if (name === 'set' && args.length === 2 && mayBeWeakMap(callee.object, scope)) {
    notes.write(KEPT, object, { node: args[1]!, scope });
  }
  if (name === 'setData') noteData(first, scope, notes);
  if (name === 'setState' && scope.self) notes.field(scope.self, 'state', { node: first, scope });
  if (name === 'setState') notes.write('state', object, { node: first, scope });
  if (ITERATING.has(name ?? '')) script.iterated.set(first, object);
  const polyfilled = methodOfPolyfill(node);
  if (polyfilled?.given[0]) script.iterated.set(polyfilled.given[0], { node: polyfilled.of, scope });
  if (name === 'then') script.awaited.set(first, object);
  if (ADDING.has(name ?? '')) {
    const added = name === 'unshift' ? script.unshifts : script.pushes;
    for (const value of args) added.push({ object, value: { node: value, scope } });
  }
}

/**
 * Notes what `jsx(Hosts.Provider, properties)` gives its context, for all below: the `value` of its properties. Since React 19 the context is its own
 * provider: `jsx(Hosts, properties)`.
 */
export function readProvider({ arguments: [first, given] }: CallExpression, scope: Scope, notes: Notes): void {
  if (!first || !given || !isValue(given) || given.type === 'NullLiteral') return;
  const isProvider = isMember(first) && memberName(first) === 'Provider';
  const context = isProvider ? first.object : given.type === 'ObjectExpression' && isContext(first, scope) && first;
  if (!context) return;
  const value = { type: 'MemberExpression', object: given, property: identifier('value'), computed: false } as const;
  notes.write('value', { node: context, scope }, { node: value, scope });
}

/** Whether it is the name of what `createContext` made. */
const isContext = (node: Syntax, scope: Scope): boolean =>
  node.type === 'Identifier' &&
  (scope.lookup(node.name)?.origins ?? []).some(
    (origin) =>
      origin.kind === 'value' && isCall(origin.value.node) && calledName(origin.value.node.callee) === 'createContext',
  );

/** The properties of a map that is written there, or that a name has, and of what it spreads. */
function entriesOf({ node, scope }: PlacedNode, depth = 0): (readonly [string, PlacedNode])[] {
  if (depth > 4) return [];
  if (node.type === 'Identifier') {
    const origins = scope.lookup(nameOf(node)!)?.origins ?? [];
    return origins.flatMap((origin) =>
      origin.kind === 'value' && origin.path.length === 0 && origin.value.node.type === 'ObjectExpression'
        ? entriesOf(origin.value, depth + 1)
        : [],
    );
  }
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property) => {
    if (property.type === 'SpreadElement') return entriesOf({ node: property.argument, scope }, depth + 1);
    if (property.type !== 'ObjectProperty' || property.computed) return [];
    const key = nameOf(property.key);
    return key === undefined ? [] : [[key, { node: property.value, scope }] as const];
  });
}

/** Whether what is set may be kept in a `WeakMap`: nothing says that it is a `Map`. */
const mayBeWeakMap = (node: Syntax, scope: Scope): boolean => !isMadeAs(node, scope, 'Map');

/** What a list has that describes functions of a class by their keys; of one that computes a member, what calling it gives. */
function classMembers(list: Syntax): (readonly [string, Syntax])[] {
  if (list.type !== 'ArrayExpression') return [];
  return list.elements.flatMap((entry) => {
    const properties = entry?.type === 'ObjectExpression' ? entry.properties : [];
    const of = (name: string) =>
      properties.flatMap((one) =>
        one.type === 'ObjectProperty' && !one.computed && nameOf(one.key) === name && isValue(one.value)
          ? [one.value]
          : [],
      )[0];
    const key = of('key');
    const name = key && fieldName(key);
    const getter = of('get');
    const value = getter ? { type: 'CallExpression' as const, callee: getter, arguments: [] } : of('value');
    return name !== undefined && value ? [[name, value] as const] : [];
  });
}

/** What a map has as its `value`, of a property that it describes. */
function valueIn(node: Syntax): Syntax | undefined {
  const entries = node.type === 'ObjectExpression' ? node.properties : [];
  const properties = entries.filter((entry) => entry.type === 'ObjectProperty');
  return properties.find(({ key, computed }) => !computed && nameOf(key) === 'value')?.value;
}

/** The text that a key is, also as minifiers leave `typeof key !== "symbol" ? key + "" : key` of it. */
function fieldName(key: Syntax): string | undefined {
  if (key.type === 'StringLiteral') return nameOf(key);
  if (key.type !== 'ConditionalExpression') return undefined;
  const sides = 'left' in key.test ? [key.test.left, key.test.right] : [];
  const asked = sides.filter((side) => side.type === 'UnaryExpression').find(({ operator }) => operator === 'typeof');
  const argument = asked?.argument;
  const named = argument?.type === 'ParenthesizedExpression' ? argument.expression : argument;
  const given = named?.type === 'AssignmentExpression' ? named.right : named;
  return given?.type === 'StringLiteral' ? nameOf(given) : undefined;
}

/** Whether a map is what a page or component is made of, whatever a compiler calls the function that makes it. */
export function isRegistering(node: Syntax): boolean {
  const names = keysOf(node);
  return names.some((name) => HOLDING.has(name)) && names.some((name) => LIVING.has(name));
}

/** Whether a map is what an app is made of. */
export function isApplication(node: Syntax): boolean {
  const names = keysOf(node);
  return names.includes('globalData') && names.some((name) => LIVING.has(name));
}

/** Whether it has what is called when an app is launched, which nothing else is. */
export const isLaunched = (node: Syntax): boolean => keysOf(node).includes('onLaunch');

function keysOf(node: Syntax): readonly string[] {
  const properties = node.type === 'ObjectExpression' ? node.properties : [];
  return properties.flatMap((property) => (property.type === 'SpreadElement' ? [] : (nameOf(property.key) ?? [])));
}

/** What `this.setData` is called with; it is data of the page that calls it too. */
function noteData(given: Syntax, scope: Scope, notes: Notes): void {
  for (const node of dataOf(given, scope)) {
    notes.script.data.push({ node, scope });
    if (scope.self) notes.field(scope.self, 'data', { node, scope });
  }
}

/** What minifiers write in one: `(n = c(this, e, [t])).host = …` writes to what `n` names. */
export const nameGiven = (node: Syntax): Syntax => {
  const inner = node.type === 'ParenthesizedExpression' ? node.expression : node;
  return inner.type === 'AssignmentExpression' && inner.left.type === 'Identifier' ? inner.left : node;
};

function requiredBy(node: Syntax): string | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const { callee, arguments: args } = node;
  const [first] = args;
  return nameOf(callee) === 'require' && first?.type === 'StringLiteral' ? nameOf(first) : undefined;
}

const LENDING: ReadonlySet<string> = new Set(['bind', 'call', 'apply']);
const functionsIn = (nodes: readonly Syntax[]): Syntax[] => nodes.filter(({ type }) => type === 'FunctionExpression');

/**
 * Functions written in a call that have the `this` around it: `__async(this, null, function* () {…})`, `list.forEach(function () {…}, this)`,
 * `(function () {…}).bind(this)`, `_asyncToGenerator(function* () {…}).call(this)`.
 */
export function lentThis({ callee, arguments: args }: CallExpression): readonly Syntax[] {
  if (!args.some(({ type }) => type === 'ThisExpression')) return [];
  if (!isMember(callee) || args[0]!.type !== 'ThisExpression' || !LENDING.has(memberName(callee) ?? '')) {
    return functionsIn(args);
  }
  const called = calledBy(callee.object);
  return functionsIn([called, ...(isCall(called) ? called.arguments : [])]);
}
