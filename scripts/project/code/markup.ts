/** The addresses in markup (`.tyml`, `.wxml`, `.html`): sources of what it shows. Links that a person follows load nothing. */
import { Parser } from 'htmlparser2';
import type { Evaluator } from './evaluate/evaluator.ts';
import { joined } from './evaluate/texts.ts';
import type { Api } from './known/apis.ts';
import { LOADS_NOTHING, LOOP, OWN, RICH, SOURCES, UPLOAD_TO, UPLOADERS, VIEW_SCRIPTS } from './known/elements.ts';
import { mediaOf } from './media.ts';
import { isLink } from './media-forms.ts';
import { mapAt, nameOf } from './names.ts';
import { readScript } from './read-script.ts';
import { sourcesInRichText } from './rich-text.ts';
import { ANY, Scope, type PlacedNode, type Script } from './scope.ts';
import { addressesOf, declarationsOf, mayLoad } from './styles.ts';
import {
  eachChild,
  isValue,
  parseExpressionOf,
  parseScript,
  SyntaxFault,
  type Syntax,
  type SyntaxOf,
} from './syntax.ts';
import type { Uses } from './use.ts';
import { textOf, UNKNOWN, whereOf, type Value } from './value.ts';

/** Whether a file is markup, by its ending. */
export const isMarkup = (path: string): boolean => /\.(?:tyml|wxml|axml|ttml|swan|html?)$/.test(path);

/** A page's or component's markup, with the script beside it, whose data its expressions show. */
export interface PageMarkup {
  readonly file: string;
  readonly text: string;
  readonly script: Script | undefined;
  /** Whether texts from elsewhere, which its expressions may show, name something that a style loads. */
  readonly isStyledFromElsewhere: () => boolean;
  /** The script that a path in the markup names. */
  readonly imported: (path: string) => Script | 'local' | undefined;
}

/** Signs by their numbers, and the bracket by its name: a style may hold anything in them. */
const SPELT = /&(?:#|lpar;)/i;

/** Elements in each other, at most. */
const DEPTH = 20_000;

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
}

