/** What names in markup stand for: the data of the page or component beside it, as its script has it at first and sets it later. */
import type { Evaluator } from './evaluate/evaluator.ts';
import { mapAt, nameOf } from './names.ts';
import { Scope, type PlacedNode, type Script } from './scope.ts';
import { eachChild, isValue, type Syntax, type SyntaxOf } from './syntax.ts';
import type { Value } from './value.ts';

/** Names that data does not have, but what the page is made of may: what is computed, properties, what is mixed in. */
export function nameAll(node: Syntax, data: Scope): void {
  const { registered } = data.script;
  const name = node.type === 'Identifier' ? (nameOf(node) ?? '') : '';
  if (name !== '' && !data.lookup(name)) {
    const { taking } = data;
    if (taking) taking.given!(name, taking.declare(name));
    else if (registered) nameMember(name, registered, data);
  }
  eachChild(node, (child) => nameAll(child, data));
}

/** Names of a page's data, as its script sets them at first and later, and the properties of a component. */
export function dataScope(script: Script, evaluator: Evaluator): Scope {
  const scope = new Scope(script);
  const { registered } = script;
  const first = registered ? evaluator.at(registered, 'data') : [];
  const all = first.flatMap((value) => (value.kind === 'function' ? evaluator.result(value) : [value]));
  const set = script.data.flatMap((placed) => evaluator.valuesOf(placed));
  for (const value of [...all, ...set]) {
    for (const { name, placed } of entriesOf(value)) {
      const path = /[.[]/.test(name) && isValue(placed.node) ? mapAt(name, placed.node) : undefined;
      const [inner] = path?.type === 'ObjectExpression' ? path.properties : [];
      const [top, node] =
        inner?.type === 'ObjectProperty' ? [String(nameOf(inner.key)), inner.value] : [name, placed.node];
      scope.declare(top).origins.push({ kind: 'value', value: { node, scope: placed.scope }, path: [] });
    }
  }
  // The same by a name that `this` was given: `var _this = this; … _this.face = url`, as compilers write functions in it.
  for (const { name } of registered ? all.flatMap(entriesOf) : []) {
    if (script.writes.has(name)) scope.declare(name).origins.push({ kind: 'value', value: registered!, path: [name] });
  }
  // Where a framework watches it, what is assigned to `this.name` is data of that name.
  for (const [name, fields] of (registered && script.fields.get(registered.node)) ?? []) {
    const origins = scope.own(name)?.origins;
    for (const value of origins ? fields : []) origins!.push({ kind: 'value', value, path: [] });
  }
  const beside = [...script.drawn.values()].flat().flatMap((placed) => evaluator.valuesOf(placed));
  for (const { name, placed } of beside.flatMap(entriesOf)) {
    scope.declare(name).origins.push({ kind: 'value', value: placed, path: [] });
  }
  for (const { name, placed } of script.isDrawn ? drawnBy(script) : []) {
    scope.declare(name).origins.push({ kind: 'value', value: placed, path: [] });
  }
  for (const value of registered ? evaluator.at(registered, 'properties') : []) {
    for (const { name } of entriesOf(value)) nameMember(name, registered!, scope);
  }
  return scope;
}

/** A name that what the page or component is made of may have as a member. */
function nameMember(name: string, registered: PlacedNode, scope: Scope): void {
  const binding = scope.declare(name);
  binding.origins.push({ kind: 'value', value: registered, path: [name] });
  binding.isOpen = true;
}

/** What functions give that draw the markup, under the short names that uni-app's compiler makes of its expressions. */
function drawnBy(script: Script): { name: string; placed: PlacedNode }[] {
  const maps = [...script.returns.values()]
    .flat()
    .flatMap(({ node, scope }) => mapsIn(node).map((map) => ({ node: map, scope })));
  return maps.flatMap((map) => {
    const entries = entriesOf({ kind: 'map', ...map });
    return entries.every(({ name }) => /^[a-z]{1,3}$/.test(name)) ? entries : [];
  });
}

/** The maps that are put together: `e({a: x}, b ? {b: y} : {})`. */
function mapsIn(node: Syntax): SyntaxOf<'ObjectExpression'>[] {
  if (node.type === 'ObjectExpression') return [node];
  if (node.type === 'ConditionalExpression') return [...mapsIn(node.consequent), ...mapsIn(node.alternate)];
  if (node.type === 'LogicalExpression') return mapsIn(node.right);
  return node.type === 'CallExpression' ? node.arguments.flatMap(mapsIn) : [];
}

function entriesOf(value: Value): { name: string; placed: PlacedNode<SyntaxOf<'ObjectProperty'>['value']> }[] {
  if (value.kind !== 'map' || value.node.type !== 'ObjectExpression') return [];
  return value.node.properties.flatMap((property) => {
    if (property.type !== 'ObjectProperty' || property.computed) return [];
    const name = nameOf(property.key);
    return name === undefined ? [] : [{ name, placed: { node: property.value, scope: value.scope } }];
  });
}
