/** The addresses in markup (`.tyml`, `.wxml`, `.html`): sources of what it shows. Links that a person follows load nothing. */
import { Parser } from 'htmlparser2';
import type { Evaluator } from './evaluate.ts';
import { isLink, mediaOf } from './media.ts';
import { ANY, Scope, type Placed, type Script } from './scope.ts';
import { addressesOf } from './styles.ts';
import { parseExpressionOf } from './syntax.ts';
import type { Uses } from './use.ts';
import { textOf, UNKNOWN, whereOf, type Value } from './value.ts';

export const isMarkup = (path: string): boolean => /\.(?:tyml|wxml|axml|html?)$/.test(path);

const SOURCES: ReadonlySet<string> = new Set(['src', 'poster']);
/** Files of the project that a source names, which is no address of a resource: templates and scripts of the view. */
const OWN: ReadonlySet<string> = new Set(['import', 'include', 'sjs', 'wxs', 'import-sjs']);

/** Adds what a markup file loads. `script` is the one beside it, whose data its expressions show. */
export function usesOfMarkup(
  file: string,
  text: string,
  script: Script | undefined,
  evaluator: Evaluator,
  found: Uses,
): void {
  const data = script && dataScope(script, evaluator);
  const add = (values: readonly Value[], offset: number) => {
    for (const value of values) {
      const where = whereOf(value);
      if (typeof where === 'object') found.uses.push({ api: 'static', file, offset, what: where.origin });
      else if (where === 'unknown') found.unresolved.push({ api: 'static', file, offset });
    }
  };
  // The elements around the place, each with the names that its loop gives.
  const scopes: (Scope | undefined)[] = [data];
  let attributes: { readonly name: string; readonly value: string; readonly offset: number }[] = [];
  const parser: Parser = new Parser(
    {
      onopentagname() {
        attributes = [];
      },
      onattribute(name, value) {
        attributes.push({ name, value, offset: parser.startIndex });
      },
      onopentag(tag) {
        const scope = loopScope(new Map(attributes.map(({ name, value }) => [name, value])), scopes.at(-1));
        scopes.push(scope);
        for (const { name, value, offset } of attributes) {
          if (name === 'style') add(addressesOf(value), offset);
          else if (OWN.has(tag) || isLink(name) || LOOP.test(name)) continue;
          else if (SOURCES.has(name)) add(valuesOf(value, scope, evaluator), offset);
          else if (!/^(?:bind|catch|on|data-|mut-bind|capture-)/.test(name)) {
            add(mediaOf(valuesOf(value, scope, evaluator), evaluator), offset);
          }
        }
      },
      onclosetag() {
        if (scopes.length > 1) scopes.pop();
      },
    },
    // Tags are closed as they are written: `<image/>` holds nothing.
    { recognizeSelfClosing: true, lowerCaseTags: true },
  );
  parser.write(text);
  parser.end();
}

const LOOP = /^(?:ty|wx|a|s|tt):(for|for-items|for-item|for-index)$/;

/** The names inside an element that is repeated: its `item`, an element of the list. */
function loopScope(attributes: ReadonlyMap<string, string>, around: Scope | undefined): Scope | undefined {
  const loop = new Map(
    [...attributes].flatMap(([name, value]) => (LOOP.test(name) ? [[name.replace(/^\w+:/, ''), value]] : [])),
  );
  const list = /^\s*\{\{(.*)\}\}\s*$/s.exec(loop.get('for') ?? loop.get('for-items') ?? '')?.[1];
  if (list === undefined || !around) return around;
  const node = parseExpressionOf(list);
  const scope = new Scope(around.script, around);
  const item = scope.declare(loop.get('for-item') ?? 'item');
  if (node) item.origins.push({ kind: 'value', value: { node, scope: around }, path: [ANY] });
  scope.declare(loop.get('for-index') ?? 'index').isOpen = true;
  return scope;
}

/** What an attribute may say, its expressions in double braces looked up in the script beside it. */
function valuesOf(written: string, data: Scope | undefined, evaluator: Evaluator): readonly Value[] {
  const parts = partsOf(written);
  return parts.reduce<readonly Value[]>(
    (all, part, i) => {
      const next = i % 2 === 0 ? [textOf(part)] : expression(part, data, evaluator);
      return all.flatMap((start): readonly Value[] => {
        if (start.kind !== 'text' || !start.isWhole) return [start];
        return next.map((end) => {
          if (end.kind === 'text') return textOf(start.text + end.text, end.isWhole);
          if (start.text === '') return i === parts.length - 2 && parts.at(-1) === '' ? end : textOf('', false);
          return textOf(start.text, false);
        });
      });
    },
    [textOf('')],
  );
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

function expression(text: string, data: Scope | undefined, evaluator: Evaluator): readonly Value[] {
  const node = data && parseExpressionOf(text);
  const values = node && evaluator.valuesOf({ node, scope: data });
  return values && values.length > 0 ? values : [UNKNOWN];
}

/** Names of a page's data, as its script sets them at first and later. */
function dataScope(script: Script, evaluator: Evaluator): Scope | undefined {
  if (!script.registered) return undefined;
  const scope = new Scope(script);
  const first = evaluator.at(script.registered, 'data');
  const set = script.data.flatMap((placed) => evaluator.valuesOf(placed));
  for (const value of [...first, ...set]) {
    if (value.kind !== 'map' || value.node.type !== 'ObjectExpression') continue;
    for (const property of (value.node as unknown as { properties: Property[] }).properties) {
      const name = property.key?.name ?? property.key?.value;
      if (name === undefined || property.computed || !property.value) continue;
      scope
        .declare(name)
        .origins.push({ kind: 'value', value: { node: property.value, scope: value.scope }, path: [] });
    }
  }
  return scope;
}

interface Property {
  readonly key?: { readonly name?: string; readonly value?: string };
  readonly value?: Placed['node'];
  readonly computed?: boolean;
}
