/** The addresses in style sheets, plain CSS and what extends it (`.tyss`, `.wxss`, `.acss`, `.less`, `.scss`), read by their tokens. */
import { tokenize, tokenTypes as T, url as urlOf, string as stringOf } from 'css-tree';
import type { Uses } from './use.ts';
import { textOf, whereOf, type Value } from './value.ts';

/** Whether a file is a style sheet, by its ending. */
export const isStyle = (path: string): boolean => /\.(?:css|(?:ty|wx|ac|tt|q|jx)ss|less|s[ac]ss)$/.test(path);

interface StyleToken {
  readonly type: number;
  readonly start: number;
  readonly text: string;
}

/** Adds what a style sheet loads: `url(…)`, and what `@import` names. Comments are not read. */
export function usesOfStyle(file: string, text: string, found: Uses): void {
  const tokens = tokensOf(text, /\.(?:less|s[ac]ss)$/.test(file));
  const variables = variablesOf(tokens);
  for (const [i, token] of tokens.entries()) {
    const address = addressAt(tokens, i);
    if (address === undefined) continue;
    const value = filled(address, variables);
    const where = whereOf(value);
    const place = { api: 'static', file, offset: token.start } as const;
    if (typeof where === 'object') found.uses.push({ ...place, what: where.origin, how: 'literal' });
    else if (where === 'unknown') found.unresolved.push({ ...place, isShown: true });
  }
}

/** The addresses in the value of a style's property, or in a whole style; the last one may go on with what is unknown. */
export function addressesOf({ text, isWhole }: { readonly text: string; readonly isWhole: boolean }): Value[] {
  const tokens = tokensOf(text.slice(0, 4096), false);
  return tokens.flatMap((token, i) => {
    const address = addressAt(tokens, i);
    if (address === undefined) return [];
    const isLast = token.start + token.text.length >= text.length || i + 2 >= tokens.length;
    return [textOf(address, isWhole || !isLast)];
  });
}

/** Whether a text, or what it is a part of, may be a style that names something to load: in CSS only what is called so does. */
export const mayLoad = (text: string): boolean => LOADS.test(text) || IN_PARTS.test(text);

