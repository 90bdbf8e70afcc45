/** The addresses in markup (`.tyml`, `.wxml`, `.html`): sources of what it shows. Links that a person follows load nothing. */
import type { Evaluator } from './evaluate/evaluator.ts';
import { joined } from './evaluate/texts.ts';
import type { Api } from './known/apis.ts';
import { LOADS_NOTHING, LOOP, OWN, RICH, SOURCES, UPLOAD_TO, UPLOADERS } from './known/elements.ts';
import { nameAll } from './markup-data.ts';
import { ALONE, eachElement, partsOf, type Attribute, type PageMarkup } from './markup-elements.ts';
import { mediaOf } from './media.ts';
import { isLink } from './media-forms.ts';
import { sourcesInRichText } from './rich-text.ts';
import { ANY, type Scope } from './scope.ts';
import { addressesOf, declarationsOf, mayLoad } from './styles.ts';
import { parseExpressionOf } from './syntax.ts';
import type { Uses } from './use.ts';
import { textOf, UNKNOWN, whereOf, type Value } from './value.ts';

/** Signs by their numbers, and the bracket by its name: a style may hold anything in them. */
const SPELT = /&(?:#|lpar;)/i;

/** Adds what a markup file loads. */
export function usesOfMarkup(page: PageMarkup, evaluator: Evaluator, found: Uses): void {
  const { file, text } = page;
  let isStyled: boolean | undefined;
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
  eachElement(page, evaluator, (tag, attributes, scope) => {
    for (const attribute of attributes) attributeOf(tag, attribute, scope);
  });
}

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

/** What an attribute may say, its expressions in double braces looked up in the script beside it. */
function valuesOf(written: string, data: Scope, evaluator: Evaluator): readonly Value[] {
  const parts = partsOf(written);
  const said = (part: string, i: number) => (i % 2 === 0 ? [textOf(part)] : expression(part, data, evaluator));
  // One expression alone may be anything, else all of it is a text.
  if (parts.length === 3 && parts[0] === '' && parts[2] === '') return said(parts[1]!, 1);
  return parts.reduce<readonly Value[]>((all, part, i) => joined(all, () => said(part, i)), [textOf('')]);
}

function expression(text: string, data: Scope, evaluator: Evaluator): readonly Value[] {
  const node = parseExpressionOf(text);
  if (node) nameAll(node, data);
  const values = node && evaluator.valuesOf({ node, scope: data });
  return values && values.length > 0 ? values : [UNKNOWN];
}