/** Adds what a markup file loads. */
export function usesOfMarkup(page: PageMarkup, evaluator: Evaluator, found: Uses): void {
  const { file, text, script, imported } = page;
  let isStyled: boolean | undefined;
  const own = script ?? readScript(file, '', parseScript(file, ''));
  const data = dataScope(own, evaluator);
  const add = (values: readonly Value[], { value, offset }: Attribute, api: Api = 'static') => {
    for (const one of values) {
      const where = whereOf(one);
      const place = { api, file, offset } as const;
      if (where === 'unknown') found.unresolved.push({ ...place, isShown: true });
      if (typeof where !== 'object') continue;
      const isWritten = value.toLowerCase().includes(where.origin.replace(/^\w+:\/\//, ''));
      const how = !isWritten ? 'followed' : value.includes('{{') ? 'template' : 'literal';
      found.uses.push({ ...place, what: where.origin, how });
    }
  };
  // The elements around the place, each with the names that its loop gives.
  const scopes: Scope[] = [data];
  let attributes: Attribute[] = [];
  /** The view's script that stands here, by its module's name. */
  let view: string | undefined;
  const parser: Parser = new Parser(
    {
      onopentagname() {
        attributes = [];
      },
      onattribute(name, value) {
        attributes.push({ name, value, offset: parser.startIndex });
      },
      onopentag(tag) {
        // The parser's time grows with the square of how deep it is in.
        if (scopes.length > DEPTH) throw new RangeError();
        const named = new Map(attributes.map(({ name, value }) => [name, value]));
        const scope = loopScope(named, scopes.at(-1)!);
        scopes.push(scope);
        if (VIEW_SCRIPTS.has(tag)) {
          view = named.get('module') ?? named.get('name');
          const path = named.get('src') ?? named.get('from');
          const module = path === undefined ? undefined : imported(path);
          if (view !== undefined && typeof module === 'object') give(data, view, module);
        }
        for (const attribute of attributes) attributeOf(tag, attribute, scope);
      },
      ontext(inner) {
        if (view === undefined || inner.trim() === '') return;
        const module = viewScript(file, inner);
        if (module) give(data, view, module);
      },
      onclosetag() {
        view = undefined;
        if (scopes.length > 1) scopes.pop();
      },
    },
    // Tags are closed as they are written: `<image/>` holds nothing.
    { recognizeSelfClosing: true, lowerCaseTags: true },
  );
  const attributeOf = (tag: string, attribute: Attribute, scope: Scope) => {
    const { name, value } = attribute;
    if (OWN.has(tag) || LOOP.test(name) || LOADS_NOTHING.test(name)) return;
    const values = () => valuesOf(value, scope, evaluator);
    if (name.endsWith('style')) {
      isStyled ??= mayLoad(text) || SPELT.test(text) || page.isStyledFromElsewhere();
      if (isStyled) add(addressesOfStyle(value, scope, evaluator), attribute);
    } else if (UPLOADERS.test(tag) && UPLOAD_TO.has(name.toLowerCase())) add(texts(values()), attribute, 'upload');
    else if (RICH.has(name)) add(sourcesInRichText(values(), evaluator), attribute);
    else if (SOURCES.has(name)) add(values(), attribute);
    else if (name === 'markers') add(pictures(values(), evaluator), attribute);
    else if (!isLink(name)) add(mediaOf(within(values(), evaluator), evaluator), attribute);
  };
  parser.write(text);
  parser.end();
}

/** One expression alone; with others beside it, what it is read as is none. */
const ALONE = /^\s*\{\{(.*)\}\}\s*$/s;

type MarkupText = Extract<Value, { kind: 'text' }>;
const texts = (values: readonly Value[]): MarkupText[] => values.filter((value) => value.kind === 'text');

/**
 * The addresses of a style. Each declaration is looked at by itself, so that what is unknown of one hides no address of the next, and
 * those whose property takes no address are not looked up.
 */
function addressesOfStyle(written: string, scope: Scope, evaluator: Evaluator): readonly Value[] {
  return declarationsOf(written).flatMap((declaration) =>
    texts(within(styleOf(declaration, scope, evaluator), evaluator)).flatMap(addressesOf),
  );
}

/** What a style handed to a function that makes it a text says too: `{{s.stringify("", style)}}`. */
function styleOf(written: string, scope: Scope, evaluator: Evaluator): readonly Value[] {
  const call = ALONE.exec(written)?.[1];
  const node = call === undefined ? undefined : parseExpressionOf(call);
  if (!node) return valuesOf(written, scope, evaluator);
  nameAll(node, scope);
  const given = node.type === 'CallExpression' ? node.arguments : [];
  return [node, ...given].flatMap((one) => evaluator.valuesOf({ node: one, scope }));
}

/** Values, and what maps among them have: styles that are written as maps, properties that are handed on together. */
const within = (values: readonly Value[], evaluator: Evaluator): Value[] =>
  values.flatMap((value) => [value, ...(value.kind === 'map' ? evaluator.memberOf(value, ANY) : [])]);

/** The pictures of a map's markers. */
const pictures = (values: readonly Value[], evaluator: Evaluator): Value[] =>
  values
    .filter(({ kind }) => kind === 'list' || kind === 'elements')
    .flatMap((list) => evaluator.elements([list]))
    .filter(({ kind }) => kind === 'map')
    .flatMap((marker) => evaluator.memberOf(marker, 'iconPath'))
    .filter(({ kind }) => kind === 'text');

/** A module of the view under its name: what it exports. */
function give(data: Scope, name: string, script: Script): void {
  const whole = ['*', 'default'].flatMap((all) => script.exports.get(all) ?? []);
  data.declare(name).origins.push(...whole, { kind: 'given', as: 'script', script });
}

function viewScript(file: string, text: string): Script | undefined {
  try {
    return readScript(file, text, parseScript('inline.sjs', text));
  } catch (error) {
    if (error instanceof SyntaxFault || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The names inside an element that is repeated: its `item`, an element of the list. */
function loopScope(attributes: ReadonlyMap<string, string>, around: Scope): Scope {
  const loop = new Map(
    [...attributes].flatMap(([name, value]) => (LOOP.test(name) ? [[name.replace(/^\w+:/, ''), value]] : [])),
  );
  const list = ALONE.exec(loop.get('for') ?? loop.get('for-items') ?? '')?.[1];
  if (list === undefined) return around;
  const node = parseExpressionOf(list);
  const scope = new Scope(around.script, around);
  const item = scope.declare(loop.get('for-item') ?? 'item');
  if (node) item.origins.push({ kind: 'value', value: { node, scope: around }, path: [ANY] });
  scope.declare(loop.get('for-index') ?? 'index').isOpen = true;
  return scope;
}

/** What an attribute may say, its expressions in double braces looked up in the script beside it. */
function valuesOf(written: string, data: Scope, evaluator: Evaluator): readonly Value[] {
  const parts = partsOf(written);
  const said = (part: string, i: number) => (i % 2 === 0 ? [textOf(part)] : expression(part, data, evaluator));
  // One expression alone may be anything, else all of it is a text.
  if (parts.length === 3 && parts[0] === '' && parts[2] === '') return said(parts[1]!, 1);
  return parts.reduce<readonly Value[]>((all, part, i) => joined(all, () => said(part, i)), [textOf('')]);
}

/** Texts and, at every second place, the expressions between them. */
function partsOf(written: string): string[] {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const open = written.indexOf('{{', at);
    const close = open === -1 ? -1 : written.indexOf('}}', open);
    if (close === -1) return [...parts, written.slice(at)];
    parts.push(written.slice(at, open), written.slice(open + 2, close));
    at = close + 2;
  }
}

function expression(text: string, data: Scope, evaluator: Evaluator): readonly Value[] {
  const node = parseExpressionOf(text);
  if (node) nameAll(node, data);
  const values = node && evaluator.valuesOf({ node, scope: data });
  return values && values.length > 0 ? values : [UNKNOWN];
}

/** Names that data does not have, but what the page is made of may: what is computed, properties, what is mixed in. */
function nameAll(node: Syntax, data: Scope): void {
  const { registered } = data.script;
  const name = node.type === 'Identifier' ? (nameOf(node) ?? '') : '';
  if (registered && name !== '' && !data.lookup(name)) {
    const binding = data.declare(name);
    binding.origins.push({ kind: 'value', value: registered, path: [name] });
    binding.isOpen = true;
  }
  eachChild(node, (child) => nameAll(child, data));
}

/** Names of a page's data, as its script sets them at first and later, and the properties of a component. */
function dataScope(script: Script, evaluator: Evaluator): Scope {
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
  // Where a framework watches it, what is assigned to `this.name` is data of that name.
  for (const [name, fields] of (registered && script.fields.get(registered.node)) ?? []) {
    const origins = scope.own(name)?.origins;
    for (const value of origins ? fields : []) origins!.push({ kind: 'value', value, path: [] });
  }
  for (const { name, placed } of script.isDrawn ? drawnBy(script) : []) {
    scope.declare(name).origins.push({ kind: 'value', value: placed, path: [] });
  }
  for (const value of registered ? evaluator.at(registered, 'properties') : []) {
    for (const { name, placed } of entriesOf(value)) {
      const binding = scope.declare(name);
      binding.origins.push({ kind: 'value', value: placed, path: ['value'] });
      binding.isOpen = true;
    }
  }
  return scope;
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