const LOADS = /\b(?:url|src|image-set)\(/i;
/** The same as scripts may put it together: signs in another spelling, or a text that goes on with what is added to it. */
const IN_PARTS = /\b(?:ur?l?|sr?c?|image(?:-s?e?t?)?)(?:["'`]\s*(?:\+|\.concat\()|\$\{|\{\{|\\[xu])/i;

/** Properties whose value may name something to load, as CSS has them; one's own (`--x`) may always. */
const LOADING_PROPERTY =
  /^\s*(?:--|(?:-\w+-)?(?:background|border-image|box-reflect|mask|list-style|content|cursor|filter|backdrop-filter|clip-path|shape-outside|offset|fill|stroke|marker|src)(?!\w))/i;

/**
 * The declarations of a style in markup that may name something to load, with the expressions in double braces that stand in them; those
 * too whose property only shows when the code runs.
 */
export const declarationsOf = (style: string): string[] =>
  partsOf(style).filter((declaration) => {
    // What an expression gives may be more than one declaration.
    if (declaration.includes('{{')) return true;
    const property = /^[^:]*(?=:)/.exec(declaration)?.[0];
    return property !== undefined && LOADING_PROPERTY.test(property);
  });

const CLOSING: Readonly<Record<string, string>> = { '{{': '}}', '(': ')', '/*': '*/' };

/** What stands between semicolons, without comments; those in an expression, in quotes or in an address end nothing. */
function partsOf(style: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let part = '';
  const next = /\{\{|["'(;]|\/\*/g;
  for (let found = next.exec(style); found; found = next.exec(style)) {
    const [mark] = found;
    if (mark === ';') {
      parts.push(part + style.slice(from, found.index));
      part = '';
      from = found.index + 1;
      continue;
    }
    const close = CLOSING[mark] ?? mark;
    const end = style.indexOf(close, found.index + mark.length);
    if (mark === '/*') {
      part += `${style.slice(from, found.index)} `;
      from = end === -1 ? style.length : end + close.length;
    }
    // What is never closed goes on to the end.
    if (end === -1) break;
    next.lastIndex = end + close.length;
  }
  return [...parts, part + style.slice(from)];
}

/** What a picture or a font is loaded from: an address, or `url(…)` with one. */
export function pictureIn(value: Value): readonly Value[] {
  const isStyle = value.kind === 'text' && /^\s*url\(/i.test(value.text);
  return isStyle ? addressesOf(value) : [value];
}

/** The tokens without spaces and comments. */
function tokensOf(text: string, hasLineComments: boolean): StyleToken[] {
  const tokens: StyleToken[] = [];
  tokenize(hasLineComments ? withoutLineComments(text) : text, (type, start, end) => {
    if (type !== T.WhiteSpace && type !== T.Comment) tokens.push({ type, start, text: text.slice(start, end) });
  });
  return tokens;
}

/** The text with its comments from `//` to the end of a line blanked: the languages that become CSS have them, CSS has not. */
function withoutLineComments(text: string): string {
  const kept: string[] = [];
  let from = 0;
  const skipTo = (mark: string, at: number): number => {
    const end = text.indexOf(mark, at);
    return end === -1 ? text.length : end + mark.length;
  };
  const next = /\/\*|\/\/|["']|url\(\s*(?=[^"'\s)])/gi;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const [mark] = found;
    const after = found.index + mark.length;
    if (mark === '//') {
      const newline = text.indexOf('\n', after);
      const end = newline === -1 ? text.length : newline;
      kept.push(text.slice(from, found.index), ' '.repeat(end - found.index));
      from = end;
      next.lastIndex = end;
    } else if (mark === '/*') next.lastIndex = skipTo('*/', after);
    else if (mark.length > 1) next.lastIndex = skipTo(')', after);
    else next.lastIndex = stringEnd(text, mark, after);
  }
  return `${kept.join('')}${text.slice(from)}`;
}

/** Where a text in quotes ends, at the latest with its line. */
function stringEnd(text: string, quote: string, from: number): number {
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === quote || text[i] === '\n') return i + 1;
  }
  return text.length;
}

function addressAt(tokens: readonly StyleToken[], i: number): string | undefined {
  const { type, text } = tokens[i]!;
  if (type === T.Url) return urlOf.decode(text);
  const next = tokens[i + 1];
  const opens = type === T.Function && /^(?:url|src)\($/i.test(text);
  const imports = type === T.AtKeyword && /^@import$/i.test(text);
  if ((opens || imports) && next?.type === T.String) return stringOf.decode(next.text);
  return type === T.String && isInSet(tokens, i) ? stringOf.decode(text) : undefined;
}

/** Whether a text stands in `image-set("a.png" 1x, "b.png" 2x)`, which takes addresses without `url()`. */
function isInSet(tokens: readonly StyleToken[], i: number): boolean {
  let closed = 0;
  for (let at = i - 1; at >= 0 && i - at < 40; at -= 1) {
    const { type, text } = tokens[at]!;
    if (type === T.Semicolon || type === T.LeftCurlyBracket) return false;
    if (type === T.RightParenthesis) closed += 1;
    else if (type === T.Function) {
      if (closed === 0) return /image-set\($/i.test(text);
      closed -= 1;
    }
  }
  return false;
}

/** What `@name: "text"` and `$name: "text"` say; a name with two meanings has none. */
function variablesOf(tokens: readonly StyleToken[]): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const [i, { type, text }] of tokens.entries()) {
    const isScss = type === T.Delim && text === '$';
    const name = isScss ? tokens[i + 1]?.text : type === T.AtKeyword ? text.slice(1) : undefined;
    const [colon, said] = isScss ? [tokens[i + 2], tokens[i + 3]] : [tokens[i + 1], tokens[i + 2]];
    if (name === undefined || colon?.type !== T.Colon || said?.type !== T.String) continue;
    const value = stringOf.decode(said.text);
    variables.set(name, variables.has(name) && variables.get(name) !== value ? '' : value);
  }
  return variables;
}

/** An address with its variables filled in, up to the first that is not known. */
function filled(address: string, variables: ReadonlyMap<string, string>): Value {
  let text = '';
  // No origin is longer.
  let rest = address.slice(0, 4096);
  for (let part = /[@#]\{([\w-]+)\}/.exec(rest); part; part = /[@#]\{([\w-]+)\}/.exec(rest)) {
    text += rest.slice(0, part.index);
    const value = variables.get(part[1]!);
    if (value === undefined || value === '') return textOf(text, false);
    text += value;
    rest = rest.slice(part.index + part[0].length);
  }
  return textOf(text + rest);
}
